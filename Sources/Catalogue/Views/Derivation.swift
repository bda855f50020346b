internal import CEL
internal import Diagnostics

/// Compiles the derived fields and puts their values into a graph: relations as adjacencies with their inverses,
/// recursive ones as least fixpoints, other fields as expressions that are evaluated when they are read.
struct Derivation {
  private let metamodel: Metamodel
  private(set) var graph: Graph
  private(set) var diagnostics: [Diagnostic] = []
  private var compiled: [Int32: CompiledExpression] = [:]

  init(_ metamodel: Metamodel, _ graph: Graph) {
    self.metamodel = metamodel
    self.graph = graph
    compile()
    for group in orderedGroups() { evaluate(group) }
  }

  private func derivation(_ field: Field) -> Field.Derivation? {
    if case .derived(let derivation) = field.shape { derivation } else { nil }
  }

  private mutating func compile() {
    var reported: Set<Diagnostic> = []
    for field in metamodel.fields {
      guard let derivation = derivation(field) else { continue }
      let environment = ExpressionEnvironment.ofEntity(derivation.selfKinds, metamodel)
      let checked = Checker.check(derivation.expression, in: environment, expecting: field.type)
      var problems = checked.problems
      if problems.isEmpty, derivation.isRecursive, !isWellFounded(field.type),
        let range = Monotonicity.offence(in: checked.parsed.tree, name: field.path)
      {
        problems.append(
          ExpressionProblem(
            "not-monotone", "`\(field.path)` may use itself only where more of it never means less of the result",
            at: range))
      }
      for problem in problems {
        // A union's derived field is checked for each of its kinds, and reported once.
        let diagnostic = derivation.node.diagnostic(problem)
        if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
      }
      if problems.isEmpty { compiled[field.id] = CompiledExpression(checked, in: environment) }
    }
  }

  /// Numbers and durations come from what is below them; relations and booleans are least fixpoints.
  private func isWellFounded(_ type: ValueType) -> Bool {
    switch type {
    case .int, .double, .duration, .uint, .string, .date, .period: true
    default: false
    }
  }

  /// Fields that use one another, each group after those that it uses.
  private mutating func orderedGroups() -> [[Field]] {
    let derived = metamodel.fields.filter { compiled[$0.id] != nil }
    // The inverse of a derived relation is there when the relation is.
    var producers: [Int32: [Int32]] = [:]
    for field in metamodel.fields {
      if case .inverse(let sources) = field.shape {
        producers[field.id] = sources.filter { compiled[$0] != nil }
      }
    }
    var uses: [Int32: Set<Int32>] = [:]
    for field in derived {
      var result: Set<Int32> = []
      for read in compiled[field.id]?.footprint.fields ?? [] {
        if compiled[read] != nil { result.insert(read) }
        result.formUnion(producers[read] ?? [])
      }
      uses[field.id] = result
    }
    var reach: [Int32: Set<Int32>] = [:]
    for field in derived {
      var seen: Set<Int32> = []
      var stack = Array(uses[field.id] ?? [])
      while let next = stack.popLast() { if seen.insert(next).inserted { stack += uses[next] ?? [] } }
      reach[field.id] = seen
    }
    var groups: [[Field]] = []
    var placed: Set<Int32> = []
    for field in derived.sorted(by: { (reach[$0.id]?.count ?? 0, $0.id) < (reach[$1.id]?.count ?? 0, $1.id) }) {
      if placed.contains(field.id) { continue }
      let group = derived.filter {
        $0.id == field.id || (reach[field.id]?.contains($0.id) == true && reach[$0.id]?.contains(field.id) == true)
      }
      placed.formUnion(group.map(\.id))
      groups.append(group)
      let isCircle = group.count > 1 || reach[field.id]?.contains(field.id) == true
      if isCircle { checkCircle(group) }
    }
    return groups
  }

