/// The legend as a table under the picture: a sample of each mark that is drawn, and what it says.
struct DiagramLegend {
  private let entries: [Diagram.LegendEntry]
  private let lists: [Diagram.List]
  /// Entries side by side.
  private static let columns = 3

  init(_ diagram: Diagram) {
    entries = diagram.legend
    lists = diagram.lists
  }

  /// The lists, and the legend under them.
  var markup: DOTMarkup {
    let shown = lists.filter { !$0.items.isEmpty }
    if shown.isEmpty { return legend }
    return .table(DOTMarkup.Table(rows: shown.map { [DOTMarkup.Cell(markup($0))] } + [[DOTMarkup.Cell(legend)]]))
  }

  /// More items of a list are counted.
  private static let itemLimit = 60
  private static let indent = String(repeating: "\u{A0}", count: 8)
  /// Code points of an item.
  private static let textLimit = 480

  private func markup(_ list: Diagram.List) -> DOTMarkup {
    var rows = list.items.prefix(Self.itemLimit).map { item in
      let lines = DOTText.wrapped(item.text, width: 140, maximum: 6, limit: Self.textLimit)
      // Behind the sign, and further in where a line is wrapped.
      let shown = lines.enumerated().map { ($0.offset == 0 ? "\u{A0}\u{A0}" : Self.indent) + $0.element }
      return [DOTMarkup.Cell(.font(points: 10, colour: .ink, [.bold([.text(item.sign)]), .lines(shown)]))]
    }
    let rest = list.items.count - rows.count
    if rest > 0 { rows.append([DOTMarkup.Cell(.font(points: 10, colour: .ink, [.text("and \(rest) more")]))]) }
    let title = DOTMarkup.Cell(
      .font(points: 12, colour: .ink, [.bold([.lines(DOTText.wrapped(list.title, width: 120))])]))
    let table = DOTMarkup.Cell(.table(DOTMarkup.Table(padding: 2, rows: rows)))
    return .table(DOTMarkup.Table(border: 1, padding: 3, colour: .groupLine, rows: [[title], [table]]))
  }

  private var legend: DOTMarkup {
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
    case .shape(.stack), .shape(.card): return box(border: 1, .groupLine, .groupFill, nil)
    case .mark(.subject):
      let inner = DOTMarkup.Cell(box(border: 1, .ink, .paper, nil))
      return .table(DOTMarkup.Table(border: 1, padding: 2, colour: .ink, rows: [[inner]]))
    case .mark(.named): return box(border: 2, .ink, .paper, nil, sign: Diagram.Mark.named.sign)
    case .mark(.single):
      return box(border: 3, .alarm, .paper, nil, sign: Diagram.Mark.single.sign)
    case .mark(.lower): return box(border: 3, .alarm, .paper, nil, sign: Diagram.Mark.lower.sign)
    case .mark(let mark):
      return box(border: 1, .ink, .paper, nil, sign: mark.sign, in: mark.isGood ? .added : .alarm)
    case .change(let kind, ofBox: true):
      return box(border: 3, kind.colour, kind.fill, nil, sign: kind.sign, in: .ink)
    case .change(let kind, ofBox: false):
      return .font(points: 13, colour: kind.colour, [.bold([.text("━ \(kind.sign) ━▶")])])
    case .absent: return box(border: 1, .groupLine, .paper, .dotted)
    case .sign(let sign): return .font(points: 11, colour: .ink, [.bold([.text(sign)])])
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
    border: Int, _ line: Colour, _ fill: Colour, _ style: DOTMarkup.Table.Style?, sign: String = "",
    in colour: Colour = .alarm
  ) -> DOTMarkup {
    var cell = DOTMarkup.Cell(.font(points: 10, colour: colour, [.bold([.text(sign.isEmpty ? " " : sign)])]))
    cell.minimumWidth = 34
    return .table(DOTMarkup.Table(border: border, padding: 2, colour: line, fill: fill, style: style, rows: [[cell]]))
  }
}
