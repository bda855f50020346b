public import Diagnostics
internal import YAMLTree

/// Writes another id of an entity into all documents that name it: in memory, all or nothing.
///
/// The old id becomes an alias. What stays as it is: comments, free texts, expressions and the examples of rules, and the
/// entries of initiatives whose digest a decision or evidence holds: these go on by the alias.
public struct EntityRename: Sendable {
  /// Sorted by name; empty where there is a problem.
  public let changes: [InitiativeMerge.Change]
  /// Why nothing is to be written. Sorted for printing.
  public let problems: [Diagnostic]
  /// How many references are written anew.
  public let referenceCount: Int
  /// Entries that were approved as they are, and name the old id still.
  public let kept: [SourceRange]
  /// Where else the old id stands as a word; sorted by place.
  public let mentions: [SourceRange]

  /// - Parameters:
  ///   - row: the entity's; neither a part's nor that of something that an initiative adds.
  ///   - files: those that the estate was loaded from.
  public static func prepare(_ row: Int32, to id: String, _ estate: Estate, _ files: [SourceText]) -> EntityRename {
    if let node = estate.entity(row).node, let pack = node.source.pack {
      let problem = MergeProblem(
        "\(estate.identity(row)) is in the pack \(pack), which nobody writes here", at: node.first("id") ?? node
      ).renaming
      return EntityRename(changes: [], problems: [problem], referenceCount: 0, kept: [], mentions: [])
    }
    let finder = ReferenceFinder(row, to: id, estate)
    var changes: [InitiativeMerge.Change] = []
    var problems: [Diagnostic] = []
    var referenceCount = 0
    var kept: [SourceRange] = []
    var mentions: [SourceRange] = []
    // A pack goes on by the alias.
    for file in files.sorted(by: { $0.name < $1.name }) where file.pack == nil && finder.isMentioned(in: file) {
      var working = WorkingFile(file)
      var found = finder
      for document in working.documents { found.read(document.root) }
      kept += found.kept
      var splices: [TextSplice] = []
      do {
        if found.hasEdits {
          let edits = try found.edits(of: working.documents)
          splices = edits.splices
          try working.apply(edits.splices, meaning: edits.meaning)
        }
        referenceCount += found.referenceCount
      } catch {
        problems.append(error.renaming)
      }
      if working.isChanged {
        changes.append(InitiativeMerge.Change(name: working.name, before: working.original, after: working.bytes))
      }
      mentions += found.mentions(file, splices, working.yaml.source)
    }
    return EntityRename(
      changes: problems.isEmpty ? changes : [], problems: problems.sortedForPrinting(), referenceCount: referenceCount,
      kept: kept, mentions: mentions)
  }
}

extension MergeProblem {
  fileprivate var renaming: Diagnostic {
    var result = diagnostic
    result.id = "not-renamed"
    return result
  }
}
