internal import CEL

/// Works out recursive fields again from what is known of another graph: a cell is looked at where what it reads changed,
/// and not where only something far below it did.
///
/// The least fixpoint is the only one where nothing that is looked at stands on a circle or above one: there every cell
/// follows from those below. Where levels tell that it is so, cells are looked at from the lowest up, and whatever reads
/// one that changed. Where they do not, all that may follow is put in order first: the other way round, nothing is above
/// what is looked at that stands on a circle. Where something does, everything above has to begin with nothing, which
/// others do.
struct SettledCells {
  typealias Cell = RecursiveCell

  /// The rows that were looked at, ascending, and their values, by field.
  struct Found {
    var rows: [[Int32]]
    var values: [[Value]]
    var order: CellOrder
  }

  private let fields: [Field]
  private let numbers: [Int32: Int]
  private let expressions: [CompiledExpression]
  private let paths: FieldPaths
  private let graph: Graph
  private let levels: CellOrder
  /// Who may read a cell, as far as it was asked.
  private var readers: [Cell: [Cell]] = [:]
  private static let limit = 20_000

  /// - Parameters:
  ///   - paths: the ways of the fields' expressions, in which a reading of one of the fields is one as of any other.
  ///   - graph: in which the fields have the values of another graph.
  ///   - levels: of the other graph.
  init?(_ fields: [Field], _ plan: DerivationPlan, _ paths: FieldPaths, _ graph: Graph, _ levels: CellOrder) {
    self.fields = fields
    numbers = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.id, $0) })
    expressions = fields.compactMap { plan.compiled[$0.id] }
    self.paths = paths
    self.graph = graph
    self.levels = levels
    if expressions.count != fields.count { return nil }
  }

  /// Nil: it cannot be told in this way.
  ///
  /// - Parameter start: the rows for which something is otherwise than on the other graph, the fields themselves aside.
  mutating func values(from start: [[Int32]], _ walk: inout BackwardWalk) -> Found? {
    let first = zip(fields, start).flatMap { field, rows in rows.map { Cell(field: field.id, row: $0) } }
    if let found = climbed(first, &walk) { return found }
    for _ in 0..<Self.attempts {
      guard let order = sorted(first, &walk) else { return nil }
      if let found = evaluated(first, order, &walk) { return found }
    }
    return nil
  }

  private static let attempts = 4

  // MARK: By levels

  private mutating func climbed(_ start: [Cell], _ walk: inout BackwardWalk) -> Found? {
    guard fields.allSatisfy({ levels.knows($0.id) }) else { return nil }
    var evaluation = CellEvaluation(fields, numbers, expressions, graph)
    var due = DueCells(levels)
    for cell in start { due.insert(cell) }
    var count = 0
    while let cell = due.popLowest() {
      count += 1
      // What follows from itself may never come to an end.
      if count > 100 + 8 * evaluation.reads.count || levels.level(cell) == CellOrder.circular { return nil }
      guard evaluation.evaluate(cell) else { continue }
      guard let above = readers(of: cell, &walk) else { return nil }
      for reader in above { due.insert(reader) }
      for reader in evaluation.readBy[cell] ?? [] { due.insert(reader) }
    }
    return order(after: evaluation, &walk).map { found(evaluation, $0) }
  }

  /// In which order cells follow now; nil: one of those that were looked at stands on a circle or above one, or it is too
  /// much to find out.
  private mutating func order(after evaluation: CellEvaluation, _ walk: inout BackwardWalk) -> CellOrder? {
    var order = levels
    return order.raise(evaluation.reads) { readers(of: $0, &walk) } ? order : nil
  }

  private func found(_ evaluation: CellEvaluation, _ order: CellOrder) -> Found {
    var found = Found(rows: fields.map { _ in [] }, values: fields.map { _ in [] }, order: order)
    for (cell, value) in evaluation.values.sorted(by: { $0.key.row < $1.key.row }) {
      let member = numbers[cell.field] ?? 0
      found.rows[member].append(cell.row)
      found.values[member].append(value)
    }
    return found
  }

  // MARK: In order

  /// Nil: a cell reads what comes after it; that it does is noted.
  private mutating func evaluated(_ start: [Cell], _ order: [Cell], _ walk: inout BackwardWalk) -> Found? {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var evaluation = CellEvaluation(fields, numbers, expressions, graph)
    var isDue = Set(start)
    var isOrdered = true
    for (place, cell) in order.enumerated() where isDue.contains(cell) {
      let isOther = evaluation.evaluate(cell)
      // What is new can lead the other way round, or in a circle.
      for read in evaluation.reads[cell] ?? [] {
        guard let other = places[read], other >= place, !readers[read, default: []].contains(cell) else { continue }
        readers[read, default: []].append(cell)
        isOrdered = false
      }
      if isOther { isDue.formUnion(readers[cell, default: []]) }
    }
    if !isOrdered { return nil }
    if let levels = self.order(after: evaluation, &walk) { return found(evaluation, levels) }
    var levels = self.levels
    levels.lose(order)
    return found(evaluation, levels)
  }

  /// Some cells and all that may follow from them, each before those that read it; nil: something stands on a circle, or
  /// it is too much.
  private mutating func sorted(_ start: [Cell], _ walk: inout BackwardWalk) -> [Cell]? {
    // What is open is on the way from where the search began.
    var isOpen: [Cell: Bool] = [:]
    var after: [Cell] = []
    for first in start where isOpen[first] == nil {
      guard let above = readers(of: first, &walk) else { return nil }
      isOpen[first] = true
      var stack = [(cell: first, above: above, next: 0)]
      while let top = stack.last {
        guard top.next < top.above.count else {
          isOpen[top.cell] = false
          after.append(top.cell)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let reader = top.above[top.next]
        if let state = isOpen[reader] {
          if state { return nil }
          continue
        }
        guard isOpen.count < Self.limit, let above = readers(of: reader, &walk) else { return nil }
        isOpen[reader] = true
        stack.append((reader, above, 0))
      }
    }
    return after.reversed()
  }

  private mutating func readers(of cell: Cell, _ walk: inout BackwardWalk) -> [Cell]? {
    if let known = readers[cell] { return known }
    guard let found = walk.readers(of: cell.field, cell.row, paths) else { return nil }
    let all = found.keys.sorted().flatMap { slot in
      found[slot, default: []].sorted().map { Cell(field: fields[slot].id, row: $0) }
    }
    readers[cell] = all
    return all
  }
}

