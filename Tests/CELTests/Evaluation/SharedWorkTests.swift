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
}
