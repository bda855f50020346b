/// What became of a rule at one target, in the order in which the worst one wins.
public enum Outcome: Int, Sendable, Comparable, CaseIterable {
  case notApplicable
  case upcoming
  /// There was nothing for the rule's `each` to look at.
  case passedWithNothing
  case passed
  case undecided
  case failed
  case error

  public var name: String {
    switch self {
    case .notApplicable: "not applicable"
    case .upcoming: "upcoming"
    case .passedWithNothing: "passed with nothing to check"
    case .passed: "passed"
    case .undecided: "undecided"
    case .failed: "failed"
    case .error: "error"
    }
  }

  public static func < (a: Outcome, b: Outcome) -> Bool { a.rawValue < b.rawValue }
}

/// How often each outcome came about.
public struct OutcomeCounts: Sendable, Equatable {
  private var counts = [Int](repeating: 0, count: Outcome.allCases.count)

  public init() {}

  public subscript(outcome: Outcome) -> Int {
    get { counts[outcome.rawValue] }
    set { counts[outcome.rawValue] = newValue }
  }

  public var total: Int { counts.reduce(0, +) }

  public mutating func add(_ other: OutcomeCounts) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
