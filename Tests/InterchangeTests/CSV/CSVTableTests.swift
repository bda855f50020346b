import Diagnostics
import Testing

@testable import Interchange

@Suite struct CSVTableTests {
  static func table(_ text: String, separator: Character = ",", _ limits: CSVTable.Limits = .init()) -> CSVTable {
    CSVTable(SourceText(name: "t.csv", text: text), separator: separator.asciiValue ?? 0x2C, limits: limits)
  }

  static func cells(_ table: CSVTable) -> [[String]] {
    table.rows.map { row in table.header.indices.map { table.text(table.cell($0, of: row)) } }
  }

  struct Case: CustomTestStringConvertible {
    var title: String
    var text: String
    var cells: [[String]]
    var separator: Character = ","
    var testDescription: String { title }
  }

  @Test(arguments: [
    Case(title: "plain", text: "a,b\n1,2\n", cells: [["1", "2"]]),
    Case(title: "no last line break", text: "a,b\n1,2", cells: [["1", "2"]]),
    Case(title: "CRLF", text: "a,b\r\n1,2\r\n3,4\r\n", cells: [["1", "2"], ["3", "4"]]),
    Case(title: "CR alone", text: "a,b\r1,2\r", cells: [["1", "2"]]),
    Case(title: "a byte-order mark", text: "\u{FEFF}a,b\n1,2", cells: [["1", "2"]]),
    Case(title: "a mark and quotes", text: "\u{FEFF}\"a\",b\n1,2", cells: [["1", "2"]]),
    Case(title: "quotes", text: "a,b\n\"1,\"\"x\"\"\",\"\"\n", cells: [["1,\"x\"", ""]]),
    Case(title: "line breaks in quotes", text: "a,b\n\"1\r\n2\",\"3\n\"\n", cells: [["1\r\n2", "3\n"]]),
    Case(title: "semicolons", text: "a;b\n1,5;2\n", cells: [["1,5", "2"]], separator: ";"),
    Case(title: "tabs", text: "a\tb\n1\t\"2\t3\"\n", cells: [["1", "2\t3"]], separator: "\t"),
    Case(title: "spaces stay", text: "a,b\n 1 , 2\n", cells: [[" 1 ", " 2"]]),
    Case(title: "empty cells at the end", text: "a,b\n1,\n,2\n", cells: [["1", ""], ["", "2"]]),
    Case(title: "an empty cell that ends the text", text: "a,b\n1,", cells: [["1", ""]]),
    Case(title: "rows without content", text: "a,b\n\n,\n1,2\n \t,\"\"\n\"\",\n", cells: [["1", "2"]]),
    Case(title: "letters beyond ASCII", text: "naïve,b\n🜁,e\u{301}\n", cells: [["🜁", "e\u{301}"]]),
  ])
  func `what RFC 4180 allows is read`(example: Case) {
    let table = Self.table(example.text, separator: example.separator)
    #expect(table.problems == [])
    #expect(Self.cells(table).map { $0.map { Array($0.utf8) } } == example.cells.map { $0.map { Array($0.utf8) } })
  }

  @Test func `rows are numbered as a sheet numbers them`() {
    let table = Self.table("a,b\n\n1,2\n\"x\ny\",3\nshort\n4,5\n")
    #expect(table.rows.map(\.number) == [3, 4, 6])
    #expect(table.emptyRowCount == 1)
    #expect(table.badRowCount == 1)
    #expect(table.problems.map(\.summary) == ["row 5: there is 1 cell, and 2 columns"])
    #expect(table.problems[0].range?.text == "short")
  }

