import CEL
import Foundation
import Testing

/// What the library's page shows is what the library does.
@Suite struct LibraryPageTests {
  private static let page: String = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
    let file = folder.deletingLastPathComponent().appendingPathComponent("docs/cel.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The rows of the table of functions: an expression and one for its value.
  private static let rows: [(expression: String, value: String)] = page.split(separator: "\n").compactMap { line in
    guard let match = line.wholeMatch(of: #/\| `(.+)` \| `(.+)` \|/#) else { return nil }
    return (String(match.1), String(match.2))
  }

  @Test("Each expression has the value that stands beside it")
  func values() throws {
    #expect(Self.rows.count > 60)
    for row in Self.rows {
      do {
        let same = try Program("(\(row.expression)) == (\(row.value))").evaluate()
        #expect(same.text == "true", "\(row.expression) is not \(row.value)")
      } catch {
        Issue.record("\(row.expression): \(error)")
      }
    }
  }

  @Test("Every function and macro stands on the page")
  func completeness() {
    let functions = Function.libraryNames.filter { !Self.page.contains("\($0)(") }
    #expect(functions == [])
    let macros = MacroSignature.all.map(\.name).filter { !Self.page.contains("\($0)(") }
    #expect(macros == [])
  }

  @Test("The five lines at the top are the library's")
  func embedding() throws {
    let text = "user.startsWith('a') && age >= 18"
    #expect(Self.page.contains("let program = try Program(\"\(text)\", variables: [\"user\": .string, \"age\": .int])"))
    let program = try Program(text, variables: ["user": .string, "age": .int])
    #expect(program.evaluate(["user": .string("ada"), "age": .int(36)]).text == "true")
  }

  @Test("The limits are those of the library")
  func limits() {
    for number in ["100,000 code points", "\(Parser.nestingLimit); height of the tree \(Parser.depthLimit)"] {
      #expect(Self.page.contains(number), "\(number)")
    }
    #expect(Parser.codePointLimit == 100_000)
    #expect(Frame(graph: .empty, slotCount: 0).costLimit == 10_000_000)
  }
}
