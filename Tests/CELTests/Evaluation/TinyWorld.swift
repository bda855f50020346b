import CEL

/// A graph of a few nodes and items of which some facts are not recorded, small enough to try out every way in which
/// they might be.
///
/// `node`: `flag`, `rank` (low, middle, high), `count`, `leader` (a node), `uses` (nodes); `item`: `flag`, `owner` (a
/// node), `next` (a node); `owns` is the inverse of `owner`.
struct TinyWorld: Sendable {
  /// The nodes that a node uses: what is certain, what is possible, and which others there may be besides.
  struct Uses: Sendable {
    var certain: Set<Int32> = []
    var possible: Set<Int32> = []
    var further: Set<Int32> = []
    var isOpen = false
  }

  var nodeCount: Int32
  var flags: [Bool?]
  var ranks: [Int32?]
  var counts: [Int32?]
  var leaders: [Int32?]
  var uses: [Uses]
  var itemFlags: [Bool?]
  /// Of the items' rows, which follow the nodes'.
  var owners: [Int32?]
  var nexts: [Int32?]

  /// One way in which each fact that is not recorded might be; nothing where there would be more than `limit`.
  func completions(limit: Int) -> [TinyWorld]? {
    var all = [self]
    func branch(_ options: [(inout TinyWorld) -> Void]) -> Bool {
      guard all.count * options.count <= limit else { return false }
      all = all.flatMap { world in
        options.map { option in
          var world = world
          option(&world)
          return world
        }
      }
      return true
    }
    func fill<T>(_ path: WritableKeyPath<TinyWorld, [T?]>, _ values: [T]) -> Bool {
      self[keyPath: path].indices.filter { self[keyPath: path][$0] == nil }.allSatisfy { index in
        branch(values.map { value in { $0[keyPath: path][index] = value } })
      }
    }
    let nodes = Array(0..<nodeCount)
    guard fill(\.flags, [false, true]), fill(\.ranks, [0, 1, 2]), fill(\.counts, [0, 1, 2]), fill(\.leaders, nodes),
      fill(\.itemFlags, [false, true]), fill(\.owners, nodes), fill(\.nexts, nodes)
    else { return nil }
    for (row, list) in uses.enumerated() {
      for target in list.possible.union(list.isOpen ? list.further : []).sorted() {
        let isFilled = branch([
          { _ in },
          { $0.uses[row].certain.insert(target) },
        ])
        if !isFilled { return nil }
      }
      for index in all.indices { all[index].uses[row] = Uses(certain: all[index].uses[row].certain) }
    }
    return all
  }

  /// A world with about one fact in `rarity` not recorded.
  static func random(
    nodes: Int32, items: Int32, rarity: Int, using random: inout SeededNumbers
  ) -> TinyWorld {
    func maybe<T>(_ random: inout SeededNumbers, _ value: T) -> T? { random.below(rarity) == 0 ? nil : value }
    func node(_ random: inout SeededNumbers) -> Int32 { Int32(random.below(Int(nodes))) }
    var world = TinyWorld(
      nodeCount: nodes, flags: [], ranks: [], counts: [], leaders: [], uses: [], itemFlags: [], owners: [], nexts: [])
    for _ in 0..<nodes {
      world.flags.append(maybe(&random, random.below(2) == 0))
      world.ranks.append(maybe(&random, Int32(random.below(3))))
      world.counts.append(maybe(&random, Int32(random.below(3))))
      world.leaders.append(maybe(&random, node(&random)))
      var uses = Uses()
      for _ in 0..<random.below(3) { uses.certain.insert(node(&random)) }
      if random.below(rarity) == 0 { uses.possible = [node(&random)] }
      if random.below(rarity) == 0 {
        uses.isOpen = true
        uses.further = [node(&random), node(&random)]
      }
      uses.possible.subtract(uses.certain)
      uses.further.subtract(uses.certain)
      uses.further.subtract(uses.possible)
      world.uses.append(uses)
    }
    for _ in 0..<items {
      world.itemFlags.append(maybe(&random, random.below(2) == 0))
      world.owners.append(maybe(&random, node(&random)))
      world.nexts.append(maybe(&random, node(&random)))
    }
    return world
  }

