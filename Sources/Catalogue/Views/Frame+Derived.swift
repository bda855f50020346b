internal import CEL

extension Frame {
  /// The value of a derived field's expression at a row, with a budget of its own. An error that `&&`, `||` or a
  /// quantifier absorbed is an error all the same: whoever reads the stored value could not tell.
  mutating func derive(_ expression: CompiledExpression, on row: Int32) -> Value {
    beginTarget()
    let value = call(expression, on: row)
    guard let error = absorbedError else { return value }
    absorbedError = nil
    return .error(error)
  }

  /// The same where another field is being worked out, which reads it.
  mutating func deriveWithin(_ expression: CompiledExpression, on row: Int32) -> Value {
    let (value, absorbed) = callApart(expression, on: row)
    return absorbed.map { .error($0) } ?? value
  }
}
