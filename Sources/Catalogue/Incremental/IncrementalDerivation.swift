internal import CEL

/// Works out derived fields where they can be otherwise than on another graph; everything else is that graph's.
struct IncrementalDerivation {
  private let plan: IncrementalPlan
  private let metamodel: Metamodel
  /// With derived fields.
  private let old: Graph
  /// Without.
  private let raw: Graph
  private var adjacencies: [Adjacency]
  private var computed: [Graph.Computed]
  private var walk: BackwardWalk
  /// Rows that one graph holds and the other does not, by kind.
  private let come: [Int: [Int32]]
  private let gone: [Int: [Int32]]
  /// What is otherwise: what was given, and what followed.
  private(set) var changes: ChangedFacts
  private(set) var errors: [View.DerivationError] = []
  /// How many values were worked out.
  private(set) var count = 0
  /// Values that lie over those that were worked out whole, by where the graph keeps them.
  private(set) var layers: [Int: Layer]
  private var order: CellOrder

  /// However often values lie over others, there are two layers.
  struct Layer: Sendable {
    var values: [Int32: Value] = [:]
    let under: Graph.Computed
  }

  private static let errorLimit = 5

  /// - Parameters:
  ///   - old: a graph with derived fields.
  ///   - raw: another one without, whose recorded facts differ by no more than `changes`.
  ///   - only: the fields to work out, with those that they use; nil: all.
  init(
    _ plan: IncrementalPlan, from known: Derived, to raw: Graph, _ changes: ChangedFacts, only: Set<Int32>? = nil
  ) {
    let old = known.graph
    self.plan = plan
    layers = known.layers
    order = known.order
    metamodel = plan.universe.metamodel
    self.old = old
    self.raw = raw
    self.changes = changes
    adjacencies = raw.adjacencies
    computed = raw.computed
    come = Self.difference(raw, old)
    gone = Self.difference(old, raw)
    for slot in plan.derivedSlots {
      adjacencies[slot] = old.adjacencies[slot]
      computed[slot] = old.computed[slot]
    }
    walk = BackwardWalk(plan.universe, along: old, against: raw)
    walk.isDeriving = true
    for inverse in plan.mixedInverses { takeRecorded(inverse.slot, inverse.derivedKinds) }
    for group in plan.groups where only.map({ only in group.fields.contains { only.contains($0.id) } }) ?? true {
      evaluate(group)
    }
  }

  /// - Parameter changes: what is otherwise than in the base, if that is what was worked out.
  func derived(from known: Derived, changes: ChangedFacts? = nil) -> Derived {
    Derived(
      graph: graph, errors: errors, changes: changes, order: order, depth: known.depth + 1, layers: layers)
  }

  var graph: Graph { raw.replacing(adjacencies: adjacencies, computed: computed) }

  /// Of an inverse what is derived is the old graph's, and what is recorded the new one's.
  private mutating func takeRecorded(_ slot: Int, _ derivedKinds: KindSet) {
    var edges: [Int32: Adjacency.Edges] = [:]
    for row in changes.rows[Int32(slot), default: []] {
      let was = old.adjacencies[slot].edges(of: row)
      let derived = was.targets.filter { derivedKinds.contains(raw.kind(of: $0)) }
      edges[row] = Adjacency.Edges(
        derived + raw.adjacencies[slot].targets(of: row), possible: was.possible, open: was.open)
    }
    if !edges.isEmpty { adjacencies[slot] = adjacencies[slot].changing(edges) }
  }

  // MARK: What is affected

  private mutating func evaluate(_ group: IncrementalPlan.Group) {
    if let direct = group.direct, let rows = affected(group.fields, direct) {
      if rows.allSatisfy(\.isEmpty) { return }
      if var cells = SettledCells(group.fields, plan.universe.plan, direct, graph, order),
        let found = cells.values(from: rows, &walk)
      {
        count += found.rows.reduce(0) { $0 + $1.count }
        order = found.order
        for (slot, field) in group.fields.enumerated() { store(field, found.rows[slot], found.values[slot]) }
        return
      }
    }
    let rows = affected(group.fields, group.paths) ?? group.fields.map(all)
    if rows.allSatisfy(\.isEmpty) { return }
    let values = values(group, rows)
    for (slot, field) in group.fields.enumerated() {
      if group.isRecursive { order.lose(rows[slot].map { RecursiveCell(field: field.id, row: $0) }) }
      store(field, rows[slot], values[slot])
    }
  }

