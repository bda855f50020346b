import Foundation
import Subprocess
import Testing

/// The page on merging shows what `Scripts/merging.sh` plays.
@Suite struct MergingPageTests {
  @Test func `the page's output is what the script's commands say`() async throws {
    let triglyph = try #require(BuiltCommand.location())
    let script = ReadmeTests.root.appendingPathComponent("Scripts/merging.sh").path
    let result = try await Subprocess.run(
      .path("/bin/bash"), arguments: [script],
      environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "TRIGLYPH": triglyph]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.standardError == "")
    #expect(result.terminationStatus == .exited(0))
    let page = try String(
      contentsOf: ReadmeTests.root.appendingPathComponent("docs/merging.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```console\n").dropFirst().map { part in
      part.components(separatedBy: "```\n").first ?? ""
    }
    #expect(blocks.count == 6)
    let played = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = blocks.map { "\n\($0)" }.joined().split(separator: "\n", omittingEmptySubsequences: false)
    let difference = played.difference(from: shown).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
    #expect(difference == [], "where the new output is meant: Scripts/merging.sh --write")
  }
}
