internal import Synchronization

/// Which rows a graph holds.
public final class Members: Sendable {
  /// Rows that it does not hold: another view's.
  public let absent: Set<Int32>
  private let kindRanges: [Range<Int32>]
  /// Whether some row of a kind is absent, by kind.
  private let hasGaps: [Bool]
  private let filter: RowFilter
  /// The rows of a kind, made when they are first asked for.
  private let lists = Mutex<[Int: EdgeStorage]>([:])

  init(_ kindRanges: [Range<Int32>], absent: Set<Int32>) {
    self.absent = absent
    self.kindRanges = kindRanges
    var hasGaps = [Bool](repeating: false, count: kindRanges.count)
    for row in absent {
      if let kind = kindRanges.firstIndex(where: { $0.contains(row) }) { hasGaps[kind] = true }
    }
    self.hasGaps = hasGaps
    filter = RowFilter(absent)
  }

  public func contains(_ row: Int32) -> Bool { !filter.mayContain(row) || !absent.contains(row) }

  /// The rows of a kind, ascending.
  public func rows(ofKind kind: Int) -> [Int32] { storage(kind).targets }

  /// How many rows of a kind there are.
  public func count(ofKind kind: Int) -> Int {
    hasGaps[kind] ? storage(kind).targets.count : kindRanges[kind].count
  }

  func slice(ofKind kind: Int) -> EdgeSlice { EdgeSlice(storage(kind)) }

  private func storage(_ kind: Int) -> EdgeStorage {
    lists.withLock { lists in
      if let known = lists[kind] { return known }
      let rows = hasGaps[kind] ? kindRanges[kind].filter { !absent.contains($0) } : Array(kindRanges[kind])
      let made = EdgeStorage(rows)
      lists[kind] = made
      return made
    }
  }
}
