import CEL

/// Finds the targets that a difference between two states of a world may concern, by walking access paths backwards over
/// the edges of the first: plain, one row and one state after the other.
struct BackwardWalk {
  let paths: AccessPaths
  let host = TinyHost()
  let first: WorldState
  let second: WorldState
  /// By field, by row, the rows whose field holds it; in the first state, here and before.
  private var holdersHere: [Int32: [Int32: [Int32]]] = [:]
  private var holdersBefore: [Int32: [Int32: [Int32]]] = [:]

  private struct Place: Hashable {
    var row: Int32
    var state: Int
  }

  init(_ paths: AccessPaths, from first: WorldState, to second: WorldState) {
    self.paths = paths
    self.first = first
    self.second = second
  }

  /// The rows that the slots held; nil where every target is concerned.
  mutating func starts() -> [Int: Set<Int32>]? {
    if !paths.readsGlobals.isEmpty, differs(first.graph, second.graph) || differs(first.before, second.before) {
      return nil
    }
    let touchedHere = Self.touched(first.graph, second.graph, host).union(touchedByFunctions())
    let touchedBefore = Self.touched(first.before, second.before, host)
    var pending: [Place] = []
    var seen: Set<Place> = []
    func add(_ row: Int32, _ state: Int) {
      let place = Place(row: row, state: state)
      if paths.kinds[state].contains(first.graph.kind(of: row)), seen.insert(place).inserted { pending.append(place) }
    }
    func addInHand(_ key: AccessFilter.Key, _ row: Int32) -> Bool {
      guard let targets = inHand(key.field, row) else { return false }
      for target in targets { for state in key.states { add(target, state) } }
      return true
    }
    for step in paths.steps {
      for fact in touchedHere where fact.field == step.field {
        if let key = step.filter?.key, !step.isElsewhere, let elements = differing(fact) {
          for element in elements where !addInHand(key, element) { add(fact.row, step.from) }
        } else {
          add(fact.row, step.from)
        }
      }
      if step.isElsewhere { for fact in touchedBefore where fact.field == step.field { add(fact.row, step.from) } }
    }
    var result: [Int: Set<Int32>] = [:]
    while let place = pending.popLast() {
      if let entry = paths.keyed.first(where: { $0.state == place.state }), addInHand(entry.key, place.row) { continue }
      for start in paths.starts where start.state == place.state { result[start.slot, default: []].insert(place.row) }
      if isWayIn(place) { return nil }
      for link in paths.links where link.to == place.state { add(place.row, link.from) }
      for step in paths.steps where step.to == place.state {
        for row in holders(of: place.row, step.field, isElsewhere: step.isElsewhere) { add(row, step.from) }
      }
    }
    return result
  }

  private func isWayIn(_ place: Place) -> Bool {
    let kind = first.graph.kind(of: place.row)
    if paths.listed.contains(where: { $0.state == place.state && $0.kinds.contains(kind) }) { return true }
    if paths.literals.contains(where: { $0.state == place.state && $0.row == place.row }) { return true }
    return paths.globals.contains { global in
      guard global.state == place.state else { return false }
      let values = [first.graph, first.before].map { $0.globals[global.index] }
      return values.contains { Self.rows($0).contains(place.row) }
    }
  }

  private func differs(_ a: Graph, _ b: Graph) -> Bool {
    zip(a.globals, b.globals).contains { TinyWorld.shown($0) != TinyWorld.shown($1) }
  }

  // MARK: What filters keep

  /// What a recorded field gives for a row, in either state, here and before; nil where that is not known for certain.
  private func inHand(_ field: Int32, _ row: Int32) -> [Int32]? {
    let declarations = host.fieldNames(ofKind: first.graph.kind(of: row)).compactMap {
      host.field($0, ofKind: first.graph.kind(of: row))
    }
    guard let declaration = declarations.first(where: { $0.id == field }) else { return nil }
    if case .computed = declaration.access { return nil }
    var result: [Int32] = []
    for graph in [first.graph, first.before, second.graph, second.before] {
      var frame = Frame(graph: graph, slotCount: 0)
      let value = frame.read(declaration, of: row)
      if case .entity(let target) = value {
        result.append(target)
      } else if let view = value.listView, view.isDefinite {
        result += Self.rows(value)
      } else {
        return nil
      }
    }
    return result
  }

