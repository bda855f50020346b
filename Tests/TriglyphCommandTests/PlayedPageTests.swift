import Foundation
import Subprocess
import Testing

/// A page that tells a story shows what the script of its name plays.
@Suite struct PlayedPageTests {
  @Test(arguments: [
    ("merging", 6), ("packs", 9), ("pull-request", 12), ("report", 4), ("reuse", 6), ("schema", 5),
    ("testing-rules", 6),
  ])
  func `the page's output is what the script's commands say`(name: String, blockCount: Int) async throws {
    let triglyph = try #require(BuiltCommand.location())
    let script = ReadmeTests.root.appendingPathComponent("Scripts/\(name).sh").path
    let result = try await Subprocess.run(
      .path("/bin/bash"), arguments: [script],
      environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "TRIGLYPH": triglyph]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.standardError == "")
    #expect(result.terminationStatus == .exited(0))
    let page = try String(
      contentsOf: ReadmeTests.root.appendingPathComponent("docs/\(name).md"), encoding: .utf8)
    let blocks = Self.blocks(of: page)
    #expect(blocks.count == blockCount)
    let played = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = blocks.map { "\n\($0)" }.joined().split(separator: "\n", omittingEmptySubsequences: false)
    let difference = played.difference(from: shown).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
    #expect(difference == [], "where the new output is meant: Scripts/\(name).sh --write")
  }

  /// What stands between the fences of the `console` blocks; a fence of four holds output that has one of three.
  private static func blocks(of page: String) -> [String] {
    var blocks: [String] = []
    var fence: Substring?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == fence {
        fence = nil
      } else if fence != nil {
        blocks[blocks.count - 1] += "\(line)\n"
      } else if line == "```console" || line == "````console" {
        fence = line.prefix { $0 == "`" }
        blocks.append("")
      }
    }
    return blocks
  }
}