  /// The rows for which what differs so far can make each of some fields otherwise; nil: all.
  private mutating func affected(_ fields: [Field], _ paths: FieldPaths) -> [[Int32]]? {
    if paths.paths.readsDate, old.date != raw.date { return nil }
    guard case .rows(let found) = walk.walk(paths, from: changes) else { return nil }
    return fields.enumerated().map { slot, field in
      var affected = found[slot, default: []]
      // What comes has values, and what goes has none any more.
      for row in come[field.kind, default: []] + gone[field.kind, default: []] { affected.insert(row) }
      return affected.sorted()
    }
  }

  private func all(_ field: Field) -> [Int32] {
    raw.members.rows(ofKind: field.kind) + gone[field.kind, default: []]
  }

  private static func difference(_ a: Graph, _ b: Graph) -> [Int: [Int32]] {
    Dictionary(grouping: b.members.absent.subtracting(a.members.absent).sorted()) { a.kind(of: $0) }
  }

  // MARK: Values

  private mutating func values(_ group: IncrementalPlan.Group, _ rows: [[Int32]]) -> [[Value]] {
    let graph = self.graph
    let nothing = Value.entities([])
    if group.isRecursive {
      let fields = group.fields.enumerated().compactMap { slot, field in
        plan.universe.plan.compiled[field.id].map { RecursiveField(field, $0, rows: rows[slot]) }
      }
      count += rows.reduce(0) { $0 + $1.count }
      return group.fields.allSatisfy { DerivationPlan.isWellFounded($0.type) }
        ? WellFounded(fields, graph).values() : Fixpoint(fields, graph).values()
    }
    var frame = Frame(graph: graph, slotCount: 1)
    frame.remembers = false
    return group.fields.enumerated().map { slot, field in
      guard let expression = plan.universe.plan.compiled[field.id] else { return rows[slot].map { _ in nothing } }
      count += rows[slot].count
      return rows[slot].map { graph.members.contains($0) ? frame.derive(expression, on: $0) : nothing }
    }
  }

  private mutating func store(_ field: Field, _ rows: [Int32], _ values: [Value]) {
    var failures = 0
    for (row, value) in zip(rows, values) {
      guard case .error(let error) = value else { continue }
      failures += 1
      if failures <= Self.errorLimit { errors.append((row, field, error.message)) }
    }
    switch field.type {
    case .list(.entity): storeRelation(field, rows, values)
    case .entity where plan.isStored(field):
      storeRelation(field, rows, values)
      storeValues(field, rows, values)
    default: storeValues(field, rows, values)
    }
  }

  /// Recursive values lie over the old ones, where they differ; others are worked out when they are read.
  private mutating func storeValues(_ field: Field, _ rows: [Int32], _ values: [Value]) {
    let slot = Int(field.id)
    var frame = Frame(graph: old, slotCount: 1)
    var changed: [Int32: Value] = [:]
    let known = old.computed[slot]
    for (row, value) in zip(rows, values) {
      if old.members.contains(row), raw.members.contains(row), known(&frame, row).isSame(as: value) { continue }
      changed[row] = value
    }
    changes.insert(field.id, changed.keys)
    if field.isRecursive {
      if changed.isEmpty { return }
      var layer = layers[slot] ?? Layer(under: known)
      layer.values.merge(changed) { $1 }
      layers[slot] = layer
      let (values, under) = (layer.values, layer.under)
      computed[slot] = Graph.Computed { frame, row in values[row] ?? under(&frame, row) }
    } else if let expression = plan.universe.plan.compiled[field.id] {
      computed[slot] = Graph.Computed { frame, row in frame.call(expression, on: row) }
    }
  }

