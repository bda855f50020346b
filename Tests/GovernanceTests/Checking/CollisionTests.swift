import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Two initiatives that set one field: `initiatives-collide`.
@Suite struct CollisionTests {
  /// `initiative place message` of each collision, as the checks of the open initiatives tell them.
  static func told(_ earlier: String, _ later: String, stage: String = "proposal") async -> [String] {
    let checked = await Checked([
      """
      kind: system
      id: a
      name: A
      ---
      kind: system
      id: b
      name: B
      ---
      {kind: initiative, id: z, name: Z, stage: \(stage), goLive: 2026-05-01, \(earlier)}
      ---
      {kind: initiative, id: y, name: Y, stage: proposal, goLive: 2026-06-01, \(later)}
      """
    ])
    #expect(checked.diagnostics.map(\.line) == [])
    let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
    return portfolio.checks.flatMap { check in
      check.findings.filter { $0.rule == "initiatives-collide" }.map { finding in
        "\(check.view.initiative.id) \(finding.place?.range.start.line ?? 0) \(finding.shortName) \(finding.message)"
      }
    }
  }

  @Test(arguments: [
    ("changes: [{ref: 'system:a', set: {cost: 1}}]", "changes: [{ref: 'system:a', set: {cost: 2}}]", "cost"),
    ("changes: [{ref: 'system:a', unset: [cost]}]", "changes: [{ref: 'system:a', set: {cost: 2}}]", "cost"),
    (
      "changes: [{ref: 'system:a', set: {feeds: [b]}}]", "changes: [{ref: 'system:a', set: {feeds: [a, b]}}]", "feeds"
    ),
    (
      "changes: [{ref: 'system:a', date: 2026-03-01, set: {mfa: true}}]",
      "changes: [{ref: 'system:a', date: 2026-03-01, set: {mfa: false}}]", "mfa"
    ),
  ])
  func `both are told once, each at its own entry`(_ earlier: String, _ later: String, _ field: String) async {
    let told = await Self.told(earlier, later)
    let message = "z and y set `\(field)` of system:a differently; y is the later one and wins"
    let name = told.first?.split(separator: " ").dropFirst(2).first.map(String.init) ?? ""
    #expect(told == ["y 11 \(name) \(message)", "z 9 \(name) \(message)"])
  }

  @Test(arguments: [
    ("changes: [{ref: 'system:a', set: {cost: 1}}]", "changes: [{ref: 'system:a', set: {cost: 1}}]"),
    ("changes: [{ref: 'system:a', set: {cost: 1}}]", "changes: [{ref: 'system:b', set: {cost: 2}}]"),
    ("changes: [{ref: 'system:a', set: {feeds: [a, b]}}]", "changes: [{ref: 'system:a', set: {feeds: [b, a]}}]"),
    ("changes: [{ref: 'system:a', set: {feeds: [a]}}]", "changes: [{ref: 'system:a', link: {feeds: [b]}}]"),
  ])
  func `what agrees, and what is not set by both, is none`(_ earlier: String, _ later: String) async {
    #expect(await Self.told(earlier, later) == [])
  }

  @Test func `an initiative that is live collides with none`() async {
    let entry = "changes: [{ref: 'system:a', set: {cost: "
    #expect(await Self.told(entry + "1}}]", entry + "2}}]", stage: "live") == [])
  }
}
