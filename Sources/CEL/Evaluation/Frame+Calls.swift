extension Frame {
  /// Evaluates another expression with variables of its own, such as a derived field's: slot 0 is its `self`.
  /// The caller's variables are untouched.
  public mutating func call(_ expression: CompiledExpression, on row: Int32) -> Value {
    var other = spareSlots.popLast() ?? []
    while other.count < max(1, expression.slotCount) { other.append(.pending) }
    swap(&slots, &other)
    depth += 1
    slots[0] = .entity(row)
    let value = expression.code(&self)
    depth -= 1
    swap(&slots, &other)
    spareSlots.append(other)
    return value
  }

  /// The same with a budget of its own in the middle of something else, whose cost and errors stay what they are.
  ///
  /// - Returns: the value, and the first error that it absorbed.
  public mutating func callApart(
    _ expression: CompiledExpression, on row: Int32
  ) -> (value: Value, absorbed: EvaluationError?) {
    let result = apart { $0.call(expression, on: row) }
    return (result.value, result.absorbed)
  }

  /// The value of a computed field of the graph.
  public mutating func computed(_ slot: Int, of row: Int32) -> Value {
    // The graph may be another one while this is worked out: it is not held on to here, but by whoever changes it.
    let field = graph.uncountedComputed(slot)
    return field._withUnsafeGuaranteedRef { $0(&self, row) }
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
