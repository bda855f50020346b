public import FuzzDriver

@testable import CEL

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments, modes: Modes.all, known: FuzzCEL.known) { FuzzCEL.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

/// Reads bytes as an expression, and checks, compiles and evaluates it where it can be.
enum FuzzCEL {
  private static let typed = (World.typed(isPlain: false), World.typed(isPlain: true))
  private static let open = (World.open(isPlain: false), World.open(isPlain: true))
  private static let agreement = TypeAgreement(SmallHost.graph)
  private static let model = CostModel(SmallHost.graph)

  /// Finds of which it is known that they are there.
  static let known = [
    // `dyn(list) + list` has the second list's type, keys of a `dyn` map are ints, a map's `flatten` is its list's.
    "open: the type is "
  ]
  static let costLimit = 20_000
  /// What the last step may be charged beyond the limit, before it is refused: a list of a million numbers.
  private static let costMargin = 1_100_000

  static func check(_ bytes: [UInt8]) {
    let parsed = Parser.parse(bytes, macros: MacroSignature.all)
    check(parsed.problems, bytes.count)
    FuzzDriver.require(parsed.problems.count <= Parser.problemLimit, "there are \(parsed.problems.count) problems")
    guard parsed.problems.isEmpty else { return }
    check(parsed, typed)
    check(parsed, open)
  }

  private static func check(_ problems: [ExpressionProblem], _ count: Int) {
    for (index, problem) in problems.enumerated() {
      let ranges = [problem.range] + problem.related.map(\.range) + [problem.fix?.range].compactMap { $0 }
      for range in ranges { FuzzDriver.require(FuzzDriver.isInside(range, count), "\(problem.id) is at \(range)") }
      FuzzDriver.require(!problem.message.isEmpty, "\(problem.id) says nothing")
      if index > 0 {
        FuzzDriver.require(
          !ExpressionProblem.precedes(problem, problems[index - 1]), "\(problem.id) stands behind what follows it")
      }
    }
  }

  private static func check(_ parsed: ParsedExpression, _ worlds: (shared: World, plain: World)) {
    let environment = worlds.shared.environment
    let checked = Checker.check(parsed, in: environment)
    check(checked.problems, parsed.text.count)
    guard checked.problems.isEmpty else {
      check(Checker.check(parsed, in: environment, expecting: .bool).problems, parsed.text.count)
      return
    }
    let compiled = CompiledExpression(checked, in: environment)
    let estimate = compiled.estimate(model)
    FuzzDriver.require(estimate.eachTarget >= 0 && estimate.once >= 0, "the estimate is \(estimate)")
    FuzzDriver.require(compiled.type == checked.type, "compiled, it is \(compiled.type)")
    let plainEnvironment = worlds.plain.environment
    let plain = CompiledExpression(Checker.check(parsed, in: plainEnvironment), in: plainEnvironment)
    let results = Evaluation.run(compiled, worlds.shared, costLimit: costLimit)
    let plainResults = Evaluation.run(plain, worlds.plain, costLimit: costLimit)
    for (result, plain) in zip(results, plainResults) {
      let type = environment.description(of: checked.type)
      if let found = agreement.disagreement(result.value, checked.type) {
        FuzzDriver.fail("\(environment.allowsDyn ? "open" : "typed"): the type is \(type), and the value is \(found)")
      }
      // Null stands for some types, and what is free is `dyn`.
      let isTyped =
        !parsed.tree.nodes.contains(.literal(.null)) && !checked.types.contains { $0.holdsDyn }
      if !environment.allowsDyn, isTyped, case .error(let error) = result.value, error.code == .noSuchOverload {
        FuzzDriver.fail("checked, and yet \(error.message)")
      }
      FuzzDriver.require(
        result.cost <= costLimit + costMargin && plain.cost <= costLimit + costMargin,
        "the cost is \(result.cost) and alone \(plain.cost)")
      // Who runs out of budget depends on what is shared, and what was found then is kept for later targets.
      if result.isExhausted || plain.isExhausted { break }
      FuzzDriver.require(result.text == result.again, "\(result.text), and then \(result.again)")
      FuzzDriver.require(result.text == plain.text, "\(result.text), but alone \(plain.text)")
    }
  }
}

/// What came of an expression at one target.
struct Evaluation {
  var value: Value
  var text: String
  /// Evaluated once more, with the same frame.
  var again: String
  var cost: Int
  /// Whether the budget did not suffice, at this target or for what it shares with others.
  var isExhausted: Bool

  static func run(_ expression: CompiledExpression, _ world: World, costLimit: Int) -> [Evaluation] {
    var frame = Frame(graph: SmallHost.graph, slotCount: 0, costLimit: costLimit)
    return world.targets.map { variables in
      func once() -> (value: Value, text: String, cost: Int, isExhausted: Bool) {
        frame.reset(slotCount: max(world.environment.firstFreeSlot, expression.slotCount))
        for (slot, value) in variables.enumerated() { frame.slots[slot] = value }
        frame.cost = 0
        frame.absorbedError = nil
        let value = expression.evaluate(&frame)
        let absorbed = frame.absorbedError.map { Value.error($0) }
        let isExhausted =
          frame.cost > costLimit || value.holdsError(.costLimit) || absorbed?.holdsError(.costLimit) == true
        return (
          value, value.everything + (absorbed.map { ", absorbed " + $0.everything } ?? ""), frame.cost, isExhausted
        )
      }
      let (first, second) = (once(), once())
      return Evaluation(
        value: first.value, text: first.text, again: second.text, cost: max(first.cost, second.cost),
        isExhausted: first.isExhausted || second.isExhausted)
    }
  }
}

extension ValueType {
  fileprivate var holdsDyn: Bool {
    switch self {
    case .dyn: true
    case .list(let inner), .optional(let inner), .type(let inner): inner.holdsDyn
    case .map(let key, let value): key.holdsDyn || value.holdsDyn
    case .abstract(_, let arguments): arguments.contains { $0.holdsDyn }
    default: false
    }
  }
}
