import Foundation
import Subprocess
import Testing

/// A Git repository of a test's own, with fixed authors and days; removed with the test.
final class ScratchRepository: Sendable {
  let path: String

  init(_ files: [String: String] = [:], isInitialised: Bool = true) async throws {
    let name = FileManager.default.temporaryDirectory.appendingPathComponent("triglyph-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: name, withIntermediateDirectories: true)
    path = name.resolvingSymlinksInPath().path
    if isInitialised { try await git("init", "--quiet", "--initial-branch=main") }
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  /// Commits everything and gives the commit's name.
  @discardableResult
  func commit(_ message: String = "A change") async throws -> String {
    try await git("add", "--all", "--force")
    try await git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", message)
    return try await git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Commits files without writing them to disk.
  func importing(_ files: [String: String]) async throws {
    var stream = "commit refs/heads/main\ncommitter A <a@example.org> 1767268800 +0000\ndata 1\nx\n"
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      stream += "M 100644 inline \(name)\ndata \(text.utf8.count)\n\(text)\n"
    }
    try await git("fast-import", "--quiet", input: stream)
  }

  @discardableResult
  func git(
    _ arguments: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let day = "2026-01-01T12:00:00Z"
    let result = try await Subprocess.run(
      .path("/usr/bin/git"), arguments: Arguments(["-C", path, "-c", "protocol.file.allow=always"] + arguments),
      environment: .custom([
        "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": .init(day),
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": .init(day),
      ]),
      input: .string(input), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
    guard case .exited(0) = result.terminationStatus else {
      Issue.record("git \(arguments.joined(separator: " ")): \(result.standardError)", sourceLocation: sourceLocation)
      return ""
    }
    return result.standardOutput
  }
}
