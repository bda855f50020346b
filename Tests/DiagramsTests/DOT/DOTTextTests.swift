import Testing

@testable import Diagrams

@Suite struct DOTTextTests {
  @Test(
    "text becomes a quoted string that Graphviz reads as that text",
    arguments: [
      ("plain", #""plain""#), (#"a"b"#, #""a\"b""#), (#"\N"#, #""&#92;N""#), (#"end\"#, #""end&#92;""#),
      ("a & b &lt;", #""a &amp; b &amp;lt;""#), ("<b>", #""<b>""#), ("a\nb\tc", #""a b c""#),
      ("x\u{202E}y", "\"x\u{FFFD}y\""), ("\u{0}\u{1B}[31m", "\"\u{FFFD}\u{FFFD}[31m\""),
      ("שלום 日本 👩‍👩‍👧", "\"שלום 日本 👩‍👩‍👧\""), ("\u{FFFE}\u{1FFFF}", "\"\u{FFFD}\u{FFFD}\""),
    ])
  func quotes(text: String, expected: String) {
    #expect(DOTText.quoted([text]) == expected)
  }

  @Test(
    "text becomes markup that Graphviz reads as that text",
    arguments: [
      (#"<b>"x" & 'y'</b>"#, "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;"), (#"\N\G"#, #"\\N\\G"#),
      ("]]>", "]]&gt;"), ("a\r\nb", "a  b"), ("\u{2066}x\u{2069}", "\u{FFFD}x\u{FFFD}"),
    ])
  func marksUp(text: String, expected: String) {
    #expect(DOTText.markup(text) == expected)
  }

  @Test("a long text ends in an ellipsis")
  func limits() {
    let text = DOTText.quoted([String(repeating: "x", count: 10_000)])
    #expect(text.unicodeScalars.count == DOTText.limit + 3)
    #expect(text.hasSuffix("…\""))
  }

  @Test(
    "names wrap at spaces, and inside words that are longer than a line",
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("", 5, ["\u{FFFD}"]),
      ("日本語日本語", 4, ["日本", "語日", "本語"]), ("a b c d e f g h i j", 1, ["a", "b", "c", "d…"]),
    ])
  func wraps(text: String, width: Int, expected: [String]) {
    #expect(DOTText.wrapped(text, width: width) == expected)
  }

  @Test("names come from what they stand for, and differ even where hashes meet")
  func names() {
    var names = DOTNames()
    let first = names.name(for: "system:a")
    #expect(names.name(for: "system:a") != first)
    var others = DOTNames()
    _ = others.name(for: "system:b")
    #expect(others.name(for: "system:a") == first)
    #expect(first.text.utf8.count == 9)
  }
}
