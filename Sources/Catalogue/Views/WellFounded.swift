internal import CEL

/// Recursive numbers and durations: each is evaluated after those that it reads; what stands on a circle is unknown,
/// and its facts name all that stands there. In which order cells are evaluated makes no difference: what is read and has no
/// value is evaluated on the spot, as deep as the stack allows.
struct WellFounded {
  private let cells: RecursiveCells
  private let base: Graph

  init(_ fields: [RecursiveField], _ graph: Graph) {
    cells = RecursiveCells(fields)
    base = graph
  }

  // Read and written by the one thread that evaluates; gone before the graph is shared.
  private final class State: @unchecked Sendable {
    var values: [Value]
    var isDone: [Bool]
    /// What a cell read that had no value yet, when it was last evaluated.
    var reads: [Set<Int32>]
    /// How many of these still have none.
    var waiting: [Int]
    /// Who read a cell that had no value.
    var readers: [Set<Int32>]
    /// Whether something that a cell read without a value has one now.
    var isStale: [Bool]
    var missing: [Int32] = []
    /// What has been evaluated, or is being.
    var isBegun: [Bool]
    var depth = 0
    /// Where and when cells are worked out.
    var place: (graph: Int, date: CivilDate)?
    /// Cells to be evaluated.
    var queue: [Int32] = []
    /// Whether no cell has had its turn yet.
    var isFirst = true
    /// How high each cell stands that has a value, and what is being evaluated, so far.
    var levels: [Int32]
    var level: Int32 = 0
    var isRead: [Bool]

    init(count: Int) {
      values = Array(repeating: .null, count: count)
      isDone = Array(repeating: false, count: count)
      reads = Array(repeating: [], count: count)
      waiting = Array(repeating: 0, count: count)
      readers = Array(repeating: [], count: count)
      isStale = Array(repeating: false, count: count)
      isBegun = isStale
      isRead = isStale
      levels = Array(repeating: 0, count: count)
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
    for cell in 0..<cells.count where !state.isBegun[cell] && !state.isRead[cell] {
      state.levels[cell] = CellOrder.absent
    }
    return (cells.divided(state.values), cells.order(state.levels))
  }

  private func settled() -> State {
    let state = State(count: cells.count)
    var computed = base.computed
    for (member, field) in cells.fields.enumerated() {
      let find = cells.finder(member)
      let id = field.field.id
      let known = base.computed[Int(id)]
      let expression = field.expression
      computed[Int(id)] = Graph.Computed { frame, row in
        guard let cell = find(row) else { return known(&frame, row) }
        if !state.isBegun[cell], state.depth < Self.deepest, state.isAt(frame), frame.graph.members.contains(row) {
          let (missing, level) = (state.missing, state.level)
          state.depth += 1
          Self.evaluate(cell, state) { frame.deriveWithin(expression, on: row) }
          state.depth -= 1
          (state.missing, state.level) = (missing, level)
        }
        state.isRead[cell] = true
        let below = state.levels[cell]
        state.level = max(state.level, below == CellOrder.circular ? below : below + 1)
        if state.isDone[cell] { return state.values[cell] }
        state.missing.append(Int32(cell))
        return .unknown(Fact(row: row, field: id))
      }
    }
    var frame = Frame(graph: base.replacing(adjacencies: base.adjacencies, computed: computed), slotCount: 1)
    state.place = (frame.graph.serial, frame.date)
    let all = cells.present(in: base)
    var queue = all
    while !queue.isEmpty {
      settle(queue, state, &frame)
      let left = all.filter { !state.isDone[Int($0)] }
      queue = left.filter { state.isStale[Int($0)] }
      // Nothing that is left can be known before something else that is left.
      if queue.isEmpty { queue = breakCircles(left, state) }
    }
    return state
  }

  /// Evaluates some cells, and others when all that they wait for have a value.
  private func settle(_ start: [Int32], _ state: State, _ frame: inout Frame) {
    state.queue = start
    var next = 0
    while next < state.queue.count {
      let cell = Int(state.queue[next])
      next += 1
      // What was read before its turn waits for what it lacks.
      if state.isDone[cell] || state.isFirst && next <= start.count && state.isBegun[cell] { continue }
      let (member, row) = cells.place(cell)
      Self.evaluate(cell, state) { frame.derive(cells.fields[member].expression, on: row) }
    }
    state.isFirst = false
  }

  /// Evaluates a cell; without a value for something that it reads it waits.
  private static func evaluate(_ cell: Int, _ state: State, _ value: () -> Value) {
    state.missing.removeAll(keepingCapacity: true)
    state.level = 0
    state.isBegun[cell] = true
    state.isStale[cell] = false
    let value = value()
    if state.missing.isEmpty {
      state.levels[cell] = state.level
      state.queue += finish(cell, value, state)
      return
    }
    let read = Set(state.missing)
    let missing = read.filter { !state.isDone[Int($0)] }
    state.reads[cell] = missing
    state.waiting[cell] = missing.count
    // Some of what it lacked may have got a value meanwhile.
    state.isStale[cell] = missing.count < read.count
    if missing.isEmpty { state.queue.append(Int32(cell)) }
    for read in missing { state.readers[Int(read)].insert(Int32(cell)) }
  }

  /// Gives a cell its value; those for which nothing that they read is without one now.
  private static func finish(_ cell: Int, _ value: Value, _ state: State) -> [Int32] {
    state.values[cell] = value
    state.isDone[cell] = true
    let readers = state.readers[cell]
    state.readers[cell] = []
    var ready: [Int32] = []
    for reader in readers where state.reads[Int(reader)].contains(Int32(cell)) {
      state.isStale[Int(reader)] = true
      state.waiting[Int(reader)] -= 1
      if state.waiting[Int(reader)] == 0 { ready.append(reader) }
    }
    return ready
  }

  /// What reads nothing without a value but one another, itself included, is a circle; those that wait for it.
  private func breakCircles(_ left: [Int32], _ state: State) -> [Int32] {
    var waiting: Set<Int32> = []
    for circle in StrongComponents(left, { state.reads[Int($0)].sorted() }).closed {
      let facts = circle.map { cell in
        let (member, row) = cells.place(Int(cell))
        return Fact(row: row, field: cells.fields[member].field.id)
      }
      let value = Value.unknown(Unknown(facts: facts))
      for cell in circle {
        waiting.formUnion(state.readers[Int(cell)])
        state.levels[Int(cell)] = CellOrder.circular
        _ = Self.finish(Int(cell), value, state)
      }
    }
    return waiting.filter { !state.isDone[Int($0)] }.sorted()
  }
}
