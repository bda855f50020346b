internal import CEL

/// Finds for which rows an expression can have another value, by walking its ways backwards from the facts that changed,
/// along the edges of one graph.
struct BackwardWalk {
  private let universe: Universe
  private let metamodel: Metamodel
  private let graph: Graph
  /// Edges that hold on other days, perhaps.
  private let otherEdges: OtherEdges
  /// Whether everything is read on other days than the graph's.
  var isElsewhere = false
  /// Whether derived fields are being worked out: not every graph at hand has them yet.
  var isDeriving = false
  /// What conditions give on the graph and on the other one.
  private var conditions: ConditionValues?
  private let other: Graph?
  /// What they may give on any day, where the walk is of no day alone.
  var timeless: TimelessConditions?
  private let definitions: Definitions?
  /// Rows that only one of the two graphs holds.
  private let moved: Set<Int32>?
  private var reachedRows: [Int32: [Int32: Set<Int32>]] = [:]
  /// Relations seen from their targets that no inverse tells of, by field.
  private var reversed: [Int32: [Int32: [Int32]]] = [:]

  /// Rows by slot, or everything.
  enum Reached {
    case all
    case rows([Int: Set<Int32>])
  }

  /// - Parameter other: the graph that the first is compared with; without it, no ways with conditions can be walked.
  init(
    _ universe: Universe, along graph: Graph, against other: Graph? = nil, otherEdges: OtherEdges = OtherEdges(),
    _ definitions: Definitions? = nil
  ) {
    self.universe = universe
    self.other = other
    moved = other.map { graph.members.absent.symmetricDifference($0.members.absent) }
    self.definitions = definitions
    conditions = other.map { ConditionValues(graph, $0) }
    metamodel = universe.metamodel
    self.graph = graph
    self.otherEdges = otherEdges
  }

  /// - Parameter limit: beyond so many places the walk ends, and everything is reached.
  mutating func walk(_ fields: FieldPaths, from given: ChangedFacts, limit: Int = .max) -> Reached {
    if !fields.isComplete, !given.isEmpty { return .all }
    if !fields.listings.intersection(given.listings).isEmpty { return .all }
    var changes = given
    for listed in fields.filteredListings where !listed.kinds.intersection(given.listings).isEmpty {
      guard let moved, !isElsewhere else { return .all }
      for row in moved where listed.kinds.contains(graph.kind(of: row)) {
        if mayHold(listed.conditions, row) { return .all }
      }
    }
    for condition in fields.conditions {
      guard let rows = changed(condition, given, fields) else { return .all }
      changes.insert(condition.fact, rows)
    }
    return spread(fields, from: changes, limit)
  }

  /// From where ways come to a row, whatever they read of it.
  mutating func walk(_ fields: FieldPaths, to row: Int32) -> Reached {
    if !fields.isComplete || fields.looksElsewhere { return .all }
    let kind = graph.kind(of: row)
    if fields.listings.contains(kind) || fields.filteredListings.contains(where: { $0.kinds.contains(kind) }) {
      return .all
    }
    return spread(fields, from: ChangedFacts(), .max, endingAt: row)
  }

  /// The rows, by slot, for which a field is read of a row; nil: perhaps all. What conditions give is known from a walk
  /// that went before.
  mutating func readers(of field: Int32, _ row: Int32, _ fields: FieldPaths) -> [Int: Set<Int32>]? {
    var changes = ChangedFacts()
    changes.insert(field, row)
    guard case .rows(let found) = spread(fields, from: changes, .max) else { return nil }
    return found
  }

  /// Goes back from what differs, the values of conditions included.
  ///
  /// - Parameter end: a row from which to go back, wherever a way may come to it.
  private mutating func spread(
    _ fields: FieldPaths, from changes: ChangedFacts, _ limit: Int, endingAt end: Int32? = nil
  ) -> Reached {
    var pending: [Waypoint] = []
    var seen: Set<Waypoint> = []
    func add(_ walk: inout BackwardWalk, _ place: Waypoint) {
      guard seen.insert(place).inserted, walk.mayGoOn(place, fields) else { return }
      pending.append(place)
    }
    eachBeginning(fields, changes, add)
    if let end {
      for state in fields.paths.kinds.indices { visit(end, state, fields, add) }
      // What nothing more is read of is no state of its own.
      for (field, readings) in fields.readings where field >= 0 {
        let origins = holders(of: end, field, isElsewhere: false)
        for reading in readings { for row in origins { visit(row, reading.from, fields, add) } }
      }
    }
    if pending.isEmpty, seen.isEmpty { return .rows([:]) }
    var result: [Int: Set<Int32>] = [:]
    while let place = pending.popLast() {
      if seen.count > limit { return .all }
      switch eachNext(place, fields, add) {
      case .everything: return .all
      case .inHand: continue
      case .here(let slots): for slot in slots { result[slot, default: []].insert(place.row) }
      }
    }
    return .rows(result)
  }

  // MARK: One place after the other

  typealias Visit = (inout BackwardWalk, Waypoint) -> Void

