internal import CEL

/// One recursive derived field of one kind: its expression and its rows.
struct RecursiveField {
  let field: Field
  let expression: CompiledExpression
  let rows: Range<Int32>

  init(_ field: Field, _ expression: CompiledExpression, _ graph: Graph) {
    self.field = field
    self.expression = expression
    rows = graph.kindRanges[field.kind]
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
    return (member, fields[member].rows.lowerBound + Int32(cell - starts[member]))
  }

  /// The values by field, then by row.
  func divided(_ values: [Value]) -> [[Value]] {
    fields.indices.map { Array(values[starts[$0]..<starts[$0 + 1]]) }
  }
}
