internal import CEL

/// Recursive numbers and durations: each is evaluated after those that it reads; what stands on a circle is unknown,
/// and its facts name the circle.
struct WellFounded {
  private let cells: RecursiveCells
  private let base: Graph

  init(_ fields: [RecursiveField], _ graph: Graph) {
    cells = RecursiveCells(fields)
    base = graph
  }

  private enum Progress { case untouched, begun, done }

  // Read and written by the one thread that evaluates; gone before the graph is shared.
  private final class State: @unchecked Sendable {
    var values: [Value]
    var progress: [Progress]
    /// Cells that were read before they had a value.
    var missing: [Int] = []

    init(count: Int) {
      values = Array(repeating: .null, count: count)
      progress = Array(repeating: .untouched, count: count)
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
      computed[Int(id)] = { frame, row in
        guard let cell = find(row) else { return known(&frame, row) }
        if state.progress[cell] == .done { return state.values[cell] }
        state.missing.append(cell)
        return .unknown(Fact(row: row, field: id))
      }
    }
    var frame = Frame(graph: base.replacing(adjacencies: base.adjacencies, computed: computed), slotCount: 1)
    for cell in cells.present(in: base) { settle(Int(cell), state, &frame) }
    return cells.divided(state.values)
  }

  /// Evaluates one cell and, before it, all that it reads: with a stack of its own, however deep the chain. The cells
  /// on the stack that are begun are the way from the start; the others wait.
  private func settle(_ start: Int, _ state: State, _ frame: inout Frame) {
    var stack = [start]
    while let cell = stack.last {
      if state.progress[cell] == .done {
        stack.removeLast()
        continue
      }
      let (member, row) = cells.place(cell)
      state.progress[cell] = .begun
      state.missing.removeAll(keepingCapacity: true)
      let value = frame.derive(cells.fields[member].expression, on: row)
      if state.missing.isEmpty {
        state.values[cell] = value
        state.progress[cell] = .done
      } else if let met = state.missing.first(where: { state.progress[$0] == .begun }) {
        breakCircle(from: met, stack, state)
      } else {
        stack.append(contentsOf: state.missing.reversed())
      }
    }
  }

  private func breakCircle(from met: Int, _ stack: [Int], _ state: State) {
    let start = stack.lastIndex(of: met) ?? 0
    let circle = stack[start...].filter { state.progress[$0] == .begun }
    let facts = circle.map { cell in
      let (member, row) = cells.place(cell)
      return Fact(row: row, field: cells.fields[member].field.id)
    }
    for cell in circle {
      state.values[cell] = .unknown(Unknown(facts: facts))
      state.progress[cell] = .done
    }
  }
}
