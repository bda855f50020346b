import CEL
import Foundation
import Testing

/// What an expression gives for a target must not change with facts from which no access path leads back to the target.
@Suite struct AccessSoundnessTests {
  @Test("Walking back from the facts that differ finds every target whose value does")
  func soundness() {
    let count = ProcessInfo.processInfo.environment["SOUNDNESS"].flatMap { Int($0) } ?? 1_500
    var trial = AccessTrial()
    for seed in 0..<count { trial.run(seed: UInt64(seed)) }
    let shortest = trial.failures.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(8)
    #expect(trial.failures.isEmpty, "\(trial.failures.count): \(shortest.joined(separator: "\n"))")
    #expect(trial.mistakes == [])
    // Most trials must be worth the trouble, and what is found is not simply everything.
    #expect(trial.differing * 20 > trial.targets, "\(trial.differing) of \(trial.targets) targets differ")
    #expect(trial.found * 4 < trial.targets * 3, "\(trial.found) of \(trial.targets) targets are found")
    if count > 1_500 { print(trial.targets, trial.found, trial.differing, trial.largest) }
  }
}

/// Two states of a world, an expression, and what comes of it for each node.
private struct AccessTrial {
  private(set) var failures: [String] = []
  private(set) var mistakes: [String] = []
  private(set) var targets = 0
  private(set) var found = 0
  private(set) var differing = 0
  /// Of the reduced paths: the most states.
  private(set) var largest = 0
  private let holder = WorldHolder()
  private let environment: Environment

  init() { environment = TinyHost(hasInverses: true).environment(changingIn: holder) }

  mutating func run(seed: UInt64) {
    var maker = ExpressionMaker(seed: seed)
    maker.isWide = seed % 8 != 0
    let generator = seed % 5 == 0 ? maker.make(.nodes, 2) : nil
    maker.hasElement = generator != nil
    let text = seed % 2 == 1 ? maker.makeReading() : seed % 16 == 2 ? maker.makeShared() : maker.make()
    guard let value = compile(text) else { return }
    var list: CompiledExpression?
    if let generator {
      guard let compiled = compile(generator) else { return }
      list = compiled
    }
    let node = KindSet([0])
    var builder = AccessPathsBuilder()
    builder.bind(0, kinds: node)
    builder.bind(1, kinds: node)
    if seed % 3 != 0 { builder.bind(2, kinds: KindSet([1])) }
    if let list { builder.bind(TinyHost.elementSlot, toElementsOf: list) }
    builder.add(value)

    let reduced = builder.paths.reduced()
    largest = max(largest, reduced.kinds.count)

    let trial = WorldTrial(using: &maker.random)
    let before = outcomes(value, list, trial.first)
    for second in (0..<3).map({ _ in trial.changed(using: &maker.random) }) {
      let after = outcomes(value, list, second)
      let differ = before.indices.filter { before[$0] != after[$0] }
      targets += before.count
      differing += differ.count
      let whole = concerned(builder.paths, trial.first, second)
      let fewer = concerned(reduced, trial.first, second)
      found += fewer.count
      if !fewer.isSuperset(of: whole) {
        failures.append("\(seed): \(text)\n  reduced, \(whole.subtracting(fewer)) are not found any more")
      }
      for index in differ where !fewer.contains(Int32(index)) {
        let each = generator.map { " each \($0)" } ?? ""
        failures.append("\(seed): \(text)\(each)\n  of n\(index): \(before[index]), then \(after[index])")
        return
      }
    }
  }

  private mutating func compile(_ text: String) -> CompiledExpression? {
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else {
      if mistakes.count < 5 { mistakes.append("\(text): \(checked.problems[0].message)") }
      return nil
    }
    return CompiledExpression(checked, in: environment)
  }

  /// What each node gives as `self`; with a list, for each of its elements.
  private func outcomes(_ value: CompiledExpression, _ list: CompiledExpression?, _ state: WorldState) -> [String] {
    holder.set(state)
    let (nodes, items) = (state.graph.kindRanges[0], state.graph.kindRanges[1])
    var frame = Frame(graph: state.graph, slotCount: 0)
    func outcome(_ expression: CompiledExpression) -> (value: Value, text: String) {
      frame.absorbedError = nil
      let value = expression.evaluate(&frame)
      let absorbed = frame.absorbedError.map { " absorbed \($0.code.rawValue)" } ?? ""
      return (value, TinyWorld.shown(value, withFacts: true) + absorbed)
    }
    return nodes.map { node in
      frame.reset(slotCount: max(environment.firstFreeSlot, value.slotCount, list?.slotCount ?? 0))
      frame.slots[0] = .entity(node)
      frame.slots[1] = .entity(Self.other(node, nodes))
      frame.slots[2] = .entity(Self.thing(node, items))
      guard let list else { return outcome(value).text }
      let elements = outcome(list)
      guard let view = elements.value.listView else { return elements.text }
      return (0..<view.count).reduce(elements.text) { text, index in
        frame.slots[TinyHost.elementSlot] = view[index]
        return text + "; " + outcome(value).text
      }
    }
  }

  private static func other(_ node: Int32, _ nodes: Range<Int32>) -> Int32 { (node + 1) % nodes.upperBound }
  private static func thing(_ node: Int32, _ items: Range<Int32>) -> Int32 {
    items.lowerBound + node % Int32(items.count)
  }

  /// The nodes to which the access paths lead back.
  private func concerned(_ paths: AccessPaths, _ first: WorldState, _ second: WorldState) -> Set<Int32> {
    var walk = BackwardWalk(paths, from: first, to: second)
    let (nodes, items) = (first.graph.kindRanges[0], first.graph.kindRanges[1])
    guard let starts = walk.starts() else { return Set(nodes) }
    return Set(
      nodes.filter { node in
        starts[0]?.contains(node) ?? false || starts[1]?.contains(Self.other(node, nodes)) ?? false
          || starts[2]?.contains(Self.thing(node, items)) ?? false
      })
  }
}

/// A random state of a world, and states that differ from it in a few facts, mostly in nothing else.
private struct WorldTrial {
  let first: WorldState
  private let world: TinyWorld
  private let past: TinyWorld
  private let chief: Int32

  init(using random: inout SeededNumbers) {
    let nodes = Int32(5 + random.below(7))
    world = TinyWorld.random(
      nodes: nodes, items: Int32(2 + random.below(9)), rarity: random.pick([9_999, 40, 10]), using: &random)
    past = world.changed(random.below(3), using: &random)
    chief = Int32(random.below(Int(nodes)))
    first = Self.state(world, past, chief)
  }

  private static func state(_ world: TinyWorld, _ past: TinyWorld, _ chief: Int32) -> WorldState {
    let globals = [Value.entity(chief)]
    return WorldState(
      graph: world.graph().with(globals: globals), before: past.graph().with(globals: globals), touched: [0, 3],
      heirs: [0: [1, 2], 1: [4], 2: [world.nodeCount - 1], 3: [0]])
  }

  func changed(using random: inout SeededNumbers) -> WorldState {
    let other = world.changed(random.pick([0, 1, 2, 3, 4]), using: &random)
    let otherPast = random.below(2) == 0 ? past : past.changed(1 + random.below(3), using: &random)
    var result = Self.state(other, otherPast, random.below(20) == 0 ? 0 : chief)
    if random.below(4) == 0 { result.touched = [0, Int32(random.below(Int(world.nodeCount)))] }
    if random.below(4) == 0 { result.heirs[Int32(random.below(Int(world.nodeCount)))] = [0] }
    return result
  }
}
