import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What is wrong with references in the view of an initiative, compared with its base.
@Suite struct IntegrityInViewTests {
  @Test func `What it puts right or breaks is told, and of the rest what stands where it changes something`() async {
    let checked = await Checked([
      """
      {kind: system, id: a, name: A, feeds: [soon]}
      ---
      {kind: system, id: b, name: B, feeds: [nowhere]}
      ---
      {kind: system, id: c, name: C, feeds: [nowhere]}
      ---
      {kind: system, id: d, name: D, feeds: [nowhere, soon]}
      ---
      kind: initiative
      id: i
      name: I
      stage: design
      goLive: 2026-05-01
      adds: [{kind: system, id: soon, name: Soon, feeds: [elsewhere]}]
      changes: [{ref: 'system:c', set: {mfa: true}}]
      """
    ])
    let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
    let told = portfolio.checks.flatMap(\.findings).filter { $0.rule == "dangling-reference" }.compactMap { finding in
      finding.inView.map { "\($0.comparison) \(finding.key.joined(separator: " "))" }
    }
    #expect(
      told.sorted() == [
        "inherited system:c feeds nowhere", "introduced system:soon feeds elsewhere",
        "resolved system:a feeds soon", "resolved system:d feeds soon",
      ])
  }
}
