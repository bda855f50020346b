/// Graphviz's HTML-like labels as a tree, so that text can enter only as text.
indirect enum DOTMarkup {
  case text(String)
  case lines([String])
  case bold([DOTMarkup])
  case font(points: Int, colour: Colour, [DOTMarkup])
  case table(Table)

  struct Table {
    var border = 0
    var cellBorder = 0
    var spacing = 0
    var padding = 3
    var colour = Colour.line
    var fill: Colour?
    var style: Style?
    var rows: [[Cell]]
    /// Rows with a line above them.
    var ruled: Set<Int> = []

    enum Style: String { case dashed, dotted, rounded }
  }

  struct Cell {
    var content: [DOTMarkup]
    var fill: Colour?
    /// In points.
    var minimumWidth: Int?
    var link: DiagramLink?

    init(_ content: DOTMarkup...) { self.content = content }
  }

  var text: String {
    switch self {
    case .text(let text): return DOTText.markup(text)
    case .lines(let lines): return lines.map { DOTText.markup($0) }.joined(separator: "<BR/>")
    case .bold(let content): return "<B>\(Self.text(content))</B>"
    case .font(let points, let colour, let content):
      return "<FONT POINT-SIZE=\"\(points)\" COLOR=\"\(colour.hex)\">\(Self.text(content))</FONT>"
    case .table(let table): return table.text
    }
  }

  private static func text(_ content: [DOTMarkup]) -> String { content.map(\.text).joined() }
}

extension DOTMarkup.Table {
  fileprivate var text: String {
    var result =
      "<TABLE BORDER=\"\(border)\" CELLBORDER=\"\(cellBorder)\" CELLSPACING=\"\(spacing)\" CELLPADDING=\"\(padding)\" COLOR=\"\(colour.hex)\""
    if let fill { result += " BGCOLOR=\"\(fill.hex)\"" }
    if let style { result += " STYLE=\"\(style.rawValue)\"" }
    result += ">"
    for (index, row) in rows.enumerated() {
      if ruled.contains(index) { result += "<HR/>" }
      result += "<TR>\(row.map(\.text).joined())</TR>"
    }
    return result + "</TABLE>"
  }
}

extension DOTMarkup.Cell {
  fileprivate var text: String {
    var result = "<TD ALIGN=\"LEFT\" BALIGN=\"LEFT\""
    if let minimumWidth { result += " WIDTH=\"\(minimumWidth)\"" }
    if let fill { result += " BGCOLOR=\"\(fill.hex)\"" }
    // Graphviz writes a cell's address as it reads it: what an SVG is to hold as `&amp;` is to be so behind its reading.
    if let link {
      result += " HREF=\"\(DOTText.markup(link.text.replacing("&", with: "&amp;"), limit: .max))\""
    }
    return result + ">\(content.map(\.text).joined())</TD>"
  }
}
