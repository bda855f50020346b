import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

/// More findings than any consumer takes: each format is cut where its readers are, and counts the rest in words.
@Suite(.serialized) struct LargeReportTests {
  static let count = 100_000

  /// Findings of four severities, the mildest first, in one large file.
  static func large(_ count: Int = Self.count) async -> CheckReport {
    var (report, _) = await report([metamodel, standard, inherits])
    let line = "- {kind: system, id: abcdefghij, name: Something}\n"
    let source = SourceText(name: "catalogue/large.yaml", text: String(repeating: line, count: count))
    let length = line.utf8.count
    report.findings = (0..<count).map { number in
      var result = finding(
        number, rule: "r", message: "m", severity: Severity.allCases[number % 4],
        at: SourceRange(source, number * length + 2..<number * length + 8))
      (result.clause, result.remedy) = (nil, "")
      return result
    }
    return report
  }

  @Test(.timeLimit(.minutes(2))) func `each format of 100,000 findings keeps to its limit`() async throws {
    let report = await Self.large()
    #expect(report.outcome == .findings)

    let sarif = CheckFormat.sarif.written(report)
    let run = try #require((try JSONReportTests.object(sarif)["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 25_000)
    #expect(results.allSatisfy { ($0["properties"] as? [String: Any])?["severity"] as? String == "blocker" })
    #expect(sarif.contains("75000 more findings are left out"))
    #expect(sarif.contains("25000 major, 25000 minor, 25000 advisory; 25000 of them count"))

    let github = CheckFormat.github.written(report)
    #expect(github.split(separator: "\n").count == 21)
    #expect(github.components(separatedBy: "::error ").count == 11)
    #expect(github.contains("99980 of these are not annotated"))
    #expect(github.contains("50000 findings count (major and above); 50000 failures that do not"))

    for limit in [MarkdownReport.commentLimit, GitHubReport.summaryLimit] {
      let markdown = MarkdownReport.text(report, here, limit: limit)
      #expect(markdown.utf8.count <= limit && markdown.utf8.count > limit / 2)
      #expect(markdown.contains("### What counts (50000)") && markdown.contains("25000 major"))
      #expect(markdown.contains(" more: 25000 minor, 25000 advisory") || limit > MarkdownReport.commentLimit)
    }
    #expect(MarkdownReport.text(report, here, limit: 100) == "")

    #expect(JUnitReport.byteLimit < 30_000_000)
    let small = JUnitReport.text(report, here, byteLimit: 1_000_000)
    #expect(small.utf8.count < 1_010_000)
    #expect(small.contains("more that count: ") && small.contains("and 50000 more that do not count: 25000 minor"))
    #expect(!small.contains("<skipped type=\"minor\""), "what counts is told before what does not")
  }

  @Test(.timeLimit(.minutes(2))) func `those without a limit hold every finding`() async throws {
    let report = await Self.large()
    #expect(CheckFormat.csv.written(report).utf8.count { $0 == 0x0A } == Self.count + 1)
    let gitlab = CheckFormat.gitlab.written(await Self.large(20_000))
    #expect(gitlab.components(separatedBy: "\"fingerprint\"").count == 20_001)
    #expect(gitlab.contains("\"begin\": 20000\n"))
    let text = CheckFormat.text.written(await Self.large(5_000))
    #expect(text.contains("--> catalogue/large.yaml:5000:3\n"))
  }

  @Test func `very many input errors are cut, too`() async throws {
    let (empty, _) = await report([metamodel, standard, inherits])
    let errors = (0..<30_000).map { Diagnostic("unknown-key", .error, "there is no key k\($0)", at: nil) }
    let report = CheckReport(
      estate: empty.estate, assessment: empty.assessment, diagnostics: errors, ruleDocumentCount: 1, failOn: .major,
      failsOnUndecided: false)
    let sarif = CheckFormat.sarif.written(report)
    let run = try #require((try JSONReportTests.object(sarif)["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.count == 25_000)
    #expect(sarif.contains("and 29000 more input errors and notes"))
    #expect(CheckFormat.github.written(report).contains("29990 of these are not annotated"))
    let markdown = CheckFormat.markdown.written(report)
    #expect(markdown.contains("more input errors") && markdown.utf8.count <= MarkdownReport.commentLimit)
    #expect(JUnitReport.text(report, here, byteLimit: 100_000).contains("more input errors"))
  }
}
