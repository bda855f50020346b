import CEL
import Foundation
import Testing

/// What targets share (values kept, closures looked up, lists indexed) must give what each would work out alone.
@Suite struct SharedWorkTests {
  /// The value at each node in turn, all with one frame.
  private static func outcomes(
    _ text: String, _ environment: Environment, _ world: TinyWorld
  ) -> (texts: [String], cost: Int)? {
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else { return nil }
    let compiled = CompiledExpression(checked, in: environment)
    var frame = Frame(graph: world.graph(), slotCount: 0)
    var texts: [String] = []
    for node in 0..<world.nodeCount {
      frame.reset(slotCount: max(environment.firstFreeSlot, compiled.slotCount))
      frame.slots[0] = .entity(node)
      frame.slots[1] = .entity((node + 1) % world.nodeCount)
      frame.absorbedError = nil
      let value = compiled.evaluate(&frame)
      let absorbed = frame.absorbedError.map { " absorbed \($0.code.rawValue)" } ?? ""
      texts.append(TinyWorld.shown(value, withFacts: true) + absorbed)
    }
    return (texts, frame.cost)
  }

  @Test("The same elements, certain or possible, the same facts, the same errors, in the same order")
  func sameAsAlone() {
    let count = ProcessInfo.processInfo.environment["SOUNDNESS"].flatMap { Int($0) } ?? 2_000
    let plain = TinyHost().environment(isPlain: true)
    let shared = TinyHost(hasInverses: true).environment()
    var costs = (plain: 0, shared: 0)
    var undecided = 0
    for seed in 0..<count {
      var maker = ExpressionMaker(seed: UInt64(seed))
      let text = seed % 4 == 0 ? maker.make() : maker.makeShared()
      let world = TinyWorld.random(
        nodes: Int32(18 + maker.random.below(12)), items: 6, rarity: maker.random.pick([9_999, 200, 40, 8]),
        using: &maker.random)
      guard let expected = Self.outcomes(text, plain, world), let found = Self.outcomes(text, shared, world) else {
        Issue.record("\(text) does not check")
        continue
      }
      #expect(found.texts == expected.texts, "\(seed): \(text)")
      costs.plain += expected.cost
      costs.shared += found.cost
      if found.texts.contains(where: { $0.contains("(") }) { undecided += 1 }
    }
    #expect(costs.shared * 4 < costs.plain * 3, "\(costs)")
    #expect(undecided * 10 > count && undecided * 10 < count * 9, "\(undecided) of \(count)")
  }

  /// What each node of a chain gives for an expression, in some order of nodes; the cost of each behind it.
  private static func chain(_ text: String, count: Int32, order: [Int32], limit: Int) -> [String] {
    var world = TinyWorld(
      nodeCount: count, flags: [], ranks: [], counts: [], leaders: [], uses: [], itemFlags: [], owners: [], nexts: [])
    for row in 0..<count {
      world.flags.append(row % 2 == 0)
      world.ranks.append(0)
      world.counts.append(1)
      world.leaders.append(0)
      world.uses.append(TinyWorld.Uses(certain: row < count - 1 ? [row + 1] : []))
    }
    var environment = TinyHost().environment()
    let slot = environment.firstFreeSlot
    environment.firstFreeSlot += 1
    let lazy = "(1 / (every(node).size() - every(node).size()) > 0) || every(node).size() > 0"
    let checkedLazy = Checker.check(Parser.parse(lazy, macros: environment.macros), in: environment)
    let bad = CompiledExpression(checkedLazy, in: environment)
    environment.firstFreeSlot = max(environment.firstFreeSlot, bad.slotCount)
    environment.variables["bad"] = .lazy(slot, bad)
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else { return checked.problems.map(\.message) }
    let compiled = CompiledExpression(checked, in: environment)
    var frame = Frame(graph: world.graph(), slotCount: 0, costLimit: limit)
    var result = Array(repeating: "", count: Int(count))
    for node in order {
      frame.reset(slotCount: max(environment.firstFreeSlot, compiled.slotCount))
      frame.slots[0] = .entity(node)
      frame.cost = 0
      frame.absorbedError = nil
      let value = compiled.evaluate(&frame)
      let absorbed = frame.absorbedError.map { " absorbed \($0.code.rawValue)" } ?? ""
      result[Int(node)] = "\(TinyWorld.shown(value))\(absorbed) cost \(frame.cost)"
    }
    return result
  }

