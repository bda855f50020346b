/// A value of a recursive field: of one field, for one row.
struct RecursiveCell: Hashable {
  let field: Int32
  let row: Int32

  func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(UInt32(bitPattern: field)) << 32 | UInt64(UInt32(bitPattern: row)))
  }
}

/// In which order the cells of recursive fields follow from one another: each stands higher than those that it reads.
/// Worked out with the values of one graph; of graphs that are worked out from it only what stands otherwise is noted.
struct CellOrder: Sendable {
  /// By field, for each row of its kind.
  private var levels: [Int32: (first: Int32, levels: [Int32])] = [:]
  /// The levels of cells that stand otherwise now.
  private var changed: [RecursiveCell: Int32] = [:]

  /// Of what stands on a circle, or reads what does, or may.
  static let circular = Int32.max
  /// Of what was not there, and nothing read: higher than everything.
  static let absent = Int32.max - 1

  mutating func set(_ field: Int32, from first: Int32, _ levels: [Int32]) { self.levels[field] = (first, levels) }

  mutating func merge(_ other: CellOrder) {
    levels.merge(other.levels) { $1 }
    changed.merge(other.changed) { $1 }
  }

  func knows(_ field: Int32) -> Bool { levels[field] != nil }

  func level(_ cell: RecursiveCell) -> Int32 {
    if !changed.isEmpty, let level = changed[cell] { return level }
    guard let known = levels[cell.field] else { return Self.circular }
    let place = Int(cell.row - known.first)
    return known.levels.indices.contains(place) ? known.levels[place] : Self.circular
  }

  /// Nothing is known any more of some cells and of all above them.
  mutating func lose(_ cells: some Sequence<RecursiveCell>) {
    for cell in cells where level(cell) != Self.circular { changed[cell] = Self.circular }
  }

  /// Raises cells above what they read now, and whatever reads them above these; false: something stands on a circle or
  /// above one, or it is too much to find out.
  ///
  /// - Parameters:
  ///   - reads: what some cells read.
  ///   - readers: who else may read a cell; nil: that is not known.
  mutating func raise(
    _ reads: [RecursiveCell: [RecursiveCell]], _ readers: (RecursiveCell) -> [RecursiveCell]?
  ) -> Bool {
    var low: [RecursiveCell] = []
    // Nothing but what is looked at reads what is new: it begins at the bottom.
    for cell in reads.keys where level(cell) == Self.absent { changed[cell] = 0 }
    for (cell, below) in reads {
      guard let needed = level(above: below), level(cell) != Self.circular else { return false }
      if level(cell) < needed { low.append(cell) }
    }
    if low.isEmpty { return true }
    var readBy: [RecursiveCell: [RecursiveCell]] = [:]
    for (cell, below) in reads { for other in below { readBy[other, default: []].append(cell) } }
    // What stands on a circle rises for ever.
    var left = Self.raiseLimit
    low.sort { (level($0), $0.field, $0.row) < (level($1), $1.field, $1.row) }
    while let cell = low.popLast() {
      left -= 1
      guard left > 0, let needed = level(above: reads[cell] ?? []), let above = readers(cell) else { return false }
      let level = max(level(cell), needed)
      changed[cell] = level
      for reader in above + (readBy[cell] ?? []) where self.level(reader) <= level {
        if self.level(reader) == Self.circular { return false }
        changed[reader] = level + 1
        low.append(reader)
      }
    }
    return true
  }

  private static let raiseLimit = 2_000

  /// The lowest level above some cells; nil: one stands on a circle, or above one.
  private func level(above cells: [RecursiveCell]) -> Int32? {
    var result: Int32 = 0
    for cell in cells {
      let level = level(cell)
      if level == Self.circular { return nil }
      // What is not there reads nothing.
      result = max(result, level == Self.absent ? 1 : level + 1)
    }
    return result
  }
}
