import Diagnostics
import Testing
import YAMLTree

@testable import Catalogue

/// What is written reads as what was meant, in blocks and in brackets.
@Suite struct YAMLWriterTests {
  static let texts = [
    "", " ", "a", "a b", " a", "a ", "a: b", "a:b", "a:", ":a", "a #b", "a#b", "#a", "- a", "-a", "-", "?", "? a", "!a",
    "&a", "*a",
    "@a", "`a", "%a", "|", ">", "'", "''a", "it's", "\"a\"", "{a", "a, b", "[", "]", "}", "null", "Null", "~",
    "unknown", "UNKNOWN", "true",
    "yes", "No", "1", "01", "1e3", "0x1", "2026-01-01", "12:30", "<<", "=", "---", "...", "--- a", "a\nb", "\n", "a\n",
    "\ta", "a\tb",
    "a\r\nb", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}a", "é", "e\u{301}", "\u{301}", "日本", "🙂", "\u{200F}",
    "(a)", "/a", "a\\b",
    "a\"b", String(repeating: "word ", count: 60) + "end", String(repeating: "x", count: 300),
    String(repeating: "a  b ", count: 60) + "c", String(repeating: "# - a: ", count: 40) + "c",
  ]

  @Test(arguments: texts) func `A text`(_ text: String) throws {
    let tree = PlainTree.text(text)
    let record = PlainTree.mapping([
      .init(key: Array("key".utf8), value: tree), .init(key: Array(text.utf8), value: .sequence([tree, tree])),
    ])
    let writer = YAMLWriter()
    var written = ["[\(writer.flow(tree))]": PlainTree.sequence([tree])]
    written["a:\(writer.afterColon(tree, indentation: 0, column: 2))"] = .mapping([.init(key: [0x61], value: tree)])
    if !text.isEmpty, text != "key" {
      written["a:\(writer.afterColon(record, indentation: 0, column: 2))\nb: c"] = .mapping([
        .init(key: [0x61], value: record), .init(key: [0x62], value: .text("c")),
      ])
      written[writer.flow(record)] = record
    }
    for (yaml, meant) in written {
      let file = YAMLFile.parse(SourceText(name: "a", text: yaml))
      // A key of more than 1024 characters or of a merge is no key; nothing else may be wrong.
      let isOddKey = ["<<", "\n"].contains { text.contains($0) } || text.utf8.count > 100
      if isOddKey, !file.diagnostics.isEmpty { continue }
      #expect(file.diagnostics.map(\.summary) == [], "\(yaml)")
      #expect(file.documents.count == 1)
      #expect(file.documents.first.flatMap { PlainTree($0.root) } == meant, "\(yaml)")
    }
  }

  @Test func `A gap is plain, and a text that reads like one is not`() {
    #expect(YAMLWriter().flow(.sequence([.text("unknown", isGap: true), .text("unknown")])) == "[unknown, 'unknown']")
  }
}
