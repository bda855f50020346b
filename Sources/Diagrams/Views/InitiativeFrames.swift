internal import Catalogue

/// Makes two frames of a picture that shows both sides in one: the same boxes in the same order in each.
enum InitiativeFrames {
  static func split(_ diagram: inout Diagram, _ scene: inout InitiativeScene, isFolded: Bool) {
    let (nodes, edges) = (diagram.nodes, diagram.edges)
    let count = nodes.count
    let rows = isFolded ? [:] : Dictionary(scene.places.map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    diagram.clusters = [Diagram.Cluster(key: "before", name: "Before"), Diagram.Cluster(key: "after", name: "After")]
    diagram.nodes = nodes.enumerated().map { before($0.element, rows[$0.offset], &scene) } + nodes.map(after)
    diagram.edges = isFolded ? before(edges) : scene.edgesBefore()
    diagram.edges += edges.filter { $0.change?.kind != .retired }.map { edge in
      var edge = edge
      edge.from += count
      edge.to += count
      return edge
    }
    if !isFolded { leaveWords(of: edges, in: &diagram, count) }
    let order = LayerOrder(count: count, lines: edges.map { ($0.from, $0.to) })
    diagram.layers = order.layers + order.layers.map { $0.map { $0 + count } }
    diagram.notes.append(
      "What is retired later than \(diagram.date) is drawn as gone behind it, with its day; a dotted box keeps the place of what is not there."
    )
  }

  /// What stays as it is has its words twice, and lines to go through them: they are left to tooltips in both frames.
  private static func leaveWords(of edges: [Diagram.Edge], in diagram: inout Diagram, _ count: Int) {
    let changed = Set(edges.filter { $0.change != nil || !$0.emphasised.isEmpty }.map { [$0.from, $0.to] })
    for index in diagram.edges.indices {
      let edge = diagram.edges[index]
      diagram.edges[index].isTerse = !edge.labels.isEmpty && !changed.contains([edge.from % count, edge.to % count])
    }
    if diagram.edges.contains(where: \.isTerse) {
      diagram.notes.append(
        "Lines between boxes whose lines stay as they are bear no words: what they carry is in the tooltips, in Mermaid and in JSON."
      )
    }
  }

  /// Sums without what is added.
  private static func before(_ edges: [Diagram.Edge]) -> [Diagram.Edge] {
    edges.filter { $0.change?.kind != .added }.map { edge in
      var edge = edge
      if edge.change != nil { edge.labels = [["\(edge.count)"]] }
      // What the initiative ends is not over yet.
      if edge.change?.kind == .retired, edge.style == .dashed { edge.style = .solid }
      (edge.change, edge.emphasised) = (nil, [])
      return edge
    }
  }

  private static func before(_ node: Diagram.Node, _ row: Int32?, _ scene: inout InitiativeScene) -> Diagram.Node {
    var result = node
    if node.change?.kind == .added {
      result.isAbsent = true
      result.facts = ["not there yet"]
    } else if node.change != nil, let row {
      result = scene.nodeBefore(row)
    }
    (result.change, result.marks, result.emphasised, result.cluster) = (nil, [], [], 0)
    result.key = "before \(node.key)"
    return result
  }

  private static func after(_ node: Diagram.Node) -> Diagram.Node {
    var result = node
    result.cluster = 1
    result.key = "after \(node.key)"
    if let change = node.change, change.kind == .retired {
      result.isAbsent = true
      result.facts = [change.head]
    }
    return result
  }
}
