internal import Synchronization

extension Adjacency {
  /// What one row leads to.
  public struct Edges: Sendable {
    private enum Source {
      case slice(EdgeSlice)
      case later(ChangedEdges)
    }

    private let source: Source
    public let possible: [(target: Int32, reason: Unknown)]
    public let open: Unknown?

    /// - Parameter targets: in any order; repetitions are dropped.
    public init(_ targets: [Int32], possible: [(target: Int32, reason: Unknown)] = [], open: Unknown? = nil) {
      var sorted = targets
      if targets.count > 1, !zip(targets, targets.dropFirst()).allSatisfy({ $0 < $1 }) {
        sorted = Array(Set(targets)).sorted()
      }
      self.init(EdgeSlice(EdgeStorage(sorted)), possible: possible, open: open)
    }

    init(_ slice: EdgeSlice, possible: [(target: Int32, reason: Unknown)], open: Unknown?) {
      self.init(.slice(slice), possible, open)
    }

    private init(_ source: Source, _ possible: [(target: Int32, reason: Unknown)], _ open: Unknown?) {
      self.source = source
      self.possible = possible
      self.open = open
    }

    /// The same with some targets, and without others; whether these were possible does not count any more.
    ///
    /// - Parameters:
    ///   - changes: ascending, each target once.
    ///   - more: what is possible besides.
    public func changing(
      _ changes: [(target: Int32, isThere: Bool)], possible more: [(target: Int32, reason: Unknown)] = []
    ) -> Edges {
      var possible = possible
      if !possible.isEmpty {
        let changed = Set(changes.map(\.target))
        possible.removeAll { changed.contains($0.target) }
      }
      let changed =
        switch source {
        case .slice(let slice): ChangedEdges(slice, changes)
        case .later(let known): known.changing(changes)
        }
      return Edges(changed.isShort ? .slice(changed.slice) : .later(changed), possible + more, open)
    }

    /// Those that are there for certain, ascending.
    public var targets: [Int32] { Array(slice) }
    var slice: ArraySlice<Int32> { edgeSlice.targets }
    var edgeSlice: EdgeSlice {
      switch source {
      case .slice(let slice): slice
      case .later(let changed): changed.slice
      }
    }
    var isDefinite: Bool { possible.isEmpty && open == nil }

    /// Whether the same are there for certain.
    public func hasSameTargets(as other: Edges) -> Bool { slice == other.slice }
  }
}

/// Targets of which some come and others go. Thousands may lead to one row, and in most views nobody asks who they are:
/// they are put together when somebody does.
private final class ChangedEdges: Sendable {
  private let under: EdgeSlice
  private let changes: [(target: Int32, isThere: Bool)]
  private let made = Mutex<EdgeStorage?>(nil)

  /// - Parameter changes: ascending, each target once.
  init(_ under: EdgeSlice, _ changes: [(target: Int32, isThere: Bool)]) {
    self.under = under
    self.changes = changes
  }

  /// Whether putting them together costs less than not doing so.
  var isShort: Bool { under.count < 256 }

  var slice: EdgeSlice {
    made.withLock { known in
      if let known { return EdgeSlice(known) }
      let storage = EdgeStorage(merged)
      known = storage
      return EdgeSlice(storage)
    }
  }

  /// The same with other changes over these.
  func changing(_ more: [(target: Int32, isThere: Bool)]) -> ChangedEdges {
    if let known = made.withLock({ $0 }) { return ChangedEdges(EdgeSlice(known), more) }
    var all: [(target: Int32, isThere: Bool)] = []
    all.reserveCapacity(changes.count + more.count)
    var next = 0
    for change in more {
      while next < changes.count, changes[next].target < change.target {
        all.append(changes[next])
        next += 1
      }
      if next < changes.count, changes[next].target == change.target { next += 1 }
      all.append(change)
    }
    return ChangedEdges(under, all + changes[next...])
  }

  private var merged: [Int32] {
    let targets = under.targets
    var merged: [Int32] = []
    merged.reserveCapacity(targets.count + changes.count)
    // What stands between two changes is copied, not gone through.
    var next = targets.startIndex
    for (target, isThere) in changes {
      let place = targets[next...].place(of: target)
      if next < place { merged += targets[next..<place] }
      if isThere { merged.append(target) }
      next = place < targets.endIndex && targets[place] == target ? place + 1 : place
    }
    if next < targets.endIndex { merged += targets[next...] }
    return merged
  }
}

extension EdgeSlice {
  /// All of a storage.
  init(_ storage: EdgeStorage) { self.init(storage: storage, start: 0, end: Int32(storage.targets.count)) }
}

extension ArraySlice<Int32> {
  /// The first place of an ascending slice at which something stands that is not less, by bisection.
  func place(of row: Int32) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether an ascending slice has a row.
  func holds(_ row: Int32) -> Bool {
    let place = place(of: row)
    return place < endIndex && self[place] == row
  }
}
