internal import CEL

/// One recursive derived field of one kind: its expression and the rows that are worked out.
struct RecursiveField {
  let field: Field
  let expression: CompiledExpression
  /// Ascending.
  let rows: [Int32]
  /// Whether these are all rows of the kind; else the others keep the values that they have.
  let isWhole: Bool

  init(_ field: Field, _ expression: CompiledExpression, _ graph: Graph) {
    self.field = field
    self.expression = expression
    rows = Array(graph.kindRanges[field.kind])
    isWhole = true
  }

  /// Only some rows.
  init(_ field: Field, _ expression: CompiledExpression, rows: [Int32]) {
    self.field = field
    self.expression = expression
    self.rows = rows
    isWhole = false
  }
}

/// The cells of some recursive fields, numbered one field after the other.
struct RecursiveCells {
  let fields: [RecursiveField]
  /// The first cell of each field, and behind the last one the count.
  let starts: [Int]

  init(_ fields: [RecursiveField]) {
    self.fields = fields
    starts = fields.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rows.count) }
  }

  var count: Int { starts[fields.count] }

  /// The cells of rows that a graph holds.
  func present(in graph: Graph) -> [Int32] {
    (0..<count).filter { graph.members.contains(place($0).row) }.map { Int32($0) }
  }

  /// The field and the row of a cell.
  func place(_ cell: Int) -> (member: Int, row: Int32) {
    var member = 0
    while starts[member + 1] <= cell { member += 1 }
    return (member, fields[member].rows[cell - starts[member]])
  }

  /// What finds the cell of a row of one field; nil: the row is not worked out.
  func finder(_ member: Int) -> @Sendable (Int32) -> Int? {
    let start = starts[member]
    let field = fields[member]
    guard !field.isWhole else {
      let first = start - Int(field.rows.first ?? 0)
      return { first + Int($0) }
    }
    let places = Dictionary(uniqueKeysWithValues: field.rows.enumerated().map { ($1, start + $0) })
    return { places[$0] }
  }

  /// - Parameter levels: of each cell.
  func order(_ levels: [Int32]) -> CellOrder {
    var order = CellOrder()
    for (member, field) in fields.enumerated() {
      order.set(field.field.id, from: field.rows.first ?? 0, Array(levels[starts[member]..<starts[member + 1]]))
    }
    return order
  }

  /// The values by field, then by row.
  func divided(_ values: [Value]) -> [[Value]] {
    fields.indices.map { Array(values[starts[$0]..<starts[$0 + 1]]) }
  }
}
