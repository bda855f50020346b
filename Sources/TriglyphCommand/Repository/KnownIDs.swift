internal import ArgumentParser
internal import Catalogue
internal import Governance

extension CompletionKind {
  /// The ids of a repository's entities as a shell completes them; of one kind without the kind, else with it.
  ///
  /// The repository is that of the folder in which the shell is, or that `--repository` names. Where none is there, or
  /// what is there cannot be read, nothing is completed and nothing is said.
  static func ids(ofKind kind: String? = nil) -> CompletionKind {
    if let kind { completing { _ in [kind] } } else { completing(nil) }
  }

  /// Those of several kinds, without the kinds.
  static func ids(ofKinds kinds: Set<String>) -> CompletionKind { completing { _ in kinds } }

  /// Those of the kinds in a role, without the kinds.
  static func ids(inRole role: String) -> CompletionKind {
    completing { metamodel in Set(metamodel.kinds(inRole: role).map(\.name)) }
  }

  private static func completing(_ kinds: (@Sendable (Metamodel) -> Set<String>)?) -> CompletionKind {
    .custom { words, _, prefix in
      KnownIDs.spelt(await KnownIDs.matching(prefix, kinds, KnownIDs.folder(in: words)), for: .requesting)
    }
  }

  /// The kinds and unions that can be asked about, or only the kinds of which documents are written.
  static func kinds(written isWritten: Bool) -> CompletionKind {
    .custom { words, _, prefix in
      guard let metamodel = await KnownIDs.repository(KnownIDs.folder(in: words))?.estate.metamodel else { return [] }
      let names = isWritten ? metamodel.kinds.filter(\.isWritten).map(\.name) : metamodel.kindNames
      return names.filter { $0.hasPrefix(prefix) }.sorted()
    }
  }

  /// What `check --gate` can be asked of.
  static var gates: CompletionKind {
    .custom { words, _, prefix in
      guard let repository = await KnownIDs.repository(KnownIDs.folder(in: words)) else { return [] }
      return GateQuestion.stages(repository.estate).filter { $0.hasPrefix(prefix) }
    }
  }
}

enum KnownIDs {
  /// What `--repository` names on a command line; the folder in which the shell is without it.
  static func folder(in words: [String]) -> String {
    for (place, word) in words.enumerated() {
      if word == "--repository", place + 1 < words.count { return words[place + 1] }
      if word.hasPrefix("--repository=") { return String(word.dropFirst("--repository=".count)) }
    }
    return "."
  }

  static func repository(_ folder: String) async -> LoadedRepository? {
    try? await LoadedRepository.load(folder, asOf: Terminal.today, tasks: 2, derives: .none, judges: false)
  }

  /// Zsh takes what stands behind a colon for a description of what stands before it.
  static func spelt(_ names: [String], for shell: CompletionShell?) -> [String] {
    shell == .zsh ? names.map { $0.replacing(":", with: "\\:") } : names
  }

  /// - Parameter kinds: whose ids, without the kind; nil: everybody's, with it.
  static func matching(
    _ prefix: String, _ kinds: ((Metamodel) -> Set<String>)?, _ folder: String
  ) async -> [String] {
    guard let repository = await repository(folder) else { return [] }
    let estate = repository.estate
    let wanted = kinds?(estate.metamodel)
    let rows = estate.entities.indices.map { Int32($0) }.filter { row in
      let entity = estate.entity(row)
      guard entity.node != nil, estate.graph.members.contains(row) else { return false }
      let kind = estate.kind(of: row)
      if let wanted { return wanted.contains(kind.name) }
      // Nobody types the long ids of what the engine derives, but who names the kind.
      return kind.isWritten || prefix.hasPrefix("\(kind.name):")
    }
    // A shell that was given an id without its kind completes that.
    let isPlain = wanted != nil || !prefix.isEmpty && !prefix.contains(":")
    let names = rows.map { estate.identity($0) }
    let found = names.filter { $0.hasPrefix(prefix) && wanted == nil }
    if !found.isEmpty, !isPlain || prefix.contains(":") { return found.sorted() }
    return Set(rows.map { estate.entity($0).id } + (wanted == nil ? names : [])).filter { $0.hasPrefix(prefix) }
      .sorted()
  }
}
