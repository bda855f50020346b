internal import CEL
internal import Catalogue

/// What an initiative touches and what that is joined to, before and after in one picture.
struct InitiativeScene {
  /// More neighbours by integrations that stay as they are have no room.
  static let neighbourLimit = 12

  /// In the view of the initiative.
  private(set) var sight: EstateSight
  /// Likewise, without it.
  private(set) var before: EstateSight
  private let changes: InitiativeChanges
  private(set) var nodes: [Diagram.Node] = []
  private(set) var edges: [Diagram.Edge] = []
  /// Of boxes by row.
  private(set) var places: [Int32: Int] = [:]
  /// Of lines, by the row of an integration that they stand for.
  private(set) var lines: [Int32: Int] = [:]
  private(set) var joints: [Joint] = []
  /// Integrations of what it changes that stay as they are and are not drawn.
  private(set) var omitted = 0
  /// What it touches that is neither a box nor a line: `kind:id`.
  private(set) var undrawn: [String] = []

  init(_ sight: EstateSight, _ changes: InitiativeChanges) {
    self.sight = sight
    self.changes = changes
    before = EstateSight(sight.estate.seen(in: changes.base, at: changes.date), sight.options)
    gather()
  }

  private var estate: Estate { sight.estate }

  private mutating func gather() {
    let all = allJoints()
    let marked = all.filter { $0.change != nil }
    var drawn = Set(changes.rows.filter(isBox))
    for joint in marked { drawn.formUnion([joint.from, joint.to]) }
    let components = Set(estate.metamodel.kinds(inRole: "component").map(\.index))
    for link in changes.links where drawn.contains(link.from) && components.contains(estate.entity(link.to).kind) {
      drawn.insert(link.to)
    }
    for row in changes.rows where changes[row]?.kind == .added && !components.contains(estate.entity(row).kind) {
      guard isBox(row) else { continue }
      for (target, _) in relations(of: row) where components.contains(estate.entity(target).kind) {
        drawn.insert(target)
      }
    }
    let touching = all.filter { joint in
      joint.change == nil && [joint.from, joint.to].contains { changes[$0] != nil }
    }
    let neighbours = Set(touching.flatMap { [$0.from, $0.to] }).subtracting(drawn)
    let isWide = sight.options.expand || neighbours.count <= Self.neighbourLimit
    if isWide { drawn.formUnion(neighbours) }
    let shown = touching.filter { drawn.contains($0.from) && drawn.contains($0.to) }
    omitted = touching.count - shown.count
    joints = (marked + shown).filter { $0.from != $0.to }
    for row in drawn.map({ (rank($0), $0) }).sorted(by: <).map(\.1) {
      places[row] = nodes.count
      var node = estate.graph.members.contains(row) ? sight.node(row) : before.node(row)
      if let owner = sight.ownerLine(of: row) { node.facts.append(owner) }
      nodes.append(node)
    }
    edges = sight.edges(joints, places: places)
    for joint in joints {
      let own = EstateSight.EdgeKey(from: places[joint.from] ?? -1, to: places[joint.to] ?? -1, change: joint.change)
      lines[joint.row] = edges.firstIndex {
        EstateSight.EdgeKey(from: $0.from, to: $0.to, change: $0.change) == own
      }
    }
    edges += relationEdges()
    for row in changes.rows where !isBox(row) && lines[row] == nil && boxRow(of: row) == nil {
      undrawn.append(estate.identity(row))
    }
  }

  /// What stands before what: added, changed, retired, then neighbours.
  private func rank(_ row: Int32) -> Int {
    switch changes[row]?.kind {
    case .added: 0
    case .changed: 1
    case .retired: 2
    case nil: 3
    }
  }

  /// Whether it has a box of its own.
  private func isBox(_ row: Int32) -> Bool {
    let kind = estate.kind(of: row)
    return estate.entity(row).owner < 0 && kind.role != "integration" && !kind.isBuiltIn
  }

  /// The box that a row is told in: its own, or that of what it is a part of.
  func boxRow(of row: Int32) -> Int32? {
    var current = row
    while current >= 0 {
      if places[current] != nil { return current }
      current = estate.entity(current).owner
    }
    return nil
  }

