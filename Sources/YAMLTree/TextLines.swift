/// Questions about the lines of a file's bytes.
struct TextLines {
  let bytes: UnsafeBufferPointer<UInt8>

  static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// A letter, a digit, `_` or `-`: what an anchor's name is made of.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Bytes of what libyaml takes for a line break at an offset, U+0085, U+2028 and U+2029 included; 0 for none.
  func breakLength(at offset: Int) -> Int {
    switch bytes[offset] {
    case 0x0A: 1
    case 0x0D: offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
    case 0xC2: offset + 1 < bytes.count && bytes[offset + 1] == 0x85 ? 2 : 0
    case 0xE2: offset + 2 < bytes.count && bytes[offset + 1] == 0x80 && bytes[offset + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 0
    }
  }

  func lineStart(at offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, !Self.isBreak(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// The end of a line without its break.
  func lineEnd(at offset: Int) -> Int {
    var end = min(offset, bytes.count)
    while end < bytes.count, !Self.isBreak(bytes[end]) { end += 1 }
    return end
  }

  /// The beginning of the next line; the end of the bytes where there is none.
  func nextLine(after offset: Int) -> Int {
    var end = lineEnd(at: offset)
    if end < bytes.count, bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A { end += 1 }
    return min(end + 1, bytes.count)
  }

  func skipBlanks(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    return index
  }

  /// Whether a line that begins here is `---`, alone or before a space: where a document begins, inside quotes and
  /// block scalars too.
  func isDocumentMarker(at offset: Int) -> Bool {
    guard offset + 3 <= bytes.count else { return false }
    for index in offset..<offset + 3 where bytes[index] != UInt8(ascii: "-") { return false }
    return offset + 3 == bytes.count || Self.isBlank(bytes[offset + 3]) || Self.isBreak(bytes[offset + 3])
  }

  /// The first document marker at or behind an offset.
  func documentMarker(from offset: Int) -> Int? {
    var line = offset == lineStart(at: offset) ? offset : nextLine(after: offset)
    while line < bytes.count {
      if isDocumentMarker(at: line) { return line }
      line = nextLine(after: line)
    }
    return nil
  }

  /// The last document marker at or before an offset, not before `limit`.
  func documentMarker(before offset: Int, limit: Int) -> Int? {
    var line = lineStart(at: offset)
    while line >= limit {
      if isDocumentMarker(at: line) { return line }
      if line == 0 { return nil }
      line = lineStart(at: line - 1)
    }
    return nil
  }

  /// A range without the blanks and line breaks at its end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, Self.isBlank(bytes[end - 1]) || Self.isBreak(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }
}