/// Cells to be looked at, the lowest first.
private struct DueCells {
  private let levels: CellOrder
  private var cells: [Int32: [RecursiveCell]] = [:]
  private var isDue: Set<RecursiveCell> = []

  init(_ levels: CellOrder) { self.levels = levels }

  mutating func insert(_ cell: RecursiveCell) {
    if isDue.insert(cell).inserted { cells[levels.level(cell), default: []].append(cell) }
  }

  mutating func popLowest() -> RecursiveCell? {
    guard let level = cells.keys.min(), let cell = cells[level]?.popLast() else { return nil }
    if cells[level]?.isEmpty ?? true { cells[level] = nil }
    isDue.remove(cell)
    return cell
  }
}

/// The values of recursive cells that were worked out so far, over those of another graph.
private struct CellEvaluation {
  typealias Cell = RecursiveCell

  private let fields: [Field]
  private let numbers: [Int32: Int]
  private let expressions: [CompiledExpression]
  private let graph: Graph
  private let state: State
  private var frame: Frame
  /// What the cells read that were evaluated, when they last were.
  private(set) var reads: [Cell: [Cell]] = [:]
  /// Who of these read a cell.
  private(set) var readBy: [Cell: [Cell]] = [:]

  var values: [Cell: Value] { state.values }

  // Read and written by the one thread that evaluates; gone before the graph is shared.
  private final class State: @unchecked Sendable {
    var values: [Cell: Value] = [:]
    var reads: [Cell] = []
  }

  init(_ fields: [Field], _ numbers: [Int32: Int], _ expressions: [CompiledExpression], _ graph: Graph) {
    self.fields = fields
    self.numbers = numbers
    self.expressions = expressions
    self.graph = graph
    let state = State()
    self.state = state
    var computed = graph.computed
    for field in fields {
      let known = graph.computed[Int(field.id)]
      let id = field.id
      computed[Int(id)] = Graph.Computed { frame, row in
        let cell = Cell(field: id, row: row)
        state.reads.append(cell)
        return state.values[cell] ?? known(&frame, row)
      }
    }
    frame = Frame(graph: graph.replacing(adjacencies: graph.adjacencies, computed: computed), slotCount: 1)
    frame.remembers = false
  }

  /// Gives a cell its value; whether it is another one.
  mutating func evaluate(_ cell: Cell) -> Bool {
    guard let member = numbers[cell.field] else { return false }
    let value: Value
    let isOther: Bool
    var read: [Cell] = []
    if graph.members.contains(cell.row) {
      state.reads.removeAll(keepingCapacity: true)
      value = Fixpoint.normalised(frame.derive(expressions[member], on: cell.row))
      read = state.reads
      let old = state.values[cell] ?? graph.computed[Int(cell.field)](&frame, cell.row)
      isOther = !old.isSame(as: value)
    } else {
      value = fields[member].type == .bool ? .bool(false) : .entities([])
      isOther = state.values[cell] == nil
    }
    reads[cell] = read
    for other in read { readBy[other, default: []].append(cell) }
    state.values[cell] = value
    return isOther
  }
}
