import CEL
import Catalogue
import Testing

@testable import Governance

/// How an initiative stands to a clause: each state by what makes it.
@Suite struct StatementTests {
  private static let official = "classification: official"

  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var documents: String
    var clause = 1
    var wanted: ClauseState
    var testDescription: String { title }
  }

  static let cases = [
    Case(
      title: "what a rule finds against it", documents: initiative(adding("\(official), mfa: false")), wanted: .fails),
    Case(title: "a fact that is missing", documents: initiative(adding(official)), wanted: .undecided),
    Case(title: "a rule that passes", documents: initiative(adding("\(official), mfa: true")), wanted: .conforms),
    Case(
      title: "a rule whose condition is false", documents: initiative(adding("classification: public, mfa: false")),
      wanted: .notApplicable),
    Case(
      title: "a rule of a later stage", documents: initiative(adding("\(official), mfa: false"), stage: "proposal"),
      wanted: .notYetDue),
    Case(
      title: "a stage that nobody recorded",
      documents: initiative(adding("\(official), mfa: false"), stage: "unknown"), wanted: .fails),
    Case(
      title: "a clause without a rule or a word", documents: initiative(adding("\(official), mfa: true")), clause: 2,
      wanted: .unchecked),
    Case(
      title: "what it touches falls short without it",
      documents: failing + initiative("changes: [{ref: 'system:a', set: {cost: 5}}]"), wanted: .inherited),
    Case(
      title: "what it does not touch falls short", documents: failing + initiative(adding("\(official), mfa: true")),
      wanted: .conforms),
    Case(
      title: "a waiver of its own",
      documents: initiative(adding("\(official), mfa: false"))
        + waiver("targets: ['system:b']\ninitiative: i\nfrom: 2026-05-01\nuntil: 2027-01-01") + decision(),
      wanted: .waived
    ),
    Case(
      title: "a waiver that is over",
      documents: initiative(adding("\(official), mfa: false"))
        + waiver("targets: ['system:b']\ninitiative: i\nfrom: 2026-01-01\nuntil: 2026-05-01") + decision(),
      wanted: .fails
    ),
    Case(
      title: "a word that nobody gave", documents: initiative(adding("\(official), mfa: true")), clause: 3,
      wanted: .unattested),
    Case(
      title: "a word", documents: initiative(word(3, "date: 2026-05-01, until: 2027-05-01")), clause: 3,
      wanted: .attested),
    Case(
      title: "a word that has lapsed today", documents: initiative(word(3, "date: 2025-06-01, until: 2026-06-01")),
      clause: 3, wanted: .lapsed),
    Case(
      title: "a word for tomorrow", documents: initiative(word(3, "date: 2026-06-02, until: 2027-05-01")), clause: 3,
      wanted: .unattested),
    Case(
      title: "a word without an end", documents: initiative(word(3, "date: 2026-05-01")), clause: 3, wanted: .undecided),
    Case(
      title: "a word for other entries",
      documents: initiative(adding("\(official), mfa: true") + word(3, "date: 2026-05-01, until: 2027-05-01")),
      clause: 3, wanted: .lapsed),
    Case(
      title: "a rule that passes where somebody has to look as well", documents: initiative(adding("cost: 5")),
      clause: 4, wanted: .unattested),
    Case(
      title: "a rule that fails where somebody looked",
      documents: initiative(
        "changes: [{ref: 'system:a', set: {cost: 50}}]\n"
          + word(4, "date: 2026-05-01, until: 2027-05-01")) + "---\n" + failing, clause: 4, wanted: .fails),
    Case(
      title: "a rule that has nothing to look at, where somebody has to look as well",
      documents: initiative(adding("\(official), mfa: true")), clause: 4, wanted: .notApplicable),
  ]

  /// An attestation, of no entries.
  private static func word(_ clause: Int, _ fields: String) -> String {
    "attestations: [{id: w, clause: s/\(clause), by: hub, \(fields)}]\n"
  }

  private static let hub = "{kind: organisation, id: hub, name: Hub}\n"

  @Test(arguments: cases)
  func `a clause's state`(_ item: Case) async {
    let stating = await Stating(Self.hub, item.documents)
    #expect(stating.diagnostics.map(\.line) == [])
    #expect(stating.state(item.clause) == item.wanted)
    // Explaining the clause tells the same.
    let standing = stating.standing(item.clause)
    #expect(standing?.tally.map(\.state) == [item.wanted] && standing?.initiatives.map(\.id) == ["i"])
    let explained = standing?.initiatives.first?.clause
    let stated = stating.clause(item.clause)
    #expect(explained?.findings.map(\.identity) == stated?.findings.map(\.identity))
    #expect(explained?.inherited.map(\.identity) == stated?.inherited.map(\.identity))
    #expect(explained?.attestations.map(\.status) == stated?.attestations.map(\.status))
    #expect(explained?.dueFrom == stated?.dueFrom && explained?.checks.map(\.looked) == stated?.checks.map(\.looked))
  }

  @Test func `every state has a case`() {
    #expect(Set(Self.cases.map(\.wanted)) == Set(ClauseState.allCases))
  }

  @Test func `clauses come in the order of their numbers, with what is known of them`() async throws {
    let stating = await Stating(Self.hub, initiative(adding("\(Self.official), mfa: false")))
    let standard = try #require(stating.standard)
    #expect(standard.clauses.map(\.id) == ["s/1", "s/2", "s/3", "s/4", "s/10"])
    #expect(standard.version == "2" && standard.clauses[1].level == "should")
    let first = standard.clauses[0]
    #expect(first.findings.map(\.identity) == ["mfa|system:b"] && first.checks.map(\.rule) == ["mfa"])
    #expect(first.checks[0].looked && first.checks[0].bindsFrom == nil)
    let last = standard.clauses[4]
    #expect(last.state == .notYetDue && last.dueFrom == "build" && last.checks[0].bindsFrom == "build")
  }

  @Test func `who gave a word, when, and until when`() async throws {
    let stating = await Stating(Self.hub, initiative(Self.word(3, "date: 2026-05-01, until: 2027-05-01")))
    let word = try #require(stating.clause(3)?.attestations.first)
    #expect(word.by == ["Hub"] && word.given?.text == "2026-05-01" && word.until?.text == "2027-05-01")
    #expect(word.status == .holds)
  }

  @Test func `a word holds for the entries that it names`() async throws {
    let entries = adding("\(Self.official), mfa: true")
    let without = await Stating(Self.hub, initiative(entries))
    let row = try #require(without.estate.rows(ofKind: "initiative").first)
    let digest = try #require(without.estate.edits(ofInitiative: row).first { $0.owner == nil }?.digest)
    let fields = "date: 2026-05-01, until: 2027-05-01, digests: ['\(digest)  add system:b']"
    let given = await Stating(Self.hub, initiative(entries + Self.word(3, fields)))
    #expect(given.state(3) == .attested)
    let since = await Stating(
      Self.hub, initiative(entries.replacing("mfa: true", with: "mfa: true, cost: 1") + Self.word(3, fields)))
    #expect(since.state(3) == .lapsed && since.clause(3)?.attestations.first?.status == .outdated(1))
  }

  @Test func `a draft checks nothing`() async {
    let stating = await Stating(
      Self.hub, initiative(adding("\(Self.official), mfa: false")),
      rules: Stating.rules.replacing("id: mfa", with: "id: mfa\nstatus: draft"))
    #expect(stating.state(1) == .unchecked)
  }

  @Test func `what no clause asks for is told beyond the standards`() async throws {
    let stating = await Stating(Self.hub, initiative(adding("\(Self.official), mfa: true, feeds: [nowhere]")))
    let statement = try #require(stating.statement)
    #expect(statement.beyond.map(\.rule) == ["dangling-reference"] && statement.own.count == 1)
  }

  @Test func `what it puts right is told, and does not make it fail`() async throws {
    let stating = await Stating(failing, initiative("changes: [{ref: 'system:a', set: {mfa: true}}]"))
    #expect(stating.state(1) == .conforms)
    #expect(stating.clause(1)?.resolved.map(\.identity) == ["mfa|system:a"])
    #expect(stating.statement?.resolved.count == 1)
  }

  @Test(arguments: [
    ([ClauseState.fails, .conforms], false, ConformanceLevel.nonConformant),
    ([.fails, .undecided, .waived], true, .nonConformant), ([], false, .irrelevant),
    ([.notApplicable, .unchecked], true, .irrelevant), ([.conforms, .undecided], false, .consistent),
    ([.attested, .lapsed], false, .consistent), ([.notYetDue, .unattested], false, .consistent),
    ([.conforms, .notYetDue], false, .compliant), ([.conforms, .waived], false, .compliant),
    ([.conforms, .inherited], false, .compliant), ([.attested, .unchecked], false, .compliant),
    ([.conforms, .unattested, .notApplicable], true, .compliant),
    ([.conforms, .attested, .notApplicable], true, .conformant),
    ([.conforms, .attested, .notApplicable], false, .fullyConformant),
  ])
  func `a standard's level`(states: [ClauseState], hasMore: Bool, wanted: ConformanceLevel) {
    #expect(ConformanceLevel(states, hasMore: hasMore) == wanted)
    #expect(ConformanceLevel(states.reversed(), hasMore: hasMore) == wanted)
  }

  @Test func `what no rule of a standard looks at is outside it`() async throws {
    let stating = await Stating(
      Self.hub,
      initiative(
        "adds:\n  - {kind: system, id: b, name: B, classification: official, mfa: true}\n  - {kind: location, id: l, name: L}\n"
      ))
    #expect(stating.standard?.outside == ["location:l"])
  }

  @Test func `departments, standards and waivers of the portfolio`() async throws {
    let stating = await Stating(
      Self.hub + "---\n{kind: asset, id: x, name: X, owner: hub}\n---\n" + failing + waiver() + decision(),
      rules: [
        Stating.rules, rule("owned", "clauses: [s/2]\nfor: asset\nrequire: self.name == \"Y\"\nseverity: minor"),
      ].joined(separator: "\n---\n"))
    let portfolio = stating.portfolio
    #expect(portfolio.departments.map(\.name) == ["Hub", "nobody is recorded"])
    #expect(portfolio.departments[0].estate[.minor] == 1 && portfolio.departments[1].estate.waived == 1)
    #expect(portfolio.standards.map(\.id) == ["s", nil] && portfolio.standards[0].findings.waived == 1)
    #expect(portfolio.waivers.map(\.state) == [.inForce] && portfolio.waivers[0].covered == 1)
    #expect(portfolio.waivers[0].daysLeft == 92 && portfolio.waivers[0].reason == "It takes time.")
  }
}
