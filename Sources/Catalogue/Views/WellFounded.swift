internal import CEL

/// Recursive numbers and durations: each is evaluated after those that it reads; what stands on a circle is unknown,
/// and its facts name all that stands there. In which order cells are evaluated makes no difference.
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

    init(count: Int) {
      values = Array(repeating: .null, count: count)
      isDone = Array(repeating: false, count: count)
      reads = Array(repeating: [], count: count)
      waiting = Array(repeating: 0, count: count)
      readers = Array(repeating: [], count: count)
      isStale = Array(repeating: false, count: count)
    }
  }

  /// By field, then by row.
  func values() -> [[Value]] {
    let state = State(count: cells.count)
    var computed = base.computed
    for (member, field) in cells.fields.enumerated() {
      let find = cells.finder(member)
      let id = field.field.id
      let known = base.computed[Int(id)]
      computed[Int(id)] = Graph.Computed { frame, row in
        guard let cell = find(row) else { return known(&frame, row) }
        if state.isDone[cell] { return state.values[cell] }
        state.missing.append(Int32(cell))
        return .unknown(Fact(row: row, field: id))
      }
    }
    var frame = Frame(graph: base.replacing(adjacencies: base.adjacencies, computed: computed), slotCount: 1)
    let all = cells.present(in: base)
    var queue = all
    while !queue.isEmpty {
      settle(queue, state, &frame)
      let left = all.filter { !state.isDone[Int($0)] }
      queue = left.filter { state.isStale[Int($0)] }
      // Nothing that is left can be known before something else that is left.
      if queue.isEmpty { queue = breakCircles(left, state) }
    }
    return cells.divided(state.values)
  }

  /// Evaluates some cells, and others when all that they wait for have a value.
  private func settle(_ start: [Int32], _ state: State, _ frame: inout Frame) {
    var queue = start
    var next = 0
    while next < queue.count {
      let cell = Int(queue[next])
      next += 1
      if state.isDone[cell] { continue }
      let (member, row) = cells.place(cell)
      state.missing.removeAll(keepingCapacity: true)
      state.isStale[cell] = false
      let value = frame.derive(cells.fields[member].expression, on: row)
      if !state.missing.isEmpty {
        state.reads[cell] = Set(state.missing)
        state.waiting[cell] = state.reads[cell].count
        for read in state.reads[cell] { state.readers[Int(read)].insert(Int32(cell)) }
      } else {
        queue += finish(cell, value, state)
      }
    }
  }

  /// Gives a cell its value; those for which nothing that they read is without one now.
  private func finish(_ cell: Int, _ value: Value, _ state: State) -> [Int32] {
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
        _ = finish(Int(cell), value, state)
      }
    }
    return waiting.filter { !state.isDone[Int($0)] }.sorted()
  }
}
