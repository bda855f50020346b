import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A link to a list that nobody recorded: a view keeps the list open, a merge is refused, and a check says so before.
@Suite struct UnrecordedListTests {
  static let places = "---\nkind: location\nid: here\nname: Here\n---\nkind: location\nid: there\nname: There\n"

  /// The findings of the initiative's check, and the problems of its merge.
  static func both(_ lines: String, _ entries: String) async throws -> (told: [Finding], refused: [Diagnostic]) {
    let document = CheckedMergeTests.document + lines + places
    let merge = try await CheckedMergeTests.merge(document, entries)
    let checked = await Checked([
      document, "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2027-01-01\n\(entries)\n",
    ])
    #expect(checked.diagnostics.map(\.line) == [])
    let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
    return (portfolio.checks.flatMap(\.findings).filter { $0.rule == "list-not-recorded" }, merge.problems)
  }

  @Test(arguments: [
    ("", "changes: [{ref: 'system:a', link: {locations: [here]}}]", "link"),
    ("locations: unknown\n", "changes: [{ref: 'system:a', link: {locations: [here, there]}}]", "link"),
    ("", "changes: [{ref: 'system:a', unlink: {locations: [here]}}]", "unlink"),
    (
      "holds: unknown\n", "adds: [{kind: dataset, id: d, name: D}]\nchanges: [{ref: 'system:a', link: {holds: [d]}}]",
      "link"
    ),
    // Said, and taken back.
    ("locations: [here]\n", "changes: [{ref: 'system:a', unset: [locations], link: {locations: [there]}}]", "link"),
    // What is said later helps the merge no more than nothing.
    (
      "",
      "changes: [{ref: 'system:a', set: {locations: [here]}}, {ref: 'system:a', date: 2026-06-01, link: {locations: [there]}}]",
      "link"
    ),
  ])
  func `a check tells what a merge would refuse`(_ lines: String, _ entries: String, _ verb: String) async throws {
    let (told, refused) = try await Self.both(lines, entries)
    #expect(!refused.isEmpty)
    let finding = try #require(told.first)
    #expect(told.count == 1)
    #expect(finding.severity == .minor && finding.inView?.comparison == .introduced)
    #expect(finding.label == verb)
    #expect(finding.message.hasSuffix("what else is in it stays unknown, and this entry cannot be merged"))
    #expect(finding.remedy.contains("write all of it under `set`"))
    #expect(refused.contains { $0.summary.hasSuffix("or write all of it under `set`") }, "\(refused.map(\.summary))")
  }

  @Test(arguments: [
    ("locations: []\n", "changes: [{ref: 'system:a', link: {locations: [here]}}]"),
    // Nothing written under `holds` is nothing held.
    ("", "adds: [{kind: dataset, id: d, name: D}]\nchanges: [{ref: 'system:a', link: {holds: [d]}}]"),
    ("", "changes: [{ref: 'system:a', set: {locations: [here]}}]"),
    ("", "changes: [{ref: 'system:a', set: {locations: [here]}, link: {locations: [there]}}]"),
    (
      "",
      "changes: [{ref: 'system:a', link: {locations: [there]}}, {ref: 'system:a', date: 2026-06-01, set: {locations: [here]}}]"
    ),
    (
      "",
      "adds: [{kind: system, id: s, name: S, locations: [here]}]\nchanges: [{ref: 'system:s', link: {locations: [there]}}]"
    ),
  ])
  func `and nothing of what it writes`(_ lines: String, _ entries: String) async throws {
    let (told, refused) = try await Self.both(lines, entries)
    #expect(told.map(\.message) == [])
    #expect(refused.map(\.summary) == [])
  }

  /// What the check of `i` tells, beside another initiative.
  private func told(_ other: String, link: String = "date: 2026-12-01, link: {locations: [there]}") async -> [String] {
    let decision =
      "kind: decision\nid: yes\nname: Yes\ndate: 2025-12-01\noutcome: approved\ntargets: ['initiative:j']\n"
    let checked = await Checked([
      CheckedMergeTests.document + Self.places, decision, other,
      "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2027-01-01\nchanges: [{ref: 'system:a', \(link)}]\n",
    ])
    #expect(checked.diagnostics.map(\.line) == [])
    let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
    return portfolio.checks.first { $0.view.initiative.id == "i" }?.findings.filter { $0.rule == "list-not-recorded" }
      .map(\.message) ?? ["no check"]
  }

  @Test func `an approved initiative that goes first may record the list`() async {
    func other(_ id: String, _ goLive: String, _ entry: String) -> String {
      "kind: initiative\nid: \(id)\nname: J\nstage: build\ngoLive: \(goLive)\nchanges: [{ref: 'system:a', \(entry)}]\n"
    }
    let set = "set: {locations: [here]}"
    #expect(await told(other("j", "2026-06-01", set)) == [])
    // Not one that nobody approved, goes live later, says it later, says only that nobody knows, or links itself.
    for other in [
      other("k", "2026-06-01", set), other("j", "2027-06-01", set),
      other("j", "2026-06-01", "date: 2027-06-01, \(set)"), other("j", "2026-06-01", "set: {locations: unknown}"),
      other("j", "2026-06-01", "link: {locations: [here]}"),
    ] {
      #expect(await told(other).count == 1, "\(other)")
    }
  }

  @Test func `a list of what an initiative adds is looked for in its entry`() async throws {
    let (told, _) = try await Self.both(
      "",
      "adds: [{kind: system, id: s, name: S}]\nchanges: [{ref: 'system:s', link: {locations: [there]}}]")
    #expect(told.map(\.message).first?.hasPrefix("`locations` of system:s is not recorded") == true)
  }

  @Test func `the view holds what is linked, and stays open`() async throws {
    let rule = """
      kind: rule
      id: r
      name: R
      title: R
      for: system
      severity: major
      stage: design
      require: "!(\\"there\\" in self.locations.map(l, l.id))"
      message: no
      remedy: none
      """
    let initiative = "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2027-01-01\n"
    for (place, comparison) in [("here", Comparison.inherited), ("there", .introduced)] {
      let checked = await Checked([
        CheckedMergeTests.document + Self.places, rule,
        initiative + "changes: [{ref: 'system:a', link: {locations: [\(place)]}}]\n",
      ])
      let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
      let finding = try #require(portfolio.checks.first?.findings.first { $0.rule == "r" })
      #expect(finding.inView?.comparison == comparison)
      #expect(finding.outcome == (place == "here" ? .undecided : .failed))
    }
  }
}
