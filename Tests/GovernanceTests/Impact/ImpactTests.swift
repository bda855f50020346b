import CEL
import Catalogue
import Testing

@testable import Governance

/// Who cannot do without an entity, and what else it may affect.
@Suite struct ImpactTests {
  @Test func `those that depend on it, nearest first, then the most critical, each with a shortest way`() async throws {
    let estate = await boxEstate(
      boxDocuments("a:\nb: a !low\nc: b !high\nd: a !high\ne: c d\nf: e a\ng:"))
    let impact = try await Impact.of("a", estate)
    #expect(
      impact.dependentLines == [
        "1 d stops: d -bases-> a", "1 b stops: b -bases-> a", "1 f stops: f -bases-> a",
        "2 c stops: c -bases-> b; b -bases-> a", "2 e stops: e -bases-> d; d -bases-> a",
      ])
    #expect(impact.open.isEmpty && impact.endings.isEmpty && impact.plans.isEmpty)
    #expect(try await Impact.of("g", estate).dependents.isEmpty)
  }

  @Test func `circles end`() async throws {
    let estate = await boxEstate(boxDocuments("a: c\nb: a\nc: b\nd: d a"))
    #expect(
      try await Impact.of("a", estate).dependentLines == [
        "1 b stops: b -bases-> a", "1 d stops: d -bases-> a", "2 c stops: c -bases-> b; b -bases-> a",
      ])
  }

  @Test func `what has ended needs nothing and passes nothing on`() async throws {
    let estate = await boxEstate(
      boxDocuments("a:\nc: b"),
      "{kind: box, id: b, name: B, bases: [a], lifecycle: {active: 2020-01-01, retired: 2026-06-01}}")
    #expect(try await Impact.of("a", estate).dependents.count == 2)
    let later = try #require(CivilDate("2026-06-01"))
    #expect(try await Impact.of("a", estate.seen(in: estate.view, at: later)).dependents.isEmpty)
    let before = try #require(CivilDate("2026-05-31"))
    #expect(try await Impact.of("a", estate.seen(in: estate.view, at: before)).dependents.count == 2)
  }

  private static let wired = """
    {kind: box, id: hub, name: Hub, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: twin, name: Twin, bases: [hub], lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: other, name: Other, bases: [hub], lifecycle: {active: 2020-01-01}}
    ---
    kind: box
    id: shop
    name: Shop
    lifecycle: {active: 2020-01-01}
    wires:
      - {to: twin, hard: true, otherwise: other}
    ---
    kind: box
    id: till
    name: Till
    lifecycle: {active: 2020-01-01}
    wires:
      - {to: hub, id: pay, hard: true}
    ---
    kind: box
    id: poster
    name: Poster
    lifecycle: {active: 2020-01-01}
    wires:
      - {to: hub, hard: false}
    """

  @Test func `a way names what carries it, and what all alternatives share stops`() async throws {
    let impact = try await Impact.of("hub", await boxEstate(Self.wired))
    #expect(
      impact.dependentLines == [
        "1 other stops: other -bases-> hub", "1 till stops: till -calls till/pay-> hub",
        "1 twin stops: twin -bases-> hub", "2 shop stops: shop -calls shop/twin-> other; other -bases-> hub",
      ])
    let twin = try await Impact.of("twin", await boxEstate(Self.wired))
    #expect(twin.dependents.isEmpty)
    #expect(twin.affectedLines == ["1 wire:shop/twin: shop/twin -to-> twin", "2 box:shop: shop -wires-> shop/twin"])
  }

  @Test func `what goes on without it is not stopped`() async throws {
    let estate = await boxEstate(
      "{kind: box, id: a, name: A, spare: true}", boxDocuments("b: a"))
    #expect(try await Impact.of("a", estate).dependentLines == ["1 b: b -bases-> a"])
  }

  @Test func `what is not recorded makes a dependent possible, or says who may be one`() async throws {
    let estate = await boxEstate(
      """
      {kind: box, id: hub, name: Hub, lifecycle: {active: 2020-01-01}}
      ---
      kind: box
      id: shop
      name: Shop
      lifecycle: {active: 2020-01-01}
      wires:
        - {to: hub}
      ---
      {kind: box, id: street, name: Street, bases: [shop], lifecycle: {active: 2020-01-01}}
      ---
      {kind: box, id: vague, name: Vague, bases: unknown, lifecycle: {active: 2020-01-01}}
      """)
    let impact = try await Impact.of("hub", estate)
    #expect(
      impact.dependentLines == [
        "1 shop? perhaps stops: shop -calls shop/hub-> hub",
        "2 street? perhaps stops: street -bases-> shop; shop -calls shop/hub-> hub",
      ])
    #expect(impact.certain.isEmpty)
    let facts = impact.dependents.compactMap(\.doubt).flatMap { estate.missingFacts($0.facts).map(\.name) }
    #expect(facts == ["wire:shop/hub.hard", "wire:shop/hub.hard"])
    #expect(impact.ids(impact.open.map(\.row)) == ["vague"])
    #expect(estate.missingFacts(impact.open[0].reason.facts).map(\.name) == ["box:vague.bases"])
  }

  @Test func `what is joined to it could be affected`() async throws {
    let estate = await boxEstate(
      Self.wired,
      """
      {kind: skill, id: pay, name: Pay}
      ---
      {kind: skill, id: show, name: Show}
      ---
      {kind: stuff, id: coin, name: Coin}
      ---
      {kind: tool, id: hammer, name: Hammer}
      ---
      {kind: job, id: sell, name: Sell, asks: [pay]}
      ---
      kind: box
      id: safe
      name: Safe
      lifecycle: {active: 2020-01-01}
      can: [pay]
      keeps: [coin]
      made: [hammer]
      wires:
        - {to: poster, hard: false}
      ---
      {kind: box, id: door, name: Door, bases: [safe], can: [show], made: [hammer], lifecycle: {active: 2020-01-01}}
      ---
      {kind: box, id: heir, name: Heir, follows: safe, lifecycle: {active: 2020-01-01}}
      """)
    let impact = try await Impact.of("safe", estate)
    #expect(
      impact.affectedLines == [
        "1 box:heir: heir -follows-> safe", "1 skill:pay: safe -can-> pay", "1 stuff:coin: safe -keeps-> coin",
        "1 wire:safe/poster: safe -wires-> safe/poster", "2 box:poster: safe/poster -to-> poster",
        "2 job:sell: sell -asks-> pay", "2 skill:show: door -can-> show",
      ])
    #expect(impact.path(try #require(impact.affected.last?.row)) == "door -can-> show; door -bases-> safe")
  }

  @Test func `of what nothing can depend on, its users and those that need them could be affected`() async throws {
    let estate = await boxEstate(
      "{kind: tool, id: hammer, name: Hammer}\n---\n{kind: box, id: a, name: A, made: [hammer]}",
      boxDocuments("b: a\nc: b"))
    let impact = try await Impact.of("hammer", estate)
    #expect(!impact.canBeNeeded && impact.dependents.isEmpty && impact.open.isEmpty)
    #expect(
      impact.affectedLines == ["1 box:a: a -made-> hammer", "2 box:b: b -bases-> a", "3 box:c: c -bases-> b"])
  }

  @Test func `a role that nobody has is named, or leaves out what it would tell`() async throws {
    let without = boxes.replacing(", role: dependsOn", with: "")
    let estate = await boxEstate(boxDocuments("a:"), vocabulary: without)
    #expect(throws: ImpactFailure.missingRole("dependsOn")) { try ImpactRoles(estate.metamodel) }
    #expect(ImpactFailure.missingRole("dependsOn").sentence.contains("`dependsOn`"))
    let bare = boxes.replacing(", role: criticality", with: "").replacing("        role: failsWith\n", with: "")
    let other = try await Impact.of("a", await boxEstate(boxDocuments("a:\nb: a !high"), vocabulary: bare))
    #expect(!other.roles.hasFailures && !other.roles.hasCriticality)
    #expect(other.dependents.map { $0.stop == nil && $0.criticality == nil } == [true])
  }

  @Test func `any graph: the same as following needs from each row`() async throws {
    var random = SplitMix(state: 7)
    for _ in 0..<20 {
      let names = (0..<12).map { "n\($0)" }
      var needs: [String: [String]] = [:]
      for name in names {
        needs[name] = names.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }
      }
      let estate = await boxEstate(
        boxDocuments(names.map { "\($0): \(needs[$0, default: []].joined(separator: " "))" }.joined(separator: "\n")))
      for name in names {
        let impact = try await Impact.of(name, estate)
        var distances = [name: 0]
        var level = 0
        while let next = Optional(
          names.filter({ distances[$0] == nil && needs[$0, default: []].contains { distances[$0] == level } })),
          !next.isEmpty
        {
          level += 1
          for item in next { distances[item] = level }
        }
        distances[name] = nil
        let found = Dictionary(uniqueKeysWithValues: impact.dependents.map { (impact.id($0.row), $0.distance) })
        #expect(found == distances)
        for item in impact.dependents {
          let way = impact.way(of: item.row)
          #expect(way.count == item.distance && way.first?.from == item.row && way.last?.to == impact.entity)
          #expect(way.allSatisfy { needs[impact.id($0.from), default: []].contains(impact.id($0.to)) })
        }
      }
    }
  }
}