  /// The elements of a list that differ between the two states; nil: it is no list of which all is known.
  private func differing(_ fact: Fact) -> Set<Int32>? {
    let kind = first.graph.kind(of: fact.row)
    let declarations = host.fieldNames(ofKind: kind).compactMap { host.field($0, ofKind: kind) }
    guard let declaration = declarations.first(where: { $0.id == fact.field }), case .edges = declaration.access else {
      return nil
    }
    var found: [Set<Int32>] = []
    for graph in [first.graph, second.graph] {
      var frame = Frame(graph: graph, slotCount: 0)
      guard let view = frame.read(declaration, of: fact.row).listView, view.isDefinite else { return nil }
      found.append(Set((0..<view.count).compactMap { view.row(at: $0) }))
    }
    // In another order is otherwise, too.
    return found[0] == found[1] ? nil : found[0].symmetricDifference(found[1])
  }

  // MARK: Facts

  /// The facts of fields that are not the same in two graphs.
  private static func touched(_ a: Graph, _ b: Graph, _ host: TinyHost) -> Set<Fact> {
    var result: Set<Fact> = []
    var (frame, other) = (Frame(graph: a, slotCount: 0), Frame(graph: b, slotCount: 0))
    each(a, host) { field, row in
      let (x, y) = (frame.read(field, of: row), other.read(field, of: row))
      if TinyWorld.shown(x, withFacts: true) != TinyWorld.shown(y, withFacts: true) {
        result.insert(Fact(row: row, field: field.id))
      }
    }
    return result
  }

  private func touchedByFunctions() -> Set<Fact> {
    var result = Set(
      first.touched.symmetricDifference(second.touched).map { Fact(row: $0, field: TinyHost.touchedFact) })
    for row in Set(first.heirs.keys).union(second.heirs.keys) where first.heirs[row] != second.heirs[row] {
      result.insert(Fact(row: row, field: TinyHost.heirsFact))
    }
    return result
  }

  private static func each(_ graph: Graph, _ host: TinyHost, _ body: (FieldDeclaration, Int32) -> Void) {
    for (kind, rows) in graph.kindRanges.enumerated() {
      for name in host.fieldNames(ofKind: kind) {
        guard let field = host.field(name, ofKind: kind) else { continue }
        for row in rows { body(field, row) }
      }
    }
  }

  private mutating func holders(of row: Int32, _ field: Int32, isElsewhere: Bool) -> [Int32] {
    if field == TinyHost.heirsFact { return first.heirs.filter { $0.value.contains(row) }.map(\.key) }
    if holdersHere.isEmpty { holdersHere = Self.holders(first.graph, host) }
    let here = holdersHere[field]?[row] ?? []
    guard isElsewhere else { return here }
    if holdersBefore.isEmpty { holdersBefore = Self.holders(first.before, host) }
    return here + (holdersBefore[field]?[row] ?? [])
  }

  private static func holders(_ graph: Graph, _ host: TinyHost) -> [Int32: [Int32: [Int32]]] {
    var result: [Int32: [Int32: [Int32]]] = [:]
    var frame = Frame(graph: graph, slotCount: 0)
    each(graph, host) { field, row in
      for target in rows(frame.read(field, of: row)) { result[field.id, default: [:]][target, default: []].append(row) }
    }
    return result
  }

  private static func rows(_ value: Value) -> [Int32] {
    if case .entity(let row) = value { return [row] }
    guard let view = value.listView else { return [] }
    return (0..<view.count).compactMap { view.row(at: $0) }
  }
}
