import Foundation
import Testing

/// No class of silent passes passes silently, and the page that lists them says what is said.
@Suite struct SilentPassTests {
  private func played(_ pass: SilentPass) async throws -> BuiltCommand.Run {
    let files = SilentPass.base.filter { !pass.without.contains($0.key) }.merging(pass.files) { $1 }
    let repository = try TemporaryRepository(files)
    for (link, target) in pass.links {
      let path = "\(repository.path)/\(link)"
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
    return try await BuiltCommand.run(
      list: [pass.arguments[0], "--repository", repository.path, "--as-of", "2026-01-01"] + pass.arguments.dropFirst())
  }

  @Test func `what nothing is wrong with passes, and nothing else is said`() async throws {
    let run = try await played(SilentPass("nothing", says: "", status: 0))
    #expect(run.status == 0)
    #expect(
      run.output == """
        the estate as of 2026-01-01; fails on major and above

        checked 1 entity in 4 documents of 4 files against 1 rule: 0 blocker, 0 major, 0 minor, 0 advisory, 0 undecided
        nothing counts

        """)
  }

  @Test(arguments: SilentPass.classes.flatMap(\.passes))
  func `it is said`(pass: SilentPass) async throws {
    let run = try await played(pass)
    let text = run.output + run.errors
    #expect(run.status == pass.status, "\(text)")
    let lines = text.split(separator: "\n")
    let code = pass.code.map { "[\($0)]" } ?? ""
    #expect(
      lines.contains { $0.contains(pass.says) && (code.isEmpty || $0.contains(code)) }, "\(pass.says) \(code)\n\(text)")
  }

  @Test func `every case has a name of its own`() {
    let names = SilentPass.classes.flatMap { group in group.passes.map { "\(group.title): \($0.name)" } }
    #expect(Set(names).count == names.count)
    #expect(SilentPass.classes.count == 17)
  }

  @Test func `the page has a heading for each class and a row for each case, in order`() throws {
    let page = try String(
      contentsOf: ReadmeTests.root.appendingPathComponent("docs/silent-passes.md"), encoding: .utf8)
    let shown = page.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("### ") || $0.hasPrefix("| ") && !$0.hasPrefix("| what is wrong |")
    }
    let wanted = SilentPass.classes.flatMap { group in ["### \(group.title)"] + group.passes.map(\.row) }
    let difference = wanted.difference(from: shown).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
    #expect(difference == [], "\(difference.joined(separator: "\n"))")
  }

  @Test func `every code that the page names is explained`() async throws {
    let repository = try TemporaryRepository(SilentPass.base)
    for code in Set(SilentPass.classes.flatMap(\.passes).compactMap(\.code)).sorted() {
      let run = try await BuiltCommand.run("explain", "--repository", repository.path, "--as-of", "2026-01-01", code)
      #expect(run.status == 0, "\(code): \(run.errors)")
    }
  }
}
