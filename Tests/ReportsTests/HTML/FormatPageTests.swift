import Foundation
import Testing

@testable import Reports

/// The table of docs/formats.md that says which format carries what of a finding.
@Suite struct FormatPageTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../docs/formats.md").standardizedFileURL

  /// The cells of the rows under a heading, without the rule under the first.
  private static func table(under heading: String) throws -> [[String]] {
    let text = try String(contentsOf: page, encoding: .utf8)
    let part = try #require(text.components(separatedBy: "\n## \(heading)\n").dropFirst().first)
    return part.split(separator: "\n").drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
      .filter { !$0.hasPrefix("|--") && !$0.hasPrefix("|:--") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
  }

  @Test func `what a finding carries is in each format as the table says`() async throws {
    let report = try await FullFinding.report()
    var rows = [["of a finding"] + CheckFormat.allCases.map(\.rawValue)]
    let texts = CheckFormat.allCases.map { $0.written(report) }
    for part in FullFinding.parts {
      rows.append([part.name] + texts.map { $0.contains(part.mark) ? "yes" : "no" })
    }
    let written = try Self.table(under: "What a finding carries")
    let table = rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    #expect(written == rows, "the table has to be\n\(table)")
  }

  @Test func `the page lists every format, and html leaves nothing out`() async throws {
    let formats = try Self.table(under: "Formats").dropFirst().compactMap(\.first)
    #expect(formats == CheckFormat.allCases.map { "`\($0.rawValue)`" })
    let html = CheckFormat.html.written(try await FullFinding.report())
    for part in FullFinding.parts { #expect(html.contains(part.mark), "\(part.name)") }
  }
}
