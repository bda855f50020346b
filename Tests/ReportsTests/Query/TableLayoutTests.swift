import Diagnostics
import Testing

@testable import Reports

@Suite struct TableLayoutTests {
  private func sheet(_ headings: [String], _ rows: [[String]], numbers: Set<Int> = []) -> Sheet {
    var sheet = Sheet(headings)
    for index in numbers { sheet.columns[index].isNumber = true }
    for row in rows { sheet.append(row) }
    return sheet
  }

  @Test func `columns are aligned by the width that characters take, numbers at the right`() {
    let table = sheet(["name", "n"], [["島の地図", "5"], ["é", "10"], ["e\u{301}", "7"]], numbers: [1])
    #expect(
      TableLayout(style: .plain).text(table) == """
        name       n
        --------  --
        島の地図   5
        é         10
        e\u{301}          7

        """)
  }

  @Test func `long cells wrap at words, and narrow columns keep their width`() {
    let table = sheet(["id", "text"], [["abc", "the quick brown fox jumps"], ["d", "x"]])
    #expect(
      TableLayout(style: .plain, width: 20).text(table) == """
        id   text
        ---  ---------------
        abc  the quick brown
             fox jumps
        d    x

        """)
    #expect(TableLayout(style: .plain, width: 20, hasHeadings: false).text(table).hasPrefix("abc  the quick brown\n"))
  }

  @Test(arguments: [
    ("a b", 3, ["a b"]), ("ab cd", 4, ["ab", "cd"]), ("ab  cd", 4, ["ab", "cd"]), ("abcdef", 4, ["abcd", "ef"]),
    ("ab-cdef", 5, ["ab-", "cdef"]), ("abcd ef", 4, ["abcd", "ef"]), ("", 4, [""]), ("島島島", 4, ["島島", "島"]),
    ("島", 1, ["島"]), ("a/b:c.d", 4, ["a/b:", "c.d"]), (" abc def", 4, [" abc", "def"]),
  ])
  func `a text is broken at spaces, then behind signs, then anywhere`(text: String, width: Int, lines: [String]) {
    #expect(TableLayout.wrapped(text, width: width) == lines)
  }

  @Test func `no line is wider than the terminal while columns can shrink`() {
    let rows = (0..<20).map { row in (0..<5).map { String(repeating: "word ", count: (row * 7 + $0 * 3) % 11 + 1) } }
    let table = sheet(["a", "b", "c", "d", "e"], rows)
    for width in 50..<120 {
      let text = TableLayout(style: .plain, width: width).text(table)
      #expect(text.split(separator: "\n").allSatisfy { displayWidth(of: $0) <= width })
      let words = text.split { $0 == " " || $0 == "\n" }.count { $0 == "word" }
      #expect(words == rows.joined().reduce(0) { $0 + $1.count / 5 })
    }
  }

  @Test func `undecided rows are marked and the others indented`() {
    var table = sheet(["id"], [["a"], ["b"]])
    table.rows[1].doubts = ["system:b.rto"]
    #expect(TableLayout(style: .plain).text(table) == "  id\n  --\n  a\n? b\n")
  }

  @Test func `a table without rows is nothing`() {
    #expect(TableLayout(style: .plain).text(sheet(["a"], [])) == "")
  }
}
