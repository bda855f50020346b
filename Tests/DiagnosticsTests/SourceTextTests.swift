import Diagnostics
import Testing

@Suite struct SourceTextTests {
  @Test(arguments: [
    ("ab\ncd", 0, 1, 1), ("ab\ncd", 2, 1, 3), ("ab\ncd", 3, 2, 1), ("ab\ncd", 5, 2, 3), ("ab\ncd", 99, 2, 3),
    ("ab\ncd", -1, 1, 1),
    ("ab\r\ncd", 4, 2, 1), ("ab\rcd", 3, 2, 1), ("é漢😀x", 9, 1, 4), ("\u{FEFF}ab", 3, 1, 1), ("\u{FEFF}ab", 4, 1, 2),
    ("", 0, 1, 1),
    ("a\n\nb", 3, 3, 1), ("ab\r\ncd", 3, 1, 3),
  ])
  func `a byte offset has a line and a column in code points`(text: String, offset: Int, line: Int, column: Int) {
    #expect(SourceText(name: "a", text: text).position(at: offset) == SourcePosition(line: line, column: column))
  }

  @Test(arguments: [
    ("ab\ncd\n", 1, "ab"), ("ab\ncd\n", 2, "ab"), ("ab\ncd\n", 3, "cd"), ("ab\r\ncd", 4, "cd"), ("ab\ncd\n", 6, ""),
    ("\u{FEFF}ab", 4, "ab"),
  ])
  func `the line of an offset is found`(text: String, offset: Int, expected: String) {
    let source = SourceText(name: "a", text: text)
    #expect(source.text(in: source.lineRange(at: offset)) == expected)
  }

  @Test func `ranges of two texts are different even where the bytes are not`() {
    let one = SourceText(name: "a", text: "x")
    #expect(SourceRange(one, 0..<1) == SourceRange(one, 0..<1))
    #expect(SourceRange(one, 0..<1) != SourceRange(SourceText(name: "a", text: "x"), 0..<1))
    #expect(SourceRange(one, 0..<1).described == "a:1:1")
  }

  @Test func `diagnostics are sorted by file, place, id and summary, repetitions dropped`() {
    let a = SourceText(name: "a", text: "xy")
    let b = SourceText(name: "b", text: "xy")
    let sorted = [
      Diagnostic("z", .error, "s", at: nil), Diagnostic("b", .error, "s", at: SourceRange(a, 0..<1)),
      Diagnostic("b", .error, "t", at: SourceRange(a, 0..<1)), Diagnostic("a", .error, "s", at: SourceRange(a, 1..<2)),
      Diagnostic("a", .error, "s", at: SourceRange(b, 0..<1)),
    ]
    #expect((sorted.reversed() + sorted).sortedForPrinting() == sorted)
  }

  @Test func `a text at a revision has a path without it, whatever colons there are`() {
    let text = SourceText(path: "rules/a:b.yaml", at: "docs:old", bytes: [])
    #expect(text.name == "docs:old:rules/a:b.yaml" && text.path == "rules/a:b.yaml" && text.isAtRevision)
    let file = SourceText(name: "rules/a:b.yaml", text: "")
    #expect(file.path == "rules/a:b.yaml" && !file.isAtRevision)
  }
}
