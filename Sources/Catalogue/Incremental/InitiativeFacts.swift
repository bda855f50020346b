internal import CEL

/// What an initiative can make otherwise, on whatever day and in whoever's view: from what its entries say alone, so
/// that no view has to be made to tell.
struct InitiativeFacts {
  private let universe: Universe
  private let edges: OtherEdges
  private let flow: Kind?
  /// The integrations' fields that flows follow from, and who an integration belongs to.
  private var flowFields: [Int32: FlowFields] = [:]
  /// Relations whose targets' lifecycles a kind's follows, by kind.
  private var followed: [(kind: Int, fields: [Field])] = []

  /// - Parameter edges: of all initiatives.
  init(_ universe: Universe, _ edges: OtherEdges) {
    self.universe = universe
    self.edges = edges
    let metamodel = universe.metamodel
    flow = metamodel.kind(named: "flow")
    for kind in metamodel.kinds(inRole: "integration") {
      guard let fields = FlowFields(kind, metamodel) else { continue }
      for field in fields.all { flowFields[field.id] = fields }
    }
    for kind in universe.following {
      guard case .follows(let relations) = kind.lifecycle else { continue }
      followed.append((kind.index, relations.compactMap { metamodel.field($0, of: kind.index) }))
    }
  }

  /// Of changes that come into effect.
  func facts(of changes: [Change]) -> ChangedFacts {
    var facts = ChangedFacts()
    var living: Set<Int32> = []
    for change in changes {
      let field = universe.metamodel.fields[Int(change.field)]
      switch change.effect {
      case .lifecycle, .day: living.insert(change.entity)
      case .value, .target, .targets, .link, .unlink:
        note(field, change.entity, &facts)
        let ends = change.namedTargets + edges.targets(field.id, of: change.entity)
        for target in ends { noteInverse(field, target, change.entity, &facts) }
        if followed.contains(where: { $0.fields.contains { $0.id == field.id } }) { living.insert(change.entity) }
      }
      if let fields = flowFields[field.id] { noteFlows(of: change.entity, fields, &facts) }
    }
    noteLiving(living, &facts)
    return facts
  }

  /// Of rows that come.
  func facts(ofAdding rows: [Int32]) -> ChangedFacts {
    var facts = ChangedFacts()
    for row in rows { noteMoved(row, &facts) }
    let added = Set(rows)
    for row in rows {
      for flow in flows(of: row) where !added.contains(flow) { noteMoved(flow, &facts) }
      guard let fields = FlowFields(universe.metamodel.kinds[universe.raw.kind(of: row)], universe.metamodel) else {
        continue
      }
      noteFlows(of: row, fields, &facts)
    }
    // What leads to them from elsewhere leads to nothing without them.
    for reference in universe.conditional where added.contains(reference.target) {
      let field = universe.metamodel.fields[Int(reference.field)]
      noteReference(field, reference.source, reference.target, &facts)
    }
    for initiative in universe.initiatives {
      for change in initiative.changes where !added.contains(change.entity) {
        for target in change.namedTargets where added.contains(target) {
          noteReference(universe.metamodel.fields[Int(change.field)], change.entity, target, &facts)
        }
      }
    }
    return facts
  }

  private func noteReference(_ field: Field, _ row: Int32, _ target: Int32, _ facts: inout ChangedFacts) {
    note(field, row, &facts)
    noteInverse(field, target, row, &facts)
    if let fields = flowFields[field.id] { noteFlows(of: row, fields, &facts) }
    if followed.contains(where: { $0.fields.contains { $0.id == field.id } }) { noteLiving([row], &facts) }
  }

  // MARK: Flows

  /// The flows that an integration has in any view. They are in the order of their ids, which begin with its own.
  private func flows(of row: Int32) -> [Int32] {
    guard let flow else { return [] }
    let rows = universe.raw.kindRanges[flow.index]
    let (entities, beginning) = (universe.entities, universe.entities[Int(row)].id + "/")
    var (low, high) = (rows.lowerBound, rows.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if entities[Int(middle)].id < beginning { low = middle + 1 } else { high = middle }
    }
    return (low..<rows.upperBound).prefix { entities[Int($0)].id.hasPrefix(beginning) }
      .filter { entities[Int($0)].owner == row }
  }

