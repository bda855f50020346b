import CEL
import Catalogue
import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

@Suite struct DifferenceReportTests {
  /// Two sides of a catalogue under the rules of the first.
  private func difference(_ base: [String], _ head: [String], trust: Since.Trust = .base) async -> DifferenceReport {
    let day = CivilDate("2026-01-01") ?? CivilDate(days: 0)
    func files(_ texts: [String], _ prefix: String) -> [SourceText] {
      [metamodel, standard, inherits].map { SourceText(name: prefix + $0.name, text: $0.text) }
        + texts.enumerated().map { SourceText(name: "\(prefix)catalogue/\($0).yaml", text: $1) }
    }
    func read(_ texts: [String], _ prefix: String) async -> (Estate, RuleBook, [Finding]) {
      let result = await RepositoryReader.read(files(texts, prefix), asOf: day, tasks: 1)
      #expect(result.diagnostics.isEmpty)
      let book = RuleBook(result.estate)
      let assessment = await Assessment.run(book.rules, on: result.estate, tasks: 1)
      let report = CheckReport(
        estate: result.estate, assessment: assessment, diagnostics: [], ruleDocumentCount: 1, failOn: .major,
        failsOnUndecided: false)
      return (result.estate, book, report.allFindings)
    }
    let (before, beforeBook, old) = await read(base, "main:")
    let (after, afterBook, new) = await read(head, "")
    return DifferenceReport(
      base: .init(revision: "main", commit: "0123456789"), head: .init(revision: nil, commit: nil), asOf: day,
      trust: trust, judgesAlike: true,
      difference: CatalogueDifference(from: before, to: after, includes: { !Judge.kinds.contains($0) }),
      governance: GovernanceChanges.all(
        from: .init(estate: before, book: beforeBook, failOn: .major),
        to: .init(estate: after, book: afterBook, failOn: .major)),
      findings: FindingsDifference(
        from: old, to: new, renames: CatalogueDifference.renames(from: before, to: after)))
  }

  private let base = [
    """
    {kind: dataset, id: cases, name: Cases, classification: secret}
    ---
    {kind: system, id: hub, name: Hub, classification: official, holds: [cases], feeds: [desk]}
    ---
    {kind: system, id: desk, name: Desk, classification: official}
    ---
    {kind: system, id: user, name: User, classification: official, feeds: [hub]}
    """
  ]
  private let head = [
    """
    {kind: dataset, id: cases, name: Cases, classification: secret}
    ---
    {kind: system, id: hub, name: Hub, classification: secret, holds: [cases], feeds: [vault]}
    ---
    {kind: system, id: vault, name: Vault, classification: public, holds: [cases]}
    ---
    {kind: system, id: user, name: User, classification: official, feeds: [hub]}
    """
  ]

  @Test func `a comment for a pull request`() async {
    let report = await difference(base, head)
    TextReportTests.expect(report.markdown, snapshot: "difference.md")
    TextReportTests.expect(report.text(), snapshot: "difference.txt")
    TextReportTests.expect(report.json, snapshot: "difference.json")
    #expect(report.exitStatus == 0)
    #expect(report.text(isQuiet: true).split(separator: "\n").count == 2)
  }

  @Test func `nothing differs`() async throws {
    let report = await difference(base, base)
    #expect(report.markdown.contains("**No new failure.**") && report.markdown.contains("Nothing differs"))
    #expect(!report.markdown.contains("```"))
    #expect(report.text().contains("nothing differs in what the documents say"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect((object["entities"] as? [Any])?.isEmpty == true)
  }

  static let hostile = [
    "@everyone", "#1", "::error file=x::owned", "]]>", "</script><img src=x>", "=cmd|' /C calc'!A0", "| a | b |",
    "[x](https://evil.example)", "`code`", "\u{1B}[31mred", "a\u{202E}b", "\"]; click n0 href \"javascript:x", "-->",
    "%%{init: {}}%%", "<!-- x -->", "```", "line\nbreak", "é", "😀", "end", "&amp;", "https://evil.example", "﷽\u{0}",
  ]

