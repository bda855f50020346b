import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

@Suite struct JSONReportTests {
  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `a report is JSON with the counts and every finding`() async throws {
    let (report, _) = await report([metamodel, standard, inherits, estate])
    let json = try Self.object(JSONReport.text(report))
    #expect(json["format"] as? Int == 1)
    #expect(json["outcome"] as? String == "findings")
    #expect(json["exitStatus"] as? Int == 1)
    #expect(json["asOf"] as? String == "2026-01-01")
    let counts = try #require(json["counts"] as? [String: Int])
    #expect(
      counts == [
        "files": 4, "documents": 7, "entities": 2, "rules": 1, "blocker": 1, "major": 0, "minor": 0, "advisory": 0,
        "undecided": 1, "waived": 0, "baselined": 0, "notEvaluated": 0,
        "counting": 1, "inputErrors": 0, "referencesToBroken": 0,
      ])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.count == 2)
    #expect(findings[0]["identity"] as? String == "data-inherits|dataset:cases|system:warehouse")
    #expect(findings[0]["counts"] as? Bool == true)
    #expect(findings[0]["standing"] as? String == "open")
    #expect(findings[0]["waived"] == nil)
    #expect(findings[0]["message"] as? String == "Warehouse is official, but Cases is secret")
    let place = try #require(findings[0]["place"] as? [String: Any])
    #expect(place["file"] as? String == "catalogue/estate.yaml")
    #expect(
      [place["line"], place["column"], place["endLine"], place["endColumn"]].map { $0 as? Int } == [8, 17, 8, 25])
    #expect(findings[1]["outcome"] as? String == "undecided")
    let missing = try #require(findings[1]["missing"] as? [[String: Any]])
    #expect(missing.first?["fact"] as? String == "dataset:notes.classification")
    let rules = try #require(json["rules"] as? [[String: Any]])
    #expect(rules.first?["failed"] as? Int == 1)
    #expect(rules.first?["passedWithNothing"] as? Int == 1)
  }

  @Test func `hostile texts come back as they are`() throws {
    let texts = [
      "\u{0}\u{1}\u{1F}\u{7F}\u{85}\u{9F}", "\"\\/\n\r\t", "\u{202A}\u{202E}\u{2066}\u{2069}\u{200E}\u{61C}\u{FEFF}",
      "\u{2028}\u{2029}",
      "é👩‍👩‍👧 e\u{301}", "</script>", "",
    ]
    var writer = JSONWriter()
    writer.object { $0.field("texts", texts) }
    let json = try Self.object(writer.text)
    #expect((json["texts"] as? [String])?.map { Array($0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) })
    let unsafe = writer.text.unicodeScalars.filter { $0 != "\n" && escapedForTerminal(String($0)) != String($0) }
    #expect(unsafe.isEmpty, "\(unsafe.map { String($0.value, radix: 16) })")
  }

  @Test func `numbers, empty lists and what is missing`() throws {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("whole", 3.0 as Double?)
      writer.field("part", 2.5 as Double?)
      writer.field("large", 1e300 as Double?)
      writer.field("infinite", Double.infinity as Double?)
      writer.field("none", nil as String?)
      writer.field("empty", [String]())
      writer.key("object")
      writer.object { _ in }
    }
    let json = try Self.object(writer.text)
    #expect(json["whole"] as? Int == 3)
    #expect(json["part"] as? Double == 2.5)
    #expect(json["large"] as? Double == 1e300)
    #expect(json["infinite"] == nil && json["none"] == nil)
    #expect((json["empty"] as? [String])?.isEmpty == true)
    #expect((json["object"] as? [String: Any])?.isEmpty == true)
  }
}
