/// What some rows have otherwise than everybody says. Nearly all that is asked is of others: of these a bit tells that
/// they are not here, at the cost of a multiplication.
public struct ChangedRows<Value: Sendable>: Sendable {
  public let all: [Int32: Value]
  @usableFromInline let filter: RowFilter

  public init(_ all: [Int32: Value]) {
    self.all = all
    filter = RowFilter(all.keys)
  }

  @inlinable public subscript(row: Int32) -> Value? { filter.mayContain(row) ? all[row] : nil }
}

/// False for most rows that are not among some: eight bits for each that is.
@usableFromInline struct RowFilter: Sendable {
  @usableFromInline let words: [UInt64]
  @usableFromInline let shift: UInt64

  init(_ rows: some Collection<Int32>) {
    var exponent: UInt64 = 6
    while 1 << exponent < rows.count * 8 { exponent += 1 }
    var words = [UInt64](repeating: 0, count: 1 << (exponent - 6))
    let shift = 64 - exponent
    for row in rows {
      let bit = Self.bit(row, shift)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
    }
    (self.words, self.shift) = (words, shift)
  }

  @inlinable func mayContain(_ row: Int32) -> Bool {
    let bit = Self.bit(row, shift)
    return words[bit >> 6] & 1 << UInt64(bit & 63) != 0
  }

  @inlinable static func bit(_ row: Int32, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (UInt64(UInt32(bitPattern: row)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
