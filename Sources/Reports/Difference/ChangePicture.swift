internal import CEL
internal import Catalogue
internal import Diagrams
internal import Governance

/// What differs and its direct neighbours as a Mermaid flow chart, which forges draw inside a comment.
struct ChangePicture {
  enum Role: String, CaseIterable {
    case added, changed, removed, neighbour

    var change: MermaidChange? {
      switch self {
      case .added: .added
      case .changed: .changed
      case .removed: .removed
      case .neighbour: nil
      }
    }
  }

  enum Stroke { case same, gained, lost }

  struct Node: Equatable {
    var identity: String
    var name: String
    var role: Role
  }

  struct Edge: Equatable {
    var from: Int
    var to: Int
    var relation: String
    var stroke: Stroke
  }

  /// More boxes cannot be read in a comment.
  static let nodeLimit = 30
  static let edgeLimit = 60

  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  /// What is not drawn for want of room.
  private(set) var leftOut = 0

  private let difference: CatalogueDifference
  private var places: [String: Int] = [:]
  private var refused: Set<String> = []

  init(_ difference: CatalogueDifference, _ touched: TouchedEntities) {
    self.difference = difference
    for item in touched.items {
      let role: Role = item.kind == .added ? .added : item.kind == .removed ? .removed : .changed
      _ = place(item.identity, item.name, role)
    }
    for change in difference.changes { addOwn(change) }
    for item in touched.items {
      for consumer in item.consumers {
        add(item.estate.identity(consumer.row), item.identity, consumer.relation, item.kind == .removed ? .lost : .same)
      }
    }
    leftOut = refused.count + droppedEdges
  }

  private var droppedEdges = 0

  private mutating func place(_ identity: String, _ name: String, _ role: Role) -> Int? {
    if let known = places[identity] { return known }
    guard nodes.count < Self.nodeLimit else {
      refused.insert(identity)
      return nil
    }
    places[identity] = nodes.count
    nodes.append(Node(identity: identity, name: name, role: role))
    return nodes.count - 1
  }

  private mutating func neighbour(_ identity: String) -> Int? {
    if let known = places[identity] { return known }
    for estate in [difference.head, difference.base] {
      guard case .found(let row) = estate.find(identity) else { continue }
      return estate.kind(of: row).isBuiltIn ? nil : place(estate.identity(row), estate.name(row), .neighbour)
    }
    return nil
  }

  private mutating func add(_ from: String, _ to: String, _ relation: String, _ stroke: Stroke) {
    guard from != to, let source = neighbour(from), let target = neighbour(to) else { return }
    if edges.contains(where: { $0.from == source && $0.to == target && ($0.relation == relation || stroke == .same) }) {
      return
    }
    guard edges.count < Self.edgeLimit else {
      droppedEdges += 1
      return
    }
    edges.append(Edge(from: source, to: target, relation: relation, stroke: stroke))
  }

  /// The relations of an entity that came or went; of one that came or went itself, all that its document writes.
  private mutating func addOwn(_ change: EntityChange) {
    guard let row = change.after?.row ?? change.before?.row else { return }
    let estate = change.after == nil ? difference.base : difference.head
    let kind = estate.kind(of: row)
    if kind.isBuiltIn { return }
    let stroke: Stroke = change.kind == .added ? .gained : change.kind == .removed ? .lost : .same
    if kind.ownerRelation != nil, estate.entity(row).owner >= 0 {
      guard let target = estate.metamodel.field(inRole: "target", of: kind.index) else { return }
      for other in estate.certainRows(target.path, of: row) {
        add(estate.identity(estate.entity(row).owner), estate.identity(other), kind.title.lowercased(), stroke)
      }
      return
    }
    let relations = kind.order.map { estate.metamodel.fields[Int($0)] }.filter(Self.isDrawn)
    if stroke == .same {
      for field in change.fields where relations.contains(where: { $0.path == field.path }) {
        for target in field.gained { add(change.identity, target, field.path, .gained) }
        for target in field.lost { add(change.identity, target, field.path, .lost) }
      }
    } else {
      for field in relations {
        for target in estate.certainRows(field.path, of: row) {
          add(change.identity, estate.identity(target), field.path, stroke)
        }
      }
    }
  }

  /// Who owns what would join nearly everything.
  private static func isDrawn(_ field: Field) -> Bool {
    if case .relation = field.shape { return field.role != "owner" }
    return false
  }

  // MARK: Mermaid

  /// Without the fence; empty where there is nothing to draw.
  var mermaid: String {
    if nodes.isEmpty { return "" }
    var lines = ["flowchart LR"]
    for (place, node) in nodes.enumerated() {
      var words = [Self.label(node.identity)]
      if node.name != node.identity { words.insert(Self.label(node.name), at: 0) }
      if let change = node.role.change { words.append(change.label) }
      lines.append("  n\(place)[\"\(words.joined(separator: "<br>"))\"]:::\(node.role.rawValue)")
    }
    for edge in edges {
      let arrow =
        switch edge.stroke {
        case .same: "-->"
        case .gained: "==>"
        case .lost: "-.->"
        }
      lines.append("  n\(edge.from) \(arrow)|\"\(Self.label(edge.relation))\"| n\(edge.to)")
    }
    for role in Role.allCases where nodes.contains(where: { $0.role == role }) {
      lines.append(role.change?.style ?? MermaidChange.plainStyle(role.rawValue))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A text in quotes, cut at 40.
  static func label(_ text: String) -> String { MermaidText.label(text) }
}
