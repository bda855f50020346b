import CEL
import Foundation
import Testing

@testable import Catalogue
@testable import Governance

/// The page on writing rules leaves out nothing that a rule can say; that what it shows is so, a test of the commands runs.
@Suite struct WritingRulesPageTests {
  private static let page: String = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
    let file = folder.deletingLastPathComponent().appendingPathComponent("docs/writing-rules.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The expressions of the tables of values.
  private static let expressions = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.joined(separator: "\n")

  @Test func `each macro and each function of views has an example`() async {
    let metamodel = await Checked([]).estate.metamodel
    let functions = ViewFunctions.all(metamodel).keys + MacroSignature.all.map(\.name)
    #expect(functions.count > 25)
    let missing = Set(functions).filter { !Self.expressions.contains("\($0)(") }
    #expect(missing.sorted() == [])
  }

  @Test func `each name that expressions know has a line`() async {
    let environment = ExpressionEnvironment.of(await Checked([]).estate)
    let names = Array(environment.variables.keys) + Array(environment.namespaces.keys)
    #expect(names.count > 4)
    let missing = names.filter { name in
      !Self.expressions.contains("| `\(name)`") && !Self.expressions.contains("| `\(name).")
    }
    #expect(missing.sorted() == [])
  }

  @Test func `each key of a rule and of an example is described`() async throws {
    let metamodel = await Checked([]).estate.metamodel
    let kind = try #require(metamodel.kind(named: "rule"))
    // What the engine works out, and what every document has.
    let others: Set = ["highestSeverity", "scope", "kind", "summary", "aliases", "notes", "labels"]
    let keys = kind.order.map { metamodel.fields[Int($0)] }.filter {
      if case .inverse = $0.shape { return false }
      return !others.contains($0.path)
    }.map(\.path)
    #expect(keys.count > 20)
    #expect((keys + Example.keys).filter { !Self.page.contains("`\($0)`") }.sorted() == [])
  }
}
