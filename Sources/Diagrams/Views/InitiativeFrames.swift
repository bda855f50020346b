internal import Catalogue

/// Makes two frames of a picture that shows both sides in one: the same boxes in the same order in each.
enum InitiativeFrames {
  static func split(_ diagram: inout Diagram, _ scene: inout InitiativeScene) {
    let count = diagram.nodes.count
    let rows = Dictionary(scene.places.map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    let (nodes, edges) = (diagram.nodes, diagram.edges)
    diagram.clusters = [Diagram.Cluster(key: "before", name: "Before"), Diagram.Cluster(key: "after", name: "After")]
    diagram.hasFramesInOrder = true
    diagram.nodes = nodes.enumerated().map { before($0.element, rows[$0.offset], &scene) } + nodes.map(after)
    diagram.edges = edges.map { edge in
      var edge = edge
      edge.isHidden = edge.change?.kind == .added
      (edge.change, edge.emphasised) = (nil, [])
      return edge
    }
    diagram.edges += edges.map { edge in
      var edge = edge
      edge.from += count
      edge.to += count
      edge.isHidden = edge.change?.kind == .retired
      return edge
    }
    diagram.edges.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    diagram.notes.append(
      "What is retired later than \(diagram.date) is drawn as gone behind it, with its day; a dotted box keeps the place of what is not there."
    )
  }

  private static func before(_ node: Diagram.Node, _ row: Int32?, _ scene: inout InitiativeScene) -> Diagram.Node {
    var result = node
    (result.change, result.marks, result.emphasised, result.cluster) = (nil, [], [], 0)
    result.key = "before \(node.key)"
    if node.change?.kind == .added {
      result.isAbsent = true
      result.facts = ["not there yet"]
    } else if node.change != nil, let row {
      var own = scene.nodeBefore(row)
      (own.key, own.cluster) = (result.key, 0)
      result = own
    }
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
