import Foundation
import Testing

/// What the README shows and `make docs` cannot compare: a terminal's table, a part of a rule.
@Suite struct ReadmeTests {
  static var root: URL {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  @Test func `the README's answer is the answer`() async throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "$ triglyph query --kind system "))
    let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
    let lines = readme[start.upperBound..<end.lowerBound].split(separator: "\n", maxSplits: 1)
    let parts = try #require(lines.first).matches(of: #/--(\S+) '([^']*)'/#)
    let options = parts.flatMap { ["--\($0.1)", String($0.2)] }
    #expect(options.count == 4)
    let run = try await BuiltCommand.run(
      list: [
        "query", "--kind", "system", "--format", "table", "--as-of", "2026-12-01", "--repository", Self.root.path,
      ] + options)
    #expect(run.status == 0)
    let wanted = try #require(lines.last) + "\n"
    #expect(run.output == wanted)
  }

  @Test func `the README's rule is the rule`() throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```yaml\nkind: rule\n"))
    let end = try #require(readme.range(of: "\nexamples: …", range: start.upperBound..<readme.endIndex))
    let text = "kind: rule\n" + readme[start.upperBound..<end.lowerBound]
    let rule = try String(
      contentsOf: Self.root.appendingPathComponent("rules/change/cont-rto-inversion.yaml"), encoding: .utf8)
    #expect(rule.hasPrefix(text))
  }
}
