/// Writes a capability map as DOT: a table for each area, in columns packed by Graphviz's `osage`.
struct CapabilityDOT {
  private let sheet: CapabilitySheet
  private let names: [DOTName]
  /// Boxes side by side.
  private static let boxColumns = 2
  /// Of a box, in points: what makes the sheet show everything largest on A3 is taken.
  private static let boxWidths = [168, 156, 144, 132]
  private let boxWidth: Int
  /// In columns of text.
  private var textWidth: Int { boxWidth * 26 / 168 }
  /// The least of an area, so that most are as wide as one another.
  private var areaWidth: Int { Self.boxColumns * boxWidth + 46 }
  private var headWidth: Int { 2 * textWidth }

  /// Linear, four times.
  init(_ sheet: CapabilitySheet) {
    let tried = Self.boxWidths.map { CapabilityDOT(sheet, boxWidth: $0) }
    let scales = tried.map(\.scale)
    // The first of the largest: wide boxes read better.
    let best = scales.indices.reduce(0) { scales[$1] > scales[$0] * 1.02 ? $1 : $0 }
    self = tried[best]
  }

  private init(_ sheet: CapabilitySheet, boxWidth: Int) {
    self.boxWidth = boxWidth
    self.sheet = sheet
    var names = DOTNames()
    self.names = sheet.areas.map { names.name(for: sheet.model.capabilities[$0].identity) }
  }

  private var model: CapabilityModel { sheet.model }

  /// An area is a box and the frame of its parts, which have no boxes of their own; nor have areas that stand together.
  func names(of diagram: Diagram) -> PictureNames {
    var known: [String: String] = [:]
    for (area, name) in zip(sheet.areas, names) { known[model.capabilities[area].identity] = name.text }
    var result = PictureNames(diagram)
    result.nodes = diagram.nodes.map { known[$0.key] ?? "" }
    result.clusters = diagram.clusters.map { known[$0.key].map { "cluster_\($0)" } ?? "" }
    return result
  }

  /// The areas and the gathered ones, and in which columns they and the legend stand.
  private var arranged: (areas: [Sized], heights: [Double], columns: [[Int]]) {
    let areas = sheet.areas.map { box($0, level: 1) } + sheet.gathered.map { gathered($0.tone, $0.members) }
    let heights = areas.map { ($0.points + 10) / 72 } + [0.6 + 0.24 * Double(sheet.legend.count)]
    let width = Double(areaWidth + 12) / 72
    return (
      areas, heights,
      SheetColumns.arranged(heights: heights, widths: Array(repeating: width, count: heights.count))
    )
  }

  /// How large it is on a sheet like A3 landscape, about, of the largest 1 inch to 1 inch.
  private var scale: Double {
    let (_, heights, columns) = arranged
    let height = columns.map { $0.reduce(0) { $0 + heights[$1] } }.max() ?? 1
    let width = Double(columns.count * (areaWidth + 12)) / 72
    return min(15.75 / max(width, 0.1), 10.9 / (height + 1.5))
  }

