/// Writes a diagram as DOT for Graphviz's `dot`: the title over the picture, the legend under it.
struct DiagramDOT {
  enum Lines { case curved, straight }

  /// What an edge's label shows of what it stands for; its tooltip has all.
  static let labelLimit = 4

  let diagram: Diagram
  private let names: [DOTName]
  /// Ends of edges that are laid out against their direction.
  private let turned: Set<[Int]>
  /// Layers by box, where they are given.
  private let layerOf: [Int: Int]

  init(_ diagram: Diagram) {
    self.diagram = diagram
    var names = DOTNames()
    self.names = diagram.nodes.map { names.name(for: $0.key) }
    turned = Self.turned(diagram)
    layerOf = Dictionary(
      (diagram.layers ?? []).enumerated().flatMap { layer in layer.element.map { ($0, layer.offset) } },
      uniquingKeysWith: { a, _ in a })
  }

  func text(lines: Lines) -> String {
    var writer = DOTWriter()
    writer.graph(
      named: "diagram",
      [
        .label(DiagramLegend(diagram).markup), .word("labelloc", "b"), .word("labeljust", "l"),
        .word("fontname", "DejaVu Sans"), .number("fontsize", 11), .colour("fontcolor", .ink),
        .colour("bgcolor", .paper), .hundredths("pad", 25),
        lines == .curved ? .word("splines", "true") : .word("splines", "line"),
        diagram.direction == .across ? .word("rankdir", "LR") : .word("rankdir", "TB"),
        .hundredths("ranksep", diagram.direction == .across ? 70 : 60), .hundredths("nodesep", 30),
        .tooltip([diagram.title]),
      ]
    ) { writer in
      writer.nodes([
        .word("shape", "box"), .word("fontname", "DejaVu Sans"), .number("fontsize", 11), .colour("fontcolor", .ink),
        .word("margin", "0.10,0.06"), .hundredths("height", 36), .hundredths("width", 150),
      ])
      writer.edges([
        .word("fontname", "DejaVu Sans"), .number("fontsize", 10), .colour("fontcolor", .ink), .colour("color", .line),
        .hundredths("arrowsize", 75), .hundredths("penwidth", 130),
      ])
      // A frame that is not seen: a graph has one label, and the legend is that.
      writer.cluster(
        DOTName(text: "sheet"),
        [
          .label(head), .word("labelloc", "t"), .word("labeljust", "l"), .number("peripheries", 0),
          .number("margin", 12), .tooltip([diagram.title]),
        ]
      ) { writer in
        for (position, cluster) in (diagram.layers == nil ? diagram.clusters : []).enumerated() {
          writer.cluster(
            DOTName(text: "frame\(position + 1)"),
            [
              .label(.font(points: 12, colour: .ink, [.bold([.lines(DOTText.wrapped(cluster.name, width: 38))])])),
              .word("labeljust", "l"), .word("style", "filled,rounded"), .colour("fillcolor", .groupFill),
              .colour("color", .groupLine), .number("margin", 10), .number("peripheries", 1),
              .tooltip([cluster.name]),
            ]
          ) { writer in
            for (index, node) in diagram.nodes.enumerated() where node.cluster == position {
              write(node, names[index], &writer)
            }
          }
        }
        for (index, node) in diagram.nodes.enumerated() where node.cluster == nil || diagram.layers != nil {
          write(node, names[index], &writer)
        }
        if let layers = diagram.layers { write(layers, &writer) }
        if let length = diagram.rowLength { writeRows(of: max(1, length), &writer) }
      }
      for edge in diagram.edges { write(edge, &writer) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Code points of a title or a note.
  private static let textLimit = 480

  /// No line begins with the bar between two parts.
  private var scope: String { diagram.scope.split(separator: " | ").joined(separator: "\u{A0}| ") }

  /// Title, date, scope, and what is folded or left out.
  private var head: DOTMarkup {
    var rows: [[DOTMarkup.Cell]] = [
      [
        DOTMarkup.Cell(
          .font(
            points: 20, colour: .ink,
            [.bold([.lines(DOTText.wrapped(diagram.title, width: 60, maximum: 6, limit: Self.textLimit))])]))
      ],
      [
        DOTMarkup.Cell(
          .font(points: 12, colour: .ink, [.lines(DOTText.wrapped(scope, width: 100, limit: Self.textLimit))]))
      ],
    ]
    let lines = diagram.notes.flatMap { DOTText.wrapped($0, width: 100, maximum: 6, limit: Self.textLimit) }
    if !lines.isEmpty { rows.append([DOTMarkup.Cell(.font(points: 11, colour: .muted, [.lines(lines)]))]) }
    return .table(DOTMarkup.Table(rows: rows))
  }

  // MARK: Nodes

  private func write(_ node: Diagram.Node, _ name: DOTName, _ writer: inout DOTWriter) {
    let isSubject = node.marks.contains(.subject)
    let width = node.shape == .stack ? 34 : node.shape == .card ? 38 : 26
    let called = DOTMarkup.lines(DOTText.wrapped(node.name, width: width))
    var top: [DOTMarkup] = [
      .font(points: 10, colour: .muted, [.lines(DOTText.wrapped(node.kind, width: width))]), .lines(["", ""]),
      node.isAbsent ? .font(points: 11, colour: .muted, [called]) : .bold([called]),
    ]
    let facts = node.facts.flatMap { DOTText.wrapped($0, width: width + 4) }
    if !facts.isEmpty {
      top += [.lines(["", ""]), .font(points: 10, colour: .muted, [.lines(facts)])]
    }
    for (isGood, colour) in [(false, Colour.alarm), (true, .added)] {
      let words = node.emphasised.filter { $0.mark.isGood == isGood }
        .flatMap { DOTText.wrapped($0.mark.sign + $0.text, width: width + 2) }
      if !words.isEmpty { top += [.lines(["", ""]), .font(points: 10, colour: colour, [.bold([.lines(words)])])] }
    }
    var cell = DOTMarkup.Cell()
    cell.content = top
    if node.shape == .card { cell.minimumWidth = Self.cardWidth }
    var table = DOTMarkup.Table(padding: 2, colour: node.phase.line, rows: [[cell]])
    if let change = node.change, !node.isAbsent { table.rows.insert([band(change, width: width + 4)], at: 0) }
    for section in node.sections {
      var content: [DOTMarkup] = []
      if !section.title.isEmpty {
        let lines = DOTMarkup.lines(DOTText.wrapped(section.title, width: width + 2))
        content +=
          node.shape == .card
          ? [.font(points: 10, colour: .ink, [.bold([lines])]), .lines(["", ""])]
          : [.font(points: 10, colour: .muted, [lines]), .lines(["", ""])]
      }
      let limit = node.shape == .card ? Self.cardLimit : Self.sectionLimit
      let shown = section.lines.count > limit + 1 ? limit : section.lines.count
      let lines = section.lines.prefix(shown).flatMap { DOTText.wrapped($0, width: width + 2, maximum: 2) }
      let rest = section.lines.count - shown
      content += Self.coloured(lines + (rest > 0 ? ["and \(rest) more"] : []), ofCard: node.shape == .card)
      var cell = DOTMarkup.Cell()
      cell.content = content
      table.ruled.insert(table.rows.count)
      table.rows.append([cell])
    }
    var attributes: [DOTAttribute] = [.label(.font(points: 11, colour: .ink, [.table(table)]))]
    attributes += node.outline
    if isSubject { attributes.append(.number("peripheries", 2)) }
    if let link = node.link { attributes.append(.link(link)) }
    attributes.append(.tooltip(node.told))
    writer.node(name, attributes)
  }

  /// The head of a box that an initiative does something to.
  private func band(_ change: Diagram.Change, width: Int) -> DOTMarkup.Cell {
    var content: [DOTMarkup] = [
      .font(points: 10, colour: .ink, [.bold([.lines(DOTText.wrapped(change.head, width: width))])])
    ]
    // A sign stays with what it stands before.
    let details = change.lines.dropFirst().flatMap { line in
      DOTText.wrapped(line.replacing("− ", with: "−\u{A0}").replacing("+ ", with: "+\u{A0}"), width: width)
    }
    if !details.isEmpty { content += [.lines(["", ""]), .font(points: 10, colour: .ink, [.lines(details)])] }
    var cell = DOTMarkup.Cell()
    cell.content = content
    cell.fill = change.kind.fill
    return cell
  }

  /// On a card what comes and goes stands out, behind its sign.
  private static func coloured(_ lines: [String], ofCard: Bool) -> [DOTMarkup] {
    guard ofCard else { return [.font(points: 10, colour: .ink, [.lines(lines)])] }
    var result: [DOTMarkup] = []
    var last = Colour.ink
    for (index, line) in lines.enumerated() {
      let signs: [(String, Colour)] = [("+", .added), ("~", .ink), ("−", .retired), ("⚠", .alarm), ("✔", .added)]
      // What is wrapped goes on without a sign, in the colour of its beginning.
      last = signs.first { line.hasPrefix($0.0 + " ") }?.1 ?? last
      if index > 0 { result.append(.lines(["", ""])) }
      let text = DOTMarkup.text(line)
      result.append(.font(points: 10, colour: last, [last == .ink ? text : .bold([text])]))
    }
    return result
  }

  /// Lines of a compartment.
  private static let sectionLimit = 24
  /// Likewise, of a day among many.
  private static let cardLimit = 8
  /// In points: cards of one row and column are of one width.
  private static let cardWidth = 236

  // MARK: Places

  /// Layers that stand as they are given, held by lines that are not seen, the name of its frame over the first of each.
  ///
  /// Not in frames of Graphviz's: within those it keeps no order.
  private func write(_ layers: [[Int]], _ writer: inout DOTWriter) {
    var rows: [(frame: Int?, names: [DOTName])] = []
    for layer in layers where !layer.isEmpty {
      let frame = diagram.nodes[layer[0]].cluster
      // From below.
      var row = layer.reversed().map { names[$0] }
      if let frame, frame != rows.last?.frame, diagram.clusters.indices.contains(frame) {
        let head = DOTName(text: "frame\(frame + 1)")
        let name = DOTText.wrapped(diagram.clusters[frame].name, width: 38)
        writer.node(
          head, [.label(.font(points: 18, colour: .ink, [.bold([.lines(name)])])), .word("shape", "plaintext")])
        row.append(head)
      }
      rows.append((frame, row))
    }
    for row in rows { writer.row(row.names) }
    for row in rows {
      // Graphviz keeps two boxes in order that a line joins: of those that only others stand between it may swap two.
      for (place, box) in row.names.enumerated() {
        for next in row.names[(place + 1)...].prefix(Self.orderLimit) {
          writer.edge(box, next, [.word("style", "invis")])
        }
      }
    }
    for (row, next) in zip(rows, rows.dropFirst()) {
      let distance = row.frame == next.frame ? 1 : 2
      writer.edge(
        row.names[0], next.names[0], [.word("style", "invis"), .number("weight", 0), .number("minlen", distance)])
    }
  }

  private static let orderLimit = 16

  /// Rows one above the other: what stands in a column is joined by lines that are not seen.
  private func writeRows(of length: Int, _ writer: inout DOTWriter) {
    for start in stride(from: 0, to: names.count, by: length) {
      writer.row(Array(names[start..<min(start + length, names.count)]))
    }
    for index in names.indices.dropFirst(length) {
      writer.edge(names[index - length], names[index], [.word("style", "invis"), .number("weight", 100)])
    }
  }

  // MARK: Edges

  /// What stands alone at one end of a line, in more boxes than this on one side, stands on both sides.
  private static let columnLimit = 8

  /// The lines whose only end stands on the other side of the box in the middle: the second half of a long column. What
  /// is in another frame than the middle stays with its frame.
  private static func turned(_ diagram: Diagram) -> Set<[Int]> {
    guard diagram.direction == .across else { return [] }
    var degree = [Int](repeating: 0, count: diagram.nodes.count)
    for edge in diagram.edges {
      degree[edge.from] += 1
      degree[edge.to] += 1
    }
    var sides: [[Int]: [[Int]]] = [:]
    for edge in diagram.edges {
      if degree[edge.from] == 1 { sides[[edge.to, 0], default: []].append([edge.from, edge.to]) }
      if degree[edge.to] == 1 { sides[[edge.from, 1], default: []].append([edge.from, edge.to]) }
    }
    var result: Set<[Int]> = []
    for (key, lines) in sides where lines.count > columnLimit {
      let others = sides[[key[0], 1 - key[1]]]?.count ?? 0
      let sorted = lines.sorted { $0.lexicographicallyPrecedes($1) }
      if diagram.clusters.isEmpty {
        result.formUnion(sorted.suffix(max(0, (lines.count - others) / 2)))
        continue
      }
      // Frames stand over one another, so the middle's own is halved by itself, by what its boxes say.
      let own = sorted.filter { diagram.nodes[$0[0]].cluster == diagram.nodes[$0[1]].cluster }
      let heights = own.map { diagram.nodes[degree[$0[0]] == 1 ? $0[0] : $0[1]].told.count + 3 }
      var rest = heights.reduce(0, +) / 2
      for (line, height) in zip(own, heights).reversed() {
        rest -= height
        if rest < 0 { break }
        result.insert(line)
      }
    }
    return result
  }

  /// Whether a line leads to a layer before its own.
  private func isBackward(_ edge: Diagram.Edge) -> Bool {
    !layerOf.isEmpty && (layerOf[edge.from] ?? 0) > (layerOf[edge.to] ?? 0)
  }

  private func write(_ edge: Diagram.Edge, _ writer: inout DOTWriter) {
    var attributes: [DOTAttribute] = []
    let shown = edge.labels.count > Self.labelLimit ? Self.labelLimit - 1 : edge.labels.count
    var lines: [String] = []
    for label in edge.labels.prefix(shown) {
      let wrapped = label.flatMap { DOTText.wrapped($0, width: 30, maximum: 5) }
      lines += shown > 1 ? zip(wrapped.indices, wrapped).map { ($0 == 0 ? "• " : "   ") + $1 } : wrapped
    }
    if edge.labels.count > shown { lines.append("and \(edge.labels.count - shown) more") }
    if diagram.isTerse || edge.isTerse { lines = [] }
    let words = edge.pointedOut.flatMap { DOTText.wrapped($0, width: 30, maximum: 5) }
    if !lines.isEmpty || !words.isEmpty {
      var cell = DOTMarkup.Cell()
      if !words.isEmpty { cell.content.append(.font(points: 10, colour: .ink, [.bold([.lines(words)])])) }
      if !words.isEmpty, !lines.isEmpty { cell.content.append(.lines(["", ""])) }
      if !lines.isEmpty { cell.content.append(.font(points: 10, colour: .ink, [.lines(lines)])) }
      attributes.append(.label(.table(DOTMarkup.Table(padding: 4, rows: [[cell]]))))
    }
    attributes += edge.style.attributes
    if let kind = edge.change?.kind {
      attributes.append(edge.style == .double ? .lines("color", kind.colour, .paper) : .colour("color", kind.colour))
      attributes.append(.hundredths("penwidth", 260))
    }
    // Behind the last of a row the eye goes on with the next row.
    if let length = diagram.rowLength, edge.to % max(1, length) == 0 { return }
    let isTurned = turned.contains([edge.from, edge.to]) || isBackward(edge)
    if isTurned { attributes.append(.word("dir", "back")) }
    let ends = "\(diagram.nodes[edge.from].name) → \(diagram.nodes[edge.to].name)"
    attributes.append(.tooltip([ends] + edge.pointedOut + edge.labels.map { $0.joined(separator: "; ") }))
    writer.edge(names[isTurned ? edge.to : edge.from], names[isTurned ? edge.from : edge.to], attributes)
  }
}

extension Diagram.Edge.Style {
  var attributes: [DOTAttribute] {
    switch self {
    case .solid: []
    case .dashed: [.word("style", "dashed")]
    case .dotted: [.word("style", "dotted"), .hundredths("penwidth", 180)]
    case .double: [.lines("color", .line, .paper)]
    case .thick: [.hundredths("penwidth", 320), .colour("color", .alarm)]
    }
  }
}

extension Diagram.Node {
  /// The statements that a mark stands before.
  var pointedOut: [String] { emphasised.map { $0.mark.sign + $0.text } }

  /// All that it says, for a tooltip.
  var told: [String] {
    [name, shape.hasPhase ? key : kind] + (change.map { [$0.head] + $0.details } ?? []) + facts + pointedOut
      + sections.flatMap { section in section.lines.map { section.title.isEmpty ? $0 : "\(section.title): \($0)" } }
  }

  var outline: [DOTAttribute] {
    var style = phase.attributes
    if shape == .rounded {
      style = [.colour("fillcolor", phase.fill), .colour("color", phase.line)]
      switch phase.stroke {
      case .solid: style.append(.word("style", "filled,rounded"))
      case .dashed: style.append(.word("style", "filled,rounded,dashed"))
      case .dotted: style.append(.word("style", "filled,rounded,dotted"))
      case .bold: style.append(.word("style", "filled,rounded,bold"))
      }
    } else if shape == .stack {
      style = [.colour("fillcolor", .groupFill), .colour("color", .groupLine), .word("style", "filled")]
    } else if shape == .card {
      style = [.colour("fillcolor", .paper), .colour("color", .line), .word("style", "filled,rounded")]
    }
    if isAbsent {
      return [.colour("fillcolor", .paper), .colour("color", .groupLine), .word("style", "filled,dotted")]
    }
    if let change { style += [.colour("color", change.kind.colour), .hundredths("penwidth", 300)] }
    if marks.contains(.named) { style += [.colour("color", .ink), .hundredths("penwidth", 200)] }
    if marks.contains(.single) || marks.contains(.lower) {
      style += [.colour("color", .alarm), .hundredths("penwidth", 300)]
    }
    return style
  }
}
