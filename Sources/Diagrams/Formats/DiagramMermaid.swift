/// Writes a diagram as a Mermaid flow chart, which forges draw inside a comment. What it shows is in words: a comment has
/// no legend.
struct DiagramMermaid {
  /// More cannot be read in a comment, and forges refuse far more.
  static let nodeLimit = 80
  static let edgeLimit = 160
  /// Of a list under the picture.
  static let itemLimit = 12

  let diagram: Diagram

  init(_ diagram: Diagram) { self.diagram = diagram }

  /// Without a fence.
  var text: String {
    var names = DOTNames()
    let identifiers = diagram.nodes.map { names.name(for: $0.key).text }
    var lines = ["flowchart \(diagram.direction == .across ? "LR" : "TB")"]
    let nodes = diagram.nodes.indices.prefix(Self.nodeLimit)
    for (position, cluster) in diagram.clusters.enumerated()
    where nodes.contains(where: { diagram.nodes[$0].cluster == position }) {
      lines.append("  subgraph c\(position)[\"\(MermaidText.label(cluster.name))\"]")
      for index in nodes where diagram.nodes[index].cluster == position {
        lines.append("    " + box(diagram.nodes[index], identifiers[index]))
      }
      lines.append("  end")
    }
    for index in nodes where diagram.nodes[index].cluster == nil {
      lines.append("  " + box(diagram.nodes[index], identifiers[index]))
    }
    let edges = diagram.edges.filter { $0.from < nodes.count && $0.to < nodes.count }
    for edge in edges.prefix(Self.edgeLimit) {
      let arrow =
        switch edge.style {
        case .solid: "-->"
        case .dashed, .dotted: "-.->"
        case .thick, .double: "==>"
        }
      let shown = edge.labels.count > 3 ? 2 : edge.labels.count
      var words = edge.pointedOut.prefix(4).map { MermaidText.label($0, limit: 80) }
      words += edge.labels.prefix(shown).map { MermaidText.label($0.joined(separator: "; "), limit: 80) }
      if edge.labels.count > shown { words.append("and \(edge.labels.count - shown) more") }
      if edge.labels.isEmpty, edge.count > 1 { words.append("\(edge.count)") }
      let label = words.isEmpty ? "" : "|\"\(words.joined(separator: "<br>"))\"|"
      lines.append("  \(identifiers[edge.from]) \(arrow)\(label) \(identifiers[edge.to])")
    }
    let dropped = diagram.nodes.count - nodes.count
    let droppedEdges = diagram.edges.count - min(edges.count, Self.edgeLimit)
    var about = "\(MermaidText.label(diagram.title, limit: 80))<br>\(MermaidText.label(diagram.scope, limit: 160))"
    if dropped + droppedEdges > 0 { about += "<br>not drawn here: \(dropped) boxes, \(droppedEdges) lines" }
    lines.append("  about[\"\(about)\"]:::sheet")
    for (index, list) in diagram.lists.enumerated() where !list.items.isEmpty {
      var items = list.items.prefix(Self.itemLimit).map { MermaidText.label("\($0.sign) \($0.text)", limit: 160) }
      if list.items.count > items.count { items.append("and \(list.items.count - items.count) more") }
      let label = ([MermaidText.label(list.title, limit: 80)] + items).joined(separator: "<br>")
      lines.append("  list\(index + 1)[\"\(label)\"]:::sheet")
    }
    lines += classes
    return lines.map { $0 + "\n" }.joined()
  }

  private func box(_ node: Diagram.Node, _ name: String) -> String {
    var lines = [MermaidText.label(node.name, limit: 60), MermaidText.label(node.kind)]
    lines += ((node.change?.lines ?? []) + node.facts + node.pointedOut).map { MermaidText.label($0, limit: 80) }
    if node.shape == .card {
      for section in node.sections {
        lines += ([section.title] + section.lines.prefix(Self.itemLimit)).map { MermaidText.label($0, limit: 80) }
        let rest = section.lines.count - Self.itemLimit
        if rest > 0 { lines.append("and \(rest) more") }
      }
    }
    let label = lines.joined(separator: "<br>")
    let (open, close) =
      node.shape == .box ? ("[", "]") : node.shape == .rounded || node.shape == .card ? ("(", ")") : ("[[", "]]")
    return "\(name)\(open)\"\(label)\"\(close):::\(className(node))"
  }

  private func className(_ node: Diagram.Node) -> String {
    if node.isAbsent { return "absent" }
    if let change = node.change { return change.kind.rawValue }
    if node.marks.contains(.subject) { return "subject" }
    return node.marks.contains(.single) ? "single" : "phase\(node.phase.rank)"
  }

  private var classes: [String] {
    var result: [String] = []
    var seen: Set<Int> = []
    for node in diagram.nodes.sorted(by: { $0.phase.rank < $1.phase.rank })
    where className(node).hasPrefix("phase") && seen.insert(node.phase.rank).inserted {
      let dash = node.phase.stroke == .dashed || node.phase.stroke == .dotted ? ",stroke-dasharray:4 3" : ""
      result.append(
        "  classDef phase\(node.phase.rank) fill:\(node.phase.fill.hex),stroke:\(node.phase.line.hex),color:\(Colour.ink.hex)\(dash)"
      )
    }
    let paper = Colour.paper.hex
    let ink = Colour.ink.hex
    if diagram.nodes.contains(where: { $0.marks.contains(.subject) }) {
      result.append("  classDef subject fill:\(Colour.headFill.hex),stroke:\(ink),color:\(ink),stroke-width:3px")
    }
    if diagram.nodes.contains(where: { className($0) == "single" }) {
      result.append("  classDef single fill:\(paper),stroke:\(Colour.alarm.hex),color:\(ink),stroke-width:3px")
    }
    for kind in Diagram.Change.Kind.allCases
    where diagram.nodes.contains(where: { className($0) == kind.rawValue }) {
      result.append(MermaidChange(kind).style)
    }
    if diagram.nodes.contains(where: \.isAbsent) {
      result.append(
        "  classDef absent fill:\(paper),stroke:\(Colour.groupLine.hex),color:\(Colour.muted.hex),stroke-dasharray:4 3")
    }
    result.append(MermaidChange.plainStyle("sheet"))
    return result
  }
}
