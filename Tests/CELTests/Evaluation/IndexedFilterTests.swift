import CEL
import Testing

/// A filter that looks at an inverse's targets only must give what one that looks at everything gives.
@Suite struct IndexedFilterTests {
  /// `K` stands for the keys, `R` for the ranges.
  static let conditions = [
    "v.owner == K", "K == v.owner", "v.flag && v.owner == K", "v.owner == K && v.flag",
    "v.flag && v.next == self && K == v.owner", "v.owner == K && v.owner == other", "v.next == K && v.owner == self",
    "v.flag || v.owner == K", "!(v.owner == K)", "v.owner == K && (v.flag || v.next.flag)",
    "1 / v.next.count == 1 && v.owner == K", "v.owner == K && 1 / v.next.count == 1",
  ]
  static let keys = [
    "self", "other", "n", "self.leader", "thing.owner", "v.next", "heads[0]", "every(node)[99]",
    "[self, other].filter(v, v.flag)[0]", "(self.flag ? self : other)", "(1 / self.count == 1 || true ? self : other)",
  ]
  static let ranges = [
    "every(item)", "self.owns", "n.owns", "(self.owns + other.owns)", "every(item).filter(v, v.flag)",
    "self.uses.map(u, u.owns).flatten()", "thing.owner.owns", "every(item).filter(v, v.owner == n)",
  ]
  static let shapes = ["R.filter(v, C)", "R.exists(v, C)", "R.filter(v, C).map(v, v.next)", "R.exists(i, v, C)"]

  @Test("It gives the same elements, certain or possible, for the same facts, in the same order")
  func sameAsUnindexed() {
    var random = SeededNumbers(seed: 7)
    let plain = TinyHost().environment(isPlain: true)
    let indexed = TinyHost(hasInverses: true).environment()
    var costs = (plain: 0, indexed: 0)
    var definite = 0
    for _ in 0..<2_000 {
      let condition = random.pick(Self.conditions).replacing("K", with: random.pick(Self.keys))
      let inner = random.pick(Self.shapes).replacing("R", with: random.pick(Self.ranges)).replacing(
        "C", with: condition)
      let text = "every(node).map(n, \(inner))"
      let world = TinyWorld.random(
        nodes: Int32(4 + random.below(12)), items: Int32(10 + random.below(110)), rarity: random.pick([9_999, 40, 10]),
        using: &random)
      let graph = world.graph()
      func outcome(_ environment: Environment) -> (text: String, cost: Int)? {
        let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
        guard checked.problems.isEmpty else { return nil }
        let compiled = CompiledExpression(checked, in: environment)
        var frame = Frame(graph: graph, slotCount: max(environment.firstFreeSlot, compiled.slotCount))
        frame.slots[0] = .entity(0)
        frame.slots[1] = .entity(1)
        frame.slots[2] = .entity(world.nodeCount)
        let value = compiled.evaluate(&frame)
        let absorbed = frame.absorbedError.map { " absorbed \($0.code.rawValue)" } ?? ""
        return (TinyWorld.shown(value, withFacts: true) + absorbed, frame.cost)
      }
      guard let expected = outcome(plain), let found = outcome(indexed) else {
        Issue.record("\(text) does not check")
        return
      }
      #expect(found.text == expected.text, "\(text)")
      costs.plain += expected.cost
      costs.indexed += found.cost
      if !found.text.contains("(") { definite += 1 }
    }
    // It is of use, and not only where everything is recorded.
    #expect(costs.indexed * 10 < costs.plain * 9, "\(costs)")
    #expect((300..<1_700).contains(definite), "\(definite)")
  }

  @Test(
    "An error in an element that the index leaves out is noted as it is without one",
    arguments: ["1 / v.next.count == 1 && v.owner == self", "v.owner == self && 1 / v.next.count == 1"])
  func absorbedErrors(condition: String) {
    var world = TinyWorld(
      nodeCount: 8, flags: [], ranks: [], counts: [], leaders: [], uses: [], itemFlags: [], owners: [], nexts: [])
    for row in 0..<8 {
      world.flags.append(true)
      world.ranks.append(0)
      world.counts.append(row == 7 ? 0 : 1)
      world.leaders.append(0)
      world.uses.append(TinyWorld.Uses())
    }
    for index in 0..<40 {
      world.itemFlags.append(true)
      world.owners.append(Int32(index % 8))
      world.nexts.append(Int32(index % 8))
    }
    for hasInverses in [false, true] {
      let environment = TinyHost(hasInverses: hasInverses).environment()
      let checked = Checker.check(
        Parser.parse("every(item).filter(v, \(condition)).size()", macros: environment.macros), in: environment)
      let compiled = CompiledExpression(checked, in: environment)
      var frame = Frame(graph: world.graph(), slotCount: compiled.slotCount)
      frame.slots[0] = .entity(0)
      #expect(compiled.evaluate(&frame).text == "5")
      #expect((frame.absorbedError != nil) == condition.hasPrefix("1"), "\(hasInverses)")
    }
  }
}