  @Test(
    "Values, absorbed errors and costs do not depend on the order of targets",
    arguments: [
      "[self.flag ? bad : true, every(node).exists(x, bad && x.flag)]", "wide.exists(x, bad && x.flag && x.count > 2)",
      "self.closure(x, bad ? x.uses : [x]).size()", "self.closure(x, x.uses).exists(y, y.count == 7)",
      "self.closure(x, every(node).filter(n, n in x.uses && every(node).exists(m, m == n))).size()",
      "self.closure(x, x.uses).exists(y, every(node).exists(a, every(node).exists(b, a == y && a.count + b.count < 0)))",
      "every(node).filter(y, every(node).filter(z, every(node).exists(w, w != z && y == w)).size() == self.count).size()",
    ])
  func order(text: String) {
    let ascending = Array(Int32(0)..<20)
    for limit in [10_000_000, 20_000, 3_000, 400] {
      let first = Self.chain(text, count: 20, order: ascending, limit: limit)
      #expect(Self.chain(text, count: 20, order: ascending.reversed(), limit: limit) == first, "\(limit)")
      #expect(Self.chain(text, count: 20, order: [7, 3] + ascending, limit: limit) == first, "\(limit)")
    }
  }

  @Test("What is kept row by row is not worked out beyond the limit")
  func budget() {
    let dear =
      "self.closure(x, x.uses).exists(y, every(node).exists(a, every(node).exists(b, a == y && a.count + b.count < 0)))"
    // Each row's condition costs 160,000; in all 64 million.
    let values = Self.chain(dear, count: 400, order: [0], limit: 1_000_000)
    #expect(values[0].hasPrefix("error costLimit"), "\(values[0])")
  }

  /// What is noted beside the values at each of twenty nodes: absorbed errors and readings that are traced.
  private static func notes(_ text: String, isPlain: Bool) -> [String] {
    var random = SeededNumbers(seed: 3)
    let world = TinyWorld.random(nodes: 20, items: 60, rarity: 9_999, using: &random)
    let environment = TinyHost(hasInverses: true, tracesFlags: true).environment(isPlain: isPlain)
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else { return checked.problems.map(\.message) }
    let compiled = CompiledExpression(checked, in: environment)
    var frame = Frame(graph: world.graph(), slotCount: 0)
    frame.isTracing = true
    return (0..<Int32(20)).map { node in
      frame.reset(slotCount: max(environment.firstFreeSlot, compiled.slotCount))
      frame.beginTarget()
      frame.defaultsRead = []
      frame.slots[0] = .entity(node)
      let value = compiled.evaluate(&frame)
      return "\(TinyWorld.shown(value)) \(frame.absorbedError?.code.rawValue ?? "") \(frame.defaultsRead.sorted())"
    }
  }

  @Test(
    "Readings that are traced and errors that are absorbed are those that each target would have noted",
    arguments: [
      "every(item).filter(v, v.flag && v.owner == self).size()",
      "every(item).filter(v, v.owner == self && v.flag).size()",
      "every(node).filter(v, v.flag && v.rank == self.rank).size()", "wide.exists(x, x.flag && x.count > 5)",
      "every(node).filter(n, n.flag).size() + self.count", "self.closure(x, x.uses.filter(u, u.flag)).size()",
      "cel.bind(b, 1 / (every(node).size() - 20) > 0, every(item).filter(v, b && v.owner == self).size())",
      "cel.bind(b, 1 / (every(node).size() - 20) > 0, every(node).exists(v, b && v.rank == self.rank && v.count > 9))",
    ])
  func notes(text: String) {
    let plain = Self.notes(text, isPlain: true)
    #expect(plain.count == 20)
    #expect(Self.notes(text, isPlain: false) == plain)
  }

  @Test("A way is told even when the frame has come to serve something smaller")
  func laterWays() {
    let environment = TinyHost().environment()
    var random = SeededNumbers(seed: 5)
    let world = TinyWorld.random(nodes: 9, items: 3, rarity: 9_999, using: &random)
    let text = "self.uses.filter(a, a.closure(b, b.uses.filter(c, c != self && a.flag || true)).size() > 0).map(a, a)"
    let walk = "every(node).closure(x, x.uses.filter(u, u.count >= 0))"
    for text in [text, walk] {
      let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
      #expect(checked.problems.isEmpty)
      guard checked.problems.isEmpty else { continue }
      let compiled = CompiledExpression(checked, in: environment)
      var frame = Frame(graph: world.graph(), slotCount: max(environment.firstFreeSlot, compiled.slotCount))
      frame.slots[0] = .entity(0)
      let value = compiled.evaluate(&frame)
      frame.reset(slotCount: 1)
      let ways = (0..<Int32(9)).compactMap { value.way(to: $0, &frame) }
      #expect(text != walk || ways.contains { $0.hops.contains { $0.relation == "uses" } })
    }
  }
}