  var text: String {
    let (areas, _, columns) = arranged
    var writer = DOTWriter()
    writer.graph(
      named: "diagram",
      [
        .label(head), .word("labelloc", "t"), .word("labeljust", "l"), .word("fontname", "DejaVu Sans"),
        .number("fontsize", 11), .colour("fontcolor", .ink), .colour("bgcolor", .paper), .hundredths("pad", 25),
        .word("packmode", "array_ut", max(1, columns.count)), .number("pack", 10), .tooltip([sheet.title]),
      ]
    ) { writer in
      writer.nodes([
        .word("shape", "plain"), .word("fontname", "DejaVu Sans"), .number("fontsize", 11), .colour("fontcolor", .ink),
      ])
      for (position, column) in columns.enumerated() {
        writer.cluster(
          DOTName(text: "column\(position + 1)"),
          [
            .number("sortv", position), .word("packmode", "array_ul1"), .number("pack", 8), .number("peripheries", 0),
            .text("label", []), .number("margin", 0),
          ]
        ) { writer in
          for area in column {
            if area == areas.count {
              writer.node(
                DOTName(text: "legend"), [.number("sortv", area), .label(.table(legend)), .tooltip(["Legend"])])
            } else {
              let name = area < names.count ? names[area] : DOTName(text: "gathered\(area - names.count + 1)")
              let told =
                area < names.count
                ? told(sheet.areas[area])
                : sheet.gathered[area - names.count].members.map { model.capabilities[$0].name }
              writer.node(
                name, [.number("sortv", area), .label(.table(areas[area].table)), .tooltip(told)])
            }
          }
        }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  // MARK: Head and legend

  /// Code points of a title or a note.
  private static let textLimit = 480

  private var head: DOTMarkup {
    var rows: [[DOTMarkup.Cell]] = [
      [
        DOTMarkup.Cell(
          .font(
            points: 24, colour: .ink,
            [.bold([.lines(DOTText.wrapped(sheet.title, width: 60, maximum: 6, limit: Self.textLimit))])]))
      ],
      [DOTMarkup.Cell(.font(points: 13, colour: .ink, [.lines(LandscapeLegend.scopeLines(sheet.scope))]))],
    ]
    let lines = sheet.notes.flatMap { DOTText.wrapped($0, width: 130, maximum: 6, limit: Self.textLimit) }
    if !lines.isEmpty { rows.append([DOTMarkup.Cell(.font(points: 11, colour: .muted, [.lines(lines)]))]) }
    return .table(DOTMarkup.Table(rows: rows))
  }

  private var legend: DOTMarkup.Table {
    var rows = [[DOTMarkup.Cell(.font(points: 12, colour: .ink, [.bold([.text("Legend")])]))]]
    for (tone, count) in sheet.legend {
      let words = tone?.title ?? "made of others: the head tells of its parts"
      var cell = DOTMarkup.Cell(
        .font(points: 11, colour: .ink, [.text(words)]), .font(points: 10, colour: .muted, [.text("   \(count)")]))
      cell.fill = tone?.fill ?? .headFill
      cell.minimumWidth = areaWidth - 6
      rows.append([cell])
    }
    return DOTMarkup.Table(border: 1, cellBorder: 1, spacing: 3, padding: 3, colour: .line, rows: rows)
  }

  // MARK: Areas

  /// A table with about how high it is, in points.
  private struct Sized {
    var table: DOTMarkup.Table
    var points: Double
  }

  /// Areas without parts that have one fill: the first by name, the others counted.
  private func gathered(_ tone: CapabilityTone?, _ members: [Int]) -> Sized {
    let count = LandscapeWords.count(members.count, model.title.one, model.title.many)
    var head = DOTMarkup.Cell(
      .font(points: 12, colour: .ink, [.bold([.text(tone?.title ?? "made of others")])]), .lines(["", ""]),
      .font(points: 10, colour: .muted, [.text(count)]))
    head.fill = tone?.fill ?? .headFill
    head.minimumWidth = areaWidth
    var lines = members.prefix(CapabilitySheet.gatheredLimit)
      .flatMap { DOTText.wrapped(model.capabilities[$0].name, width: headWidth, maximum: 2) }
    let rest = members.count - CapabilitySheet.gatheredLimit
    if rest > 0 { lines.append("and \(rest) more") }
    let list = DOTMarkup.Cell(.font(points: 10, colour: .ink, [.lines(lines)]))
    let table = DOTMarkup.Table(border: 1, padding: 3, colour: .ink, fill: .groupFill, rows: [[head], [list]])
    return Sized(table: table, points: Double(lines.count) * 12.5 + 44)
  }

  /// A capability with its parts: a head, then boxes side by side, then those that have parts themselves. As deep as
  /// the sheet's levels.
  private func box(_ position: Int, level: Int) -> Sized {
    var (head, lines) = cell(position, width: headWidth, isHead: true)
    if level == 1 { head.minimumWidth = areaWidth }
    var points = Double(lines) * 12 + 10
    var rows = [[head]]
    let parts = sheet.isNested(position, level: level) ? sheet.parts(of: position, level: level) : []
    let nested = parts.filter { sheet.isNested($0, level: level + 1) }
    let plain = parts.filter { !sheet.isNested($0, level: level + 1) }
    if !plain.isEmpty {
      var grid: [[DOTMarkup.Cell]] = []
      for start in stride(from: 0, to: plain.count, by: Self.boxColumns) {
        var row: [DOTMarkup.Cell] = []
        var highest = 1
        for part in plain[start..<min(start + Self.boxColumns, plain.count)] {
          let (cell, lines) = cell(part, width: textWidth, isHead: false)
          row.append(cell)
          highest = max(highest, lines)
        }
        grid.append(row)
        points += Double(highest) * 12 + 9
      }
      rows.append([
        DOTMarkup.Cell(
          .table(DOTMarkup.Table(cellBorder: 1, spacing: 4, padding: 4, colour: .line, rows: grid)))
      ])
      points += 8
    }
    for part in nested {
      let inner = box(part, level: level + 1)
      rows.append([DOTMarkup.Cell(.table(inner.table))])
      points += inner.points + 8
    }
    let table = DOTMarkup.Table(
      border: 1, padding: 3, colour: .ink, fill: level % 2 == 1 ? .groupFill : .paper, rows: rows)
    return Sized(table: table, points: points)
  }

  private func cell(_ position: Int, width: Int, isHead: Bool) -> (cell: DOTMarkup.Cell, lines: Int) {
    let capability = model.capabilities[position]
    let tone = sheet.tone(of: position)
    let name = DOTText.wrapped(capability.name, width: isHead ? width - 8 : width - 3)
    var content: [DOTMarkup] = [.font(points: isHead ? 12 : 11, colour: .ink, [.bold([.lines(name)])])]
    var lines = name.count
    if let tone, let word = tone.word {
      let wrapped = DOTText.wrapped(word, width: width)
      content += [
        .lines(["", ""]), .font(points: 10, colour: tone.isAlarm ? .alarm : .ink, [.bold([.lines(wrapped)])]),
      ]
      lines += wrapped.count
    }
    let limit = sheet.namesAll ? 24 : 5
    let words = sheet.words(of: position, namesAll: sheet.namesAll)
      .flatMap { DOTText.wrapped($0, width: width, maximum: limit, limit: 2_000) }
    if !words.isEmpty { content += [.lines(["", ""]), .font(points: 10, colour: .muted, [.lines(words)])] }
    lines += words.count
    var cell = DOTMarkup.Cell()
    cell.content = content
    cell.fill = tone?.fill ?? .headFill
    cell.link = capability.link
    cell.minimumWidth = isHead ? nil : boxWidth
    return (cell, lines)
  }

  /// All that an area and its parts say.
  private func told(_ root: Int) -> [String] {
    ([root] + model.descendants(of: root)).map { position in
      let words = [sheet.tone(of: position)?.word].compactMap { $0 } + sheet.words(of: position, namesAll: true)
      return "\(model.capabilities[position].name): \(words.joined(separator: "; "))"
    }
  }
}
