/// Writes a diagram as DOT for Graphviz's `dot`: the title over the picture, the legend under it.
struct DiagramDOT {
  enum Lines { case curved, straight }

  /// What an edge's label shows of what it stands for; its tooltip has all.
  static let labelLimit = 4

  let diagram: Diagram
  private let names: [DOTName]
  /// Ends of edges that are laid out against their direction.
  private let turned: Set<[Int]>

  init(_ diagram: Diagram) {
    self.diagram = diagram
    var names = DOTNames()
    self.names = diagram.nodes.map { names.name(for: $0.key) }
    turned = Self.turned(diagram)
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
        for (position, cluster) in diagram.clusters.enumerated() {
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
        for (index, node) in diagram.nodes.enumerated() where node.cluster == nil {
          write(node, names[index], &writer)
        }
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
    let width = node.shape == .stack ? 34 : 26
    var top: [DOTMarkup] = [
      .font(points: 10, colour: .muted, [.lines(DOTText.wrapped(node.kind, width: width))]), .lines(["", ""]),
      .bold([.lines(DOTText.wrapped(node.name, width: width))]),
    ]
    let facts = node.facts.flatMap { DOTText.wrapped($0, width: width + 4) }
    if !facts.isEmpty {
      top += [.lines(["", ""]), .font(points: 10, colour: .muted, [.lines(facts)])]
    }
    let words = node.pointedOut.flatMap { DOTText.wrapped($0, width: width + 2) }
    if !words.isEmpty { top += [.lines(["", ""]), .font(points: 10, colour: .alarm, [.bold([.lines(words)])])] }
    var cell = DOTMarkup.Cell()
    cell.content = top
    var table = DOTMarkup.Table(padding: 2, colour: node.phase.line, rows: [[cell]])
    for section in node.sections {
      var content: [DOTMarkup] = []
      if !section.title.isEmpty {
        content += [.font(points: 10, colour: .muted, [.text(section.title)]), .lines(["", ""])]
      }
      let lines = section.lines.prefix(Self.sectionLimit).flatMap { DOTText.wrapped($0, width: width + 2, maximum: 2) }
      let rest = section.lines.count - Self.sectionLimit
      content.append(.font(points: 10, colour: .ink, [.lines(lines + (rest > 0 ? ["and \(rest) more"] : []))]))
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

  /// Lines of a compartment.
  private static let sectionLimit = 24

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

  private func write(_ edge: Diagram.Edge, _ writer: inout DOTWriter) {
    var attributes: [DOTAttribute] = []
    let shown = edge.labels.count > Self.labelLimit ? Self.labelLimit - 1 : edge.labels.count
    var lines: [String] = []
    for label in edge.labels.prefix(shown) {
      let wrapped = label.flatMap { DOTText.wrapped($0, width: 30, maximum: 5) }
      lines += shown > 1 ? zip(wrapped.indices, wrapped).map { ($0 == 0 ? "• " : "   ") + $1 } : wrapped
    }
    if edge.labels.count > shown { lines.append("and \(edge.labels.count - shown) more") }
    if !lines.isEmpty, !diagram.isTerse {
      let cell = DOTMarkup.Cell(.font(points: 10, colour: .ink, [.lines(lines)]))
      attributes.append(.label(.table(DOTMarkup.Table(padding: 4, rows: [[cell]]))))
    }
    attributes += edge.style.attributes
    let isTurned = turned.contains([edge.from, edge.to])
    if isTurned { attributes.append(.word("dir", "back")) }
    let ends = "\(diagram.nodes[edge.from].name) → \(diagram.nodes[edge.to].name)"
    attributes.append(.tooltip([ends] + edge.labels.map { $0.joined(separator: "; ") }))
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
    [name, shape == .stack ? kind : key] + facts + pointedOut
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
    }
    if marks.contains(.named) { style += [.colour("color", .ink), .hundredths("penwidth", 200)] }
    if marks.contains(.single) || marks.contains(.lower) {
      style += [.colour("color", .alarm), .hundredths("penwidth", 300)]
    }
    return style
  }
}
