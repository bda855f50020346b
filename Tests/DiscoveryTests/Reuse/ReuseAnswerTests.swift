import CEL
import Catalogue
import Governance
import Testing

@testable import Discovery

@Suite struct ReuseAnswerTests {
  private static let documents = """
    {kind: body, id: hub, name: Hub}
    ---
    {kind: ability, id: paying, name: Payments, summary: Take payments., shared: true, words: [card, checkout], chosen: [gate]}
    ---
    {kind: ability, id: paying-out, name: Disbursement, summary: Pay into accounts., shared: false, above: paying}
    ---
    {kind: ability, id: telling, name: Notices, summary: Tell people., shared: false}
    ---
    {kind: tool, id: gate, name: Gateway, owner: hub, gives: [paying], rating: guarded, reach: outside, lifecycle: {active: 2020-01-01}}
    ---
    {kind: tool, id: till, name: Old till, owner: hub, gives: [paying, paying-out], rating: open, reach: inside, lifecycle: {active: 2010-01-01, phaseOut: 2025-01-01, retired: 2027-06-01}}
    ---
    {kind: tool, id: shop, name: Shop, owner: hub, rating: open, reach: outside, lifecycle: {active: 2020-01-01}, wires: [{to: gate, manner: call}]}
    ---
    {kind: tool, id: gone, name: Gone shop, owner: hub, rating: open, reach: outside, lifecycle: {active: 2000-01-01, retired: 2020-01-01}, wires: [{to: gate, manner: post}]}
    ---
    {kind: door, id: gate-v1, name: Old door, of: gate, manner: post, lifecycle: {active: 2019-01-01, phaseOut: 2024-01-01}}
    ---
    {kind: door, id: gate-v2, name: Door, of: gate, manner: call, spec: "https://doors.example/v2", lifecycle: {active: 2023-01-01}}
    ---
    {kind: deal, id: gate-deal, name: Deal, about: [gate], ends: 2027-01-01}
    ---
    {kind: glossary, id: words, name: Words, lines: ["settle, payment", "sms -> notices"]}

    """

  private func ids(_ answer: ReuseAnswer) -> [String] { answer.hits.map { answer.estate.entity($0.capability).id } }

  @Test func `a capability is found by its keywords, by the thesaurus and by what provides it`() async throws {
    let estate = try await estate(Self.documents)
    #expect(try ids(reuse("checkouts", in: estate)).first == "paying")
    let settled = try reuse("settling", in: estate)
    #expect(ids(settled).first == "paying")
    #expect(settled.hits[0].words.map(\.asked) == ["settling"])
    #expect(settled.hits[0].words.map(\.found) == ["payment"])
    let named = try reuse("gateway", in: estate)
    #expect(ids(named) == ["paying"])
    #expect(named.hits[0].words.map { estate.entity($0.place).id } == ["gate"])
    #expect(try ids(reuse("sms", in: estate)) == ["telling"])
    #expect(try ids(reuse("notices", in: estate)) == ["telling"])
  }

  @Test func `the reasons are told: users that live, interfaces that stay first, contracts, styles`() async throws {
    let estate = try await estate(Self.documents)
    let hit = try #require(try reuse("card", in: estate).hits.first)
    #expect(hit.common == hit.capability)
    let offer = try #require(hit.offers.first)
    #expect(estate.entity(offer.row).id == "gate")
    #expect(offer.isDesignated && offer.fit == .yes)
    #expect(offer.users.map { estate.entity($0).id } == ["shop"])
    #expect(offer.interfaces.map { estate.entity($0.row).id } == ["gate-v2", "gate-v1"])
    #expect(offer.interfaces[0].addresses == ["https://doors.example/v2"])
    #expect(offer.contracts.map { $0.ends?.text } == ["2027-01-01"])
    #expect(offer.styles.map(\.style).contains("call"))
    #expect(offer.owners?.map { estate.entity($0).id } == ["hub"])
  }

  @Test func `what does not fit comes last, with every reason`() async throws {
    let estate = try await estate(Self.documents)
    let narrowing = ReuseNarrowing(classification: "guarded", exposure: "outside", goLive: CivilDate("2028-01-01"))
    let hit = try #require(try reuse("card", narrowing, in: estate).hits.first)
    #expect(hit.offers.map { estate.entity($0.row).id } == ["gate", "till"])
    #expect(hit.offers.map(\.fit) == [.perhaps, .no])
    #expect(hit.offers[0].objections == [.contract(ends: try #require(CivilDate("2027-01-01")))])
    let gate = hit.offers[0].row
    #expect(
      hit.offers[1].objections == [
        .notDesignated(designated: [gate]), .phase("retired", since: nil, until: CivilDate("2027-06-01")),
        .below(field: "rating", has: "open", needs: "guarded"), .below(field: "reach", has: "inside", needs: "outside"),
      ])
  }

  @Test func `what is not recorded is perhaps, not yes`() async throws {
    let estate = try await estate(
      "{kind: ability, id: a, name: Mapping, shared: false}\n---\n{kind: tool, id: t, name: T, gives: [a]}\n")
    let offer = try #require(try reuse("mapping", .init(classification: "open"), in: estate).hits.first?.offers.first)
    #expect(offer.fit == .perhaps)
    #expect(offer.objections == [.unrecorded(field: "phase"), .unrecorded(field: "rating")])
    #expect(offer.owners == nil)
  }

  @Test func `a capability that nobody provides is told of`() async throws {
    let estate = try await estate(Self.documents)
    let hit = try #require(try reuse("notices", in: estate).hits.first)
    #expect(hit.offers.isEmpty && hit.fit == nil)
  }

  @Test(arguments: ["", "the of", "…"]) func `an empty question has no answer`(text: String) async throws {
    let answer = try reuse(text, in: try await estate(Self.documents))
    #expect(answer.isEmptyQuestion && answer.hits.isEmpty)
  }

  @Test func `words in no text are named, and a circle of capabilities ends`() async throws {
    let estate = try await estate(
      "{kind: ability, id: a, name: Mapping, shared: false, above: b}\n---\n{kind: ability, id: b, name: Charts, shared: false, above: a}\n---\n{kind: tool, id: t, name: T, gives: [b]}\n"
    )
    let answer = try reuse("mapping zzz 支払い", in: estate)
    #expect(answer.unmatched == ["zzz", "支払い"])
    #expect(answer.hits.first?.offers.count == 1)
    #expect(answer.hits.first?.common == nil)
  }

  @Test func `a metamodel without the roles is refused by the role's name`() async throws {
    let text = "kind: metamodel\nid: m\nname: M\nkinds:\n  thing: {plural: things}\n"
    let result = await RepositoryReader.read(
      [.init(name: "catalogue/m.yaml", text: text)], asOf: try #require(CivilDate("2026-01-01")), tasks: 1)
    do {
      _ = try ReuseRoles(result.estate.metamodel)
      Issue.record("it is not refused")
    } catch {
      #expect(error.sentence == "no kind or relation of the metamodel has the role `capability`")
    }
  }
}
