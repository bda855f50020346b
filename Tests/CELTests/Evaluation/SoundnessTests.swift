import CEL
import Foundation
import Testing

/// What an expression gives over a graph with facts missing must allow what it gives once they are recorded, however
/// they turn out.
@Suite struct SoundnessTests {
  @Test("A missing fact never decides what recording it would decide otherwise")
  func soundness() {
    let count = ProcessInfo.processInfo.environment["SOUNDNESS"].flatMap { Int($0) } ?? 3_000
    var trial = SoundnessTrial()
    for seed in 0..<count { trial.run(seed: UInt64(seed)) }
    #expect(
      trial.failures.isEmpty, "\(trial.failures.sorted { $0.count < $1.count }.prefix(12).joined(separator: "\n"))")
    // Most expressions must be worth the trouble.
    #expect(trial.mistakes == [])
    #expect(trial.undecided * 10 > count, "\(trial.undecided) of \(count) depend on a missing fact")
    #expect(trial.decided * 10 > count, "\(trial.decided) of \(count) are decided")
    if count > 3_000 { print(trial.undecided, trial.decided, trial.errors) }
  }
}

struct SoundnessTrial {
  private(set) var failures: [String] = []
  private(set) var mistakes: [String] = []
  private(set) var undecided = 0
  private(set) var decided = 0
  private(set) var errors = 0
  private let environment = TinyHost().environment()
  private let lazySlots: [Int]

  init() {
    lazySlots = environment.variables.values.compactMap { if case .lazy(let slot, _) = $0 { slot } else { nil } }
  }

  mutating func run(seed: UInt64) {
    var maker = ExpressionMaker(seed: seed)
    let text = maker.make()
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else {
      if mistakes.count < 5 { mistakes.append("\(text): \(checked.problems[0].message)") }
      return
    }
    let compiled = CompiledExpression(checked, in: environment)
    var world = TinyWorld.random(nodes: 4, items: 0, rarity: 5, using: &maker.random)
    var completions = world.completions(limit: 64)
    while completions == nil {
      world = TinyWorld.random(nodes: 4, items: 0, rarity: 5, using: &maker.random)
      completions = world.completions(limit: 64)
    }
    var frame = Frame(graph: world.graph(), slotCount: 0)
    let partial = evaluate(compiled, &frame)
    // What an evaluation left behind must not matter to the next one.
    frame.slots[0] = .entity(3)
    frame.slots[1] = .entity(2)
    _ = compiled.evaluate(&frame)
    let again = evaluate(compiled, &frame)
    if TinyWorld.shown(again) != TinyWorld.shown(partial) {
      failures.append("\(seed): \(text)\n  \(TinyWorld.shown(partial)) at first, then \(TinyWorld.shown(again))")
    }
    if case .error = partial { errors += 1 }
    if partial.isDecided { decided += 1 } else { undecided += 1 }
    for completion in completions ?? [] {
      var frame = Frame(graph: completion.graph(), slotCount: 0)
      let value = evaluate(compiled, &frame)
      if !partial.allows(value) {
        failures.append(
          "\(seed): \(text)\n  \(TinyWorld.shown(partial)) does not allow \(TinyWorld.shown(value))\n  \(world.text)\n  -> \(completion.text)"
        )
        return
      }
    }
  }

  private func evaluate(_ compiled: CompiledExpression, _ frame: inout Frame) -> Value {
    let slotCount = max(environment.firstFreeSlot, compiled.slotCount)
    while frame.slots.count < slotCount { frame.slots.append(.pending) }
    frame.slots[0] = .entity(0)
    frame.slots[1] = .entity(1)
    for slot in lazySlots { frame.slots[slot] = .pending }
    return compiled.evaluate(&frame)
  }
}

extension Value {
  /// Whether nothing in it is left open.
  fileprivate var isDecided: Bool {
    if case .unknown = self { return false }
    guard let view = listView else { return true }
    return view.isDefinite && view.order == nil && (0..<view.count).allSatisfy { view[$0].isDecided }
  }

