internal import CEL

/// The least fixpoint of recursive relations and booleans: all rows begin with nothing, and a row is evaluated again
/// when a row changed that it read. What is certain only grows, and so does what is possible.
///
/// What is read and was not evaluated yet is evaluated on the spot, as deep as the stack allows: where nothing stands on a
/// circle, most rows are evaluated once.
struct Fixpoint {
  private let cells: RecursiveCells
  private let base: Graph

  init(_ fields: [RecursiveField], _ graph: Graph) {
    cells = RecursiveCells(fields)
    base = graph
  }

  // Read and written by the one thread that evaluates; gone before the graph is shared.
  private final class State: @unchecked Sendable {
    var values: [Value]
    /// Who read a cell since it last changed.
    var readers: [[Int32]]
    /// What has been evaluated, or is being.
    var isBegun: [Bool]
    var current: Int32 = -1
    var depth = 0
    /// Cells that read one which has changed since, each once.
    var stale: [Int32] = []
    var isStale: [Bool]
    /// Whether all cells have values, and only the facts in them are gathered.
    var wasSettled = false
    var isTooLong = false
    /// Where and when cells are worked out.
    var place: (graph: Int, date: CivilDate)?

    init(_ values: [Value]) {
      self.values = values
      readers = Array(repeating: [], count: values.count)
      isBegun = Array(repeating: false, count: values.count)
      isStale = isBegun
    }

    func isAt(_ frame: borrowing Frame) -> Bool {
      place.map { $0.graph == frame.graph.serial && $0.date == frame.date } ?? false
    }
  }

  /// So many cells are evaluated inside one another.
  private static let deepest = 16

  /// By field, then by row.
  func values() -> [[Value]] { cells.divided(settled().values) }

  /// The values, and in which order they follow.
  func ordered() -> (values: [[Value]], order: CellOrder) {
    let state = settled()
    return (cells.divided(state.values), cells.order(levels(state)))
  }

  private func settled() -> State {
    let empty = cells.fields.map { $0.field.type == .bool ? Value.bool(false) : .entities([]) }
    let state = State(zip(cells.fields, empty).flatMap { Array(repeating: $1, count: $0.rows.count) })
    var computed = base.computed
    for (member, field) in cells.fields.enumerated() {
      let find = cells.finder(member)
      let known = base.computed[Int(field.field.id)]
      let expression = field.expression
      computed[Int(field.field.id)] = Graph.Computed { frame, row in
        guard let cell = find(row) else { return known(&frame, row) }
        if !state.isBegun[cell], state.depth < Self.deepest, state.isAt(frame), frame.graph.members.contains(row) {
          let reader = state.current
          state.isBegun[cell] = true
          state.current = Int32(cell)
          state.depth += 1
          let value = Self.normalised(frame.deriveWithin(expression, on: row))
          state.depth -= 1
          state.current = reader
          Self.keep(value, cell, state, Self.isSame)
        }
        if state.readers[cell].last != state.current { state.readers[cell].append(state.current) }
        return state.values[cell]
      }
    }
    var frame = Frame(graph: base.replacing(adjacencies: base.adjacencies, computed: computed), slotCount: 1)
    state.place = (frame.graph.serial, frame.date)
    // What is monotone settles long before; the limit turns a mistake of the check for that into an error, not a hang.
    var budget = 200_000 + 2_000 * cells.count
    let all = cells.present(in: base)
    guard settle(all, state, &frame, &budget, Self.isSame) else { return tooLong(state) }
    // Which facts are missing depends on the way there; from what is known now they are gathered once more, from none.
    let doubtful = all.filter { state.values[Int($0)].isInDoubt }
    for cell in doubtful { state.values[Int(cell)] = state.values[Int(cell)].withoutFacts }
    guard settle(doubtful, state, &frame, &budget, { $0.isSame(as: $1) }) else { return tooLong(state) }
    return state
  }

  private func tooLong(_ state: State) -> State {
    state.values = Array(repeating: .error(.costLimit, "a recursive field does not settle"), count: cells.count)
    state.isTooLong = true
    return state
  }

  /// Of each cell how high it stands.
  private func levels(_ state: State) -> [Int32] {
    if state.isTooLong { return Array(repeating: CellOrder.circular, count: cells.count) }
    // Once nothing changes any more, those who read a cell since it last changed are those who read it.
    var waiting = [Int32](repeating: 0, count: cells.count)
    for readers in state.readers { for reader in readers where reader >= 0 { waiting[Int(reader)] += 1 } }
    var levels = [Int32](repeating: 0, count: cells.count)
    var isDone = [Bool](repeating: false, count: cells.count)
    var queue = (0..<cells.count).filter { waiting[$0] == 0 }
    var next = 0
    while next < queue.count {
      let cell = queue[next]
      next += 1
      isDone[cell] = true
      for reader in state.readers[cell] where reader >= 0 {
        let reader = Int(reader)
        levels[reader] = max(levels[reader], levels[cell] + 1)
        waiting[reader] -= 1
        if waiting[reader] == 0 { queue.append(reader) }
      }
    }
    for cell in levels.indices {
      if !isDone[cell] { levels[cell] = CellOrder.circular }
      if !state.isBegun[cell], state.readers[cell].isEmpty { levels[cell] = CellOrder.absent }
    }
    return levels
  }

