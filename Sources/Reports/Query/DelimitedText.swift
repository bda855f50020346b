internal import Diagnostics

/// A sheet for programs that read one row a line.
enum DelimitedText {
  /// RFC 4180: lines end with a carriage return and a line feed, quotes are doubled. A text that a spreadsheet would
  /// take for a formula has an apostrophe before it.
  static func csv(_ sheet: Sheet, hasHeadings: Bool) -> String {
    lines(sheet, hasHeadings).map { cells in
      let line = cells.map(csvField).joined(separator: ",")
      // An empty line would be no row to most readers.
      return (line.isEmpty ? "\"\"" : line) + "\r\n"
    }.joined()
  }

  /// A tab between values; tabs and line breaks inside them are written `\t` and `\n`.
  static func tsv(_ sheet: Sheet, hasHeadings: Bool) -> String {
    lines(sheet, hasHeadings).map { $0.map { escapedForTerminal($0.text) }.joined(separator: "\t") + "\n" }.joined()
  }

  /// Where a row is undecided, the facts on which it depends are the last column.
  private static func lines(_ sheet: Sheet, _ hasHeadings: Bool) -> [[Sheet.Cell]] {
    let hasDoubts = sheet.rows.contains { !$0.doubts.isEmpty }
    var headings = sheet.columns.map(\.heading)
    if hasDoubts { headings.append(headings.contains("undecided") ? "undecided (facts)" : "undecided") }
    let rows = sheet.rows.map { row in
      row.cells + (hasDoubts ? [Sheet.Cell(text: row.doubts.joined(separator: "; "))] : [])
    }
    return (hasHeadings ? [headings.map { Sheet.Cell(text: $0) }] : []) + rows
  }

  static func csvField(_ cell: Sheet.Cell) -> String {
    var text = escapedForTerminal(cell.text, keepingLineBreaks: true)
    // White space before a formula does not make it a text.
    let first = text.unicodeScalars.first { $0 != " " && $0 != "\n" }
    if !cell.isNumber, let first, isFormulaSign(first) { text = "'" + text }
    let needsQuotes = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  /// What spreadsheets begin a formula with, in its wide form too.
  private static func isFormulaSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠": true
    default: false
    }
  }
}
