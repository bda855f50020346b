internal import Diagnostics

extension Page {
  /// For a terminal of so many columns; nil: no limit.
  func text(style: TextStyle, width: Int?) -> String {
    let room = width.map { max($0, 20) }
    var result = lines(title, room).map { style.apply(.emphasis, to: $0) + "\n" }.joined()
    result += lines(declared, room).map { $0 + "\n" }.joined()
    for block in blocks {
      switch block {
      case .heading(let text): result += "\n" + lines(text, room).map { style.apply(.emphasis, to: $0) + "\n" }.joined()
      case .paragraph(let text): result += "\n" + lines(text, room).map { $0 + "\n" }.joined()
      case .table(let table): result += "\n" + TableLayout(style: style, width: room).text(table.sheet)
      case .items(let items):
        result += "\n"
        for item in items { result += self.item(item, style, room) }
      }
    }
    return result + "\n" + lines(Self.reservation, room).map { $0 + "\n" }.joined()
  }

  private func item(_ item: Item, _ style: TextStyle, _ room: Int?) -> String {
    let mark = item.code.isEmpty ? item.mark : "\(item.mark)[\(item.code)]"
    let role: TextStyle.Role =
      switch item.tone {
      case .bad: .error
      case .doubt, .waiting: .warning
      case .good, .none: .note
      }
    var result = ""
    for (place, line) in lines("\(mark): \(item.text)", room.map { max(12, $0 - 4) }).enumerated() {
      let head = escapedForTerminal(mark)
      let shown =
        place == 0 && line.hasPrefix(head) ? style.apply(role, to: head) + line.dropFirst(head.count) : line
      result += (place == 0 ? "  " : "    ") + shown + "\n"
    }
    for detail in item.details {
      for (place, line) in lines(detail, room.map { max(12, $0 - 8) }).enumerated() {
        result += (place == 0 ? "      " : "        ") + line + "\n"
      }
    }
    return result
  }

  private func lines(_ text: String, _ room: Int?) -> [String] {
    let shown = escapedForTerminal(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    return room.map { TableLayout.wrapped(shown, width: $0) } ?? [shown]
  }
}

extension Page.Table {
  var sheet: Sheet {
    var sheet = Sheet([])
    sheet.columns = columns
    sheet.rows = rows.map { row in
      Sheet.Row(cells: row.map { Sheet.Cell(text: $0.text, isNumber: $0.isNumber) })
    }
    return sheet
  }
}
