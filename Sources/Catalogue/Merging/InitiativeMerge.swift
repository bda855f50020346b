public import CEL
public import Diagnostics
internal import YAMLTree

/// Writes what an initiative proposes into the documents that it is about: in memory, all or nothing.
///
/// Each change is made in the text of its file, the file is read again, and what it says is compared with what the change
/// means; what cannot be written safely is a problem with its place. Entities are added first, then parts, then come the
/// changes by their dates (of one date in the order of the text; in an entry set, unset, link, unlink), then what retires.
public struct InitiativeMerge: Sendable {
  /// A file that is to be written.
  public struct Change: Sendable {
    /// Relative to the repository's root.
    public var name: String
    /// Nil for a new file.
    public var before: [UInt8]?
    public var after: [UInt8]
  }

  /// Sorted by name; empty where there is a problem.
  public let changes: [Change]
  /// Why nothing is to be written. Sorted for printing.
  public let problems: [Diagnostic]

  /// - Parameter files: those that the estate was loaded from.
  /// - Precondition: the row is an initiative's.
  public static func prepare(_ initiative: Int32, _ estate: Estate, _ files: [SourceText]) -> InitiativeMerge {
    guard let node = estate.entity(initiative).node else { return InitiativeMerge(changes: [], problems: []) }
    if let stage = node.first("stage"), stage.textEquals("live") || stage.textEquals("closed") {
      let problem = MergeProblem("\(estate.identity(initiative)) is merged already: it is \(stage.text)", at: stage)
      return InitiativeMerge(changes: [], problems: [problem.diagnostic])
    }
    var problems: [Diagnostic] = []
    let goLive = estate.goLive(ofInitiative: initiative)
    var writer = EditWriter(estate, files, goLive: goLive)
    let edits = InitiativeEdit.all(of: node, estate.metamodel)
    for edit in edits.mergeOrder(estate.metamodel, goLive: goLive).map({ edits[$0] }) where edit.owner == nil {
      do {
        try writer.write(edit)
      } catch {
        var problem = error.diagnostic
        if let range = problem.range, range.source !== edit.node.source {
          problem.related.append(Diagnostic.Related("the entry", at: edit.node.range))
        }
        problems.append(problem)
      }
    }
    do {
      try writer.set("stage", to: "live", of: estate.entity(initiative))
      // What the passages say else is somebody's to record: of this one the merge itself is the event.
      if let passages = Passages(of: initiative, estate), let text = passages.text(into: "live", on: estate.asOf) {
        try writer.append(part: text, of: passages.kind, to: estate.entity(initiative))
      }
    } catch {
      problems.append(error.diagnostic)
    }
    return InitiativeMerge(
      changes: problems.isEmpty ? writer.changes : [], problems: problems.sortedForPrinting())
  }
}

extension [InitiativeEdit] {
  /// The places of edits in the order in which they come into effect where all are merged at once.
  ///
  /// - Precondition: they are all of one initiative, in the order of reading.
  func mergeOrder(_ metamodel: Metamodel, goLive: CivilDate?) -> [Int] {
    func rank(_ place: Int) -> Int {
      var place = place
      while let owner = self[place].owner { place = owner }
      switch self[place].operation {
      case .add: return metamodel.kinds[self[place].kind].ownerRelation == nil ? 0 : 1
      case .retire: return 3
      default: return 2
      }
    }
    // What has no date at all holds from the beginning, as in a view.
    let days = map { $0.effectiveDate(goLive: goLive)?.days ?? .min }
    let ranks = indices.map(rank)
    return indices.sorted { a, b in
      if ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
      if ranks[a] < 2 { return a < b }
      return (days[a], a) < (days[b], b)
    }
  }
}

extension Estate {
  /// The edits of an initiative's document; see `InitiativeEdit.all`.
  public func edits(ofInitiative row: Int32) -> [InitiativeEdit] {
    entity(row).node.map { InitiativeEdit.all(of: $0, metamodel) } ?? []
  }

  /// The go-live that an initiative says.
  public func goLive(ofInitiative row: Int32) -> CivilDate? {
    guard let written = entity(row).node?.first("goLive"), written.isScalar,
      case .date(let date)? = ScalarReader.value(of: written.text, .date), date != .never
    else { return nil }
    return date
  }
}