  /// Flows of an integration come, go and lead elsewhere.
  private func noteFlows(of row: Int32, _ fields: FlowFields, _ facts: inout ChangedFacts) {
    guard let flow else { return }
    let flows = flows(of: row)
    for place in flows { noteMoved(place, &facts) }
    // Where they begin and end is among what the integration names.
    var ends = Set(fields.all.flatMap { recorded($0, row) + edges.targets($0.id, of: row) })
    ends.insert(universe.entities[Int(row)].owner)
    for id in flow.order {
      let field = universe.metamodel.fields[Int(id)]
      guard case .relation = field.shape else { continue }
      for place in flows {
        facts.insert(id, place)
        for end in ends where end >= 0 { noteInverse(field, end, place, &facts) }
      }
    }
  }

  // MARK: Lifecycles

  /// Rows whose lifecycles change, and whatever follows these.
  private func noteLiving(_ rows: Set<Int32>, _ facts: inout ChangedFacts) {
    var living = rows
    for (kind, fields) in followed {
      for field in fields {
        for row in living { living.formUnion(sources(of: field, to: row).filter { universe.raw.kind(of: $0) == kind }) }
      }
    }
    for row in living {
      for id in universe.lifecycleFields[universe.raw.kind(of: row)] { facts.insert(id, row) }
    }
  }

  private func sources(of field: Field, to row: Int32) -> [Int32] {
    let (metamodel, raw) = (universe.metamodel, universe.raw)
    let kind = raw.kind(of: row)
    switch field.shape {
    case .owner(let kinds):
      guard kinds.contains(kind) else { return [] }
      return metamodel.kinds[kind].order.flatMap { id -> [Int32] in
        guard case .parts(field.kind, _) = metamodel.fields[Int(id)].shape else { return [] }
        return Array(raw.adjacencies[Int(id)].targets(of: row))
      } + edges.sources(field.id, of: row)
    case .relation(let kinds, _):
      guard kinds.contains(kind) else { return [] }
      let others = edges.sources(field.id, of: row)
      if let inverse = field.inverses[kind] { return Array(raw.adjacencies[inverse].targets(of: row)) + others }
      return raw.members.rows(ofKind: field.kind).filter { recorded(field, $0).contains(row) } + others
    default: return []
    }
  }

  // MARK: Rows

  private func recorded(_ field: Field, _ row: Int32) -> [Int32] { universe.recordedTargets(field, of: row) }

  private func noteMoved(_ row: Int32, _ facts: inout ChangedFacts) {
    let metamodel = universe.metamodel
    let kind = metamodel.kinds[universe.raw.kind(of: row)]
    facts.insertListing(of: kind.index)
    facts.insert(FunctionFact.added, row)
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard case .relation = field.shape else { continue }
      for target in recorded(field, row) + edges.targets(id, of: row) { noteInverse(field, target, row, &facts) }
    }
    let owner = universe.entities[Int(row)].owner
    guard owner >= 0, kind.ownerRelation != nil else { return }
    for id in metamodel.kinds[universe.raw.kind(of: owner)].order {
      if case .parts(kind.index, _) = metamodel.fields[Int(id)].shape { facts.insert(id, owner, elements: [row]) }
    }
  }

  private func note(_ field: Field, _ row: Int32, _ facts: inout ChangedFacts) {
    facts.insert(field.id, row)
    guard let dot = field.path.firstIndex(of: ".") else { return }
    if let whole = universe.metamodel.kinds[field.kind].members[String(field.path[..<dot])] { facts.insert(whole, row) }
  }

  private func noteInverse(_ field: Field, _ target: Int32, _ source: Int32, _ facts: inout ChangedFacts) {
    if let inverse = field.inverses[universe.raw.kind(of: target)] {
      facts.insert(Int32(inverse), target, elements: [source])
    }
  }
}
