/// Rows of texts under headings, not yet laid out.
struct Sheet {
  struct Column {
    var heading: String
    /// Numbers stand at the right.
    var isNumber = false
  }

  struct Cell {
    var text: String
    /// Whether the text is a number's: a sign at its beginning is no formula then.
    var isNumber = false
  }

  struct Row {
    var cells: [Cell]
    /// The facts on which it depends whether there is such a row.
    var doubts: [String] = []
  }

  var columns: [Column]
  var rows: [Row] = []

  init(_ headings: [String]) { columns = headings.map { Column(heading: $0) } }

  mutating func append(_ texts: [String]) { rows.append(Row(cells: texts.map { Cell(text: $0) })) }
}
