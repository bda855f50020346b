extension Frame {
  /// Evaluates another expression with variables of its own, such as a derived field's: slot 0 is its `self`.
  /// The caller's variables are untouched.
  public mutating func call(_ expression: CompiledExpression, on row: Int32) -> Value {
    var other = spareSlots.popLast() ?? []
    if other.count < max(1, expression.slotCount) {
      other.append(contentsOf: repeatElement(.pending, count: max(1, expression.slotCount) - other.count))
    }
    swap(&slots, &other)
    depth += 1
    slots[0] = .entity(row)
    let value = expression.code(&self)
    depth -= 1
    swap(&slots, &other)
    spareSlots.append(other)
    return value
  }

  mutating func takeMarks() -> RowMarks {
    var marks = spareMarks.popLast() ?? RowMarks()
    marks.begin(rowCount: graph.rowCount)
    return marks
  }

  mutating func giveBack(_ marks: RowMarks) { spareMarks.append(marks) }
}

extension Graph {
  /// All rows of some kinds that the graph holds, in the order of rows.
  func every(_ kinds: [Int]) -> Value {
    if kinds.count == 1 { return .related(members.slice(ofKind: kinds[0])) }
    return .entities(kinds.flatMap { members.rows(ofKind: $0) })
  }
}

extension Frame {
  /// The value of a field of an entity, as an expression would read it.
  public mutating func read(_ field: FieldDeclaration, of row: Int32) -> Value {
    Compiler.reader(field)(&self, row)
  }
}
