import Diagnostics
import Testing

@Suite struct PositionTableTests {
  /// The position by the definition: line breaks before it, and code points since the last one.
  static func position(at offset: Int, in bytes: [UInt8]) -> SourcePosition {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    var column = 1
    for index in start..<max(start, min(offset, bytes.count)) {
      let isBreak = bytes[index] == 0x0A || bytes[index] == 0x0D && bytes[(index + 1)...].first != 0x0A
      if isBreak { (line, column) = (line + 1, 1) }
      let isCounted = bytes[index] != 0x0D && bytes[index] & 0xC0 != 0x80
      if !isBreak, isCounted { column += 1 }
    }
    return SourcePosition(line: line, column: column)
  }

  @Test(arguments: [
    "", "\n", "ab\ncd", "ab\r\ncd\r\n", "a\rb\r\rc", "\u{FEFF}ab\nc", "\u{FEFF}", "é漢😀\nx\u{85}y", "\r", "\r\n\r",
  ])
  func `every offset of a text has the position that the definition gives`(text: String) {
    for copies in [1, 150] {
      let source = SourceText(name: "a", text: String(repeating: text, count: copies))
      let count = source.bytes.count
      for offset in Array(-2...min(count + 2, 700)) + [count - 1, count, count + 1] {
        #expect(
          source.position(at: offset) == Self.position(at: offset, in: source.bytes),
          "\(text.debugDescription) at \(offset)")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a line as long as the text costs no more than another`() {
    let source = SourceText(name: "a", bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20))
    for offset in stride(from: 0, through: 1 << 20, by: 50) {
      #expect(source.position(at: offset).column == offset + 1)
    }
  }
}
