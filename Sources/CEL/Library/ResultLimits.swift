/// Limits of what one call of a function can make. Beyond them the result is an error, so that no short expression
/// makes a long text or list out of nothing.
extension Function {
  /// Bytes of UTF-8, or of `bytes`: 16 MiB.
  static let textLimit = 1 << 24
  /// Elements of a list that is not made from other lists: cel-go's limit for `lists.range`.
  static let rangeLimit: Int64 = 1_000_000

  static let tooLong = Value.error(.costLimit, "the result has more than \(textLimit) bytes")
}
