extension ExpressionMaker {
  /// An expression of what other tests' environments do not have, or nothing.
  mutating func wide(_ kind: Kind, _ depth: Int) -> String? {
    if depth > 0, random.below(5) == 0 { return "before(\(make(kind, depth)))" }
    switch kind {
    case .bool: return wideBool(depth)
    case .node: return wideNode(depth)
    case .nodes: return wideNodes(depth)
    case .int: return wideInt(depth)
    case .lists: return wideLists(depth)
    case .rank, .ints, .ranks, .bools: return nil
    }
  }

  /// What is read of the nodes that something gives: little of it hides what comes to them by which way.
  mutating func makeReading() -> String {
    begin()
    let nodes: String
    switch random.below(8) {
    case 6, 7: nodes = wideKeyed(1)
    case 0: nodes = "[\(wideNode(1))]"
    case 1: nodes = "\(wideLists(1) ?? "[[self]]").flatten()"
    case 2: nodes = make(.nodes, 2)
    default: nodes = wideNodes(1 + random.below(2))
    }
    let reading = random.pick(["p.count", "p.flag", "p.leader", "p.rank", "p.uses.size()", "touched(p)"])
    switch random.below(4) {
    case 0: return "\(nodes).exists(p, \(random.pick(["p.flag", "p.count == 1", "p == p.leader"])))"
    case 1: return "\(nodes).\(random.pick(["sortBy", "filter"]))(p, p.flag).map(p, \(reading))"
    default: return "\(nodes).map(p, \(reading))"
    }
  }

  /// What filters keep for the sake of an entity that the expression has in hand.
  private mutating func wideKeyed(_ depth: Int) -> String {
    let outer = make(.nodes, depth)
    return named(.node) { maker, v in
      let list = maker.random.pick([
        "every(item)", "\(v).owns", "thing.owner.owns", "self.owns", "other.uses.map(u, u.owns).flatten()",
      ])
      let key = maker.random.pick([
        "i.owner == \(v)", "\(v) == i.next", "i.next == self", "i.owner == \(v) && i.next == self",
      ])
      let more = maker.random.pick(["i.flag", "i.owner.flag", "i.next.count == 1", "i.next in \(v).uses", "true"])
      let order = maker.random.below(3) == 0 ? "\(more) && \(key)" : "\(key) && \(more)"
      let items = "\(list).filter(i, \(order))"
      switch maker.random.below(4) {
      case 0: return "\(outer).filter(\(v), \(list).exists(i, \(order)))"
      case 1: return "self.closure(w, \(outer).map(\(v), \(items).map(i, i.next)).flatten())"
      case 2:
        return "\(outer).map(\(v), every(node).filter(w, \(v) in w.uses && w.flag)).flatten()"
      default: return "\(outer).map(\(v), \(items).map(i, i.next)).flatten()"
      }
    }
  }

  private mutating func wideBool(_ depth: Int) -> String {
    switch random.below(10) {
    case 0: return "has(\(node(depth)).\(random.pick(["leader", "uses", "count", "owns"])))"
    case 1: return "touched(\(node(depth)))"
    case 2 where depth > 0: return "changed(\(make(random.pick([.bool, .int, .node, .nodes]), depth)))"
    case 3: return random.pick(["thing.flag", "boss.flag", "chief.flag", "(self in team)", "has(thing.next)"])
    case 4 where depth > 0:
      let (one, other) = (node(depth - 1), node(depth - 1))
      return "{'a': \(one), 'b': \(other)}.\(random.pick(["all", "exists"]))(k, v, v.flag && k != 'c')"
    case 5 where depth > 0:
      let list = node(depth - 1)
      return named(.node) { "\(list).owns.exists(i, i.flag && [i.owner].all(\($1), \($0.make(.bool, depth - 1))))" }
    case 6: return "optional.of(\(node(depth))).leader.hasValue()"
    default: return "\(way(depth)).exists(p, p.flag)"
    }
  }

  private mutating func wideNode(_ depth: Int) -> String {
    switch random.below(9) {
    case 0: return "boss"
    case 1: return "[chief].of(node).first().orValue(boss)"
    case 2: return random.pick(["thing.owner", "thing.next"])
    case 3 where depth > 0: return "\(node(depth - 1)).?leader.orValue(\(node(depth - 1)))"
    case 4 where depth > 0: return "{'a': \(node(depth - 1)), 'b': \(node(depth - 1))}.\(random.pick(["a", "b"]))"
    case 5 where depth > 0: return "optional.of(\(node(depth - 1))).optMap(o, o.leader).orValue(self)"
    case 6 where depth > 0: return "cel.bind(m, [\(node(depth - 1)), \(node(depth - 1))], m[1])"
    default: return hasElement ? "element" : random.pick(["self", "other"])
    }
  }