  @Test(arguments: [
    ("a,b\n1,2,3\n4,5\n", "row 2: there are 3 cells, and 2 columns", 1),
    ("a,b\n1\"2,3\n4,5\n", "row 2: there is a quote inside a cell without quotes", 1),
    ("a,b\n\"1\"2,3\n4,5\n", "row 2: something follows the quote that closes a cell", 1),
    ("a,b\n1,\"2\n4,5\n", "row 2: the quote that opens this cell is closed nowhere", 0),
    ("a,b\n1,\"", "row 2: the quote that opens this cell is closed nowhere", 0),
  ])
  func `a row that does not fit is told, and the others are read`(text: String, summary: String, rows: Int) {
    let table = Self.table(text)
    #expect(table.problems.count == 1)
    #expect(table.problems.first?.summary.hasPrefix(summary) == true)
    #expect(table.rows.count == rows)
    #expect(table.badRowCount == 1)
  }

  static let latin = SourceText(name: "l.csv", bytes: Array("a,b\nx,caf".utf8) + [0xE9] + Array("\n".utf8))

  @Test func `what is no UTF-8 text is refused with what to do`() {
    let cases: [([UInt8], String)] = [
      (Self.latin.bytes, "t.csv is not UTF-8: line 2 has a byte that is not; it may be Latin-1 or Windows-1252"),
      ([0xFF, 0xFE, 0x61, 0], "t.csv is UTF-16; a table is UTF-8"),
      ([0x50, 0x4B, 0x03, 0x04, 0, 0], "t.csv is a spreadsheet's own file, not CSV"),
      (Array("a,b\n1,\0\n".utf8), "t.csv is no text: there is a NUL in it"),
      ([], "there is no row of names: a table begins with the names of its columns"),
      ([0xEF, 0xBB, 0xBF], "there is no row of names: a table begins with the names of its columns"),
      (Array("\na,b\n".utf8), "the first row is empty; it has the names of the columns"),
      (
        Array("a,\"b\n1,2\n".utf8),
        "row 1: the quote that opens this cell is closed nowhere; all that follows is taken for its content"
      ),
      (
        Array("a,b\n".utf8) + [0xED, 0xA0, 0x80],
        "t.csv is not UTF-8: line 2 has a byte that is not; it may be Latin-1 or Windows-1252"
      ),
    ]
    for (bytes, summary) in cases {
      let table = CSVTable(SourceText(name: "t.csv", bytes: bytes))
      #expect(table.problems.map(\.summary) == [summary])
      #expect(table.header.isEmpty)
      #expect(table.rows.isEmpty)
    }
  }

  @Test func `what is too large is refused`() {
    var limits = CSVTable.Limits()
    limits.bytes = 5
    #expect(Self.table("a,b\n1,2\n", limits).problems.map(\.summary) == ["t.csv has 8 bytes, and a table at most 5"])
    limits = .init()
    limits.columns = 2
    #expect(Self.table("a,b,c\n", limits).problems.map(\.summary) == ["a row has more than 2 cells"])
    limits = .init()
    limits.cells = 3
    let table = Self.table("a,b\n1,2\n3,4\n", limits)
    #expect(table.problems.map(\.summary) == ["there are more than 3 cells"])
    #expect(table.rows.isEmpty)
    limits = .init()
    limits.problems = 2
    let ragged = Self.table("a,b\n1\n2\n3\n4\n", limits)
    #expect(ragged.problems.count == 2)
    #expect(ragged.badRowCount == 4)
  }

  @Test func `what is written as CSV is read again`() {
    var random = SeededGenerator(state: 7)
    let pieces = ["a", "\"", ",", "\n", "\r", ";", " ", "é", "=1", "\t", ""]
    for _ in 0..<2_000 {
      let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (0..<3).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
      }
      let text = ([["a", "b", "c"]] + rows).map { row in
        row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
      let table = Self.table(text)
      #expect(table.problems == [])
      let kept = rows.filter { !$0.allSatisfy { $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } } }
      #expect(Self.cells(table).map { $0.map { Array($0.utf8) } } == kept.map { $0.map { Array($0.utf8) } })
    }
  }
}

/// The same numbers each time.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
