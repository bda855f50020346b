internal import Catalogue
internal import Diagnostics
internal import History
internal import Reports

extension LoadedRepository {
  /// Which state of the catalogue it is: the commit that is checked out, where the documents are those of it.
  func provenance() async throws -> Provenance {
    do throws(GitFailure) {
      let revision = try await GitRepository(around: tree.root).revision("HEAD")
      let contents: GitRevision.Contents
      do {
        contents = try await revision.contents()
      } catch .noCatalogue {
        return .changed(since: revision.shortCommit)
      }
      return try await isSame(as: contents) ? .revision(revision.shortCommit) : .changed(since: revision.shortCommit)
    } catch {
      return .none(reason: error.sentence)
    }
  }

  private func isSame(as contents: GitRevision.Contents) async throws(GitFailure) -> Bool {
    func bytes(_ read: () throws -> SourceText?) throws(GitFailure) -> [UInt8]? {
      do {
        return try read()?.bytes
      } catch {
        throw .failed("\(error)")
      }
    }
    guard files.map(\.path) == contents.files.map(\.path),
      try bytes(tree.settings) == contents.settings?.bytes, baselineFile?.bytes == contents.baseline?.bytes
    else { return false }
    return zip(files, contents.files).allSatisfy { $0.bytes == $1.bytes }
  }
}
