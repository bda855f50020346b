internal import CEL
internal import Synchronization

/// Edits of live and closed initiatives that the catalogue's own documents say, too. Filled when the catalogue is there.
final class MergedEdits: Sendable {
  private let rows = Mutex<Set<Int32>>([])

  func contains(_ row: Int32) -> Bool { rows.withLock { $0.contains(row) } }

  /// What a later edit of the same initiative undoes is asked of nobody.
  func settle(
    _ edits: [(row: Int32, initiative: Int, edit: InitiativeEdit)], _ estate: Estate, _ initiatives: [Initiative]
  ) {
    var merged: Set<Int32> = []
    for item in edits where estate.isMerged(item.edit, goLive: initiatives[item.initiative].goLive) {
      merged.insert(item.row)
    }
    rows.withLock { [merged] in $0 = merged }
  }
}
