/// Why nothing can be read at a revision.
public enum GitFailure: Error, Equatable, Sendable {
  case notInstalled
  /// With the folder that was looked at.
  case noRepository(folder: String)
  case noCommit
  /// It would be taken for an option, or cannot be one.
  case notARevision(String)
  case unknownRevision(String, isShallow: Bool)
  /// There is no catalogue at the revision; the folder is relative to the Git root, empty for the root itself.
  case noCatalogue(revision: String, folder: String)
  /// The clone has only a part of the objects, and nothing is fetched.
  case partialClone(revision: String)
  /// The repository lacks an object that it should have.
  case missingObject(revision: String, path: String)
  case failed(String)

  /// One sentence without a full stop.
  public var sentence: String {
    switch self {
    case .notInstalled: "git is not installed, and revisions are read with it"
    case .noRepository(let folder): "\(folder) is not in a Git repository, so it has no revisions"
    case .noCommit: "the Git repository has no commit yet, so there is nothing to compare with"
    case .notARevision(let text) where text.utf8.first == UInt8(ascii: "-"):
      "`\(text)` is no revision: none begins with `-`"
    case .notARevision(let text): "`\(text)` is no revision"
    case .unknownRevision(let text, true):
      "there is no revision `\(text)` in this clone, which is shallow: fetch its history first "
        + "(`git fetch --unshallow`; in a workflow, `fetch-depth: 0`)"
    case .unknownRevision(let text, false):
      "there is no revision `\(text)` in this Git repository; where it is another's branch, fetch it first and name "
        + "it `origin/…`"
    case .noCatalogue(let revision, let folder):
      "at `\(revision)` there is no repository: neither triglyph.yaml nor catalogue/ in "
        + (folder.isEmpty ? "the Git root" : folder)
    case .partialClone(let revision):
      "this clone has only a part of the objects, and not all of `\(revision)`: fetch them first "
        + "(`git fetch --refetch --no-filter`)"
    case .missingObject(let revision, let path): "the Git repository has lost \(path) of `\(revision)`"
    case .failed(let reason): "git failed: \(reason)"
    }
  }
}