  /// Evaluates some cells, and whatever read a cell that changed; false: it takes too long.
  private func settle(
    _ start: [Int32], _ state: State, _ frame: inout Frame, _ budget: inout Int, _ isSame: (Value, Value) -> Bool
  ) -> Bool {
    var queue = start
    var isFirst = true
    while !queue.isEmpty {
      for cell in queue {
        // What others read before its turn has a value; if that is no longer right, it is among the stale ones.
        if isFirst, state.isBegun[Int(cell)], !state.wasSettled { continue }
        state.isStale[Int(cell)] = false
        state.isBegun[Int(cell)] = true
        budget -= 1
        if budget < 0 { return false }
        let (member, row) = cells.place(Int(cell))
        state.current = cell
        let value = Self.normalised(frame.derive(cells.fields[member].expression, on: row))
        Self.keep(value, Int(cell), state, isSame)
      }
      isFirst = false
      queue = state.stale
      state.stale.removeAll(keepingCapacity: true)
    }
    state.wasSettled = true
    return true
  }

  /// Gives a cell its value; where that is another one, whoever read it is stale.
  private static func keep(_ value: Value, _ cell: Int, _ state: State, _ isSame: (Value, Value) -> Bool) {
    let old = state.values[cell]
    state.values[cell] = value
    if isSame(old, value) { return }
    let waiting = state.readers[cell]
    state.readers[cell] = []
    for reader in waiting where !state.isStale[Int(reader)] {
      state.isStale[Int(reader)] = true
      state.stale.append(reader)
    }
  }

  /// Each entity once, in the order of rows; certain where it is certain anywhere.
  static func normalised(_ value: Value) -> Value {
    guard let view = value.listView else { return value }
    if view.isDefinite {
      var rows = (0..<view.count).compactMap { view.row(at: $0) }
      rows.sort()
      var kept = 0
      for index in rows.indices where index == 0 || rows[index] != rows[index - 1] {
        rows[kept] = rows[index]
        kept += 1
      }
      rows.removeLast(rows.count - kept)
      return .list(ListBox(entities: rows))
    }
    var reasons: [Int32: Unknown?] = [:]
    for index in 0..<view.count {
      guard let row = view.row(at: index) else { continue }
      if let reason = view.reason(at: index) {
        if reasons[row] == nil { reasons[row] = .some(reason) }
      } else {
        reasons[row] = .some(nil)
      }
    }
    let rows = reasons.keys.sorted()
    var possible: [Int: Unknown] = [:]
    for (index, row) in rows.enumerated() { if let reason = reasons[row] ?? nil { possible[index] = reason } }
    return .list(ListBox(entities: rows, possible: possible, open: view.open))
  }

  /// Whether two values say the same of what is certain, possible and open; reasons are left aside, so that the
  /// iteration ends.
  private static func isSame(_ old: Value, _ new: Value) -> Bool {
    if let a = old.listView, let b = new.listView {
      guard a.count == b.count, (a.open == nil) == (b.open == nil) else { return false }
      return (0..<a.count).allSatisfy {
        a.row(at: $0) == b.row(at: $0) && (a.reason(at: $0) == nil) == (b.reason(at: $0) == nil)
      }
    }
    switch (old, new) {
    case (.bool(let x), .bool(let y)): return x == y
    case (.unknown, .unknown), (.error, .error): return true
    default: return false
    }
  }
}

extension Value {
  /// Whether a missing fact has a part in it.
  fileprivate var isInDoubt: Bool {
    if case .unknown = self { return true }
    return listView.map { !$0.isDefinite } ?? false
  }

  /// The same doubts, for no reason yet.
  fileprivate var withoutFacts: Value {
    let none = Unknown(facts: [])
    if case .unknown = self { return .unknown(none) }
    guard let view = listView, !view.isDefinite else { return self }
    var possible: [Int: Unknown] = [:]
    for index in 0..<view.count where view.reason(at: index) != nil { possible[index] = none }
    return .list(
      ListBox(
        entities: (0..<view.count).compactMap { view.row(at: $0) }, possible: possible,
        open: view.open == nil ? nil : none))
  }
}
