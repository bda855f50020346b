import Foundation
import Subprocess
import Testing

extension TemporaryRepository {
  /// Commits everything, with a fixed author and day; the first time makes the Git repository.
  func commit(_ message: String = "A change", sourceLocation: SourceLocation = #_sourceLocation) async throws {
    if !FileManager.default.fileExists(atPath: "\(path)/.git/HEAD") {
      try await git("init", "--quiet", "--initial-branch=main", sourceLocation: sourceLocation)
    }
    try await git("add", "--all", "--force", sourceLocation: sourceLocation)
    try await git("commit", "--quiet", "--allow-empty", "-m", message, sourceLocation: sourceLocation)
  }

  @discardableResult
  func git(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
    let day = "2026-01-01T12:00:00Z"
    let result = try await Subprocess.run(
      .path("/usr/bin/git"), arguments: Arguments(["-C", path] + arguments),
      environment: .custom([
        "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": .init(day),
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": .init(day),
      ]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    guard case .exited(0) = result.terminationStatus else {
      Issue.record("git \(arguments.joined(separator: " ")): \(result.standardError)", sourceLocation: sourceLocation)
      return ""
    }
    return result.standardOutput
  }

  /// Replaces a text in a file that holds it.
  func replace(
    _ old: String, with new: String, in name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let text = try #require(contents(of: name), sourceLocation: sourceLocation)
    #expect(text.contains(old), "\(name) does not hold \(old)", sourceLocation: sourceLocation)
    try write(text.replacing(old, with: new), to: name)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}
