import Catalogue
import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

@Suite struct AnswerReportTests {
  @Test func `a table marks what is not known and names the facts`() async throws {
    let report = try #require(await answered(asked, [metamodel, questioned]))
    TextReportTests.expect(report.text(.table, .init(width: 70)), snapshot: "query.txt")
    #expect(
      report.warning()
        == "3 systems; 1 more is undecided (?); 2 values are not known (?); not recorded: dataset:notes.classification, system:gap.classification, system:hub.mfa"
    )
    #expect(report.exitStatus == 0)
  }

  @Test func `the same as JSON`() async throws {
    let report = try #require(await answered(asked, [metamodel, questioned]))
    let text = report.text(.json)
    TextReportTests.expect(text, snapshot: "query.json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["count"] as? Int == 3)
    #expect((json["rows"] as? [Any])?.count == 4)
  }

  @Test func `the same as CSV`() async throws {
    let report = try #require(await answered(asked, [metamodel, questioned]))
    let text = report.text(.csv)
    #expect(text.hasSuffix("\r\n"))
    TextReportTests.expect(text.replacing("\r\n", with: "\n"), snapshot: "query.csv")
  }

  @Test func `quiet prints the count, verbose every fact`() async throws {
    let report = try #require(await answered(asked, [metamodel, questioned]))
    #expect(
      report.text(.table, .init(isQuiet: true))
        == "3 systems; 1 more is undecided (?); 2 values are not known (?)\n")
    let many = (1...9).map { "{kind: system, id: s\($0), name: S}\n---\n" }.joined()
    let question = Question(.kind("system"), where: "mfa")
    let long = try #require(await answered(question, [metamodel, (name: "catalogue/a.yaml", text: many)]))
    #expect(long.text(.table).contains("  system:s5.classification (catalogue/a.yaml:9)\n") == false)
    #expect(long.text(.table).contains("  and 12 more; --verbose names all\n"))
    #expect(long.warning()?.hasSuffix(", 12 more") == true)
    #expect(long.warning(all: true)?.hasSuffix(", system:s9.mfa") == true)
    #expect(long.text(.table, .init(isVerbose: true)).contains("  system:s9.mfa (catalogue/a.yaml:17)\n"))
  }

  @Test(
    arguments: [
      ("every(system).size()", "5\n", "5\n"), ("'=x'", "=x\n", "'=x\r\n"), ("-1", "-1\n", "-1\r\n"),
      ("[]", nil, "value\r\n"),
      (
        "every(dataset).countBy(d, d.id)", "key    count\n-----  -----\ncases      1\nnotes      1\n\n2 rows\n",
        "key,count\r\ncases,1\r\nnotes,1\r\n"
      ),
      (
        "[every(dataset).countBy(d, d.id)]",
        "value\n----------------------------------------------\n{key: cases, count: 1}, {key: notes, count: 1}\n\n1 row\n",
        "value\r\n\"{key: cases, count: 1}, {key: notes, count: 1}\"\r\n"
      ),
      ("every(dataset).filter(d, false)", "0 datasets\n", "id,name\r\n"),
    ] as [(String, String?, String)])
  func `one value stands alone, and no rows are said`(text: String, table: String?, csv: String) async throws {
    let report = try #require(await answered(Question(.expression(text)), [metamodel, questioned]))
    if let table { #expect(report.text(.table) == table) }
    #expect(report.text(.csv).replacing("\r\n", with: "\n") == csv.replacing("\r\n", with: "\n"))
  }

  @Test func `hostile names are escaped in every format`() async throws {
    let evil = #"\e[31mred\a \u202Eesrever\u2066 \u0085 \u061C\ufeff \" ' <b> =1+1 ::error:: @all\nforged: line"#
    let hostile = """
      {kind: system, id: a, name: "\(evil)", summary: "=1", classification: official}
      ---
      {kind: system, id: b, name: "=\(evil)", classification: official, feeds: [a]}

      """
    for question in [
      Question(.kind("system"), columns: ["name, summary"]),
      Question(.kind("system"), columns: ["[name], {name: name}"]),
      Question(
        .kind("system"), where: "name != '\u{1B}[31m\u{202E}\u{85}'", columns: ["'\u{1B}\u{202E}\u{85}' + name"]),
      Question(.expression("every(system).map(s, s.name)")), Question(.expression("every(system)[1].name")),
      Question(.expression("every(system).groupBy(s, s.name)")),
    ] {
      let report = try #require(
        await answered(question, [metamodel, (name: "catalogue/\u{1B}[2J.yaml", text: hostile)]))
      for format in SheetFormat.allCases {
        let text = report.text(format, .init(width: 60))
        let bad = text.unicodeScalars.filter {
          ($0.value < 0x20 && $0 != "\n" && $0 != "\r" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
            || [0x61C, 0xFEFF, 0x202E, 0x2066].contains($0.value)
        }
        #expect(bad.map { String($0.value, radix: 16) } == [], "\(format): \(text.debugDescription)")
        if format == .csv { continue }
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("forged") }, "\(format): \(text)")
      }
      let warning = report.warning() ?? ""
      #expect(!warning.unicodeScalars.contains { $0.value < 0x20 })
    }
  }
}

extension Question {
  init(_ subject: Subject, where condition: String, columns: [String] = []) {
    self.init(subject, condition: condition, columns: columns)
  }
}