  private mutating func checkCircle(_ group: [Field]) {
    for field in group {
      guard let derivation = derivation(field), !derivation.isRecursive else { continue }
      // Fields of several kinds under one name: reported once.
      let names = Set(group.map(\.path)).sorted().joined(separator: ", ")
      let diagnostic = Diagnostic(
        "cyclic-derivation", .error, "\(names) use one another in a circle", at: derivation.node.node.range,
        fixes: [Diagnostic.Fix("say `recursive: true`, where a least fixpoint is meant")])
      if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
      compiled[field.id] = nil
    }
  }

  // MARK: Evaluation

  private mutating func evaluate(_ group: [Field]) {
    let members = group.filter { compiled[$0.id] != nil }
    guard !members.isEmpty else { return }
    let isRecursive = members.contains { derivation($0)?.isRecursive == true }
    if !isRecursive {
      for field in members { evaluatePlain(field) }
    } else if members.allSatisfy({ isWellFounded($0.type) }) {
      put(members, WellFounded(members, compiled, graph).values())
    } else {
      put(members, Fixpoint(members, compiled, graph).values())
    }
  }

  private mutating func evaluatePlain(_ field: Field) {
    guard let expression = compiled[field.id] else { return }
    guard case .list(.entity) = field.type else {
      var computed = graph.computed
      computed[Int(field.id)] = { frame, row in frame.call(expression, on: row) }
      graph = graph.replacing(adjacencies: graph.adjacencies, computed: computed)
      return
    }
    var values: [Int32: Value] = [:]
    var frame = Frame(graph: graph, slotCount: expression.slotCount)
    for row in graph.kindRanges[field.kind] {
      frame.cost = 0
      values[row] = frame.call(expression, on: row)
    }
    put([field], [field.id: values])
  }

  /// Stores evaluated values: relations as adjacencies, with what is possible and open, and their inverses.
  private mutating func put(_ fields: [Field], _ values: [Int32: [Int32: Value]]) {
    var adjacencies = graph.adjacencies
    var computed = graph.computed
    for field in fields {
      let found = values[field.id] ?? [:]
      guard case .list(.entity) = field.type else {
        let table = found
        let id = field.id
        computed[Int(id)] = { _, row in table[row] ?? .unknown(Fact(row: row, field: id)) }
        continue
      }
      adjacencies[Int(field.id)] = Self.adjacency(found, rows: graph.kindRanges[field.kind], field.id)
      let slot = Int(field.id)
      computed[slot] = { frame, row in frame.graph.adjacencies[slot].value(of: row) }
    }
    let ids = Set(fields.map(\.id))
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape, sources.contains(where: { ids.contains($0) }) else { continue }
      let rows = graph.kindRanges[field.kind]
      var pairs: [(source: Int32, target: Int32)] = []
      var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
      for id in sources {
        let inverse = adjacencies[Int(id)].inverse(rows: rows)
        for row in rows { for target in inverse.targets(of: row) { pairs.append((row, target)) } }
        for (row, edges) in inverse.possible { possible[row, default: []] += edges }
      }
      adjacencies[Int(field.id)] = Adjacency(rows: rows, pairs: pairs, possible: possible)
    }
    graph = graph.replacing(adjacencies: adjacencies, computed: computed)
  }

  private static func adjacency(_ values: [Int32: Value], rows: Range<Int32>, _ field: Int32) -> Adjacency {
    var pairs: [(source: Int32, target: Int32)] = []
    var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
    var open: [Int32: Unknown] = [:]
    for row in rows {
      guard let value = values[row] else { continue }
      guard let view = value.listView else {
        if case .unknown(let reason) = value { open[row] = reason } else { open[row] = Unknown(Fact(row: row, field: field)) }
        continue
      }
      var certain: Set<Int32> = []
      for index in 0..<view.count where view.reason(at: index) == nil {
        if let target = view.row(at: index), certain.insert(target).inserted { pairs.append((row, target)) }
      }
      var maybe: Set<Int32> = []
      for index in 0..<view.count {
        guard let reason = view.reason(at: index), let target = view.row(at: index), !certain.contains(target),
          maybe.insert(target).inserted
        else { continue }
        possible[row, default: []].append((target, reason))
      }
      if let reason = view.open { open[row] = reason }
    }
    return Adjacency(rows: rows, pairs: pairs, possible: possible, open: open)
  }
}
