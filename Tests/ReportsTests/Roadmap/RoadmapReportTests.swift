import CEL
import Catalogue
import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

/// A roadmap as text and as JSON.
@Suite struct RoadmapReportTests {
  private static let documents = """
    kind: metamodel
    id: small
    name: Small
    settings: {horizon: {type: period, default: 36m}}
    lifecycle: {phases: [planned, active, retired], live: [active]}
    kinds:
      system:
        plural: systems
        lifecycle: true
        relations: {uses: {to: system, many: true, inverse: usedBy}}
    ---
    kind: rule
    id: uses-live
    name: Uses live
    title: What lives uses what lives
    stage: design
    severity: major
    for: system
    when: self.live
    each: x in self.uses
    require: x.live
    message: ${self} uses ${x}
    rationale: Nobody repairs what has ended.
    remedy: Move.
    ---
    {kind: system, id: old, name: Old, lifecycle: {active: 2020-01-01, retired: 2027-03-01}}
    ---
    {kind: system, id: new, name: New, lifecycle: {active: 2026-06-01}}
    ---
    {kind: system, id: gone, name: Gone, lifecycle: {active: 2010-01-01, retired: 2020-01-01}}
    ---
    {kind: system, id: user, name: User, uses: [old, gone], lifecycle: {active: 2020-01-01}}
    ---
    {kind: system, id: early, name: Early, uses: [new], lifecycle: {active: 2020-01-01}}
    """

  private func report(asOf: String = "2026-01-01", with others: String = "") async -> RoadmapReport {
    let files = [SourceText(name: "all.yaml", text: Self.documents + others)]
    let result = await RepositoryReader.read(files, asOf: CivilDate(asOf) ?? CivilDate(days: 0), tasks: 1)
    let book = RuleBook(result.estate)
    let roadmap = await Roadmap.run(book.rules, on: result.estate)
    let assessment = await Assessment.run(book.rules, on: roadmap.estate, tasks: 1)
    return RoadmapReport(
      roadmap,
      CheckReport(
        estate: roadmap.estate, assessment: assessment, diagnostics: result.diagnostics + book.diagnostics,
        ruleDocumentCount: book.documentCount, failOn: .major, failsOnUndecided: false))
  }

  @Test func `what comes and goes has a line with its days, what lasts is counted`() async {
    let report = await report()
    #expect(
      TextReport().text(report) == """
        the roadmap from 2026-01-01 until 2029-01-01: the estate with 0 approved initiatives

        from now until 2026-06-01  major[uses-live] f-d63f573c91: Early uses New
        2027-03-01 until the horizon  major[uses-live] f-26afea42c0: User uses Old

        all the way through: 1 major
        begins later: 1 major; ends before the horizon: 1 major
        looked at 3 days against 1 rule
        2 of those that are there now count: major and above

        """)
    #expect(report.outcome == .findings)
    #expect(!TextReport(isQuiet: true).text(report).contains("uses New"))
    #expect(TextReport(isVerbose: true).text(report).contains("remedy"))
  }

  @Test func `that what is approved is counted, too, is said`() async {
    let initiative = """

      ---
      {kind: initiative, id: move, name: Move, stage: build, goLive: 2026-09-01, changes: [{ref: "system:early", set: {uses: []}}]}
      ---
      {kind: decision, id: well, name: Well, date: 2025-12-01, outcome: approved, targets: ["initiative:move"]}

      """
    let text = TextReport(isQuiet: true).text(await report(with: initiative))
    #expect(
      text.hasSuffix("\n2 of those that are there now, with all that is approved, count: major and above\n"), "\(text)")
  }

  @Test func `programs get every finding with its days`() async throws {
    let json = try JSONReportTests.object(await report().json)
    #expect(json["until"] as? String == "2029-01-01")
    #expect(json["applied"] as? [String] == [])
    let roadmap = try #require(json["roadmap"] as? [[String: Any]])
    #expect(roadmap.map { $0["from"] as? String } == ["2026-01-01", "2026-01-01", "2027-03-01"])
    #expect(roadmap.map { $0["until"] as? String } == ["2026-06-01", nil, nil])
    #expect(roadmap[2]["identity"] as? String == "uses-live|system:old|system:user")
    #expect(roadmap[2]["message"] as? String == "User uses Old")
    #expect(roadmap[2]["severity"] as? String == "major")
  }

  @Test func `what begins later does not count`() async {
    let text = Self.documents.replacing("uses: [old, gone]", with: "uses: [old]")
    let files = [SourceText(name: "all.yaml", text: text)]
    guard let asOf = CivilDate("2026-07-01") else { return }
    let result = await RepositoryReader.read(files, asOf: asOf, tasks: 1)
    let book = RuleBook(result.estate)
    let roadmap = await Roadmap.run(book.rules, on: result.estate)
    let assessment = await Assessment.run(book.rules, on: roadmap.estate, tasks: 1)
    let check = CheckReport(
      estate: roadmap.estate, assessment: assessment, diagnostics: result.diagnostics + book.diagnostics,
      ruleDocumentCount: book.documentCount, failOn: .major, failsOnUndecided: false)
    #expect(RoadmapReport(roadmap, check).outcome == .clean)
    #expect(roadmap.changing.count == 1)
  }
}
