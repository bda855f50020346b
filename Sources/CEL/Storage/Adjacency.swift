/// The targets of all rows of an adjacency, one row's after the other's.
public final class EdgeStorage: Sendable {
  public let targets: [Int32]
  init(_ targets: [Int32]) { self.targets = targets }
}

/// The targets of one row.
public struct EdgeSlice: Sendable {
  public let storage: EdgeStorage
  public let start: Int32
  public let end: Int32

  /// The targets themselves.
  var targets: ArraySlice<Int32> { storage.targets[Int(start)..<Int(end)] }
  var count: Int { Int(end - start) }

  var view: ListView { ListView(storage: .edges(self), possible: [:], open: nil, order: nil) }
}

/// A relation between rows in compressed form: the targets of row `r` are
/// `targets[offsets[r - firstRow] ..< offsets[r - firstRow + 1]]`, ascending and without repetition.
///
/// Immutable. A class, because it is read for each row: one reference is counted instead of four.
public final class Adjacency: Sendable {
  /// The rows that can have targets.
  public let rows: Range<Int32>
  public let offsets: [Int32]
  public let storage: EdgeStorage
  /// Targets that are possibly there, by row; what is there for certain is in the storage.
  public let possible: [Int32: [(target: Int32, reason: Unknown)]]
  /// Rows that may have further targets.
  public let open: [Int32: Unknown]
  /// Rows that have other targets than the arrays say.
  let patch: ChangedRows<Edges>?

  public init(
    rows: Range<Int32>, offsets: [Int32], targets: [Int32],
    possible: [Int32: [(target: Int32, reason: Unknown)]] = [:], open: [Int32: Unknown] = [:]
  ) {
    self.rows = rows
    self.offsets = offsets
    storage = EdgeStorage(targets)
    self.possible = possible
    self.open = open
    patch = nil
    isDefinite = possible.isEmpty && open.isEmpty
  }

  private init(_ base: Adjacency, patch: ChangedRows<Edges>) {
    rows = base.rows
    offsets = base.offsets
    storage = base.storage
    possible = base.possible
    open = base.open
    self.patch = patch
    isDefinite = base.possible.isEmpty && base.open.isEmpty && patch.all.values.allSatisfy(\.isDefinite)
  }

  /// The same relation with other targets for some rows. Costs what is changed, not what the relation holds.
  /// - Precondition: the rows are among those that can have targets.
  public func changing(_ edges: [Int32: Edges]) -> Adjacency {
    edges.isEmpty ? self : Adjacency(self, patch: ChangedRows((patch?.all ?? [:]).merging(edges) { $1 }))
  }

  /// Builds from pairs in any order by counting sort; repetitions are dropped.
  public convenience init(
    rows: Range<Int32>, pairs: [(source: Int32, target: Int32)],
    possible: [Int32: [(target: Int32, reason: Unknown)]] = [:], open: [Int32: Unknown] = [:]
  ) {
    var counts = [Int32](repeating: 0, count: rows.count + 1)
    for pair in pairs { counts[Int(pair.source - rows.lowerBound) + 1] += 1 }
    for index in 0..<rows.count { counts[index + 1] += counts[index] }
    var places = counts
    var targets = [Int32](repeating: 0, count: pairs.count)
    for pair in pairs {
      let index = Int(pair.source - rows.lowerBound)
      targets[Int(places[index])] = pair.target
      places[index] += 1
    }
    var offsets = [Int32](repeating: 0, count: rows.count + 1)
    var written = 0
    for index in 0..<rows.count {
      let range = Int(counts[index])..<Int(counts[index + 1])
      if range.count > 1 { targets[range].sort() }
      let start = written
      for place in range where written == start || targets[written - 1] != targets[place] {
        targets[written] = targets[place]
        written += 1
      }
      offsets[index + 1] = Int32(written)
    }
    targets.removeLast(targets.count - written)
    self.init(rows: rows, offsets: offsets, targets: targets, possible: possible, open: open)
  }

  /// The same edges seen from their targets. What is only possibly there stays possible; that a row is open is told
  /// at the row itself.
  public func inverse(rows targetRows: Range<Int32>) -> Adjacency {
    var pairs: [(source: Int32, target: Int32)] = []
    pairs.reserveCapacity(storage.targets.count)
    for row in rows {
      for target in targets(of: row) where targetRows.contains(target) { pairs.append((target, row)) }
    }
    var inversePossible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
    for row in Set(possible.keys).union(patch?.all.keys.map { $0 } ?? []).sorted() {
      for edge in possible(of: row) where targetRows.contains(edge.target) {
        inversePossible[edge.target, default: []].append((row, edge.reason))
      }
    }
    return Adjacency(rows: targetRows, pairs: pairs, possible: inversePossible)
  }

  public func targets(of row: Int32) -> ArraySlice<Int32> {
    if let patch, let edges = patch[row] { return edges.slice }
    return edgeSlice(row).targets
  }

  /// Targets of a row that are possibly there.
  public func possible(of row: Int32) -> [(target: Int32, reason: Unknown)] {
    if let patch, let edges = patch[row] { return edges.possible }
    return possible[row] ?? []
  }

  /// Why a row may have further targets; nil where it has none.
  public func open(of row: Int32) -> Unknown? {
    if let patch, let edges = patch[row] { return edges.open }
    return open[row]
  }

  /// What a row leads to.
  public func edges(of row: Int32) -> Edges {
    if let patch, let edges = patch[row] { return edges }
    return Edges(edgeSlice(row), possible: possible(of: row), open: open(of: row))
  }

  func isDefinite(_ row: Int32) -> Bool {
    if isDefinite { return true }
    if let patch, let edges = patch[row] { return edges.isDefinite }
    return possible[row] == nil && open[row] == nil
  }

  func copied() -> Adjacency {
    let copy = Adjacency(
      rows: rows, offsets: offsets.map { $0 }, targets: storage.targets.map { $0 }, possible: possible, open: open)
    return patch.map { Adjacency(copy, patch: $0) } ?? copy
  }

  /// Whether it is known for certain of all rows what they lead to.
  public let isDefinite: Bool

  /// The list of a row's targets, ascending.
  public func value(of row: Int32) -> Value {
    if let patch, let edges = patch[row] {
      return edges.isDefinite ? .related(edges.edgeSlice) : partialValue(of: row)
    }
    guard rows.contains(row) else { return .list(ListBox(entities: [])) }
    if !isDefinite, possible[row] != nil || open[row] != nil { return partialValue(of: row) }
    return .related(edgeSlice(row))
  }

  /// What the arrays say of a row.
  private func edgeSlice(_ row: Int32) -> EdgeSlice {
    guard rows.contains(row) else { return EdgeSlice(storage: storage, start: 0, end: 0) }
    let index = Int(row - rows.lowerBound)
    return EdgeSlice(storage: storage, start: offsets[index], end: offsets[index + 1])
  }

  private func partialValue(of row: Int32) -> Value {
    var all: [Int32] = []
    var reasons: [Int: Unknown] = [:]
    var certain = targets(of: row)
    for edge in possible(of: row).sorted(by: { $0.target < $1.target }) {
      let before = certain.prefix { $0 < edge.target }
      all += before
      certain = certain.dropFirst(before.count)
      reasons[all.count] = edge.reason
      all.append(edge.target)
    }
    all += certain
    return .list(ListBox(entities: all, possible: reasons, open: open(of: row)))
  }
}
