internal import Catalogue

/// Makes one box of many: neighbours that hang on one box alone, on one side of it, by their owners.
enum DiagramFolding {
  static func fold(
    _ diagram: inout Diagram, _ joints: [Joint], _ places: [Int32: Int], _ sight: inout EstateSight
  ) {
    var rows = [Int32](repeating: -1, count: diagram.nodes.count)
    for (row, place) in places { rows[place] = row }
    var degree = [Int](repeating: 0, count: rows.count)
    for edge in diagram.edges {
      degree[edge.from] += 1
      degree[edge.to] += 1
    }
    // Leaves by the box that they hang on and the side; the subject, which is first, is none.
    var sides: [[Int]: [Int]] = [:]
    // What an initiative does to the only line of a leaf: leaves of which that differs are not one box.
    var changes: [Int: String] = [:]
    for edge in diagram.edges {
      for (leaf, hub, side) in [(edge.from, edge.to, 0), (edge.to, edge.from, 1)]
      where degree[leaf] == 1 && leaf > 0 && diagram.nodes[leaf].change == nil {
        sides[[hub, side], default: []].append(leaf)
        changes[leaf] = edge.change?.head
      }
    }
    var groups: [[Int]] = []
    var keys: [String] = []
    for (side, leaves) in sides.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    where leaves.count > ContextDiagram.columnLimit {
      var owners: [String: [Int]] = [:]
      for leaf in leaves.sorted() {
        let owner = sight.ownerLine(of: rows[leaf]) ?? "owner: not recorded"
        let frame = diagram.nodes[leaf].cluster.map { diagram.clusters[$0].key } ?? ""
        let change = changes[leaf].map { " \($0)" } ?? ""
        owners["\(diagram.nodes[side[0]].key) \(side[1]) \(frame) \(owner)\(change)", default: []].append(leaf)
      }
      for (key, members) in owners.sorted(by: { $0.value.lexicographicallyPrecedes($1.value) })
      where members.count > 1 {
        groups.append(members)
        keys.append("group \(key)")
      }
    }
    guard !groups.isEmpty else { return }
    var group: [Int: Int] = [:]
    for (index, members) in groups.enumerated() { for member in members { group[member] = index } }
    var kept: [Int: Int] = [:]
    var nodes: [Diagram.Node] = []
    for (place, node) in diagram.nodes.enumerated() where group[place] == nil {
      kept[place] = nodes.count
      nodes.append(node)
    }
    let first = nodes.count
    for (key, members) in zip(keys, groups) {
      let plural = members.first.map { sight.estate.kind(of: rows[$0]).plural } ?? ""
      nodes.append(folded(members.map { diagram.nodes[$0] }, key, plural))
    }
    var edges: [EstateSight.EdgeKey: Diagram.Edge] = [:]
    for edge in diagram.edges {
      let from = kept[edge.from] ?? first + (group[edge.from] ?? 0)
      let to = kept[edge.to] ?? first + (group[edge.to] ?? 0)
      let key = EstateSight.EdgeKey(from: from, to: to, change: edge.change)
      var joined = edges[key] ?? Diagram.Edge(from: from, to: to, style: edge.style, count: 0, change: edge.change)
      if joined.style == .dashed { joined.style = edge.style }
      joined.count += edge.count
      joined.labels += edge.labels
      joined.emphasised += edge.emphasised
      edges[key] = joined
    }
    // Of a folded box by how they go, counted: what each carries no longer has room.
    var styles: [[Int]: [String: Int]] = [:]
    for joint in joints {
      guard let from = places[joint.from], let to = places[joint.to] else { continue }
      guard group[from] != nil || group[to] != nil else { continue }
      let key = [kept[from] ?? first + (group[from] ?? 0), kept[to] ?? first + (group[to] ?? 0)]
      styles[key, default: [:]][joint.style ?? sight.linkNoun.one, default: 0] += 1
    }
    for key in edges.keys where styles[[key.from, key.to]] != nil { edges[key]?.labels = [] }
    for (key, counts) in styles {
      // In the box, not on the line: many lines that meet leave no room that is clearly one's own.
      let words = counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\($0.value) × \($0.key)" }
      nodes[max(key[0], key[1])].facts += words
    }
    let folded = groups.reduce(0) { $0 + $1.count }
    diagram.nodes = nodes
    diagram.edges = edges.sorted { $0.key < $1.key }.map(\.value)
    diagram.notes.append(
      "\(folded) neighbours are drawn by owner in \(LandscapeWords.count(groups.count, "box", "boxes")), and what joins them is counted; --expand draws each."
    )
  }

  private static func folded(_ members: [Diagram.Node], _ key: String, _ plural: String) -> Diagram.Node {
    let owner = members.first?.facts.last { $0.hasPrefix("owner: ") } ?? ""
    var node = Diagram.Node(
      key: key,
      name: owner.hasPrefix("owner: ") ? String(owner.dropFirst("owner: ".count)) : "No owner recorded",
      kind: "\(members.count) \(plural)", phase: PhaseStyle(.none, names: [], live: []))
    node.shape = .stack
    node.members = members.map(\.key)
    node.cluster = members.first?.cluster
    for mark in Diagram.Mark.allCases {
      let count = members.count { $0.marks.contains(mark) }
      guard count > 0, let text = members.lazy.flatMap(\.emphasised).first(where: { $0.mark == mark })?.text else {
        continue
      }
      node.marks.append(mark)
      node.emphasised.append((mark, count == members.count ? "each \(text)" : "\(count) of them \(text)"))
    }
    node.sections = [
      Diagram.Section(
        title: "",
        lines: members.map { member in member.phase.word.map { "\(member.name) (\($0))" } ?? member.name })
    ]
    return node
  }
}
