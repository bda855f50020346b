public import Diagnostics

extension YAMLNode {
  /// The byte offset in the file of a byte of a scalar's value; of the value's end, the end of its last byte.
  ///
  /// The source is scanned again, so that escapes, folding, indentation and `\r\n` are honoured: linear in the scalar's
  /// length, meant for diagnostics. An offset outside the value is clamped. For a collection: its start.
  public func sourceOffset(ofValueOffset offset: Int) -> Int {
    guard isScalar else { return utf8Range.lowerBound }
    let record = record
    let count = Int(record.count)
    let offset = min(max(offset, 0), count)
    if !record.flags.contains(.inArena) { return Int(record.first) + offset }
    let spans = ScalarSpans(of: self).spans
    if offset < spans.count { return spans[offset].lowerBound }
    return spans.last?.upperBound ?? utf8Range.lowerBound
  }

  /// The bytes in the file that a range of a scalar's value was read from: from its first byte to the end of its last.
  public func sourceRange(ofValueRange range: Range<Int>) -> SourceRange {
    guard isScalar else { return self.range }
    let record = record
    let range = range.clamped(to: 0..<Int(record.count))
    if !record.flags.contains(.inArena) {
      let start = Int(record.first)
      return SourceRange(source, start + range.lowerBound..<start + range.upperBound)
    }
    if range.isEmpty {
      let offset = sourceOffset(ofValueOffset: range.lowerBound)
      return SourceRange(source, offset..<offset)
    }
    let spans = ScalarSpans(of: self).spans
    guard range.upperBound <= spans.count else { return self.range }
    return SourceRange(source, spans[range.lowerBound].lowerBound..<spans[range.upperBound - 1].upperBound)
  }

  /// The comment that follows a one-line scalar on its line, from its `#`: what an expression written without quotes
  /// loses. Nil for block scalars and collections.
  public var trailingComment: Range<Int>? {
    guard isScalar, style != .literal, style != .folded else { return nil }
    let bytes = source.bytes
    var index = utf8Range.upperBound
    let end = index
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    guard index < bytes.count, index > end, bytes[index] == UInt8(ascii: "#") else { return nil }
    let line = source.lineRange(at: index)
    return index..<line.upperBound
  }
}
