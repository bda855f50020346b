import CEL
import Foundation
import Testing

/// Reads the public conformance cases where they are at hand: at `TRIGLYPH_CEL_CONFORMANCE`, or beside the clone.
@Suite struct ConformanceSyntaxTests {
  private struct ConformanceCase: Decodable {
    var id: String
    var expr: String
    var expected: Expected

    struct Expected: Decodable {
      var error: String?
    }
  }

  private static var path: String {
    if let path = ProcessInfo.processInfo.environment["TRIGLYPH_CEL_CONFORMANCE"] { return path }
    // The package's root is the folder above Tests.
    var folder = URL(fileURLWithPath: #filePath)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/cel/conformance.jsonl").path
  }

  @Test("Every expression of the conformance suite parses")
  func allParse() throws {
    guard let data = FileManager.default.contents(atPath: Self.path) else {
      print("conformance: ran no cases, there is no file at \(Self.path)")
      return
    }
    var parsed = 0
    var skipped = 0
    var refused: [String] = []
    for line in data.split(separator: UInt8(ascii: "\n")) {
      let test = try JSONDecoder().decode(ConformanceCase.self, from: Data(line))
      let problems = Parser.parse(test.expr).problems
      if problems.isEmpty {
        parsed += 1
      } else if test.id.hasPrefix("block_ext/"), problems.allSatisfy({ $0.id == "macro-variable" }) {
        // An optimiser's own notation: `cel.iterVar(0, 0)` in the place of a variable.
        skipped += 1
      } else if test.expected.error != nil {
        refused.append(test.id)
      } else {
        Issue.record("\(test.id): \(problems.map(\.message)) in \(test.expr)")
      }
    }
    #expect(parsed > 0)
    print(
      "conformance: parsed \(parsed) expressions, refused \(refused.count) that must fail \(refused), skipped \(skipped)"
        + " of block_ext whose variables are calls of cel.iterVar")
  }
}
