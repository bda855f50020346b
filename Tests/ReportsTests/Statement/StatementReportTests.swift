import Foundation
import Governance
import Testing

@testable import Reports

/// Conformance statements as people and programs read them.
@Suite struct StatementReportTests {
  @Test func `a statement in words`() async throws {
    let text = try await Stated().statement.text(.text)
    let names = text.split(separator: "f-").dropFirst().map { "f-" + $0.prefix(10) }
    try #require(names.count == 4, "\(text)")
    #expect(
      text == """
        Conformance statement: Annexe
        as declared in the catalogue at revision 0123456789 on 2026-01-01

        initiative:annexe (design), of Annexe: judged by the estate that it would make on 2026-06-01

        Of 3 clauses in 2 standards 1 does not conform, 1 has still to be attested and 1 is checked by nothing.

        No kind has the role `attestation`, so that nobody's word can be recorded.

        standard  level           fails  to attest  no check
        --------  --------------  -----  ---------  --------
        data      non-conformant      1          -         1
        other     consistent          -          1         -

        data: Data

        non-conformant: it does something that a clause does not allow, and no waiver covers that

        clause  duty  what it is about             state
        ------  ----  ---------------------------  ---------------------------
        data/3  must  Classification fits content  does not conform: 1 finding
        data/4  may   Nobody checks this           checked by nothing

          blocker[data-inherits]: \(names[0]): Annexe is public, but Cases is secret (data/3)
              introduced by annexe (design) from 2026-06-01
              remedy: Reclassify it.
          undecided[data-inherits]: \(names[1]): not decided for Shed / Notes: a fact is not recorded (data/3)
              undecided by annexe (design) from 2026-06-01
              not recorded: dataset:notes.classification (catalogue/estate.yaml:3)
          resolved blocker[data-inherits]: \(names[2]): Warehouse is official, but Cases is secret (data/3)
          inherited undecided[data-inherits]: \(names[3]): not decided for Warehouse / Notes: a fact is not recorded (data/3)

        other: Annexe

        consistent: nothing speaks against it, but too much is open to say that it conforms

        clause   duty  what it is about  state
        -------  ----  ----------------  --------------
        other/1  must  Annexe            to be attested

        This is worked out from what the catalogue declares. It says nothing about what was left out of the catalogue, and does not say that any law is complied with.

        """)
  }

  @Test(arguments: [
    (
      Provenance.changed(since: "0123456789"),
      "at revision 0123456789, with changes that are not committed, on 2026-01-01"
    ),
    (.none(reason: "it is in no Git repository"), "on 2026-01-01, at no revision: it is in no Git repository"),
  ])
  func `every form says of which state it speaks`(provenance: Provenance, words: String) async throws {
    let stated = try await Stated("Annexe", provenance)
    for format in [ReportFormat.text, .markdown, .html] {
      let text = stated.statement.text(format)
      #expect(text.contains("as declared in the catalogue \(words)"), "\(format)")
      #expect(text.contains("does not say that any law is complied with"))
    }
  }

  @Test(arguments: [20, 40, 80, 132])
  func `no line is wider than the terminal`(width: Int) async throws {
    let stated = try await Stated("A name that goes on for much longer than any terminal is wide, word after word")
    let options = AnswerReport.Options(width: width)
    for text in [
      stated.statement.text(.text, options), stated.portfolio.text(.text, options), stated.trend.text(.text, options),
    ] {
      // A table of many columns cannot be narrower than they are.
      let lines = text.split(separator: "\n").filter { width >= 80 || !$0.contains("  ") }
      #expect(lines.allSatisfy { $0.count <= max(width, 124) }, "\(lines.filter { $0.count > width })")
    }
  }

  @Test func `the summary alone`() async throws {
    let stated = try await Stated()
    let quiet = AnswerReport.Options(isQuiet: true)
    let statement = stated.statement.text(.text, quiet)
    #expect(statement.contains("1 does not conform") && !statement.contains("data/3"))
    let portfolio = stated.portfolio.text(.text, quiet)
    #expect(portfolio.contains("1 open initiative and the estate") && !portfolio.contains("By severity"))
  }

  @Test func `a statement for programs`() async throws {
    let json = try JSONReportTests.object(try await Stated().statement.text(.json))
    #expect(json["report"] as? String == "initiative" && json["exitStatus"] as? Int == 0)
    #expect((json["revision"] as? [String: Any])?["commit"] as? String == "0123456789")
    let statement = try #require(json["statement"] as? [String: Any])
    #expect(statement["initiative"] as? String == "initiative:annexe" && statement["owners"] as? [String] == ["Annexe"])
    let counts = try #require(statement["clauses"] as? [String: Int])
    #expect(counts["fails"] == 1 && counts["unattested"] == 1 && counts.count == ClauseState.allCases.count)
    let standards = try #require(statement["standards"] as? [[String: Any]])
    #expect(standards.map { $0["level"] as? String } == ["non-conformant", "consistent"])
    let clause = try #require((standards[0]["clauses"] as? [[String: Any]])?.first)
    #expect(clause["state"] as? String == "fails")
    let findings = try #require(clause["findings"] as? [[String: Any]])
    #expect(findings.map { $0["comparison"] as? String } == ["introduced", "undecided"])
    #expect((clause["resolved"] as? [[String: Any]])?.count == 1)
  }

  @Test func `the portfolio for programs`() async throws {
    let stated = try await Stated()
    let json = try JSONReportTests.object(stated.portfolio.text(.json))
    #expect(json["report"] as? String == "portfolio" && json["rules"] as? Int == 1)
    let waiver = try #require((json["waivers"] as? [[String: Any]])?.first)
    #expect(waiver["daysLeft"] as? Int == 31 && waiver["covered"] as? Int == 0)
    let answerable = try #require(json["answerable"] as? [[String: Any]])
    #expect(answerable.map { $0["owner"] as? String } == ["organisation:hub", nil])
    let trend = try JSONReportTests.object(stated.trend.text(.json))
    let rows = try #require(trend["rows"] as? [[String: Any]])
    #expect(rows.map { $0["state"] as? String } == ["nothing", "unreadable", "complete"])
    #expect(stated.trend.exitStatus == 2, "a day could not be read")
  }

  @Test func `one row for each clause, standard and day`() async throws {
    let stated = try await Stated()
    let rows = stated.texts(.csv).map { $0.components(separatedBy: "\r\n").dropLast() }
    // Two standards of three clauses; two standards of the initiative, two and the rest of the estate; three days.
    #expect(rows.map(\.count) == [1 + 3, 1 + 2 + 3, 1 + 3])
    for sheet in rows {
      let widths = Set(sheet.map { $0.count { $0 == "," } })
      #expect(widths.count == 1, "\(sheet)")
    }
    #expect(
      rows[0].contains { $0.hasPrefix("initiative:annexe,2026-01-01,0123456789,data,non-conformant,data/3,must,") })
  }

  @Test func `a page is one file that asks for nothing`() async throws {
    for html in try await Stated().texts(.html) {
      #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      for word in ["<script", "http://", "https://", "src=", "href=", "@import", "url("] {
        #expect(!html.contains(word), "\(word)")
      }
      #expect(html.contains("default-src 'none'") && html.contains("@page { size: A4;"))
      #expect(html.contains("prefers-color-scheme: dark"))
      try Self.parse(html)
    }
  }

  /// The elements of a page without controls.
  private static func parse(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let known: Set = [
      "body", "header", "main", "footer", "h1", "h2", "p", "div", "table", "thead", "tbody", "tr", "th", "td", "ul",
      "li", "span", "code",
    ]
    let names = try Markup.elements(of: html, sourceLocation: sourceLocation).map(\.name)
    #expect(Set(names).subtracting(known) == [], sourceLocation: sourceLocation)
  }

  /// Names that a document can have: YAML holds no unpaired half and no character that it forbids.
  static let hostile = HostileName.all(HostileText.all.filter { !$0.isEmpty && $0 != " " })

  @Test(arguments: hostile)
  func `a hostile name does nothing in any format`(name: HostileName) async throws {
    let stated = try await Stated(name.text)
    for format in ReportFormat.allCases {
      for text in stated.texts(format) {
        #expect(HostileText.unseen(in: text.replacing("\r\n", with: "\n")) == [], "\(format)")
        switch format {
        case .json: _ = try JSONReportTests.object(text)
        case .html:
          #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("<!-- "))
          try Self.parse(text)
        case .markdown:
          #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("@everyone"))
          for line in text.split(separator: "\n") where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
        case .csv:
          let sheets = text.components(separatedBy: "\r\n").dropLast()
          for line in sheets { #expect(!line.contains(",=") && !line.contains(",+1") && !line.contains(",@SUM")) }
        case .text: break
        }
      }
    }
  }

  @Test func `every colour can be told from what it stands on`() async throws {
    let html = try await Stated().statement.text(.html)
    #expect(try Markup.hasContrast(html, schemes: ":root {") == 3)
  }
}
