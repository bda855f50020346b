import Diagnostics

/// The rest of a line that may have been meant as one expression: `require: !self.mfa`, `is: a ? b : c`.
struct UnquotedExpression {
  let range: Range<Int>
  private let bytes: ArraySlice<UInt8>

  /// Nil where the value at an offset's line does not look like one. A value in brackets counts only where they close
  /// before the offset, so that a mistake inside a list is not taken for an expression.
  init?(at offset: Int, _ lines: TextLines) {
    let text = lines.bytes
    let lineEnd = lines.lineEnd(at: offset)
    let start = Self.valueStart(lines, lines.lineStart(at: offset), lineEnd)
    guard let start, start < lineEnd, offset >= start else { return nil }
    var end = lines.trimmed(start..<lineEnd).upperBound
    guard start < end else { return nil }
    let first = text[start]
    let isPlain: Bool
    switch first {
    case UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "#"): return nil
    case UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      isPlain = false
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let close = Self.close(text[start..<end]), close < offset else { return nil }
      // `'it's'` is a text whose quote was not doubled.
      if first == text[close], close + 1 < end, Self.isKeyByte(text[close + 1]) { return nil }
      isPlain = false
    default: isPlain = true
    }
    let marks = (start..<end - 1).filter { text[$0] == UInt8(ascii: ":") && TextLines.isBlank(text[$0 + 1]) }
    let comment = (start + 1..<end).first { text[$0] == UInt8(ascii: "#") && TextLines.isBlank(text[$0 - 1]) }
    if isPlain, marks.isEmpty, comment == nil, text[end - 1] != UInt8(ascii: ":") { return nil }
    if let comment, !isPlain || marks.contains(where: { $0 < comment }) {
      end = lines.trimmed(start..<comment).upperBound
    }
    range = start..<end
    bytes = Array(text[start..<end])[...]
  }

  /// The value in quotes of the kind that needs the least escaping.
  var quoted: String {
    let text = String(decoding: bytes, as: UTF8.self)
    if !bytes.contains(UInt8(ascii: "'")) { return "'\(text)'" }
    if !bytes.contains(UInt8(ascii: "\"")), !bytes.contains(UInt8(ascii: "\\")) { return "\"\(text)\"" }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// Where the value of a line's `key:` or `- ` begins; nil for a line that has neither.
  private static func valueStart(_ lines: TextLines, _ lineStart: Int, _ end: Int) -> Int? {
    let bytes = lines.bytes
    var index = lines.skipBlanks(from: lineStart)
    var isItem = false
    while index + 1 < end, bytes[index] == UInt8(ascii: "-"), TextLines.isBlank(bytes[index + 1]) {
      index = lines.skipBlanks(from: index + 1)
      isItem = true
    }
    var key = index
    while key < end, isKeyByte(bytes[key]) { key += 1 }
    if key > index, key + 1 < end, bytes[key] == UInt8(ascii: ":"), TextLines.isBlank(bytes[key + 1]) {
      return lines.skipBlanks(from: key + 1)
    }
    return isItem ? index : nil
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    TextLines.isNameByte(byte) || byte == UInt8(ascii: ".")
  }

  /// The offset of the quote or bracket that closes the first byte.
  private static func close(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var depth = 0
    var quote: UInt8?
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { index += 1 }
        if byte == open {
          quote = nil
          if depth == 0 { return index }
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          depth -= 1
          if depth == 0 { return index }
        default: break
        }
      }
      index += 1
    }
    return nil
  }
}
