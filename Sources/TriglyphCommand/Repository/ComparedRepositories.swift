internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import History
internal import Packs
internal import YAMLTree

/// Two sides of a repository, each as it is by itself and as one judge sees both.
struct ComparedRepositories {
  /// By their own standards, rules, vocabulary and settings.
  let base: LoadedRepository
  let head: LoadedRepository
  /// By those of one of them.
  let judgedBase: LoadedRepository
  let judgedHead: LoadedRepository
  let revisions: (base: GitRevision?, head: GitRevision?)
  let trust: Since.Trust

  /// The side that judges.
  var judge: LoadedRepository { trust == .base ? base : head }
  /// Whether both sides judge alike, so that nothing had to be exchanged.
  let judgesAlike: Bool

  struct Options {
    var base: String
    /// Nil: the working tree.
    var head: String?
    var trust: Since.Trust
    var asOf: CivilDate
    var tasks: Int
  }

  /// Loads both sides. What stops the comparison is told on standard error, and ends with status 2.
  static func load(_ folder: String, _ options: Options) async throws -> ComparedRepositories {
    let tree = try WorkingTree.nearest(to: folder)
    let before = try await RepositoryContents.ofRevision(options.base, tree)
    let after =
      if let name = options.head {
        try await RepositoryContents.ofRevision(name, tree)
      } else {
        try await RepositoryContents.ofWorkingTree(tree, tasks: options.tasks)
      }
    for side in [before, after] where !side.submodules.isEmpty {
      Terminal.complain(
        "triglyph: at \(side.name) submodules are not looked into: \(escapedForTerminal(side.submodules.joined(separator: ", ")))\n"
      )
    }
    func load(_ side: RepositoryContents, by judge: RepositoryContents? = nil) async -> LoadedRepository {
      await LoadedRepository.load(
        side, judgedBy: judge, asOf: options.asOf, tasks: options.tasks, derives: .readByRules)
    }
    let base = await load(before)
    try refuse(base, before.name, "nothing can be compared with it")
    let head = await load(after)
    let judgesAlike = head.errorCount == 0 && Judgement(base, before) == Judgement(head, after)
    var judged = (base: base, head: head)
    if head.errorCount == 0, !judgesAlike {
      switch options.trust {
      case .base:
        judged.head = await load(after, by: before)
        try refuseJudged(judged.head, after.name, by: before.name, "--trust head judges by its own")
      case .head:
        judged.base = await load(before, by: after)
        try refuseJudged(judged.base, before.name, by: after.name, "--trust base judges by those of \(before.name)")
      }
    }
    return ComparedRepositories(
      base: base, head: head, judgedBase: judged.base, judgedHead: judged.head,
      revisions: (before.revision, after.revision), trust: options.trust, judgesAlike: judgesAlike)
  }

  private static func refuse(_ repository: LoadedRepository, _ name: String, _ consequence: String) throws {
    let count = repository.errorCount
    if count == 0 { return }
    Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
    Terminal.complain(
      "triglyph: \(escapedForTerminal(name)) has \(count) input \(count == 1 ? "error" : "errors"): \(consequence)\n")
    throw ExitCode(2)
  }

  private static func refuseJudged(
    _ repository: LoadedRepository, _ name: String, by judge: String, _ way: String
  ) throws {
    try refuse(
      repository, name,
      "they come of judging it by the vocabulary and the rules of \(escapedForTerminal(judge)); bring changes of the vocabulary in first, or \(way)"
    )
  }

  /// What has another id on the later side.
  var renames: [String: String] { CatalogueDifference.renames(from: base.estate, to: head.estate) }

  /// What the side that the other one judges says of its own judging documents; nil for the side that judges, and for both
  /// where they judge alike.
  ///
  /// - Parameter found: what that side's own judges find on it.
  func ownJudges(found: [Finding] = []) -> (base: OwnJudge?, head: OwnJudge?) {
    func own(_ side: LoadedRepository) -> OwnJudge {
      OwnJudge(integrity: IntegrityRules.findings(side.estate), papers: side.papers, findings: found)
    }
    if judgesAlike || head.errorCount > 0 { return (nil, nil) }
    return trust == .base ? (nil, own(head)) : (own(base), nil)
  }

  /// Whether the later side has waivers, decisions about them, or entries of the baseline that the other has not so.
  var bringsPapers: Bool {
    governance.contains { change in
      switch change.kind {
      case .waiverAdded, .waiverChanged, .decisionAdded, .decisionChanged, .baselineGrown: true
      default: false
      }
    }
  }

  /// What differs in how the two sides judge.
  var governance: [GovernanceChange] {
    func side(_ repository: LoadedRepository) -> GovernanceChanges.Side {
      GovernanceChanges.Side(
        estate: repository.estate, book: repository.book, failOn: repository.settings.failOn ?? .major,
        baseline: repository.baseline?.entries.map { ($0.identity, $0.range) } ?? [],
        packs: repository.settings.packs.map(\.id), use: repository.settings.use?.range)
    }
    return GovernanceChanges.all(from: side(base), to: side(head))
  }

  /// All that judges on one side, as text.
  private struct Judgement: Equatable {
    var documents: [String: [UInt8]] = [:]
    var settings: [UInt8]?
    var baseline: [UInt8]?

    init(_ repository: LoadedRepository, _ contents: RepositoryContents) {
      settings = contents.settings?.bytes
      baseline = contents.baseline?.bytes
      let estate = repository.estate
      for kind in Judge.kinds {
        for row in estate.rows(ofKind: kind) {
          guard let node = estate.entity(row).node else { continue }
          documents[estate.identity(row)] = Array(node.source.bytes[node.utf8Range])
        }
      }
    }
  }
}

extension LoadedRepository {
  /// Waivers by `waiver:id`, entries of the baseline by identity.
  var papers: Set<String> {
    Set(estate.rows(ofKind: "waiver").map(estate.identity)).union(baseline?.entries.map(\.identity) ?? [])
  }
}
