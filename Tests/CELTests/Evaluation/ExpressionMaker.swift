/// Makes random expressions of a type over the tiny host.
struct ExpressionMaker {
  enum Kind { case bool, int, rank, node, nodes, lists, ints, ranks, bools }

  var random: SeededNumbers
  /// Whether it also uses what only the environment of changing worlds has, items, maps, optionals and ways.
  var isWide = false
  /// Whether `element` stands for a node.
  var hasElement = false
  private var scope: [(name: String, kind: Kind)] = [("self", .node), ("other", .node)]
  private var nextName = 0

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  mutating func begin() {
    scope = [("self", .node), ("other", .node)]
    nextName = 0
  }

  mutating func make() -> String {
    begin()
    return make(
      random.pick([.bool, .bool, .bool, .int, .nodes, .nodes, .ints, .lists, .node, .ranks]), 2 + random.below(3))
  }

  /// An expression with parts that all targets share: closures asked for something, lists filtered by a key.
  mutating func makeShared() -> String {
    begin()
    let start = random.pick(["self", "other", "self.leader", "self.uses", "[self, other]", "friends"])
    let saved = scope
    scope = []
    let step = named(.node) { maker, name in
      let step =
        maker.random.below(2) == 0
        ? maker.random.pick(["v.uses", "v.leader", "near(v)"]).replacing("v", with: name) : maker.make(.nodes, 2)
      return "\(name), \(step)"
    }
    if random.below(4) == 0 { scope = saved }
    let shape = random.below(3)
    let condition = named(.node) { maker, name in
      switch shape {
      case 0:
        let key = maker.random.pick(["rank", "count", "leader", "uses", "flag", "uses.size()"])
        let more = maker.random.below(2) == 0 ? "" : " && \(maker.make(.bool, 1))"
        return "\(name), \(name).\(key) == self.\(key)\(more)"
      default: return "\(name), \(maker.make(.bool, 2))"
      }
    }
    scope = saved
    let macro = random.pick(["exists", "all", "filter"])
    switch shape {
    case 0:
      let range = random.pick(["every(node)", "every(node).filter(n, n.flag)", "every(node).map(n, n.leader)"])
      return "\(range).\(macro == "all" ? "filter" : macro)(\(condition))"
    case 1: return "\(start).closure(\(step))\(filters()).\(macro)(\(condition))"
    default: return "\(random.pick(["wide", "deep"]))\(filters()).\(macro)(\(condition))"
    }
  }

  private mutating func filters() -> String {
    var result = random.pick(["", "", ".of(node)"])
    if random.below(3) == 0 {
      let saved = scope
      scope = []
      result += named(.node) { ".filter(\($1), \($0.make(.bool, 1)))" }
      scope = saved
    }
    return result
  }

  mutating func named(_ kind: Kind, _ body: (inout Self, String) -> String) -> String {
    let name = "v\(nextName)"
    nextName += 1
    scope.append((name, kind))
    defer { scope.removeLast() }
    return body(&self, name)
  }

  private mutating func local(_ kind: Kind) -> String? {
    let names = scope.filter { $0.kind == kind }.map(\.name)
    return names.isEmpty ? nil : random.pick(names)
  }

  mutating func make(_ kind: Kind, _ depth: Int) -> String {
    if random.below(12) == 0, depth > 0 {
      return "(\(make(.bool, depth - 1)) ? \(make(kind, depth - 1)) : \(make(kind, depth - 1)))"
    }
    if depth > 1, random.below(15) == 0 {
      let bound = random.pick([Kind.int, .nodes, .node, .bool])
      let value = make(bound, depth - 1)
      return named(bound) { "cel.bind(\($1), \(value), \($0.make(kind, depth - 1)))" }
    }
    if kind != .node, random.below(4) == 0, let name = local(kind) { return name }
    if isWide, random.below(4) == 0, let text = wide(kind, depth - 1) { return text }
    switch kind {
    case .bool: return bool(depth)
    case .int: return int(depth)
    case .rank: return random.below(3) == 0 ? "self.rank" : "\(make(.node, depth - 1)).rank"
    case .node: return node(depth)
    case .nodes: return nodes(depth)
    case .lists: return lists(depth)
    case .ints, .ranks, .bools: return scalars(kind, depth)
    }
  }

