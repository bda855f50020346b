internal import CEL
internal import Dispatch
internal import Synchronization

/// Compiles the derived fields and puts their values into a graph: relations as adjacencies with their inverses,
/// recursive ones as least fixpoints, other fields as expressions that are evaluated when they are read.
struct Derivation {
  private let metamodel: Metamodel
  private var adjacencies: [Adjacency]
  private var computed: [Graph.Computed]
  private let base: Graph
  private var compiled: [Int32: CompiledExpression] = [:]
  /// Errors met while values were stored, at most so many a field: the rows and what went wrong.
  private(set) var errors: [(row: Int32, field: Field, message: String)] = []
  private static let errorLimit = 5
  /// In which order recursive fields follow.
  private(set) var order = CellOrder()
  /// Relations' inverses, by the field that derives the relation.
  private var inverses: [Int32: [Field]] = [:]

  /// With the derived fields' values.
  var graph: Graph { base.replacing(adjacencies: adjacencies, computed: computed) }

  /// Works out the derived fields, or those only that are needed to read some.
  init(_ plan: DerivationPlan, _ metamodel: Metamodel, _ graph: Graph, toRead fields: Set<Int32>?) {
    self.metamodel = metamodel
    base = graph
    adjacencies = graph.adjacencies
    computed = graph.computed
    compiled = plan.compiled
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape else { continue }
      for source in sources where compiled[source] != nil { inverses[source, default: []].append(field) }
    }
    let readByOthers = plan.readByOthers
    let needed = fields.map { plan.needed(toRead: $0) }
    let groups = plan.groups.filter { group in
      needed.map { needed in group.contains { needed.contains($0.id) } } ?? true
    }
    for wave in plan.waves(groups) {
      for group in wave where !group.contains(where: \.isRecursive) {
        for field in group { evaluatePlain(field, isReadByOthers: readByOthers.contains(field.id)) }
      }
      evaluateRecursive(wave.filter { $0.contains(where: \.isRecursive) })
    }
  }

  // MARK: Evaluation

  /// Groups none of which reads another, by several tasks.
  private mutating func evaluateRecursive(_ groups: [[Field]]) {
    if groups.isEmpty { return }
    let graph = self.graph
    let expressions = groups.map { group in
      group.compactMap { field in compiled[field.id].map { RecursiveField(field, $0, graph) } }
    }
    let results = Mutex<[(values: [[Value]], order: CellOrder)]>(groups.map { _ in ([], CellOrder()) })
    DispatchQueue.concurrentPerform(iterations: groups.count) { place in
      let isWellFounded = groups[place].allSatisfy { DerivationPlan.isWellFounded($0.type) }
      let found =
        isWellFounded
        ? WellFounded(expressions[place], graph).ordered() : Fixpoint(expressions[place], graph).ordered()
      results.withLock { $0[place] = found }
    }
    for (group, result) in zip(groups, results.withLock { $0 }) {
      order.merge(result.order)
      for (field, found) in zip(group, result.values) {
        noteErrors(field, found)
        put(field, found)
      }
      refreshInverses(of: group)
    }
  }

  private mutating func evaluatePlain(_ field: Field, isReadByOthers: Bool) {
    guard let expression = compiled[field.id] else { return }
    let slot = Int(field.id)
    computed[slot] = Graph.Computed { frame, row in frame.call(expression, on: row) }
    let isRelation = if case .list(.entity) = field.type { true } else { false }
    guard isRelation || isReadByOthers || inverses[field.id] != nil else { return }
    let graph = self.graph
    let rows = graph.kindRanges[field.kind]
    let values = RowValues.of(expression, rows, graph)
    noteErrors(field, values)
    if isRelation {
      put(field, values)
    } else {
      // Other derived fields read it again and again; at another date it is worked out anew.
      let date = graph.date
      let first = rows.lowerBound
      computed[slot] = Graph.Computed { frame, row in
        frame.date == date ? values[Int(row - first)] : frame.call(expression, on: row)
      }
      if case .entity = field.type { adjacencies[slot] = Self.adjacency(values, rows, field.id) }
    }
    refreshInverses(of: [field])
  }

  /// A stored relation has no way to hold an error, so that none gets lost it is told at once.
  private mutating func noteErrors(_ field: Field, _ values: [Value]) {
    let first = base.kindRanges[field.kind].lowerBound
    var count = 0
    for (index, value) in values.enumerated() {
      guard case .error(let error) = value else { continue }
      count += 1
      if count <= Self.errorLimit { errors.append((first + Int32(index), field, error.message)) }
    }
  }

  /// Stores evaluated values: relations as adjacencies, with what is possible and open.
  private mutating func put(_ field: Field, _ values: [Value]) {
    let slot = Int(field.id)
    let rows = base.kindRanges[field.kind]
    guard case .list(.entity) = field.type else {
      let first = rows.lowerBound
      computed[slot] = Graph.Computed { _, row in values[Int(row - first)] }
      return
    }
    adjacencies[slot] = Self.adjacency(values, rows, field.id)
    computed[slot] = Graph.Computed { frame, row in frame.graph.related(slot, row) }
  }

  /// Fills the inverses of relations that were just evaluated; those of relations still to come fill them again.
  private mutating func refreshInverses(of fields: [Field]) {
    var done: Set<Int32> = []
    for inverse in fields.flatMap({ inverses[$0.id, default: []] }) where done.insert(inverse.id).inserted {
      guard case .inverse(let sources) = inverse.shape else { continue }
      let rows = base.kindRanges[inverse.kind]
      var parts = sources.filter { compiled[$0] != nil && !adjacencies[Int($0)].rows.isEmpty }.map {
        adjacencies[Int($0)].inverse(rows: rows)
      }
      // On some kinds the relation may be recorded.
      if sources.contains(where: { compiled[$0] == nil }) { parts.append(base.adjacencies[Int(inverse.id)]) }
      if parts.count == 1 {
        adjacencies[Int(inverse.id)] = parts[0]
        continue
      }
      var pairs: [(source: Int32, target: Int32)] = []
      var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
      for part in parts {
        for row in part.rows { for target in part.targets(of: row) { pairs.append((row, target)) } }
        possible.merge(part.possible) { $0 + $1 }
      }
      adjacencies[Int(inverse.id)] = Adjacency(rows: rows, pairs: pairs, possible: possible)
    }
  }

  private static func adjacency(_ values: [Value], _ rows: Range<Int32>, _ field: Int32) -> Adjacency {
    var pairs: [(source: Int32, target: Int32)] = []
    var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
    var open: [Int32: Unknown] = [:]
    for (row, value) in zip(rows, values) {
      if case .entity(let target) = value {
        pairs.append((row, target))
        continue
      }
      if let view = value.listView, view.isDefinite {
        // The adjacency drops what is repeated.
        for index in 0..<view.count { if let target = view.row(at: index) { pairs.append((row, target)) } }
        continue
      }
      let edges = edges(value, row, field)
      for target in edges.targets { pairs.append((row, target)) }
      if !edges.possible.isEmpty { possible[row] = edges.possible }
      if let reason = edges.open { open[row] = reason }
    }
    return Adjacency(rows: rows, pairs: pairs, possible: possible, open: open)
  }

  /// What a value leads to.
  static func edges(_ value: Value, _ row: Int32, _ field: Int32) -> Adjacency.Edges {
    if case .entity(let target) = value { return Adjacency.Edges([target]) }
    guard let view = value.listView else {
      if case .unknown(let reason) = value { return Adjacency.Edges([], open: reason) }
      return Adjacency.Edges([], open: Unknown(Fact(row: row, field: field)))
    }
    var certain: [Int32] = []
    for index in 0..<view.count where view.reason(at: index) == nil {
      if let target = view.row(at: index) { certain.append(target) }
    }
    if view.isDefinite { return Adjacency.Edges(certain) }
    let known = Set(certain)
    var maybe: Set<Int32> = []
    var possible: [(target: Int32, reason: Unknown)] = []
    for index in 0..<view.count {
      guard let reason = view.reason(at: index), let target = view.row(at: index), !known.contains(target),
        maybe.insert(target).inserted
      else { continue }
      possible.append((target, reason))
    }
    return Adjacency.Edges(certain, possible: possible, open: view.open)
  }
}

extension Field {
  var isRecursive: Bool { if case .derived(let derivation) = shape { derivation.isRecursive } else { false } }
}
