internal import ArgumentParser
internal import Catalogue

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
    .custom { words, _, prefix in await KnownIDs.matching(prefix, kinds, KnownIDs.folder(in: words)) }
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

  /// - Parameter kinds: whose ids, without the kind; nil: everybody's, with it.
  static func matching(
    _ prefix: String, _ kinds: ((Metamodel) -> Set<String>)?, _ folder: String
  ) async -> [String] {
    guard
      let repository = try? await LoadedRepository.load(
        folder, asOf: Terminal.today, tasks: 2, derives: .none, judges: false)
    else { return [] }
    let estate = repository.estate
    let wanted = kinds?(estate.metamodel)
    let rows = estate.entities.indices.map { Int32($0) }.filter { row in
      let entity = estate.entity(row)
      guard entity.node != nil, estate.graph.members.contains(row) else { return false }
      return wanted?.contains(estate.kind(of: row).name) ?? true
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