  mutating func node(_ depth: Int) -> String {
    if isWide, random.below(5) == 0, let text = wide(.node, depth - 1) { return text }
    if depth > 0, random.below(4) == 0 { return "\(node(depth - 1)).leader" }
    if depth > 1, random.below(12) == 0 { return "\(make(.nodes, depth - 1)).first().orValue(self)" }
    if depth > 1, random.below(16) == 0 { return "\(make(.nodes, depth - 1))[0]" }
    return local(.node) ?? "self"
  }

  private mutating func int(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["0", "1", "2", "self.count"]) }
    switch random.below(9) {
    case 0: return "\(node(depth - 1)).count"
    case 1, 2, 3: return "\(make(random.pick([.nodes, .nodes, .lists, .ranks]), depth - 1)).size()"
    case 4: return "(\(int(depth - 1)) \(random.pick(["+", "-", "*"])) \(int(depth - 1)))"
    case 5: return "\(make(.ints, depth - 1)).\(random.pick(["max(0)", "min(1)", "sum()"]))"
    case 6: return "(-(\(int(depth - 1))))"
    default: return random.pick(["0", "1", "2", "3"])
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["self.flag", "other.flag", "true", "self.rank == 'high'"]) }
    let below = depth - 1
    switch random.below(18) {
    case 0: return "\(node(below)).flag"
    case 1: return "!(\(make(.bool, below)))"
    case 2, 3: return "(\(make(.bool, below)) \(random.pick(["&&", "||"])) \(make(.bool, below)))"
    case 4, 5: return "(\(int(depth)) \(random.pick(["==", "!=", "<", "<=", ">", ">="])) \(int(below)))"
    case 6: return "(\(node(below)) in \(make(.nodes, below)))"
    case 7: return "(\(node(below)) == \(node(below)))"
    case 8:
      return
        "(\(make(.rank, below)) \(random.pick(["==", "<", ">="])) \(random.pick(["'middle'", make(.rank, below)])))"
    case 9:
      let of = random.pick([Kind.nodes, .lists, .ints, .ranks])
      return "(\(make(of, below)) \(random.pick(["==", "!="])) \(make(of, below)))"
    case 10: return "(\(make(.nodes, below)) in \(make(.lists, below)))"
    case 11:
      let list = make(.nodes, below)
      return "\(list).\(random.pick(["all", "exists"]))(i, n, \(loopBody("i", "n", below)))"
    case 12:
      let of = random.pick([Kind.nodes, .nodes, .lists, .ints])
      let relation = random.pick(["contains", "equivalent", "intersects"])
      return "sets.\(relation)(\(make(of, below)), \(make(of, below)))"
    default:
      let (list, element) = range(below)
      return named(element) { maker, name in
        let macro = maker.random.pick(["all", "exists", "exists", "exists_one"])
        return "\(list).\(macro)(\(name), \(maker.make(.bool, below)))"
      }
    }
  }

  private mutating func loopBody(_ index: String, _ element: String, _ depth: Int) -> String {
    "\(element).flag \(random.pick(["&&", "||"])) \(index) \(random.pick(["==", "<", ">"])) \(int(0))"
  }

  private mutating func range(_ depth: Int) -> (String, Kind) {
    switch random.below(6) {
    case 0: (make(.lists, depth), .nodes)
    case 1: (make(.ints, depth), .int)
    default: (make(.nodes, depth), .node)
    }
  }

  private mutating func nodes(_ depth: Int) -> String {
    let below = depth - 1
    guard depth > 0 else {
      return random.pick([
        "self.uses", "other.uses", "every(node)", "peers(self).filter(n, false)", "[self, other]", "friends",
        "near(other)",
      ])
    }
    switch random.below(22) {
    case 0, 1: return "\(node(below)).uses"
    case 2: return "every(node)"
    case 3: return "[\(node(below)), \(node(below))]"
    case 4, 5: return "(\(make(.nodes, below)) + \(make(.nodes, below)))"
    case 6, 7, 8:
      let list = make(.nodes, below)
      return named(.node) { "\(list).filter(\($1), \($0.make(.bool, below)))" }
    case 9:
      let (list, element) = range(below)
      return named(element) { "\(list).map(\($1), \($0.node(below)))" }
    case 10, 11: return "\(make(.nodes, below)).distinct()"
    case 12: return "\(make(.lists, below)).flatten\(random.pick(["()", "(1)", "(2)"]))"
    case 13, 14: return "\(make(.lists, below)).common()"
    case 15, 16:
      let start = random.below(2) == 0 ? node(below) : make(.nodes, below)
      let limit = random.pick(["", "", ", 1", ", 2", ", 2"])
      return named(.node) { maker, name in
        let step: String
        switch maker.random.below(4) {
        case 0: step = "\(name).uses"
        case 1: step = "\(name).leader"
        default: step = maker.make(.nodes, below)
        }
        return "\(start).closure(\(name), \(step)\(limit))"
      }
    case 17:
      let list = make(.nodes, below)
      return named(.node) { "\(list).sortBy(\($1), \($0.make($0.random.pick([.int, .rank, .bool]), below)))" }
    case 19: return "\(make(.nodes, below)).slice(0, \(random.pick(["0", "1", "2"])))"
    case 20:
      let list = make(.nodes, below)
      return named(.node) {
        "\(list).map(\($1), \($0.make(.bool, below)) ? optional.of(\($1)) : optional.none()).unwrapOpt()"
      }
    case 18: return "\(random.pick(["near", "far", "peers"]))(\(node(below)))"
    default: return random.pick(["friends", "heads", "\(make(.nodes, below)).reverse()"])
    }
  }

  private mutating func lists(_ depth: Int) -> String {
    let below = depth - 1
    guard depth > 0 else {
      return random.pick(["[self.uses, other.uses]", "[self.uses].filter(l, false)", "[friends]", "[self.uses]"])
    }
    switch random.below(10) {
    case 0, 1: return "[\(make(.nodes, below)), \(make(.nodes, below))]"
    case 2, 3, 4:
      let (list, element) = range(below)
      return named(element) { "\(list).map(\($1), \($0.make(.nodes, below)))" }
    case 5:
      let list = make(.lists, below)
      return named(.nodes) { "\(list).filter(\($1), \($0.make(.bool, below)))" }
    case 6: return "\(make(.lists, below)).distinct()"
    case 7, 8:
      let list = make(.nodes, below)
      let key = random.pick([Kind.rank, .int, .nodes, .node, .bool])
      let filter = random.pick(["", ".filter(g, g.items.size() > 1)", ".filter(g, g.items.size() == 1)"])
      return named(.node) { "\(list).groupBy(\($1), \($0.make(key, below)))\(filter).map(g, g.items)" }
    default: return "(\(make(.lists, below)) + \(make(.lists, below)))"
    }
  }

  private mutating func scalars(_ kind: Kind, _ depth: Int) -> String {
    let below = depth - 1
    let element: Kind = kind == .ints ? .int : kind == .ranks ? .rank : .bool
    guard depth > 0 else { return "[\(make(element, 0))]" }
    switch random.below(9) {
    case 7: return "\(make(kind, below)).sort()"
    case 0: return "[\(make(element, below)), \(make(element, below))]"
    case 1: return "\(make(kind, below)).distinct()"
    case 2: return "(\(make(kind, below)) + \(make(kind, below)))"
    case 3:
      let list = make(.nodes, below)
      return named(.node) { "\(list).groupBy(\($1), \($0.make(element, below))).map(g, g.key)" }
    case 4:
      let list = make(kind, below)
      return named(element) { "\(list).sortBy(\($1), \($1))" }
    case 5:
      let list = make(.nodes, below)
      return named(.node) { "\(list).map(\($1), \($0.make(.bool, below)), \($0.make(element, below)))" }
    default:
      let (list, of) = range(below)
      return named(of) { "\(list).map(\($1), \($0.make(element, below)))" }
    }
  }
}
