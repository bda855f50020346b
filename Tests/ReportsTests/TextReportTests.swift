import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

@Suite struct TextReportTests {
  /// Compares with a file beside this test; a run never records.
  static func expect(
    _ text: String, snapshot name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots/\(name)")
    let wanted = (try? String(contentsOf: file, encoding: .utf8)) ?? "(there is no Snapshots/\(name))"
    let (found, expected) = (
      text.split(separator: "\n", omittingEmptySubsequences: false),
      wanted.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let difference = found.difference(from: expected).map { change in
      switch change {
      case .insert(let line, let text, _): "+\(line + 1): \(text)"
      case .remove(let line, let text, _): "-\(line + 1): \(text)"
      }
    }
    #expect(difference == [], sourceLocation: sourceLocation)
  }

  @Test func `the text of a small estate`() async {
    let (report, _) = await report([metamodel, standard, inherits, estate])
    Self.expect(TextReport().text(report), snapshot: "small.txt")
  }

  @Test func `quiet prints the summary, verbose the counters`() async {
    let (report, _) = await report([metamodel, standard, inherits, estate])
    #expect(
      TextReport(isQuiet: true).text(report) == """
        checked 2 entities in 7 documents of 4 files against 1 rule: 1 blocker, 0 major, 0 minor, 0 advisory, 1 undecided
        1 of these counts: major and above

        """)
    let verbose = TextReport(isVerbose: true).text(report)
    #expect(
      verbose.contains("data-inherits: 2 targets; 0 passed, 1 passed with nothing to check, 1 failed, 0 undecided"))
  }

  @Test func `of a rule's errors a few are shown, the others counted`() async {
    let dear = (
      name: inherits.name, text: inherits.text.replacing("self.classification >= d.classification", with: "1 / 0 > 0")
    )
    let documents = (0..<9).map { "kind: system\nid: s\($0)\nname: S\($0)\nclassification: official\nholds: [notes]\n" }
    let many = (name: estate.name, text: estate.text + "---\n" + documents.joined(separator: "---\n"))
    let (report, _) = await report([metamodel, standard, dear, many])
    let errors = report.findings.count { $0.outcome == .error }
    #expect(errors > 8)
    let text = TextReport().text(report)
    #expect(text.components(separatedBy: "error[data-inherits] f-").count == 6)
    #expect(
      text.contains("error[data-inherits]: \(errors - 5) more targets end with an error; --verbose shows all of them"))
    #expect(
      TextReport(isVerbose: true).text(report).components(separatedBy: "error[data-inherits] f-").count == errors + 1)
  }

  @Test func `the pages of explain and show`() async throws {
    let (report, book) = await report([metamodel, standard, inherits, estate])
    let rule = try #require(ExplainPage.text("data-inherits", report, book))
    Self.expect(rule, snapshot: "rule.txt")
    Self.expect(try #require(ExplainPage.text("data/3", report, book)), snapshot: "clause.txt")
    #expect(try #require(ExplainPage.text("data/4", report, book)).contains("no rule checks it"))
    #expect(try #require(ExplainPage.text("data", report, book)).contains(#/Nobody checks this +nothing\n/#))
    #expect(try #require(ExplainPage.text("data", report, book)).contains("checked by nothing: data/4"))
    let finding = try #require(report.findings.first)
    let page = try #require(ExplainPage.text(finding.shortName, report, book))
    #expect(page.contains("It counts") && page.contains(finding.identity) && page.contains("Controls follow"))
    #expect(try #require(ExplainPage.text("unknown-key", report, book)).contains("slip of the pen"))
    #expect(ExplainPage.text("nothing-like-this", report, book) == nil)
    let broken = (name: inherits.name, text: inherits.text.replacing("self.holds", with: "self.hold"))
    let (second, rest) = await ReportsTests.report([metamodel, standard, broken, estate])
    #expect(ExplainPage.text("data-inherits", second, rest)?.contains("has a mistake") == true)
    guard case .found(let row) = report.estate.find("warehouse") else { return #expect(Bool(false)) }
    Self.expect(EntityPage.text(row, report.estate, .everywhere(report.findings)), snapshot: "warehouse.txt")
  }

  @Test func `a page of show leaves no line to a terminal to break`() async throws {
    let (report, _) = await report([metamodel, standard, inherits, estate])
    for row in report.estate.entities.indices.map({ Int32($0) }) where report.estate.entity(row).node != nil {
      let page = EntityPage.text(row, report.estate, .notLookedFor, width: 44)
      let long = page.split(separator: "\n").filter { $0.count > 44 && !$0.hasPrefix("declared at ") }
      #expect(long.isEmpty, "\(long)")
      let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
      #expect(words(page).joined() == words(EntityPage.text(row, report.estate, .notLookedFor)).joined())
    }
  }

  /// Hostile names: no output may move the cursor, colour the screen or reorder what is read.
  @Test func `hostile names are escaped everywhere`() async throws {
    let evil = #"\e[31mred\a \u202Eesrever\u2066 \u0085 \u061C\ufeff \" ' <b> =1+1 ::error:: @all\nforged: line"#
    let hostile = """
      {kind: dataset, id: cases, name: "\(evil)", summary: "\(evil)", classification: secret}
      ---
      {kind: system, id: warehouse, name: "\(evil)", summary: "\(evil)", classification: official, holds: [cases]}
      ---
      {kind: system, id: b, name: "\(evil)", classification: official, feeds: [warehouse], "\(evil)": 1}

      """
    let wicked = (
      name: "rules/\u{1B}[31m\u{202E}.yaml",
      text: inherits.text.replacing("title: A system is classified as high as its data", with: "title: \"\(evil)\"")
        .replacing("Reclassify it.", with: "\"\(evil)\"").replacing(
          "Controls follow the classification.", with: "\"\(evil)\""
        )
        .replacing("title: fits", with: "title: \"\(evil)\"")
    )
    let law = (
      name: standard.name,
      text: standard.text.replacing("Classification fits content", with: "\"\(evil)\"").replacing(
        "requirement: Classify.", with: "requirement: \"\(evil)\""
      )
      .replacing("A law", with: "\"\(evil)\"").replacing("name: Data\n", with: "name: \"\(evil)\"\n").replacing(
        "Keeps data where it belongs.", with: "\"\(evil)\"")
    )
    let (report, book) = await report([
      metamodel, law, wicked, (name: "catalogue/\u{1B}[2J.yaml", text: hostile),
    ])
    #expect(report.findings.count == 1)
    var pages: [(String, String)] = [
      ("text", TextReport().text(report)), ("verbose", TextReport(isVerbose: true).text(report)),
    ]
    for name in ["data-inherits", "data/3", "data", report.findings.first?.shortName ?? ""] {
      pages.append((name, try #require(ExplainPage.text(name, report, book))))
    }
    for name in ["warehouse", "cases"] {
      guard case .found(let row) = report.estate.find(name) else { continue }
      pages.append((name, EntityPage.text(row, report.estate, .everywhere(report.findings))))
    }
    let examples = await ExampleRunner(report.estate, book).run()
    pages.append(("test", ExampleText.text(examples, book.diagnostics)))
    pages.append(("json", JSONReport.text(report)))
    for (name, page) in pages {
      let bad = page.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
          || [0x61C, 0xFEFF, 0x202E, 0x2066].contains($0.value)
      }
      #expect(!page.split(separator: "\n").contains { $0.hasPrefix("forged") }, "\(name)")
      #expect(bad.map { String($0.value, radix: 16) } == [], "\(name): \(page.debugDescription)")
    }
  }
}
