import Testing

@testable import Reports

@Suite struct DelimitedTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), (" =1+1", "' =1+1"),
    ("\n=1", "\"'\n=1\""), ("\t=1", "\\t=1"), ("＝1", "'＝1"), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""), ("a=b", "a=b"),
    ("\u{1B}[31m", "\\u{1b}[31m"), ("a\u{202E}b", "a\\u{202e}b"), ("a\rb", "a\\rb"), ("\u{0}", "\\u{0}"), ("", ""),
  ])
  func `a field is quoted, made harmless, and cannot move the cursor`(text: String, field: String) {
    #expect(DelimitedText.csvField(Sheet.Cell(text: text)) == field)
  }

  @Test func `a number keeps its sign`() {
    #expect(DelimitedText.csvField(Sheet.Cell(text: "-5", isNumber: true)) == "-5")
    #expect(DelimitedText.csvField(Sheet.Cell(text: "-5")) == "'-5")
  }

  @Test func `undecided rows have a column more, and headings can be left out`() {
    var sheet = Sheet(["id", "=x"])
    sheet.append(["a", "1\t2"])
    sheet.append(["b", "3"])
    #expect(DelimitedText.csv(sheet, hasHeadings: true) == "id,'=x\r\na,1\\t2\r\nb,3\r\n")
    #expect(DelimitedText.tsv(sheet, hasHeadings: false) == "a\t1\\t2\nb\t3\n")
    sheet.rows[1].doubts = ["system:b.rto", "system:b.rpo"]
    #expect(
      DelimitedText.tsv(sheet, hasHeadings: true)
        == "id\t=x\tundecided\na\t1\\t2\t\nb\t3\tsystem:b.rto; system:b.rpo\n")
  }

  @Test func `an empty row is a row, and a column of one's own name keeps it`() {
    var single = Sheet(["undecided"])
    single.append([""])
    single.append(["x"])
    #expect(DelimitedText.csv(single, hasHeadings: true) == "undecided\r\n\"\"\r\nx\r\n")
    single.rows[1].doubts = ["system:b.rto"]
    #expect(DelimitedText.csv(single, hasHeadings: true) == "undecided,undecided (facts)\r\n,\r\nx,system:b.rto\r\n")
  }
}
