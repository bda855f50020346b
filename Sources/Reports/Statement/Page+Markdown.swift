internal import Diagnostics

extension Page {
  /// As GitHub and GitLab read it.
  var markdown: String {
    var result = "# \(Self.marked(title))\n\n\(Self.marked(declared))\n"
    for block in blocks {
      switch block {
      case .heading(let text): result += "\n## \(Self.marked(text))\n"
      case .paragraph(let text): result += "\n\(Self.marked(text))\n"
      case .table(let table): result += "\n" + Self.marked(table)
      case .items(let items): result += "\n" + items.map(Self.marked).joined()
      }
    }
    return result + "\n\(Self.marked(Self.reservation))\n"
  }

  private static func marked(_ text: String) -> String {
    escapedForMarkdown(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  private static func marked(_ table: Table) -> String {
    let heads = table.columns.map { marked($0.heading) }.joined(separator: " | ")
    let rule = table.columns.map { $0.isNumber ? "--:|" : ":--|" }.joined()
    let rows = table.rows.map { row in
      let cells = row.map { cell in
        let text = cell.isNumber ? cell.text : marked(cell.text)
        return cell.tone == .bad ? "**\(text)**" : text
      }
      return "| \(cells.joined(separator: " | ")) |\n"
    }
    return "| \(heads) |\n|\(rule)\n" + rows.joined()
  }

  private static func marked(_ item: Item) -> String {
    let code = item.code.isEmpty ? "" : " \(codeForMarkdown(item.code))"
    var result = "- **\(marked(item.mark))**\(code): \(marked(item.text))\n"
    for detail in item.details { result += "  - \(marked(detail))\n" }
    return result
  }
}