  /// What was found at a place.
  enum Onward {
    /// Ways lead on from every entity.
    case everything
    /// They led on by way of the entity in hand.
    case inHand
    /// Ways begin here, in these slots.
    case here([Int])
  }

  /// The places at which ways back from what differs begin.
  mutating func eachBeginning(_ fields: FieldPaths, _ changes: ChangedFacts, _ visit: Visit) {
    for (field, rows) in changes.rows {
      guard let steps = fields.readings[field] else { continue }
      for row in rows {
        let elements = changes.elements(field, row)
        for step in steps {
          guard let filter = step.filter, let elements else {
            self.visit(row, step.from, fields, visit)
            continue
          }
          for element in elements where mayHold(filter.conditions, element) {
            if let key = filter.key, eachInHand(key, element, fields, visit) { continue }
            self.visit(row, step.from, fields, visit)
          }
        }
      }
    }
  }

  /// The places to which ways back from a place lead.
  mutating func eachNext(_ place: Waypoint, _ fields: FieldPaths, _ visit: Visit) -> Onward {
    let (state, row) = (Int(place.state), place.row)
    if let key = fields.keys[state], eachInHand(key, row, fields, visit) { return .inHand }
    if fields.isWayIn(row, ofKind: graph.kind(of: row), state) { return .everything }
    for from in fields.linksInto[state] { self.visit(row, from, fields, visit) }
    for step in fields.stepsInto[state] {
      for holder in holders(of: row, step.field, isElsewhere: step.isElsewhere) {
        self.visit(holder, step.from, fields, visit)
      }
    }
    for jump in fields.jumpsInto[state] {
      guard let rows = reached(from: row, by: jump.field) else { return .everything }
      for other in rows { self.visit(other, jump.from, fields, visit) }
    }
    return .here(fields.slots(state))
  }

  /// Whether ways go on from a place: the conditions on what is held there may all hold.
  mutating func mayGoOn(_ place: Waypoint, _ fields: FieldPaths) -> Bool {
    fields.kept[Int(place.state)].map { mayHold($0, place.row) } ?? true
  }

  private mutating func visit(_ row: Int32, _ state: Int, _ fields: FieldPaths, _ visit: Visit) {
    guard fields.paths.kinds[state].contains(graph.kind(of: row)) else { return }
    visit(&self, Waypoint(state: Int32(state), row: row))
  }

  /// Goes on from the entity in hand; false: it cannot be told which it was.
  private mutating func eachInHand(
    _ key: AccessFilter.Key, _ row: Int32, _ fields: FieldPaths, _ visit: Visit
  ) -> Bool {
    guard let targets = recorded(metamodel.fields[Int(key.field)], row, fields) else { return false }
    for target in targets { for state in key.states { self.visit(target, state, fields, visit) } }
    return true
  }

  // MARK: Conditions

  /// The entities for which a condition gives another value; nil: perhaps all.
  private mutating func changed(
    _ condition: FieldPaths.Condition, _ changes: ChangedFacts, _ fields: FieldPaths
  ) -> [Int32]? {
    if let known = conditions?.changed(condition.fact) { return known }
    guard case .rows(let rows) = walk(condition.paths, from: changes) else { return nil }
    let candidates = rows[0, default: []].sorted()
    // Asking whether anybody wants to know takes the same conditions.
    guard var asking = conditions else { return candidates }
    defer { conditions = asking }
    return asking.keep(condition, candidates) { leads(condition.fact, $0, fields) }
  }

  /// Whether a way leads from a condition's value for an entity to any target.
  private mutating func leads(_ fact: Int32, _ row: Int32, _ fields: FieldPaths) -> Bool {
    var changes = ChangedFacts()
    changes.insert(fact, row)
    if case .rows(let rows) = spread(fields, from: changes, Self.leadLimit) { return !rows.isEmpty }
    return true
  }

  private static let leadLimit = 1_000

  /// Whether conditions may all hold of an entity on either graph.
  private mutating func mayHold(_ asked: [FieldPaths.Condition], _ row: Int32) -> Bool {
    if asked.isEmpty { return true }
    // What is of another kind was left out before anything was asked.
    let kind = graph.kind(of: row)
    for condition in asked where !condition.kinds.contains(kind) { return false }
    guard timeless != nil else { return conditions?.mayHold(asked, row) ?? true }
    for condition in asked where timeless?.isKnown(condition) == false {
      // The walk is of what can be otherwise at all; it asks for what conditions are, as this one does.
      var walk = self
      let reached = walk.walk(condition.paths, from: timeless?.facts ?? ChangedFacts())
      timeless?.note(condition, reached)
    }
    return timeless?.mayHold(asked, row) ?? true
  }

  // MARK: Edges forwards

