internal import Diagnostics
internal import History

/// What a repository's folders hold: in the working tree, or at a revision.
struct RepositoryContents {
  var tree: WorkingTree
  /// The revision; nil: the working tree.
  var revision: GitRevision?
  /// Sorted by name.
  var files: [SourceText]
  var settings: SourceText?
  /// The findings that the authority started with.
  var baseline: SourceText?
  /// Files that are no documents.
  var otherCount: Int
  /// What looks like a document and is not read.
  var unread: [(path: String, reason: String)]
  /// What may have been meant for a document, and is none; at a revision nobody asks.
  var doubtful: [(path: String, reason: String)] = []
  /// Where other repositories are tied in: at a revision nobody looks there.
  var submodules: [String] = []

  /// For people: the revision and its commit, or that it is none.
  var name: String { revision?.name ?? "the working tree" }

  /// What its own file says; mistakes in it are told where the repository is loaded by itself.
  func readSettings() -> RepositorySettings {
    var told: [Diagnostic] = []
    return RepositorySettings.read(settings, &told)
  }

  /// Its files, and those of the packs that settings use, sorted by name. What was loaded before has some already.
  func files(with settings: RepositorySettings) -> [SourceText] {
    if settings.packs.isEmpty { return files }
    return (files.filter { $0.pack == nil } + settings.packs.flatMap(\.sources)).sorted { $0.name < $1.name }
  }

  static func ofWorkingTree(_ tree: WorkingTree, tasks: Int) async throws -> RepositoryContents {
    let sources = try await tree.sources(tasks: tasks)
    return RepositoryContents(
      tree: tree, files: sources.files, settings: try tree.settings(), baseline: try tree.baseline(),
      otherCount: sources.otherCount,
      unread: sources.unread, doubtful: sources.doubtful)
  }

  static func ofRevision(_ name: String, _ tree: WorkingTree) async throws -> RepositoryContents {
    do throws(GitFailure) {
      let revision = try await GitRepository(around: tree.root).revision(name)
      let contents = try await revision.contents()
      return RepositoryContents(
        tree: tree, revision: revision, files: contents.files, settings: contents.settings, baseline: contents.baseline,
        otherCount: contents.otherCount, unread: contents.unread.map { ("\(revision.name):\($0.path)", $0.reason) },
        submodules: contents.submodules)
    } catch {
      throw WorkingTree.Failure(description: escapedForTerminal(error.sentence))
    }
  }
}
