extension Page {
  /// One file that needs nothing beside itself: no script, no network.
  var html: String {
    HTMLDocument(title: title, declared: declared).text(main: blocks.map(\.html).joined())
  }
}

extension Page.Block {
  var html: String {
    switch self {
    case .heading(let text): "<h2>\(htmlText(text))</h2>\n"
    case .paragraph(let text): "<p>\(htmlText(text))</p>\n"
    case .table(let table): Self.element(table)
    case .items(let items): "<ul>\n" + items.map(Self.element).joined() + "</ul>\n"
    }
  }

  /// A sign beside the word, so that colour is never the only one; readers of the screen aloud hear the word.
  static func mark(_ text: String, _ tone: Page.Tone) -> String {
    let sign =
      switch tone {
      case .good: "\u{2713}"
      case .bad: "\u{2717}"
      case .doubt: "?"
      case .waiting: "\u{2026}"
      case .none: ""
      }
    if sign.isEmpty { return text }
    return "<span class=\"\(tone.rawValue)\"><span aria-hidden=\"true\">\(sign)&#160;</span>\(text)</span>"
  }

  private static func element(_ table: Page.Table) -> String {
    var result = "<div class=\"table\"><table>\n<thead><tr>"
    for column in table.columns {
      result += "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(htmlText(column.heading))</th>"
    }
    result += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      result += "<tr>"
      for (place, cell) in row.enumerated() {
        if place == 0 {
          result += "<th scope=\"row\">\(htmlText(cell.text))</th>"
        } else {
          let isNumber = table.columns.indices.contains(place) && table.columns[place].isNumber
          result +=
            "<td\(isNumber ? " class=\"number\"" : "")>\(isNumber ? toned(cell) : mark(htmlText(cell.text), cell.tone))</td>"
        }
      }
      result += "</tr>\n"
    }
    return result + "</tbody>\n</table></div>\n"
  }

  /// A number under a heading that says what it counts.
  private static func toned(_ cell: Page.Cell) -> String {
    cell.tone == .none ? htmlText(cell.text) : "<span class=\"\(cell.tone.rawValue)\">\(htmlText(cell.text))</span>"
  }

  private static func element(_ item: Page.Item) -> String {
    let code = item.code.isEmpty ? "" : " <code>\(htmlText(item.code))</code>"
    let details = item.details.map { "<li>\(htmlText($0))</li>" }.joined()
    return "<li>\(mark(htmlText(item.mark), item.tone))\(code): \(htmlText(item.text))"
      + (details.isEmpty ? "" : "<ul>\(details)</ul>") + "</li>\n"
  }
}