  private mutating func wideNodes(_ depth: Int) -> String {
    switch random.below(17) {
    case 0: return "\(node(depth)).owns.map(i, i.\(random.pick(["owner", "next"])))"
    case 1: return "every(item).filter(i, i.\(random.pick(["owner", "next"])) == \(node(depth))).map(i, i.next)"
    case 2, 3: return way(depth)
    case 4: return random.pick(["team", "past", "ways", "crowd", "chain"])
    case 5:
      let name = random.pick(["was", "led", "heirs", "heirs", ""])
      return name.isEmpty ? "(friends + before(friends))" : "\(name)(\(node(depth)))"
    case 6: return "\(node(depth)).?leader.optMap(o, o.uses).orValue([])"
    case 7: return "\(node(depth)).?leader.optFlatMap(o, o.?leader).optMap(o, [o]).orValue([self])"
    case 8 where depth > 0:
      let list = make(.nodes, depth - 1)
      return named(.node) {
        "cel.bind(m, \(list).transformMap(i, \($1), \($0.make(.node, depth - 1))), m.map(k, m[k]))"
      }
    case 9 where depth > 0:
      let list = make(.nodes, depth - 1)
      return named(.node) {
        let condition = $0.make(.bool, depth - 1)
        return "\(list).transformMapEntry(i, \($1), \(condition), {\($1): \($0.make(.node, depth - 1))}).map(k, k)"
      }
    case 10 where depth > 0:
      let list = make(.nodes, depth - 1)
      return named(.node) { "\(list).transformList(i, \($1), i < 2, \($0.node(depth - 1)))" }
    case 11 where depth > 0:
      let list = make(.nodes, depth - 1)
      return named(.node) { "\(list).groupBy(\($1), \($0.node(depth - 1))).map(g, g.key)" }
    case 12 where depth > 0:
      let list = make(.nodes, depth - 1)
      return named(.node) { "\(list).countBy(\($1), \($0.node(depth - 1))).filter(c, c.count > 1).map(c, c.key)" }
    case 13 where depth > 0:
      let start = node(depth - 1)
      return named(.node) { maker, name in
        let condition = maker.make(.bool, depth - 1)
        return "\(start).closure(\(name), \(name).owns.filter(i, i.flag).map(i, i.next).filter(\(name), \(condition)))"
      }
    case 14 where depth > 0: return "[?\(node(depth - 1)).?leader, ?optional.of(\(node(depth - 1)))]"
    case 15: return "cel.bind(u, thing.owner.uses, u + [thing.next])"
    default: return "({\(node(depth)): [self]}.map(k, k) + \(node(depth)).owns.map(i, i.next))"
    }
  }

  /// The nodes of a way, or the owners of what carries it.
  private mutating func way(_ depth: Int) -> String {
    let reach: String
    switch random.below(4) {
    case 0: reach = "ways"
    case 1: reach = "\(random.pick(["self", "other", "boss"])).closure(v, v.owns.map(i, i.next))"
    case 2: reach = "\(node(depth)).closure(v, led(v))"
    default: reach = "\(node(depth)).closure(v, near(v))"
    }
    let path = named(.node) { "\(reach).pathTo(\($1), \($0.make(.bool, max(0, depth - 1))))" }
    return path
      + random.pick([
        ".nodes.of(node)", ".vias.of(item).map(i, i.owner)", ".vias.of(item).filter(i, i.flag).map(i, i.owner)",
      ])
  }

  private mutating func wideInt(_ depth: Int) -> String? {
    guard depth > 0 else { return nil }
    let list = make(.nodes, depth - 1)
    switch random.below(3) {
    case 0: return named(.node) { "\(list).countBy(\($1), \($0.node(depth - 1))).map(c, c.count).sum()" }
    case 1: return "\(list).transformList(i, n, n.count).sum()"
    default: return "\(list).sortBy(n, n.leader).size()"
    }
  }

  private mutating func wideLists(_ depth: Int) -> String? {
    guard depth > 0 else { return nil }
    let list = make(.nodes, depth - 1)
    switch random.below(3) {
    case 0: return named(.node) { "\(list).groupBy(\($1), \($0.node(depth - 1))).map(g, [g.key] + g.items)" }
    case 1: return named(.node) { "{'a': \(list)}.transformMap(k, v, v.filter(\($1), \($1).flag)).map(k, [self])" }
    default: return "cel.bind(m, {'a': \(list), 'b': [boss]}, [m['a'], m.b])"
    }
  }
}
