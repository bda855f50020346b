extension Value {
  /// -1, 0 or 1 against another value of the same ordered type, or another number; nil where there is no order: values
  /// of different types, a NaN, a list. Texts are ordered by their bytes, entities by their rows.
  public func compared(to other: Value) -> Int? { Self.order(self, other) }
}
