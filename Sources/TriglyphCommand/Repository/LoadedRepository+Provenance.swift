internal import Catalogue
internal import Diagnostics
internal import History
internal import Reports

extension LoadedRepository {
  /// Which state of the catalogue it is: the commit that is checked out, where the documents are those of it.
  func provenance() async -> Provenance {
    var commit: String?
    do throws(GitFailure) {
      let revision = try await GitRepository(around: tree.root).revision("HEAD")
      commit = revision.shortCommit
      return try isSame(as: await revision.contents())
        ? .revision(revision.shortCommit) : .changed(since: revision.shortCommit)
    } catch {
      if case .noCatalogue = error, let commit { return .changed(since: commit) }
      return .none(reason: error.sentence)
    }
  }

  private func isSame(as contents: GitRevision.Contents) throws(GitFailure) -> Bool {
    func bytes(_ read: () throws -> SourceText?) throws(GitFailure) -> [UInt8]? {
      do {
        return try read()?.bytes
      } catch {
        throw .failed("\(error)")
      }
    }
    // A pack's files are the executable's at any revision; which are used, the settings say.
    let files = files.filter { $0.pack == nil }
    guard files.map(\.path) == contents.files.map(\.path),
      try bytes(tree.settings) == contents.settings?.bytes, baselineFile?.bytes == contents.baseline?.bytes
    else { return false }
    return zip(files, contents.files).allSatisfy { $0.bytes == $1.bytes }
  }
}
