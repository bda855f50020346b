import CEL
import Catalogue
import Testing

@testable import Governance

/// What becomes of a finding from an initiative's base to its view, row by row.
@Suite struct ComparisonTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var base: String
    var view: String
    /// What the catalogue says of the system `a`; nil: there is none.
    var system: String?
    var entries: String
    /// The comparison, the outcome and what it was before; nil: there is nothing to tell.
    var wanted: String?
    var testDescription: String { "\(base), then \(view)" }
  }

  /// Nothing may cost 10 or more; what has no second factor is worse; what is public is not asked.
  private static let limit = rule(
    "limit",
    """
    for: system
    when: self.classification != "public"
    require: self.cost < 10
    measure: self.cost
    """
  ).replacing("severity: major", with: "severity: [{when: '!self.mfa', is: blocker}, {is: major}]")

  private static func set(_ fields: String) -> String { "changes: [{ref: 'system:a', set: {\(fields)}}]" }
  private static let facts = "classification: official, mfa: true"

  static let rows = [
    Row(
      base: "absent", view: "failed", system: nil,
      entries: "adds: [{kind: system, id: a, name: A, \(facts), cost: 20}]", wanted: "introduced failed"),
    Row(
      base: "passed", view: "failed", system: "\(facts), cost: 1", entries: set("cost: 20"), wanted: "introduced failed"
    ),
    Row(
      base: "failed", view: "failed with a greater measure", system: "\(facts), cost: 20", entries: set("cost: 30"),
      wanted: "worsened failed 20"),
    Row(
      base: "failed", view: "failed more severely", system: "\(facts), cost: 20", entries: set("mfa: false"),
      wanted: "worsened failed major"),
    Row(
      base: "failed", view: "failed as before", system: "\(facts), cost: 20", entries: set("classification: secret"),
      wanted: "inherited failed"),
    Row(
      base: "failed", view: "passed", system: "\(facts), cost: 20", entries: set("cost: 1"), wanted: "resolved failed"),
    Row(
      base: "failed", view: "not asked", system: "\(facts), cost: 20", entries: set("classification: public"),
      wanted: "resolved failed"),
    Row(
      base: "failed", view: "failed with a lesser measure", system: "\(facts), cost: 30", entries: set("cost: 20"),
      wanted: "improved failed 30"),
    Row(
      base: "undecided", view: "failed", system: facts, entries: set("cost: 20"), wanted: "introduced failed undecided"),
    Row(
      base: "passed", view: "undecided", system: "\(facts), cost: 1",
      entries: "changes: [{ref: 'system:a', unset: [cost]}]",
      wanted: "undecided undecided"),
    Row(
      base: "failed", view: "undecided", system: "\(facts), cost: 20",
      entries: "changes: [{ref: 'system:a', set: {cost: unknown}}]", wanted: "undecided undecided 20"),
    Row(
      base: "undecided", view: "undecided", system: facts, entries: set("classification: secret"),
      wanted: "inherited undecided"),
    Row(base: "undecided", view: "passed", system: facts, entries: set("cost: 1"), wanted: nil),
    Row(base: "passed", view: "passed", system: "\(facts), cost: 1", entries: set("cost: 2"), wanted: nil),
  ]

  @Test(arguments: rows) func `A finding becomes what the table says`(_ row: Row) async {
    let result = await checked(
      row.system.map { "{kind: system, id: a, name: A, \($0)}" } ?? "{kind: dataset, id: d, name: D}",
      "kind: initiative\nid: i\nname: I\nstage: design\ngoLive: 2027-01-01\n\(row.entries)", Self.limit)
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.summary))")
    for isIncremental in [true, false] {
      let portfolio = await Portfolio.run(
        result.book.rules, on: result.estate, tasks: 1, isIncremental: isIncremental)
      let told = portfolio.checks.flatMap(\.findings).filter { $0.rule == "limit" }.map { finding in
        [finding.inView?.comparison.rawValue, finding.outcome.name, finding.inView?.before].compactMap { $0 }
          .joined(separator: " ")
      }
      #expect(told == [row.wanted].compactMap { $0 })
    }
  }
}

