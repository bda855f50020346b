/// The legend as a table under the picture: a sample of each mark that is drawn, and what it says.
struct DiagramLegend {
  private let entries: [Diagram.LegendEntry]
  /// Entries side by side.
  private static let columns = 3

  init(_ diagram: Diagram) { entries = diagram.legend }

  var markup: DOTMarkup {
    var rows: [[DOTMarkup.Cell]] = []
    for start in stride(from: 0, to: entries.count, by: Self.columns) {
      rows.append(
        entries[start..<min(start + Self.columns, entries.count)].flatMap { entry in
          [
            DOTMarkup.Cell(sample(entry.sample)),
            DOTMarkup.Cell(.font(points: 10, colour: .ink, [.lines(DOTText.wrapped(entry.meaning, width: 44))])),
          ]
        })
    }
    let title = DOTMarkup.Cell(.font(points: 12, colour: .ink, [.bold([.text("Legend")])]))
    let list = DOTMarkup.Cell(.table(DOTMarkup.Table(padding: 4, rows: rows)))
    return .table(
      DOTMarkup.Table(border: 1, padding: 3, colour: .groupLine, rows: rows.isEmpty ? [[title]] : [[title], [list]]))
  }

  private func sample(_ sample: Diagram.LegendEntry.Sample) -> DOTMarkup {
    switch sample {
    case .phase(let phase):
      let style: DOTMarkup.Table.Style? =
        switch phase.stroke {
        case .solid, .bold: nil
        case .dashed: .dashed
        case .dotted: .dotted
        }
      return box(border: phase.stroke == .bold ? 2 : 1, phase.line, phase.fill, style)
    case .shape(.box): return box(border: 1, .ink, .paper, nil)
    case .shape(.rounded): return box(border: 1, .ink, .paper, .rounded)
    case .shape(.stack): return box(border: 1, .groupLine, .groupFill, nil)
    case .mark(.subject):
      let inner = DOTMarkup.Cell(box(border: 1, .ink, .paper, nil))
      return .table(DOTMarkup.Table(border: 1, padding: 2, colour: .ink, rows: [[inner]]))
    case .mark(.named): return box(border: 2, .ink, .paper, nil, sign: Diagram.Mark.named.sign)
    case .mark(.single):
      return box(border: 3, .alarm, .paper, nil, sign: Diagram.Mark.single.sign)
    case .mark(.lower): return box(border: 3, .alarm, .paper, nil, sign: Diagram.Mark.lower.sign)
    case .mark(.slow): return box(border: 1, .ink, .paper, nil, sign: Diagram.Mark.slow.sign)
    case .line(let style):
      let line =
        switch style {
        case .solid: "────▶"
        case .dashed: "╌╌╌╌▶"
        case .dotted: "┈┈┈┈▶"
        case .double: "════▶"
        case .thick: "━━━━▶"
        }
      return .font(points: 13, colour: style == .thick ? .alarm : .line, [.bold([.text(line)])])
    }
  }

  private func box(
    border: Int, _ line: Colour, _ fill: Colour, _ style: DOTMarkup.Table.Style?, sign: String = ""
  ) -> DOTMarkup {
    var cell = DOTMarkup.Cell(.font(points: 10, colour: .alarm, [.bold([.text(sign.isEmpty ? " " : sign)])]))
    cell.minimumWidth = 34
    return .table(DOTMarkup.Table(border: border, padding: 2, colour: line, fill: fill, style: style, rows: [[cell]]))
  }
}