  /// Whatever a derived relation may lead to from a row, on any day.
  private mutating func reached(from row: Int32, by field: Int32) -> Set<Int32>? {
    if let known = reachedRows[field]?[row] { return known }
    guard let ways = definitions?.forward[field] else { return nil }
    var result: Set<Int32> = []
    var seen: Set<Waypoint> = []
    var pending = [Waypoint(state: Int32(ways.start), row: row)]
    while let place = pending.popLast() {
      let state = Int(place.state)
      guard seen.insert(place).inserted, ways.kinds[state].contains(graph.kind(of: place.row)) else { continue }
      if ways.results.contains(state) { result.insert(place.row) }
      for to in ways.linksFrom[state] { pending.append(Waypoint(state: Int32(to), row: place.row)) }
      for step in ways.stepsFrom[state] {
        guard let to = step.to, step.field >= 0 else { continue }
        for target in ends(metamodel.fields[Int(step.field)], place.row) {
          pending.append(Waypoint(state: Int32(to), row: target))
        }
      }
    }
    reachedRows[field, default: [:]][row] = result
    return result
  }

  /// What a field that is no derived one leads to, on either graph or on another day.
  private func ends(_ field: Field, _ row: Int32) -> [Int32] {
    guard field.kind == graph.kind(of: row) else { return [] }
    switch field.shape {
    case .relation:
      return [graph, other].compactMap { $0 }.flatMap { targets(field, row, on: $0) }
        + otherEdges.targets(field.id, of: row)
    case .inverse(let relations):
      return [graph, other].compactMap { $0 }.flatMap { all($0.adjacencies[Int(field.id)], row) }
        + relations.flatMap { otherEdges.sources($0, of: row) }
    case .parts:
      return [graph, other].compactMap { $0 }.flatMap { all($0.adjacencies[Int(field.id)], row) }
    case .owner:
      let owner = universe.entities[Int(row)].owner
      return owner >= 0 ? [owner] : []
    default: return []
    }
  }

  // MARK: Edges backwards

  /// The rows whose field leads to a row, for certain or possibly.
  private mutating func holders(of row: Int32, _ id: Int32, isElsewhere: Bool) -> [Int32] {
    guard id >= 0 else { return [] }
    let field = metamodel.fields[Int(id)]
    let here = holders(of: row, field)
    return isElsewhere || self.isElsewhere ? here + otherEdges.holders(of: row, field) : here
  }

  private mutating func holders(of row: Int32, _ field: Field) -> [Int32] {
    let kind = graph.kind(of: row)
    switch field.shape {
    case .inverse(let sources):
      return sources.flatMap { id -> [Int32] in
        let source = metamodel.fields[Int(id)]
        guard source.kind == kind else { return [] }
        return targets(source, row)
      }
    case .parts:
      let owner = universe.entities[Int(row)].owner
      return owner >= 0 ? [owner] : []
    case .owner:
      return metamodel.kinds[kind].order.flatMap { id -> [Int32] in
        guard case .parts(field.kind, _) = metamodel.fields[Int(id)].shape else { return [] }
        return all(graph.adjacencies[Int(id)], row)
      }
    default:
      if let inverse = field.inverses[kind] { return all(graph.adjacencies[inverse], row) }
      return reversed(field)[row] ?? []
    }
  }

  /// What a field leads to; nil where that is not known for certain.
  private func recorded(_ field: Field, _ row: Int32, _ fields: FieldPaths) -> [Int32]? {
    guard field.kind == graph.kind(of: row) else { return nil }
    // What is derived on other days, or later, the graphs do not tell.
    if fields.looksElsewhere || isElsewhere || isDeriving, universe.plan.stored.contains(field.id) { return nil }
    var result: [Int32] = []
    // What comes to a list, or goes from it, only one of the graphs may have there.
    for graph in [graph, other].compactMap({ $0 }) {
      guard let targets = recorded(field, row, on: graph) else { return nil }
      result += targets
    }
    guard case .inverse(let relations) = field.shape else { return result + otherEdges.targets(field.id, of: row) }
    return result + relations.flatMap { otherEdges.sources($0, of: row) }
  }

  private func recorded(_ field: Field, _ row: Int32, on graph: Graph) -> [Int32]? {
    let slot = Int(field.id)
    switch metamodel.access(to: field) {
    case .column?: return graph.columns[slot].int32(of: row).map { [$0] }
    case .edges?:
      let edges = graph.adjacencies[slot].edges(of: row)
      return edges.open == nil && edges.possible.isEmpty ? edges.targets : nil
    case .computed?, nil: return nil
    }
  }

  private func all(_ adjacency: Adjacency, _ row: Int32) -> [Int32] {
    Array(adjacency.targets(of: row)) + adjacency.possible(of: row).map(\.target)
  }

  /// What a field leads to.
  private func targets(_ field: Field, _ row: Int32) -> [Int32] { targets(field, row, on: graph) }

  private func targets(_ field: Field, _ row: Int32, on graph: Graph) -> [Int32] {
    let slot = Int(field.id)
    if case .column? = metamodel.access(to: field) { return graph.columns[slot].int32(of: row).map { [$0] } ?? [] }
    return all(graph.adjacencies[slot], row)
  }

  /// A relation without an inverse, seen from its targets: worked out once.
  private mutating func reversed(_ field: Field) -> [Int32: [Int32]] {
    if let known = reversed[field.id] { return known }
    var result: [Int32: [Int32]] = [:]
    for row in graph.members.rows(ofKind: field.kind) {
      for target in targets(field, row) { result[target, default: []].append(row) }
    }
    reversed[field.id] = result
    return result
  }
}
