/// Makes few boxes of very many: what one owner has of one kind and an initiative does one thing to.
enum InitiativeFolding {
  /// More boxes cannot be taken in.
  static let boxLimit = 45

  /// More lines cannot be followed.
  static let lineLimit = 40

  /// What is one box.
  private enum Level: CaseIterable { case owners, oneOfNeighbours, kinds }

  /// Folds where there are more, as little as does; says whether it did.
  static func fold(_ diagram: inout Diagram) -> Bool {
    let boxes = diagram.nodes.count
    guard boxes > boxLimit else { return false }
    var result = diagram
    for level in Level.allCases {
      result = folded(diagram, level)
      if result.nodes.count <= boxLimit, result.edges.count <= lineLimit { break }
    }
    diagram = result
    diagram.notes.append(
      "\(boxes) boxes are drawn in \(diagram.nodes.count), by what becomes of them and by owner where there is room, and lines are summed; --expand draws each."
    )
    return true
  }

  private static func folded(_ diagram: Diagram, _ level: Level) -> Diagram {
    var keys: [String] = []
    var members: [String: [Int]] = [:]
    for (place, node) in diagram.nodes.enumerated() {
      let isOwned = level == .owners || level == .oneOfNeighbours && node.change != nil
      let key = "group \(node.change?.kind.rawValue ?? "neighbour") \(node.kind) \(isOwned ? owner(node) ?? "" : "")"
      if members[key] == nil { keys.append(key) }
      members[key, default: []].append(place)
    }
    var places = Array(repeating: 0, count: diagram.nodes.count)
    var result = diagram
    result.nodes = []
    for key in keys {
      let own = members[key] ?? []
      for place in own { places[place] = result.nodes.count }
      result.nodes.append(own.count == 1 ? diagram.nodes[own[0]] : folded(own.map { diagram.nodes[$0] }, key))
    }
    result.edges = folded(diagram.edges, places)
    return result
  }

  private static func owner(_ node: Diagram.Node) -> String? {
    node.facts.last { $0.hasPrefix(ownerWord) }.map { String($0.dropFirst(ownerWord.count)) }
  }

  /// More members are counted by owner.
  private static let nameLimit = 24

  private static let ownerWord = "owner: "

  private static func folded(_ members: [Diagram.Node], _ key: String) -> Diagram.Node {
    let owners = members.map { owner($0) ?? "no owner recorded" }
    let names = Set(owners).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var node = Diagram.Node(
      key: key, name: names.count == 1 ? names[0] : "\(names.count) owners",
      kind: "\(members.count) × \(members.first?.kind ?? "")",
      phase: PhaseStyle(.none, names: [], live: []))
    node.shape = .stack
    node.members = members.map(\.key)
    if let change = members.first?.change {
      let titles = Set(members.compactMap { $0.change?.title })
      // A day that all share is told.
      let title = titles.count == 1 ? titles.first ?? change.kind.rawValue : change.kind.rawValue
      node.change = Diagram.Change(kind: change.kind, title: "\(members.count) \(title)")
    }
    for member in members {
      for mark in member.marks where !node.marks.contains(mark) { node.marks.append(mark) }
      node.emphasised += member.emphasised
    }
    let lines =
      members.count > nameLimit && names.count > 1
      ? names.map { name in "\(name): \(owners.count { $0 == name })" }
      : members.map { member in
        // Of what ends the head of the box tells.
        let word = member.change?.kind == .retired ? nil : member.phase.word
        return word.map { "\(member.name) (\($0))" } ?? member.name
      }
    node.sections = [Diagram.Section(title: "", lines: lines)]
    return node
  }

  /// One line for each pair, style and kind of change.
  private static func folded(_ edges: [Diagram.Edge], _ places: [Int]) -> [Diagram.Edge] {
    struct Key: Hashable {
      var from: Int
      var to: Int
      var style: Diagram.Edge.Style
      var kind: Diagram.Change.Kind?
    }
    var order: [Key] = []
    var found: [Key: Diagram.Edge] = [:]
    for edge in edges {
      let key = Key(from: places[edge.from], to: places[edge.to], style: edge.style, kind: edge.change?.kind)
      guard key.from != key.to else { continue }
      var sum = found[key] ?? Diagram.Edge(from: key.from, to: key.to, style: key.style, count: 0)
      if found[key] == nil { order.append(key) }
      sum.count += edge.count
      sum.emphasised += edge.emphasised
      sum.change = key.kind.map { kind in Diagram.Change(kind: kind, title: "\(sum.count) \(kind.rawValue)") }
      found[key] = sum
    }
    return order.compactMap { key in
      var edge = found[key]
      if let count = edge?.count, key.kind == nil { edge?.labels = [["\(count)"]] }
      return edge
    }
  }
}
