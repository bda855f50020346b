import Diagnostics
import Testing

@Suite struct PositionTableTests {
  @Test(arguments: [
    "", "\n", "ab\ncd", "ab\r\ncd\r\n", "a\rb\r\rc", "\u{FEFF}ab\nc", "\u{FEFF}", "é漢😀\nx\u{85}y", "\r", "\r\n\r",
  ])
  func `a table says the same as the text itself`(text: String) {
    for copies in [1, 300] {
      let source = SourceText(name: "a", text: String(repeating: text, count: copies))
      let table = PositionTable(source)
      let count = source.bytes.count
      for offset in Array(-2...min(count + 2, 1_200)) + [count - 1, count, count + 1] {
        #expect(table.position(at: offset) == source.position(at: offset), "\(text.debugDescription) at \(offset)")
      }
    }
  }

  @Test func `a line as long as the text costs no more than another`() {
    let source = SourceText(name: "a", bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20))
    let table = PositionTable(source)
    for offset in stride(from: 0, through: 1 << 20, by: 50) {
      #expect(table.position(at: offset).column == offset + 1)
    }
  }
}
