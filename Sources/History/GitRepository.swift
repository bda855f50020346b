/// The Git repository that a folder lies in, as far as reading revisions needs it.
public struct GitRepository: Sendable {
  let command: GitCommand
  /// The way from the Git root to the folder, empty or with a slash at its end.
  public let prefix: String
  /// Whether history is cut off.
  public let isShallow: Bool

  /// - Parameter folder: an absolute path.
  public init(around folder: String) async throws(GitFailure) {
    command = try GitCommand(in: folder)
    let answer = try await command.run([
      "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix",
    ])
    // A folder's name may hold a line break: the prefix is what is left.
    let lines = answer.text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    let isNone = ["not a git repository", "safe.bareRepository"].contains(where: answer.error.contains)
    guard answer.status == 0 || isNone else { throw .failed(answer.reason) }
    guard answer.status == 0, lines.count == 3, lines[0] == "true" else { throw .noRepository(folder: folder) }
    isShallow = lines[1] == "true"
    prefix = lines[2].hasSuffix("\n") ? String(lines[2].dropLast()) : String(lines[2])
  }

  /// The commit that a revision names, in any of git's ways: a branch, a tag, `HEAD~2`, `main@{yesterday}`, an object's name.
  public func revision(_ name: String) async throws(GitFailure) -> GitRevision {
    let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard !name.isEmpty, name.utf8.first != UInt8(ascii: "-"), isPlain else { throw .notARevision(name) }
    // Twice, because what follows `:/` is all of it a pattern.
    guard let named = try await object(name), let commit = try await object("\(named)^{commit}") else {
      throw try await reason(without: name)
    }
    return GitRevision(repository: self, name: name == commit ? String(commit.prefix(10)) : name, commit: commit)
  }

  /// The last commit of the branch that is checked out, its merges counted as one, of a day or earlier (UTC); nil where its
  /// history begins later, as far as this clone has it.
  ///
  /// - Parameter day: `YYYY-MM-DD`, from 1971 on: git takes what is earlier for something else.
  public func lastCommit(until day: String) async throws(GitFailure) -> GitRevision? {
    guard let head = try await object("HEAD") else { throw try await reason(without: "HEAD") }
    let answer = try await command.run([
      "rev-list", "--max-count=1", "--first-parent", "--before=\(day)T23:59:59Z", "--end-of-options", head,
    ])
    guard answer.status == 0 else {
      throw answer.lacksObjects ? .partialClone(revision: "HEAD") : .failed(answer.reason)
    }
    let commit = answer.text.split(separator: "\n").last.map(String.init) ?? ""
    if commit.isEmpty { return nil }
    return GitRevision(repository: self, name: String(commit.prefix(10)), commit: commit)
  }

  /// The whole name of the object that a revision names.
  private func object(_ name: String) async throws(GitFailure) -> String? {
    let answer = try await command.run(["rev-parse", "--verify", "--quiet", "--end-of-options", name])
    let object = answer.text.split(separator: "\n").last.map(String.init) ?? ""
    return answer.status == 0 && object.utf8.count >= 40 && object.utf8.allSatisfy(Self.isHexadecimal) ? object : nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// Why a revision cannot be found.
  private func reason(without name: String) async throws(GitFailure) -> GitFailure {
    let head = try await command.run(["rev-parse", "--verify", "--quiet", "HEAD"])
    if head.status != 0 {
      let all = try await command.run(["rev-parse", "--all"], limit: 64 << 20)
      if all.bytes.isEmpty { return .noCommit }
    }
    return .unknownRevision(name, isShallow: isShallow)
  }
}
