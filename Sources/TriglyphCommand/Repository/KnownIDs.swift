internal import ArgumentParser
internal import Catalogue

extension CompletionKind {
  /// The ids of a repository's entities as a shell completes them; of one kind without the kind, else with it.
  ///
  /// The repository is that of the folder in which the shell is, or that `--repository` names. Where none is there, or
  /// what is there cannot be read, nothing is completed and nothing is said.
  static func ids(ofKind kind: String? = nil) -> CompletionKind {
    .custom { words, _, prefix in await KnownIDs.matching(prefix, kind: kind, KnownIDs.folder(in: words)) }
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

  static func matching(_ prefix: String, kind: String?, _ folder: String) async -> [String] {
    guard
      let repository = try? await LoadedRepository.load(
        folder, asOf: Terminal.today, tasks: 2, derives: .none, judges: false)
    else { return [] }
    let estate = repository.estate
    let rows = estate.entities.indices.map { Int32($0) }.filter { row in
      let entity = estate.entity(row)
      guard entity.node != nil, estate.graph.members.contains(row) else { return false }
      return kind.map { estate.kind(of: row).name == $0 } ?? true
    }
    // A shell that was given an id without its kind completes that.
    let isPlain = kind != nil || !prefix.isEmpty && !prefix.contains(":")
    let names = rows.map { estate.identity($0) }
    let found = names.filter { $0.hasPrefix(prefix) && kind == nil }
    if !found.isEmpty, !isPlain || prefix.contains(":") { return found.sorted() }
    return Set(rows.map { estate.entity($0).id } + (kind == nil ? names : [])).filter { $0.hasPrefix(prefix) }.sorted()
  }
}
