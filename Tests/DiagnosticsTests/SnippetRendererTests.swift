import Diagnostics
import Testing

@Suite struct SnippetRendererTests {
  /// The place of a part of a text.
  static func place(of part: String, in text: String, name: String = "a.yaml") throws -> SourceRange {
    let bytes = Array(text.utf8)
    let wanted = Array(part.utf8)
    let start = try #require((0...bytes.count).first { bytes[$0...].starts(with: wanted) })
    return SourceRange(SourceText(name: name, bytes: bytes), start..<start + wanted.count)
  }

  static func body(_ part: String, in text: String, label: String? = nil, width: Int = 120) throws -> [String] {
    let diagnostic = Diagnostic("x", .error, "y", at: try place(of: part, in: text), label: label)
    return SnippetRenderer(width: width).body(of: diagnostic).split(separator: "\n").map(String.init)
  }

  @Test func `a snippet has the shape of the design`() throws {
    let text = "kind: system\nid: warehouse\nname: Warehouse\na: 1\nb: 2\nc: 3\nclassification: official\n"
    let place = try Self.place(of: "official", in: text, name: "catalogue/systems/warehouse.yaml")
    let diagnostic = Diagnostic("x", .error, "y", at: place, label: "this system")
    #expect(
      SnippetRenderer().body(of: diagnostic, details: [("path", "a -> b")])
        == [
          "  --> catalogue/systems/warehouse.yaml:7:17",
          "   |",
          " 7 | classification: official",
          "   |                 ^^^^^^^^ this system",
          "   = path: a -> b",
          "",
        ].joined(separator: "\n"))
  }

  @Test func `a whole diagnostic has its head, related places, notes and fixes`() throws {
    let text = String(repeating: "x: 1\n", count: 9) + "key: 1\nkey: 2\n"
    let source = SourceText(name: "a.yaml", text: text)
    let diagnostic = Diagnostic(
      "duplicate-key", .warning, "the key `key` stands here twice", at: SourceRange(source, 52..<55), label: "again",
      related: [.init("first", at: SourceRange(source, 0..<1))], notes: ["one\ntwo"],
      fixes: [
        .init("remove it"),
        .init("write another", replacement: .init(range: SourceRange(source, 52..<55), text: "name")),
        .init("write `x`", replacement: .init(range: SourceRange(source, 52..<55), text: " x")),
      ])
    #expect(
      SnippetRenderer().render(diagnostic) == """
        warning[duplicate-key]: the key `key` stands here twice
           --> a.yaml:11:1
            |
         11 | key: 2
            | ^^^ again
           ::: a.yaml:1:1
            |
          1 | x: 1
            | - first
            = note: one
              two
            = help: remove it
            = help: write another: name
            = help: write `x`

        """)
  }

  @Test(arguments: [
    ("a: bad", "bad", " 1 | a: bad", "   |    ^^^"),
    ("\ta: bad", "bad", " 1 |     a: bad", "   |        ^^^"),
    ("a:\tbad", "bad", " 1 | a:  bad", "   |     ^^^"),
    ("a: \t", "\t", " 1 | a:  ", "   |    ^"),
    ("漢字: bad", "bad", " 1 | 漢字: bad", "   |       ^^^"),
    ("a: 漢字", "漢字", " 1 | a: 漢字", "   |    ^^^^"),
    ("e\u{301}: bad", "bad", " 1 | e\u{301}: bad", "   |    ^^^"),
    ("é: bad", "bad", " 1 | é: bad", "   |    ^^^"),
    ("😀: bad", "bad", " 1 | 😀: bad", "   |     ^^^"),
    ("a\u{1B}: bad", "bad", " 1 | a\\u{1b}: bad", "   |          ^^^"),
    ("a\u{202E}: bad", "bad", " 1 | a\\u{202e}: bad", "   |            ^^^"),
    ("a: bad\u{7}x", "bad\u{7}", " 1 | a: bad\\u{7}x", "   |    ^^^^^^^^"),
    ("x\na: one\n  two\n", "one\n  two", " 2 | a: one", "   |    ^^^"),
    ("a: b\r\nc: d\r\n", "d", " 2 | c: d", "   |    ^"),
    ("a: b\r\nc: d\r\n", "\nc", " 1 | a: b", "   |     ^"),
    ("\u{FEFF}a: bad", "bad", " 1 | a: bad", "   |    ^^^"),
  ])
  func `carets stand below what they mean`(text: String, part: String, line: String, carets: String) throws {
    #expect(Array(try Self.body(part, in: text).suffix(2)) == [line, carets])
  }

  @Test func `an empty range and the end of the text have one caret`() throws {
    let source = SourceText(name: "a", text: "a: b\n")
    for (offset, line, carets) in [(3, " 1 | a: b", "   |    ^"), (5, " 2 |", "   | ^"), (99, " 2 |", "   | ^")] {
      let text = SnippetRenderer().body(of: Diagnostic("x", .error, "y", at: SourceRange(source, offset..<offset)))
      #expect(text.split(separator: "\n").suffix(2).map(String.init) == [line, carets])
    }
  }

  @Test(arguments: [0, 10, 60, 119, 500, 900, 1_900, 1_997])
  func `a long line is cut around its range`(offset: Int) throws {
    let text = String(repeating: "0123456789", count: 200)
    let bytes = Array(text.utf8)
    let range = SourceRange(SourceText(name: "a", bytes: bytes), offset..<offset + 3)
    let lines = SnippetRenderer().body(of: Diagnostic("x", .error, "y", at: range)).split(separator: "\n").map(
      Array.init)
    #expect(lines[2].count <= 120)
    let marked = lines[3].indices.filter { lines[3][$0] == "^" }
    #expect(String(marked.map { lines[2][$0] }) == String(decoding: bytes[offset..<offset + 3], as: UTF8.self))
    #expect(lines[2].contains("…"))
  }

  @Test func `a line of megabytes costs no more than another`() {
    let source = SourceText(name: "a", bytes: [UInt8](repeating: 0x61, count: 4_000_000))
    let diagnostic = Diagnostic("x", .error, "y", at: SourceRange(source, 2_000_000..<3_000_000))
    #expect(SnippetRenderer().body(of: diagnostic).utf8.count < 1_000)
  }

  @Test func `bytes that are not UTF-8 are shown repaired`() {
    let source = SourceText(name: "a", bytes: [0x61, 0xFF, 0x62])
    let text = SnippetRenderer().body(of: Diagnostic("x", .error, "y", at: SourceRange(source, 1..<2)))
    #expect(text.split(separator: "\n").suffix(2) == [" 1 | a\u{FFFD}b", "   |  ^"])
  }

  @Test func `a diagnostic without a place has its notes only`() {
    let diagnostic = Diagnostic("x", .note, "y", at: nil, notes: ["z"])
    #expect(SnippetRenderer().render(diagnostic) == "note[x]: y\n   = note: z\n")
    #expect(SnippetRenderer().body(of: Diagnostic("x", .note, "y", at: nil)).isEmpty)
  }

  @Test func `colour surrounds the same text`() throws {
    let diagnostic = Diagnostic("x", .error, "y", at: try Self.place(of: "b", in: "a: b"), label: "here", notes: ["n"])
    let coloured = SnippetRenderer(style: .ansi).render(diagnostic)
    var plain = ""
    var isEscape = false
    for character in coloured.unicodeScalars {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { plain.unicodeScalars.append(character) }
      if character == "m" { isEscape = false }
    }
    #expect(coloured.contains("\u{1B}[1;31m"))
    #expect(plain == SnippetRenderer().render(diagnostic))
  }
}