  func graph() -> Graph {
    let items = nodeCount..<(nodeCount + Int32(owners.count))
    func column(_ first: Int32, _ cells: [Int32?]) -> Column {
      Column(firstRow: first, cells: .int32(cells.map { $0 ?? 0 }), isPresent: cells.map { $0 != nil })
    }
    func column(_ first: Int32, _ cells: [Bool?]) -> Column {
      Column(firstRow: first, cells: .bool(cells.map { $0 ?? false }), isPresent: cells.map { $0 != nil })
    }
    func edges(_ cells: [Int32?], _ first: Int32) -> [(source: Int32, target: Int32)] {
      cells.enumerated().compactMap { index, target in target.map { (first + Int32(index), $0) } }
    }
    var pairs: [(source: Int32, target: Int32)] = []
    var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
    var open: [Int32: Unknown] = [:]
    for (index, list) in uses.enumerated() {
      let row = Int32(index)
      let reason = Unknown(Fact(row: row, field: TinyHost.number("uses")))
      pairs += list.certain.map { (row, $0) }
      if !list.possible.isEmpty { possible[row] = list.possible.sorted().map { ($0, reason) } }
      if list.isOpen { open[row] = reason }
    }
    let owns = Adjacency(rows: items, pairs: edges(owners, nodeCount)).inverse(rows: 0..<nodeCount)
    return Graph(
      kindRanges: [0..<nodeCount, items],
      columns: [
        column(0, flags), column(0, ranks), column(0, counts), column(0, leaders), column(nodeCount, itemFlags),
        column(nodeCount, owners), column(nodeCount, nexts),
      ], adjacencies: [Adjacency(rows: 0..<nodeCount, pairs: pairs, possible: possible, open: open), owns],
      symbols: [], enums: [TinyHost.rank])
  }
}

/// What tells the checker of a tiny world; the same for all of them.
struct TinyHost: Host {
  static let rank = EnumType(index: 0, name: "rank", values: ["low", "middle", "high"], isOrdered: true)
  static let node = ValueType.entity(KindSet([0]))
  static let item = ValueType.entity(KindSet([1]))
  static let fieldNames = ["flag", "rank", "count", "leader", "uses", "owner", "next", "owns"]
  static func number(_ name: String) -> Int32 { Int32(fieldNames.firstIndex(of: name) ?? -1) }

  /// Whether relations tell of their inverses, so that filters over them are indexed.
  var hasInverses = false
  /// Whether readings of flags are traced, as those of fields with defaults are.
  var tracesFlags = false

  var kindCount: Int { 2 }
  func name(ofKind kind: Int) -> String { kindNames[kind] }
  var kindNames: [String] { ["node", "item"] }
  func kinds(named name: String) -> KindSet? { kindNames.firstIndex(of: name).map { KindSet([$0]) } }

  func field(_ path: String, ofKind kind: Int) -> FieldDeclaration? {
    let found: (ValueType, FieldDeclaration.Access)
    switch (kind, path) {
    case (0, "flag"): found = (.bool, .column(0))
    case (0, "rank"): found = (.enumeration(Self.rank), .column(1))
    case (0, "count"): found = (.int, .column(2))
    case (0, "leader"): found = (Self.node, .column(3))
    case (0, "uses"): found = (.list(Self.node), .edges(0))
    case (0, "owns"): found = (.list(Self.item), .edges(1))
    case (1, "flag"): found = (.bool, .column(4))
    case (1, "owner"): found = (Self.node, .column(5))
    case (1, "next"): found = (Self.node, .column(6))
    default: return nil
    }
    var field = FieldDeclaration(name: path, type: found.0, access: found.1, id: Self.number(path))
    if hasInverses, path == "owner" { field.inverses = [0: 1] }
    if tracesFlags, path == "flag" { field.isTraced = true }
    return field
  }

  func fieldNames(ofKind kind: Int) -> [String] { Self.fieldNames.filter { field($0, ofKind: kind) != nil } }
  func row(named id: String, kinds: KindSet) -> EntityLookup { .unknown }
  func ids(ofKinds kinds: KindSet) -> [String] { [] }

  /// `self` and `other` are nodes, `thing` is an item; with some shared functions and lazy variables.
  func environment(isPlain: Bool = false) -> Environment {
    var environment = Environment(host: self)
    environment.isPlain = isPlain
    environment.variables = ["self": .slot(0, Self.node), "other": .slot(1, Self.node), "thing": .slot(2, Self.item)]
    environment.firstFreeSlot = 3
    for (name, body) in [
      ("near", "(n.uses + [n.leader]).distinct()"), ("far", "n.closure(s, near(s), 2)"),
      ("peers", "every(node).filter(p, p.rank == n.rank && p != n)"),
    ] {
      environment.functions[name] = SharedFunction(
        name: name, parameters: [("n", Self.node)], body: Parser.parse(body, macros: environment.macros))
    }
    for (name, text) in [
      ("friends", "near(self)"), ("heads", "friends.map(f, f.leader)"), ("wide", "self.closure(w, w.uses)"),
      ("deep", "friends.closure(w, near(w).filter(d, d.flag))"),
    ] {
      let slot = environment.firstFreeSlot
      environment.firstFreeSlot += 1
      let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
      precondition(checked.problems.isEmpty, "\(checked.problems)")
      let compiled = CompiledExpression(checked, in: environment)
      environment.firstFreeSlot = max(environment.firstFreeSlot, compiled.slotCount)
      environment.variables[name] = .lazy(slot, compiled)
    }
    return environment
  }
}
