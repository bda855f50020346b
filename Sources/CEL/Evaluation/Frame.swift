/// The state of one evaluation: the graph, the variables, the cost so far. One for each thread; reused from target to
/// target.
public struct Frame {
  /// What evaluates to a value. A struct: a function by itself that is put into an array or returned by what is generic
  /// is wrapped twice, and every call goes through both.
  public struct Code: Sendable {
    let run: @Sendable (inout Frame) -> Value

    init(_ run: @escaping @Sendable (inout Frame) -> Value) { self.run = run }

    @inline(__always)
    func callAsFunction(_ frame: inout Frame) -> Value { run(&frame) }
  }

  public internal(set) var graph: Graph
  /// The date at which the graph is looked at; the graph's own at first.
  public internal(set) var date: CivilDate
  public var slots: ContiguousArray<Value>
  /// Elements visited by macros and closures since it was last set to zero.
  public var cost: Int = 0
  /// Beyond this cost an evaluation is an error.
  public var costLimit: Int
  /// Facts read that were defaults, while `isTracing`.
  public var defaultsRead: Set<Fact> = []
  public var isTracing = false
  /// Whether a path's hops are named; without names a path is only as long as it is, and much cheaper.
  public var namesHops = true
  /// Hops that were named, of the closure that was asked last.
  var hops: HopMemory?
  /// The first error that did not become the result, because another operand decided or was unknown; the host sets it
  /// back to nil.
  public var absorbedError: EvaluationError?
  /// Whether what targets share is worked out once. Without, every evaluation works everything out for itself: cheaper
  /// where targets are few.
  public var remembers = true
  /// Whether it is noted when the value can change next; see `valueUntil`.
  var isTimed = false
  /// The first day after the date on which something that was read can be otherwise.
  var nextChange = Int32.max
  public internal(set) var depth = 0
  var spareSlots: [ContiguousArray<Value>] = []
  var spareMarks: [RowMarks] = []
  /// Of the graph and the date that are being looked at.
  var memory = Memory()
  /// Of others that were.
  var memories: [Memory.Key: Memory] = [:]
  var regexes = RegexCache()
  /// The patterns that the target has paid for: who compiled them does not matter.
  var chargedPatterns: Set<String> = []

  /// - Parameter date: the graph's own where it is left out.
  public init(graph: Graph, at date: CivilDate? = nil, slotCount: Int, costLimit: Int = 10_000_000) {
    self.graph = graph
    self.date = date ?? graph.date
    slots = ContiguousArray(repeating: .pending, count: slotCount)
    self.costLimit = costLimit
  }

  /// Begins to count anew, for another target. What was compiled and remembered stays.
  public mutating func beginTarget() {
    cost = 0
    absorbedError = nil
    chargedPatterns = []
  }

  /// Readies the frame for other variables: each slot is "not read yet". What it remembers of the graph stays.
  public mutating func reset(slotCount: Int) {
    while slots.count > slotCount { slots.removeLast() }
    for slot in slots.indices { slots[slot] = .pending }
    grow(to: slotCount)
  }

  /// Makes room for variables.
  @inline(__always)
  mutating func grow(to slotCount: Int) {
    while slots.count < slotCount { slots.append(.pending) }
  }

  /// Asks for what is about to be gone through. What is refused is not gone through, and not counted: the cost says what
  /// was done.
  mutating func spend(_ amount: Int) -> Bool {
    if amount <= costLimit &- cost {
      cost &+= amount
      return true
    }
    cost = max(cost, costLimit &+ 1)
    return false
  }

  /// Counts what is done already; false: that was more than there was.
  mutating func pay(_ amount: Int) -> Bool {
    cost &+= amount
    return cost <= costLimit
  }

  mutating func noteAbsorbed(_ value: Value?) {
    if absorbedError == nil, case .error(let error)? = value { absorbedError = error }
  }

  var costError: Value { .error(.costLimit, "the expression visits more than \(costLimit) elements") }
}

/// Marks on rows that are cleared in constant time: for closures and `distinct`.
struct RowMarks {
  private var generations: [Int32] = []
  private var generation: Int32 = 0

  /// Starts with nothing marked.
  mutating func begin(rowCount: Int) {
    if generations.count < rowCount || generation == .max {
      generations = [Int32](repeating: 0, count: rowCount)
      generation = 0
    }
    generation += 1
  }

  /// Marks a row; false where it was marked already.
  mutating func insert(_ row: Int32) -> Bool {
    if generations[Int(row)] == generation { return false }
    generations[Int(row)] = generation
    return true
  }

  func contains(_ row: Int32) -> Bool { generations[Int(row)] == generation }
}