  private mutating func storeRelation(_ field: Field, _ rows: [Int32], _ values: [Value]) {
    let slot = Int(field.id)
    var edges: [Int32: Adjacency.Edges] = [:]
    var inverses: [Int: InverseEdges] = [:]
    for (row, value) in zip(rows, values) {
      let new = Derivation.edges(value, row, field.id)
      let was = adjacencies[slot].edges(of: row)
      if was.isSame(as: new) { continue }
      edges[row] = new
      for target in Set(was.targets + was.possible.map(\.target)) {
        guard let inverse = field.inverses[raw.kind(of: target)] else { continue }
        inverses[inverse, default: InverseEdges()].remove(row, from: target)
      }
      for target in new.targets {
        guard let inverse = field.inverses[raw.kind(of: target)] else { continue }
        inverses[inverse, default: InverseEdges()].add(row, to: target)
      }
      for item in new.possible {
        guard let inverse = field.inverses[raw.kind(of: item.target)] else { continue }
        inverses[inverse, default: InverseEdges()].addPossible(row, to: item.target, item.reason)
      }
    }
    if edges.isEmpty { return }
    for (row, new) in edges {
      if let differing = new.difference(from: adjacencies[slot].edges(of: row)) {
        changes.insert(field.id, row, elements: differing)
      } else {
        changes.insert(field.id, row)
      }
    }
    adjacencies[slot] = adjacencies[slot].changing(edges)
    for (inverse, ends) in inverses {
      for target in ends.targets { changes.insert(Int32(inverse), target, elements: ends.sources(of: target)) }
      adjacencies[inverse] = ends.applied(to: adjacencies[inverse])
    }
  }
}

/// What changes in an inverse.
private struct InverseEdges {
  private var removed: [Int32: Set<Int32>] = [:]
  private var added: [Int32: [Int32]] = [:]
  private var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]

  var targets: Set<Int32> { Set(removed.keys).union(added.keys).union(possible.keys) }

  mutating func remove(_ row: Int32, from target: Int32) { removed[target, default: []].insert(row) }
  mutating func add(_ row: Int32, to target: Int32) { added[target, default: []].append(row) }
  mutating func addPossible(_ row: Int32, to target: Int32, _ reason: Unknown) {
    possible[target, default: []].append((row, reason))
  }

  func sources(of target: Int32) -> Set<Int32> {
    var result = removed[target, default: []]
    result.formUnion(added[target, default: []])
    result.formUnion(possible[target, default: []].map(\.target))
    return result
  }

  func applied(to adjacency: Adjacency) -> Adjacency {
    var edges: [Int32: Adjacency.Edges] = [:]
    for target in targets {
      // What comes and goes is there.
      let (gone, come) = (removed[target, default: []], Set(added[target, default: []]))
      edges[target] = adjacency.edges(of: target).changing(
        gone.union(come).sorted().map { ($0, come.contains($0)) }, possible: possible[target, default: []])
    }
    return adjacency.changing(edges)
  }
}

extension Adjacency.Edges {
  /// Whether two rows lead to the same, gaps included.
  func isSame(as other: Adjacency.Edges) -> Bool {
    guard hasSameTargets(as: other), open?.facts == other.open?.facts, possible.count == other.possible.count else {
      return false
    }
    let (a, b) = (possible.sorted { $0.target < $1.target }, other.possible.sorted { $0.target < $1.target })
    return zip(a, b).allSatisfy { $0.target == $1.target && $0.reason.facts == $1.reason.facts }
  }

  /// The targets that are in one only, or there for another reason; nil: it is not known alike whether there are others.
  func difference(from other: Adjacency.Edges) -> Set<Int32>? {
    guard open?.facts == other.open?.facts else { return nil }
    var result = Set(targets).symmetricDifference(other.targets)
    if possible.isEmpty, other.possible.isEmpty { return result }
    result.formUnion(possible.map(\.target))
    result.formUnion(other.possible.map(\.target))
    return result
  }
}