  @Test(arguments: HostileName.all(hostile))
  func `names are hostile in every format`(hostile: HostileName) async throws {
    let name = hostile.text
    let quoted = name.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || scalar.value > 0x7E
        ? "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16) : String(scalar)
    }.joined()
    let more = "{kind: system, id: odd, name: \"\(quoted)\", classification: public, holds: [cases], feeds: [hub]}"
    if name.unicodeScalars.contains("\u{0}") { return }
    let report = await difference(base, base + [more])
    #expect(report.difference.changes.map(\.identity) == ["system:odd"])
    let page = report.markdown
    // Without the picture, whose labels are looked at below.
    let words = page.replacing(report.picture.mermaid, with: "")
    for raw in ["@everyone", "<img", "</script", "[x](", "https://", "\u{1B}", "\u{202E}", " | a"] {
      #expect(!words.contains(raw), "\(raw)")
    }
    // One line for the entity, one for the finding, and a picture whose lines have one form each.
    #expect(page.split(separator: "\n").filter { $0.contains("`system:odd`") }.count == 1)
    let mermaid = report.picture.mermaid
    let lines = mermaid.split(separator: "\n")
    let node =
      #/  n\d+\["[^"<>\[\]|`@{}\\%]*(<br>[a-z0-9:-]*)?(<br>#\d+; (added|changed|removed))?"\]:::(added|changed|removed|neighbour)/#
    let edge = #/  n\d+ (-->|==>|-.->)\|"[^"|<>]*"\| n\d+/#
    let style = #/  classDef [a-z]+ [A-Za-z0-9#:,\-]+/#
    #expect(lines.first == "flowchart LR")
    for line in lines.dropFirst() {
      #expect(
        (try? node.wholeMatch(in: line)) != nil || (try? edge.wholeMatch(in: line)) != nil
          || (try? style.wholeMatch(in: line)) != nil, "\(line)")
    }
    let text = report.text()
    #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0 == "\u{202E}" })
    #expect(text.split(separator: "\n").filter { $0.contains("  system:odd (") }.count == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect((object["entities"] as? [[String: Any]])?.first?["name"] as? String == name)
  }

  @Test func `a large change fits a comment, and says what has no room`() async {
    let name = String(repeating: "A long name [with] markup @all ", count: 8)
    let many = (0..<400).map {
      "{kind: system, id: s\($0), name: \"\(name)\($0)\", classification: public, holds: [cases], feeds: [hub, desk]}"
    }
    let report = await difference(base, base + [many.joined(separator: "\n---\n")])
    let page = report.markdown
    #expect(page.utf8.count < 65_000)
    #expect(page.contains("400 findings new") && page.contains("- and 360 more") && page.contains("- and 340 more"))
    #expect(report.picture.nodes.count == ChangePicture.nodeLimit)
    #expect(report.picture.edges.count <= ChangePicture.edgeLimit)
    #expect(report.picture.leftOut > 300)
    #expect(report.text().split(separator: "\n").filter { $0.hasPrefix("  new ") }.count == 400)
  }

  @Test func `a page never grows beyond its room`() {
    var page = MarkdownPage(limit: 1_000)
    page.section("One", Array(repeating: String(repeating: "x", count: 100), count: 50), limit: 40) { $0 }
    page.section("Two", ["y", "z"], limit: 40) { _ in String(repeating: "y", count: 2_000) }
    page.fenced("mermaid", String(repeating: "z", count: 500), title: "Three", note: "n")
    page.section("Four", ["y"], limit: 40) { $0 }
    #expect(page.text.utf8.count <= 1_000)
    #expect(page.text.contains("- and 43 more") && page.text.contains("- and 2 more") && !page.text.contains("zzz"))
  }
}