  /// The box of a row as it is without the initiative.
  mutating func nodeBefore(_ row: Int32) -> Diagram.Node {
    var node = before.node(row)
    if let owner = before.ownerLine(of: row) { node.facts.append(owner) }
    return node
  }

  // MARK: Lines

  /// The lines between boxes as they are without the initiative.
  mutating func edgesBefore() -> [Diagram.Edge] {
    let drawn = Set(joints.map { [$0.row, $0.from, $0.to] })
    let all = before.joints().all.filter { drawn.contains([$0.row, $0.from, $0.to]) }
    let lost = edges.filter { $0.style == .dotted && $0.change?.kind == .retired }.map { edge in
      Diagram.Edge(
        from: edge.from, to: edge.to, style: .dotted, labels: edge.change.map { [[$0.title]] } ?? [], count: edge.count)
    }
    return before.edges(all, places: places) + lost
  }

  /// Integrations of both sides and, where entries come into effect later, of that day, too.
  private mutating func allJoints() -> [Joint] {
    struct Key: Hashable {
      var row: Int32
      var to: Int32
    }
    var result = sight.joints().all
    var known = Set(result.map { Key(row: $0.row, to: $0.to) })
    for var joint in before.joints().all where known.insert(Key(row: joint.row, to: joint.to)).inserted {
      joint.change = Diagram.Change(kind: .retired, title: "no longer leads there")
      result.append(joint)
    }
    if changes.last > changes.date {
      var later = EstateSight(estate.seen(in: estate.view, at: changes.last), sight.options)
      for var joint in later.joints().all
      where changes[joint.row] != nil && known.insert(Key(row: joint.row, to: joint.to)).inserted {
        joint.change = Diagram.Change(kind: .added, title: "leads there by \(changes.last.text)")
        result.append(joint)
      }
    }
    return result.sorted { ($0.row, $0.to) < ($1.row, $1.to) }
  }

  /// What a row's own relations lead to, by the relations' titles; who answers for it would join nearly everything.
  private mutating func relations(of row: Int32) -> [(target: Int32, title: String)] {
    let metamodel = estate.metamodel
    var result: [(target: Int32, title: String)] = []
    for id in estate.kind(of: row).order {
      let field = metamodel.fields[Int(id)]
      guard case .relation = field.shape, field.isWritten, field.role != "owner",
        let declaration = metamodel.field(field.path, ofKind: estate.entity(row).kind)
      else { continue }
      let title = field.title?.lowercased() ?? PhaseStyle.readable(field.path)
      for target in EstateSight.rows(sight.read(declaration, of: row)).sorted() where target != row {
        result.append((target, title))
      }
    }
    return result
  }

  /// Relations that come or go between what is drawn, one line for each pair and sign.
  private mutating func relationEdges() -> [Diagram.Edge] {
    var found: [EstateSight.EdgeKey: [String]] = [:]
    func add(_ from: Int32, _ to: Int32, _ title: String, _ kind: Diagram.Change.Kind) {
      guard let source = places[from], let target = places[to], source != target else { return }
      let key = EstateSight.EdgeKey(from: source, to: target, change: Diagram.Change(kind: kind, title: ""))
      if found[key]?.contains(title) != true { found[key, default: []].append(title) }
    }
    for link in changes.links {
      let day = link.date > changes.date ? " from \(link.date.text)" : ""
      add(link.from, link.to, link.relation + day, link.isGained ? .added : .retired)
    }
    for row in changes.rows where changes[row]?.kind == .added && places[row] != nil {
      let isComponent = estate.kind(of: row).role == "component"
      for (target, title) in relations(of: row) where !isComponent || changes[target] != nil {
        add(row, target, title, .added)
      }
    }
    return found.sorted { $0.key < $1.key }.map { key, titles in
      let kind: Diagram.Change.Kind =
        key.change.first?.hasPrefix(Diagram.Change.Kind.added.sign) == true ? .added : .retired
      return Diagram.Edge(
        from: key.from, to: key.to, style: .dotted, count: titles.count,
        change: Diagram.Change(kind: kind, title: EstateSight.list(titles)))
    }
  }
}