  /// Whether this, worked out with facts missing, leaves room for a value worked out with all of them. An error is no
  /// pass: it allows everything, and everything allows it.
  func allows(_ value: Value) -> Bool {
    if isErrorOrUnknown { return true }
    if case .error = value { return true }
    if case .record(let x) = self, case .record(let y) = value {
      return zip(x.fields, y.fields).allSatisfy { $0.allows($1) }
    }
    if case .optional(let x) = self, case .optional(let y) = value {
      guard let inner = x.value, let other = y.value else { return x.value == nil && y.value == nil }
      return inner.allows(other)
    }
    guard let view = listView, let other = value.listView else {
      return TinyWorld.shown(self) == TinyWorld.shown(value)
    }
    let allowed = (0..<view.count).map { place in (0..<other.count).filter { view[place].allows(other[$0]) } }
    if view.isDefinite, view.order == nil {
      return view.count == other.count && allowed.indices.allSatisfy { allowed[$0].contains($0) }
    }
    // Every certain element is one of the others; and, where there are no further ones, every other is one of these.
    let certain = allowed.indices.filter { view.reason(at: $0) == nil }.map { allowed[$0] }
    guard Self.canMatch(certain) else { return false }
    if view.open != nil { return true }
    return Self.canMatch((0..<other.count).map { place in allowed.indices.filter { allowed[$0].contains(place) } })
  }

  /// Whether each can have a partner of its own (Kuhn's augmenting paths).
  private static func canMatch(_ partners: [[Int]]) -> Bool {
    var taken: [Int: Int] = [:]
    func place(_ index: Int, _ tried: inout Set<Int>) -> Bool {
      for partner in partners[index] where tried.insert(partner).inserted {
        if let owner = taken[partner], !place(owner, &tried) { continue }
        taken[partner] = index
        return true
      }
      return false
    }
    return partners.indices.allSatisfy { index in
      var tried: Set<Int> = []
      return place(index, &tried)
    }
  }
}

extension TinyWorld {
  /// With what is possible, and whether there may be more; with the facts that each depends on, where they are asked for.
  static func shown(_ value: Value, withFacts: Bool = false) -> String {
    func facts(_ unknown: Unknown?) -> String {
      guard withFacts, let unknown else { return "" }
      return "(" + unknown.facts.map { "\($0.row).\(TinyHost.fieldNames[Int($0.field)])" }.joined(separator: " ") + ")"
    }
    switch value {
    case .entity(let row): return "n\(row)"
    case .enumeration(_, let ordinal): return TinyHost.rank.values[Int(ordinal)]
    case .unknown(let unknown): return "unknown" + facts(unknown)
    case .error(let error): return "error \(error.code.rawValue)"
    case .optional(let box): return box.value.map { "optional(\(shown($0, withFacts: withFacts)))" } ?? "none"
    case .record(let box): return "(" + box.fields.map { shown($0, withFacts: withFacts) }.joined(separator: ", ") + ")"
    default:
      guard let view = value.listView else { return value.text ?? "\(value)" }
      let items = (0..<view.count).map {
        shown(view[$0], withFacts: withFacts) + (view.reason(at: $0) == nil ? "" : "?" + facts(view.reason(at: $0)))
      }
      return "[" + (items + (view.open == nil ? [] : ["…" + facts(view.open)])).joined(separator: ", ") + "]"
    }
  }

  var text: String {
    (0..<Int(nodeCount)).map { row in
      let list = uses[row].certain.sorted().map(String.init) + uses[row].possible.sorted().map { "\($0)?" }
      func shown<T>(_ value: T?) -> String { value.map { "\($0)" } ?? "_" }
      return
        "n\(row)(\(shown(flags[row])) rank \(shown(ranks[row])) count \(shown(counts[row])) leader \(shown(leaders[row])) uses \((list + (uses[row].isOpen ? ["…"] : [])).joined(separator: " ")))"
    }.joined(separator: " ")
  }
}
