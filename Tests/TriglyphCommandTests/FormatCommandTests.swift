import Foundation
import Testing

/// fmt, as people and hooks run it.
@Suite struct FormatCommandTests {
  private static let moved = "kind: system\nname: Gap\nid: apart\n"
  private static let inOrder = "kind: system\nid: apart\nname: Gap\n"

  @Test func `a file is put in order, and a second run has nothing to do`() async throws {
    let repository = try TemporaryRepository.failing()
    let path = "\(repository.path)/catalogue/apart.yaml"
    try Data(Self.moved.utf8).write(to: URL(fileURLWithPath: path))
    let dry = try await BuiltCommand.run("fmt", "--repository", repository.path, "--dry-run", path)
    #expect(dry.status == 0)
    #expect(dry.output.contains("-name: Gap\n id: apart\n+name: Gap\n"), "\(dry.output)")
    let check = try await BuiltCommand.run("fmt", "--repository", repository.path, "--check", path)
    #expect(check.status == 1)
    #expect(check.output == "catalogue/apart.yaml\n")
    #expect(check.errors == "would put 1 of 1 file in order\n")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.moved)
    let run = try await BuiltCommand.run("fmt", "--repository", repository.path, path)
    #expect(run.status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.inOrder)
    let again = try await BuiltCommand.run("fmt", "--repository", repository.path, "--check", path)
    #expect(again.status == 0)
    #expect(again.output == "")
  }

  @Test func `what cannot be moved is named and left, and a mistake is status 2`() async throws {
    let repository = try TemporaryRepository.failing()
    let path = "\(repository.path)/catalogue/apart.yaml"
    try Data("# whose?\nname: Gap\nkind: system\nid: apart\n".utf8).write(to: URL(fileURLWithPath: path))
    let run = try await BuiltCommand.run("fmt", "--repository", repository.path, path)
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("catalogue/apart.yaml:1: left as it is: whether this comment"), "\(run.errors)")
    try Data("name: Gap\nname: Gap\nkind: system\n".utf8).write(to: URL(fileURLWithPath: path))
    let mistake = try await BuiltCommand.run("fmt", "--repository", repository.path, path)
    #expect(mistake.status == 2)
    #expect(mistake.errors.hasPrefix("catalogue/apart.yaml:2: left as it is: "), "\(mistake.errors)")
  }

  @Test func `a file that is none of the repository's is refused, and nothing is written`() async throws {
    let repository = try TemporaryRepository.failing()
    for path in ["\(repository.path)/nowhere.yaml", "/etc/hostname", ""] {
      let run = try await BuiltCommand.run("fmt", "--repository", repository.path, path)
      #expect(run.status == 2, "\(path)")
      #expect(run.errors.hasPrefix("triglyph: "), "\(run.errors)")
    }
    #expect(try await BuiltCommand.run("fmt", "--repository", repository.path, "--check", "--dry-run").status == 2)
    #expect(try await BuiltCommand.run("fmt", "--repository", repository.path, "-", "--check").status == 2)
  }

  @Test func `the shipped repository is in order`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let run = try await BuiltCommand.run("fmt", "--repository", root.path, "--check")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func `folders are what is in them, and what fmt is not for is told`() async throws {
    let place = try TemporaryRepository()
    #expect(try await BuiltCommand.run("init", place.path, "--as-of", "2026-11-22").status == 0)
    func run(_ names: String...) async throws -> BuiltCommand.Run {
      let all = ["fmt", "--check", "--repository", place.path] + names.map { "\(place.path)/\($0)" }
      return try await BuiltCommand.run(list: all)
    }
    #expect(try await run("catalogue", "catalogue/systems").errors == "would put 0 of 6 files in order\n")
    #expect(try await run("catalogue/systems/", "rules").errors == "would put 0 of 2 files in order\n")
    let settings = try await run("triglyph.yaml")
    #expect(settings.status == 2)
    #expect(settings.errors.contains("/triglyph.yaml keeps the order in which it is written: fmt is for "))
    let other = try await run("README.md")
    #expect(
      other.errors.hasSuffix(
        "/README.md holds no document: fmt is for the documents of catalogue/, standards/, rules/\n"))
  }
}
