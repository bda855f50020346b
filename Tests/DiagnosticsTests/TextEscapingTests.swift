import Diagnostics
import Testing

@Suite struct TextEscapingTests {
  @Test(arguments: [
    ("plain é 漢字 😀", "plain é 漢字 😀"),
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
    ("\u{1B}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
    ("a\nerror[fake]: forged", "a\\nerror[fake]: forged"),
    ("a\r\noverwritten", "a\\r\\noverwritten"),
    ("back\u{8}\u{8}space", "back\\u{8}\\u{8}space"),
    ("\u{9B}31m", "\\u{9b}31m"),
    ("invoice\u{202E}fdp.exe", "invoice\\u{202e}fdp.exe"),
    ("\u{2066}x\u{2069}\u{200F}\u{61C}", "\\u{2066}x\\u{2069}\\u{200f}\\u{61c}"),
    ("pay\u{200B}roll", "pay\\u{200b}roll"),
    ("a\u{2028}b\u{85}c", "a\\u{2028}b\\u{85}c"),
    ("\u{E0041}tag", "\\u{e0041}tag"),
    ("\0", "\\u{0}"),
    ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
    ("C:\\n", "C:\\n"),
  ])
  func `hostile names are made harmless and others left`(name: String, expected: String) {
    #expect(escapedForTerminal(name) == expected)
  }

  @Test func `line breaks stay where they are wanted`() {
    #expect(escapedForTerminal("a\nb\r\n\tc", keepingLineBreaks: true) == "a\nb\\r\n\\tc")
  }

  @Test func `no part of a rendered diagnostic is left unescaped`() {
    let hostile = "x\u{1B}[2J\u{202E}"
    let place = SourceRange(SourceText(name: hostile, text: hostile), 0..<3)
    let diagnostic = Diagnostic(
      "id", .error, hostile, at: place, label: hostile, related: [.init(hostile, at: place)], notes: [hostile],
      fixes: [.init(hostile, replacement: .init(range: place, text: hostile + "2"))])
    let text = SnippetRenderer().render(diagnostic)
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test(arguments: [
    ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("é", 1), ("ｆｕｌｌ", 8), ("한글", 4), ("😀", 2), ("\u{FE0F}", 0), ("", 0),
  ])
  func `width is counted as terminals do`(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }
}