/// What a stage and a decision mean for others' bases and for an initiative's own view, row by row.
@Suite struct StageTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var stage: String
    /// Outcomes with their days, in any order.
    var decisions: [(outcome: String, date: String)] = []
    var isInBase: Bool
    var hasView: Bool
    /// Whether it is compared with the catalogue instead.
    var isCompared = false
    var testDescription: String { ([stage] + decisions.map { "\($0.outcome) \($0.date)" }).joined(separator: ", ") }
  }

  static let rows = [
    Row(stage: "idea", isInBase: false, hasView: true),
    Row(stage: "proposal", isInBase: false, hasView: true),
    Row(stage: "transition", isInBase: false, hasView: true),
    Row(stage: "design", decisions: [("deferred", "2025-01-01")], isInBase: false, hasView: true),
    Row(stage: "design", decisions: [("approved", "2025-01-01")], isInBase: true, hasView: true),
    Row(stage: "build", decisions: [("approved-with-conditions", "2025-01-01")], isInBase: true, hasView: true),
    Row(
      stage: "design", decisions: [("deferred", "2025-02-01"), ("approved", "2025-01-01")], isInBase: false,
      hasView: true),
    Row(stage: "design", decisions: [("approved", "2026-06-01")], isInBase: false, hasView: true),
    Row(stage: "design", decisions: [("endorsed", "2025-01-01")], isInBase: false, hasView: true),
    Row(
      stage: "design", decisions: [("endorsed", "2025-02-01"), ("approved", "2025-01-01")], isInBase: false,
      hasView: true),
    Row(
      stage: "design", decisions: [("endorsed", "2025-02-01"), ("rejected", "2025-01-01")], isInBase: false,
      hasView: true),
    Row(stage: "design", decisions: [("rejected", "2025-01-01")], isInBase: false, hasView: false),
    Row(
      stage: "design", decisions: [("approved", "2025-02-01"), ("rejected", "2025-01-01")], isInBase: true,
      hasView: true),
    Row(stage: "live", decisions: [("approved", "2025-01-01")], isInBase: false, hasView: false, isCompared: true),
    Row(stage: "closed", decisions: [("approved", "2025-01-01")], isInBase: false, hasView: false, isCompared: true),
  ]

  @Test(arguments: rows) func `A stage and a decision mean what the table says`(_ row: Row) async throws {
    let decisions = row.decisions.enumerated().map { index, decision in
      "{kind: decision, id: d\(index), name: D, date: \(decision.date), outcome: \(decision.outcome), targets: ['initiative:i']}"
    }
    let texts =
      ["{kind: system, id: a, name: A, classification: official, cost: 1}"] + decisions + [
        "kind: initiative\nid: i\nname: I\nstage: \(row.stage)\ngoLive: 2026-03-01\nchanges: [{ref: 'system:a', set: {cost: 20}}]",
        "kind: initiative\nid: other\nname: O\nstage: design\ngoLive: 2027-01-01\nchanges: [{ref: 'system:a', set: {mfa: true}}]",
        rule("limit", "for: system\nrequire: self.cost < 10").replacing("stage: design", with: "stage: idea"),
      ]
    let result = await Checked(texts)
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.summary))")
    let views = result.estate.initiativeViews()
    let other = try #require(views.first { $0.initiative.id == "other" })
    guard case .found(let system) = result.estate.find("system:a") else { return #expect(Bool(false)) }
    let cost = result.estate.seen(in: other.base, at: other.date).value("cost", of: system)
    if case .int(let number) = cost { #expect(number == (row.isInBase ? 20 : 1)) } else { Issue.record("\(cost)") }
    #expect(views.contains { $0.initiative.id == "i" } == row.hasView)
    #expect(IntegrityRules.differences(result.estate).isEmpty != row.isCompared)
    let portfolio = await Portfolio.run(result.book.rules, on: result.estate, tasks: 1)
    let own = portfolio.checks.first { $0.view.initiative.id == "i" }
    #expect(own?.findings(.introduced).map(\.rule) == (row.hasView ? ["limit"] : nil))
    #expect(own?.findings.contains { $0.inView?.isIdea == true } == (row.hasView ? row.stage == "idea" : nil))
  }
}
