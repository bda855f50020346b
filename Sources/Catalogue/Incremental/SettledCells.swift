internal import CEL

/// Works out recursive relations and booleans again from what is known of another graph: a cell is looked at where what
/// it reads changed, and not where only something far below it did.
///
/// The least fixpoint is the only one where nothing that is looked at stands on a circle: there every cell follows from
/// those below, each looked at after these. Where one does, everything above has to begin with nothing, which others do.
struct SettledCells {
  private struct Cell: Hashable {
    /// The place of the field among those of the group.
    let member: Int
    let row: Int32
  }

  private let fields: [Field]
  private let expressions: [CompiledExpression]
  private let paths: FieldPaths
  private let graph: Graph
  /// Each cell before those that read it.
  private var order: [Cell] = []
  private var readers: [Cell: [Cell]] = [:]
  private static let limit = 20_000

  /// - Parameters:
  ///   - paths: the ways of the fields' expressions, in which a reading of one of the fields is one as of any other.
  ///   - graph: in which the fields have the values of another graph.
  init?(_ fields: [Field], _ plan: DerivationPlan, _ paths: FieldPaths, _ graph: Graph) {
    self.fields = fields
    expressions = fields.compactMap { plan.compiled[$0.id] }
    self.paths = paths
    self.graph = graph
    if expressions.count != fields.count { return nil }
  }

  /// The rows that were looked at and their values, by field; nil: it cannot be told in this way.
  ///
  /// - Parameter start: the rows for which something is otherwise than on the other graph, the fields themselves aside.
  mutating func values(from start: [[Int32]], _ walk: inout BackwardWalk) -> (rows: [[Int32]], values: [[Value]])? {
    let first = start.enumerated().flatMap { member, rows in rows.map { Cell(member: member, row: $0) } }
    for _ in 0..<Self.attempts {
      guard sort(first, &walk) else { return nil }
      if let found = evaluated(first) { return found }
    }
    return nil
  }

  private static let attempts = 4

  /// Nil: a cell reads what comes after it; that it does is noted.
  private mutating func evaluated(_ start: [Cell]) -> (rows: [[Int32]], values: [[Value]])? {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let state = State()
    var computed = graph.computed
    for (member, field) in fields.enumerated() {
      let known = graph.computed[Int(field.id)]
      computed[Int(field.id)] = Graph.Computed { frame, row in
        let cell = Cell(member: member, row: row)
        state.reads.append(cell)
        return state.values[cell] ?? known(&frame, row)
      }
    }
    var frame = Frame(graph: graph.replacing(adjacencies: graph.adjacencies, computed: computed), slotCount: 1)
    frame.remembers = false
    var isDue = Set(start)
    var isOrdered = true
    var rows = [[Int32]](repeating: [], count: fields.count)
    var values = [[Value]](repeating: [], count: fields.count)
    for (place, cell) in order.enumerated() where isDue.contains(cell) {
      let field = fields[cell.member]
      var isOther = true
      let value: Value
      if graph.members.contains(cell.row) {
        state.reads.removeAll(keepingCapacity: true)
        value = Fixpoint.normalised(frame.derive(expressions[cell.member], on: cell.row))
        // What is new can lead the other way round, or in a circle.
        for read in state.reads {
          guard let other = places[read], other >= place, !readers[read, default: []].contains(cell) else { continue }
          readers[read, default: []].append(cell)
          isOrdered = false
        }
        isOther = !graph.computed[Int(field.id)](&frame, cell.row).isSame(as: value)
      } else {
        value = field.type == .bool ? .bool(false) : .entities([])
      }
      rows[cell.member].append(cell.row)
      values[cell.member].append(value)
      state.values[cell] = value
      if isOther { isDue.formUnion(readers[cell, default: []]) }
    }
    return isOrdered ? (rows, values) : nil
  }

  // Read and written by the one thread that evaluates; gone before the graph is shared.
  private final class State: @unchecked Sendable {
    var values: [Cell: Value] = [:]
    var reads: [Cell] = []
  }

  /// Puts all that may follow from some cells behind these; false: something stands on a circle, or it is too much.
  private mutating func sort(_ start: [Cell], _ walk: inout BackwardWalk) -> Bool {
    // What is open is on the way from where the search began.
    var isOpen: [Cell: Bool] = [:]
    var after: [Cell] = []
    for first in start where isOpen[first] == nil {
      var stack = [(cell: first, next: 0)]
      guard open(first, &isOpen, &walk) else { return false }
      while let top = stack.last {
        let above = readers[top.cell, default: []]
        if top.next == above.count {
          isOpen[top.cell] = false
          after.append(top.cell)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let reader = above[top.next]
        if let state = isOpen[reader] {
          if state { return false }
          continue
        }
        guard open(reader, &isOpen, &walk) else { return false }
        stack.append((reader, 0))
      }
    }
    order = after.reversed()
    return true
  }

  private mutating func open(_ cell: Cell, _ isOpen: inout [Cell: Bool], _ walk: inout BackwardWalk) -> Bool {
    isOpen[cell] = true
    if readers[cell] != nil { return true }
    guard isOpen.count < Self.limit, let found = walk.readers(of: fields[cell.member].id, cell.row, paths) else {
      return false
    }
    readers[cell] = found.keys.sorted().flatMap { slot in
      found[slot, default: []].sorted().map { Cell(member: slot, row: $0) }
    }
    return true
  }
}
