import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

/// What is waived and baselined, in every report.
@Suite struct StandingReportTests {
  /// Of the one finding of the small estate that fails.
  static func waiver(until: String = "2026-03-01", _ more: String = "") -> (name: String, text: String) {
    (
      name: "catalogue/waiver.yaml",
      text: """
      {kind: waiver, id: w, name: W, rule: data-inherits, targets: ['system:warehouse', 'dataset:cases'], reason: So., from: 2025-12-01, until: \(until), decision: yes-to-it\(more)}
      ---
      {kind: decision, id: yes-to-it, name: Yes, date: 2025-12-01, outcome: approved, targets: ['waiver:w']}

      """
    )
  }

  static let baseline = """
    format: 1
    taken: 2025-12-01
    findings:
      - {finding: 'data-inherits|dataset:cases|system:warehouse', severity: blocker}
      - {finding: 'data-inherits|dataset:notes|system:warehouse', outcome: undecided, severity: blocker}

    """

  @Test func `a waived finding counts nowhere, is counted, and is told at length`() async {
    let report = await report([metamodel, standard, inherits, estate, Self.waiver()]).report
    #expect(report.outcome == .clean)
    let text = TextReport().text(report)
    #expect(!text.contains("Warehouse is official"))
    #expect(
      text.contains(": 0 blocker, 0 major, 0 minor, 0 advisory, 1 waived, 1 undecided\nnothing counts\n"), "\(text)")
    let verbose = TextReport(isVerbose: true).text(report)
    #expect(verbose.contains("Warehouse is official"))
    #expect(verbose.contains("   = waived: until 2026-03-01 by waiver:w\n"))
  }

  @Test func `the summary says what ends soon`() async {
    let soon = await report(
      [metamodel, standard, inherits, estate, Self.waiver(until: "2026-01-13")], asOf: "2026-01-01")
    #expect(TextReport().text(soon.report).contains("1 waived (1 expires in 12 days), 1 undecided"))
    let tomorrow = await report(
      [metamodel, standard, inherits, estate, Self.waiver(until: "2026-01-02")], asOf: "2026-01-01")
    #expect(TextReport().text(tomorrow.report).contains("1 waived (1 expires in 1 day), 1 undecided"))
  }

  @Test func `what has expired is back, and says so`() async {
    let report = await report([metamodel, standard, inherits, estate, Self.waiver(until: "2026-01-01")]).report
    #expect(report.outcome == .findings)
    #expect(report.count(.blocker) == 1)
    #expect(
      TextReport().text(report).contains("= note: waived until 2026-01-01 by waiver:w, which has expired\n"))
  }

  @Test func `what is in the baseline counts nowhere and is counted`() async {
    let report = await report([metamodel, standard, inherits, estate], baseline: Self.baseline).report
    #expect(report.outcome == .clean)
    let text = TextReport().text(report)
    #expect(
      text.hasPrefix(
        "the estate as of 2026-01-01; fails on major and above; baseline of 2 findings, taken on 2025-12-01\n"))
    #expect(text.contains(": 0 blocker, 0 major, 0 minor, 0 advisory, 2 baselined, 0 undecided\n"))
    #expect(!text.contains("Warehouse"))
    #expect(
      TextReport(isVerbose: true).text(report).contains("= baselined: it was there when checking began\n"))
  }

  @Test func `a baseline hides nothing from those who ask for undecided ones`() async {
    let only = Self.baseline.split(separator: "\n").filter { !$0.contains("undecided") }.joined(separator: "\n")
    let report = await report(
      [metamodel, standard, inherits, estate], failsOnUndecided: true, baseline: only
    ).report
    #expect(report.outcome == .findings)
  }

  @Test func `JSON tells the standing of each`() async throws {
    let report = await report(
      [metamodel, standard, inherits, estate, Self.waiver()], baseline: Self.baseline
    ).report
    let json = try JSONReportTests.object(JSONReport.text(report))
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.map { $0["standing"] as? String } == ["waived", "baselined"])
    #expect(findings.map { $0["counts"] as? Bool } == [false, false])
    let waived = try #require(findings[0]["waived"] as? [String: String])
    #expect(waived == ["by": "waiver:w", "until": "2026-03-01"])
    let counts = try #require(json["counts"] as? [String: Int])
    #expect(counts["waived"] == 1 && counts["baselined"] == 1 && counts["blocker"] == 0 && counts["undecided"] == 0)
    let baseline = try #require(json["baseline"] as? [String: Any])
    #expect(baseline["taken"] as? String == "2025-12-01" && baseline["entries"] as? Int == 2)
    #expect(baseline["revision"] == nil)
  }

  @Test func `pages tell it, too`() async throws {
    let fixed = (name: inherits.name, text: inherits.text + "unwaivable: true\n")
    let (unwaivable, rules) = await report([metamodel, standard, fixed, estate, Self.waiver()])
    let (report, book) = await report([metamodel, standard, inherits, estate, Self.waiver()])
    let finding = try #require(report.findings.first { $0.outcome == .failed })
    let page = try #require(ExplainPage.text(finding.shortName, report, book))
    #expect(page.contains("It does not count: it is waived, until 2026-03-01 by waiver:w.\n"))
    #expect(
      try #require(ExplainPage.text("data-inherits", report, book)).contains(
        "but Cases is secret (waived until 2026-03-01 by waiver:w)\n"))
    guard case .found(let row) = report.estate.find("system:warehouse") else {
      Issue.record("no warehouse")
      return
    }
    #expect(
      EntityPage.text(row, report.estate, .everywhere(report.allFindings)).contains(
        "(waived until 2026-03-01 by waiver:w)\n"))
    #expect(
      try #require(ExplainPage.text("data-inherits", unwaivable, rules)).contains("No waiver can cover what it finds."))
    #expect(unwaivable.findings.map(\.rule).contains("waiver-of-unwaivable"))
    #expect(try #require(ExplainPage.text("waiver-unused", report, book)).contains("Severity minor"))
    #expect(try #require(ExplainPage.text("waived-twice", report, book)).contains("overlap"))
  }

  @Test func `an initiative's section tells what is waived in a number`() async {
    let breaks = (
      name: "catalogue/initiatives/i.yaml",
      text: """
      kind: initiative
      id: i
      name: I
      stage: design
      goLive: 2026-02-01
      changes: [{ref: 'system:hub', set: {classification: public}, link: {holds: [cases]}}]

      """
    )
    let own = (
      name: "catalogue/own.yaml",
      text: Self.waiver().text.replacing("system:warehouse", with: "system:hub")
        .replacing("from: 2025-12-01", with: "from: 2025-12-01, initiative: i")
    )
    let made = await report([metamodel, standard, inherits, estate, breaks, own], hasPortfolio: true).report
    let text = TextReport().text(made)
    #expect(text.contains("initiative i (design) on 2026-02-01: 1 waived\n"), "\(text)")
    #expect(
      text.contains("1 blocker, 0 major, 0 minor, 0 advisory, 1 waived, 1 undecided\n1 of these count"), "\(text)")
    #expect(TextReport(isVerbose: true).text(made).contains("Hub is public, but Cases is secret"))
    // With one initiative only the estate's rules do not run, and that is no mistake.
    let alone = await report(
      [metamodel, standard, inherits, estate, breaks, own], hasPortfolio: true, isOfInitiativesOnly: true
    ).report
    #expect(alone.inputErrors.isEmpty)
    #expect(alone.outcome == .clean)
    let open = await report(
      [metamodel, standard, inherits, estate, breaks], hasPortfolio: true, isOfInitiativesOnly: true
    ).report
    #expect(open.inputErrors.isEmpty)
    #expect(open.outcome == .findings)
  }
}
