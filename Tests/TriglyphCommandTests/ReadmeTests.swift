import Foundation
import Testing

/// What the README shows is what the command prints.
@Suite struct ReadmeTests {
  static var root: URL {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  @Test func `the README's output is the output`() async throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "$ triglyph check --as-of 2026-12-01\n"))
    let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
    let run = try await BuiltCommand.run("check", "--as-of", "2026-12-01", "--repository", Self.root.path)
    // "…" on a line of its own stands for what is left out; a finding ends with an empty line.
    let shown = readme[start.upperBound..<end.lowerBound].components(separatedBy: "\n…\n").flatMap {
      $0.components(separatedBy: "\n\n")
    }
    #expect(shown.count > 3)
    for part in shown {
      let text = part.trimmingCharacters(in: .newlines)
      #expect(run.output.contains(text), "the command does not print: \(text)")
    }
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
