extension Page {
  /// One file that needs nothing beside itself: no script, no network.
  var html: String {
    var body =
      "<header>\n<h1>\(Self.text(title))</h1>\n<p class=\"declared\">\(Self.text(declared))</p>\n</header>\n<main>\n"
    for block in blocks {
      switch block {
      case .heading(let text): body += "<h2>\(Self.text(text))</h2>\n"
      case .paragraph(let text): body += "<p>\(Self.text(text))</p>\n"
      case .table(let table): body += Self.element(table)
      case .items(let items): body += "<ul>\n" + items.map(Self.element).joined() + "</ul>\n"
      }
    }
    body +=
      "</main>\n<footer><p>\(Self.text(Self.reservation))</p><p>\(Self.text(title)), \(Self.text(declared))</p></footer>\n"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
      <title>\(Self.text(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  private static func text(_ text: String) -> String {
    escapedForXML(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  /// A sign beside the word, so that colour is never the only one; readers of the screen aloud hear the word.
  private static func mark(_ text: String, _ tone: Tone) -> String {
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

  private static func element(_ table: Table) -> String {
    var result = "<div class=\"table\"><table>\n<thead><tr>"
    for column in table.columns {
      result += "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(text(column.heading))</th>"
    }
    result += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      result += "<tr>"
      for (place, cell) in row.enumerated() {
        if place == 0 {
          result += "<th scope=\"row\">\(text(cell.text))</th>"
        } else {
          let isNumber = table.columns.indices.contains(place) && table.columns[place].isNumber
          result +=
            "<td\(isNumber ? " class=\"number\"" : "")>\(isNumber ? toned(cell) : mark(text(cell.text), cell.tone))</td>"
        }
      }
      result += "</tr>\n"
    }
    return result + "</tbody>\n</table></div>\n"
  }

  /// A number under a heading that says what it counts.
  private static func toned(_ cell: Cell) -> String {
    cell.tone == .none ? text(cell.text) : "<span class=\"\(cell.tone.rawValue)\">\(text(cell.text))</span>"
  }

  private static func element(_ item: Item) -> String {
    let code = item.code.isEmpty ? "" : " <code>\(text(item.code))</code>"
    let details = item.details.map { "<li>\(text($0))</li>" }.joined()
    return "<li>\(mark(text(item.mark), item.tone))\(code): \(text(item.text))"
      + (details.isEmpty ? "" : "<ul>\(details)</ul>") + "</li>\n"
  }

  /// Every colour has a contrast of 4.5 to 1 or more with what it stands on (WCAG 2.2, 1.4.3), in the light, in the dark and
  /// on paper.
  private static let style = """
    :root { --ink: #1b1f24; --paper: #ffffff; --quiet: #545c66; --line: #c4cad1; --head: #eef1f4;
      --good: #17602f; --bad: #a3171f; --doubt: #7a4a00; --waiting: #1f4f8f; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8eaed; --paper: #16191d; --quiet: #a9b1ba; --line: #48505a; --head: #22272d;
        --good: #7fd69b; --bad: #ff9b9b; --doubt: #f0bd6a; --waiting: #9cc4ff; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
      font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--line); }
    .declared, footer { color: var(--quiet); }
    footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .875rem; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; min-width: 60%; max-width: 100%; margin: .75rem 0; font-size: .9375rem; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
      overflow-wrap: break-word; }
    thead th { background: var(--head); vertical-align: bottom; }
    tbody th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
    .doubt { color: var(--doubt); } .waiting { color: var(--waiting); }
    code { font: .875em ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
    ul { padding-left: 1.25rem; } li { margin: .3rem 0; } li ul { color: var(--quiet); font-size: .9375rem; }
    @page { size: A4; margin: 15mm; }
    @media print {
      :root { --ink: #000000; --paper: #ffffff; --quiet: #444444; --line: #999999; --head: #eeeeee;
        --good: #17602f; --bad: #a3171f; --doubt: #7a4a00; --waiting: #1f4f8f; }
      html { font-size: 10pt; } body { max-width: none; padding: 0; }
      table { font-size: .85rem; } .table { overflow: visible; } th, td { padding: .15rem .35rem; }
      thead { display: table-header-group; } tr, li { break-inside: avoid; } h2, thead { break-after: avoid; }
    }
    """
}
