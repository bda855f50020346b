internal import Synchronization

/// What a frame keeps from one target to the next, for one graph at one date: the values of expressions that depend on
/// nothing else, the steps of closures, indexes.
///
/// What is kept is worked out with a budget of its own and costs the target that first asks for it nothing: else it
/// would depend on the order of targets which of them runs out of budget. The budgets of one place of an expression are
/// together no more than a target's, and there are `placeLimit` places at most.
final class Memory {
  /// By the numbers that `number()` gives.
  var values: [Int: Remembered] = [:]
  var steps: [Int: StepMemory] = [:]
  var ways: [Int: Reaching] = [:]
  var indexes: [Int: KeyIndex] = [:]

  /// How many values an expression may have remembered.
  static let placeLimit = 64
  /// Of how many graphs and dates a frame remembers something.
  static let graphLimit = 32
  /// Of what is worked out row by row, a row may cost this much; what costs more, each target pays for.
  static func share(of limit: Int, rows: Int) -> Int { max(16, limit / max(1, rows)) }

  private static let numbers = Atomic(0)

  /// A number for one place of one compiled expression, never given twice.
  static func number() -> Int { numbers.add(1, ordering: .relaxed).newValue }

  /// Which memory serves: one for each graph and date.
  struct Key: Hashable {
    let graph: Int
    let date: CivilDate
  }
}

/// A value with what was noted while it was worked out.
struct Remembered {
  let value: Value
  let absorbed: EvaluationError?
  /// Nil: nobody asked which defaults were read.
  let defaults: Set<Fact>?
  let namesHops: Bool
  /// What it cost.
  let cost: Int

  /// Whether it ended, or was hidden, because its budget did.
  var isTooDear: Bool {
    if absorbed?.code == .costLimit { return true }
    if case .error(let error) = value { return error.code == .costLimit }
    return false
  }

  func serves(_ frame: borrowing Frame) -> Bool {
    (defaults != nil || !frame.isTracing) && (namesHops || !frame.namesHops)
  }
}

extension Frame {
  /// Forgets what it remembers of all graphs: other expressions have no use for it.
  public mutating func forget() {
    memory = Memory()
    memories = [:]
    hops = nil
  }

  /// Looks at another graph with the same rows from here on, and forgets what it remembers.
  public mutating func look(at graph: Graph, on date: CivilDate) {
    forget()
    (self.graph, self.date) = (graph, date)
  }

  /// The value of code that depends on nothing but the graph and the date.
  mutating func remembered(_ number: Int, _ code: Code) -> Value {
    if !remembers { return code(&self) }
    let known: Remembered
    if let found = memory.values[number], found.serves(self) {
      known = found
    } else {
      known = apart(code.run)
      memory.values[number] = known
    }
    note(known)
    return known.value
  }

  /// Runs code with a budget of its own, and gathers what it notes instead of noting it.
  mutating func apart(limit: Int? = nil, _ code: (inout Frame) -> Value) -> Remembered {
    let saved = (cost, absorbedError, defaultsRead, chargedPatterns)
    let start = limit.map { max(0, costLimit - $0) } ?? 0
    cost = start
    absorbedError = nil
    defaultsRead = []
    chargedPatterns = []
    let value = code(&self)
    let result = Remembered(
      value: value, absorbed: absorbedError, defaults: isTracing ? defaultsRead : nil, namesHops: namesHops,
      cost: cost - start)
    (cost, absorbedError, defaultsRead, chargedPatterns) = saved
    return result
  }

  /// Notes what running the code would have noted.
  mutating func note(_ known: Remembered) {
    if absorbedError == nil { absorbedError = known.absorbed }
    if isTracing, let defaults = known.defaults, !defaults.isEmpty { defaultsRead.formUnion(defaults) }
  }

  /// Evaluates on another graph with the same rows, or at another date.
  ///
  /// - Parameter stale: the lazy slots that the code reads: they are evaluated anew there, and have their values back
  ///   afterwards.
  mutating func elsewhere(
    _ graph: Graph, _ date: CivilDate, stale: [Int], _ code: (inout Frame) -> Value
  ) -> Value {
    let saved = (self.graph, self.date, memory)
    let values = stale.map { slots[$0] }
    for slot in stale { slots[slot] = .pending }
    memories[Memory.Key(graph: self.graph.serial, date: self.date)] = memory
    // What is read as of a fixed date does not change with the date outside.
    let wasTimed = isTimed
    if date != self.date { isTimed = false }
    defer { isTimed = wasTimed }
    (self.graph, self.date) = (graph, date)
    memory = memories[Memory.Key(graph: graph.serial, date: date)] ?? Memory()
    let value = code(&self)
    if memories.count >= Memory.graphLimit { memories = [:] }
    memories[Memory.Key(graph: graph.serial, date: date)] = memory
    (self.graph, self.date, memory) = saved
    for (slot, value) in zip(stale, values) { slots[slot] = value }
    return value
  }
}
