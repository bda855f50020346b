import Diagnostics
import Foundation
import Testing

@testable import Governance
@testable import Reports

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Names that are hostile, in every place of a finding that a person can write, read back as the consumers of each format
/// read it.
@Suite struct HostileFormatTests {
  /// A finding for each hostile text, in the message, the key, the remedy, the path, the clause, the waiver, the file.
  private func hostileReport() async -> CheckReport {
    var report = await reportWithInitiative()
    report.findings = HostileText.all.enumerated().map { index, text in
      let source = SourceText(name: "catalogue/\(text).yaml", text: "\(text)\n\(text)")
      let range = SourceRange(source, 0..<min(1, source.bytes.count))
      var result = finding(index, message: text, name: "system:\(index) \(text)", at: range)
      result.remedy = text
      result.paths = [[Finding.Hop(from: text, relation: text, carrier: text, range: range, to: text)]]
      result.clause = Finding.Clause(id: text, level: text, title: text)
      result.related = [Diagnostic.Related(text, at: range)]
      result.remarks = [text]
      return result
    }
    report.findings.append(
      contentsOf: HostileText.all.map {
        var result = finding(0, message: $0, outcome: .undecided, name: "dataset:\($0)")
        result.missing = [Finding.MissingFact(name: $0, range: nil)]
        result.standing = .waived(by: "waiver:\($0)", until: .never)
        return result
      })
    return report
  }

  @Test(arguments: CheckFormat.allCases.filter { $0 != .text })
  func `nothing unseen is in an output`(format: CheckFormat) async {
    #expect(HostileText.unseen(in: format.written(await hostileReport())) == [])
  }

  @Test(arguments: [CheckFormat.sarif, .gitlab])
  func `nothing unseen is in what a reader of the JSON shows`(format: CheckFormat) async throws {
    func texts(_ value: Any, _ key: String = "") -> [String] {
      switch value {
      // Paths are names of files, and have to be these names.
      case let text as String: key == "path" || key == "identity" ? [] : [text]
      case let list as [Any]: list.flatMap { texts($0, key) }
      case let object as [String: Any]: object.flatMap { texts($0.value, $0.key) }
      default: []
      }
    }
    let text = format.written(await hostileReport())
    let all = texts(try JSONSerialization.jsonObject(with: Data(text.utf8)))
    #expect(all.count > HostileText.all.count * 3)
    #expect(all.flatMap(HostileText.unseen) == [])
  }

  @Test func `SARIF has an encoded path for each file`() async throws {
    let text = CheckFormat.sarif.written(await hostileReport())
    let run = try #require((try JSONReportTests.object(text)["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    let paths = results.compactMap { result -> String? in
      let location = ((result["locations"] as? [[String: Any]])?.first)?["physicalLocation"] as? [String: Any]
      return (location?["artifactLocation"] as? [String: Any])?["uri"] as? String
    }
    for name in HostileText.all {
      #expect(
        paths.contains { $0.removingPercentEncoding.map { Array($0.utf8) } == Array("catalogue/\(name).yaml".utf8) })
    }
    #expect(paths.allSatisfy { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !$0.contains(":") })
  }

  @Test func `JUnit is XML, and each case has its own name`() async throws {
    let cases = Cases()
    let parser = XMLParser(data: Data(CheckFormat.junit.written(await hostileReport()).utf8))
    parser.delegate = cases
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(Set(cases.names).count == cases.names.count && cases.names.count > HostileText.all.count * 2 - 1)
    #expect(Set(cases.elements).subtracting(Cases.expected) == [])
  }

  private final class Cases: NSObject, XMLParserDelegate {
    static let expected: Set<String> = [
      "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    ]
    var names: [String] = []
    var elements: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(element)
      if element == "testcase" { names.append("\(attributes["classname"] ?? "") \(attributes["name"] ?? "")") }
    }
  }

  @Test func `each line for GitHub is one command of ours`() async {
    var report = await hostileReport()
    let all = report.findings
    for start in stride(from: 0, to: all.count, by: 5) {
      report.findings = Array(all[start..<min(start + 5, all.count)])
      for line in CheckFormat.github.written(report).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      {
        let head = line.components(separatedBy: "::")
        #expect(line.hasPrefix("::") && head.count >= 3)
        #expect(["error ", "warning ", "notice "].contains { head[1].hasPrefix($0) }, "\(line)")
        for property in head[1].drop(while: { $0 != " " }).dropFirst().split(separator: ",") {
          let name = property.prefix { $0 != "=" }
          #expect(["file", "line", "endLine", "col", "endColumn", "title"].contains(name), "\(line)")
        }
      }
    }
  }

  @Test func `no cell of the CSV begins a formula`() async {
    let text = CheckFormat.csv.written(await hostileReport())
    for field in fields(text) {
      let first = field.unicodeScalars.first { $0 != " " && $0 != "\n" && $0 != "\t" }
      #expect(!["=", "+", "-", "@", "＝"].contains(first), "\(field)")
    }
    let rows = text.components(separatedBy: "\r\n").dropLast()
    #expect(rows.count == HostileText.all.count * 2 + 1 + 3, "each finding is a row: \(rows.count)")
  }

  /// RFC 4180's fields.
  private func fields(_ text: String) -> [String] {
    var result: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuote = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        // Two in a quoted field are one of its own.
        if !isQuoted, wasQuote { field += "\"" }
        isQuoted.toggle()
        wasQuote = true
        continue
      case ",", "\r", "\n":
        if isQuoted {
          field.unicodeScalars.append(scalar)
        } else {
          result.append(field)
          field = ""
        }
      default: field.unicodeScalars.append(scalar)
      }
      wasQuote = false
    }
    return result
  }

  @Test func `the Markdown has no line but those of its form`() async {
    let text = CheckFormat.markdown.written(await hostileReport())
    for line in text.split(separator: "\n") {
      let isOurs = line.hasPrefix("| ") || line.hasPrefix("|:--") || line.hasPrefix("##") || !line.hasPrefix("|")
      #expect(isOurs, "\(line)")
      if line.hasPrefix("| **") {
        // Four cells: five bars that are not escaped.
        let bare = line.replacing("\\\\", with: "").replacing("\\|", with: "")
        #expect(bare.count { $0 == "|" } == 5, "\(line)")
      }
      #expect(!line.contains("<script") && !line.contains("<img") && !line.contains("@everyone"))
    }
  }
}
