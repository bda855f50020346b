public import Diagnostics

/// What came of changing rules and asking their examples again.
public struct MutationReport: Sendable {
  /// Of one rule, or of several together.
  public struct Counts: Sendable, Equatable {
    /// What can be evaluated for itself: operands, branches, what is asked of an element, whole expressions.
    public internal(set) var parts = 0
    /// Those that no example evaluates, without those said to be out of reach.
    public internal(set) var unreached = 0
    public internal(set) var killed = 0
    /// Those in unreached parts count: nothing can kill them.
    public internal(set) var survived = 0
    /// Survivors that the rule explains.
    public internal(set) var equivalent = 0
    /// Changes that are no expressions of the language, so that nobody could have written them.
    public internal(set) var unchecked = 0

    public var mutants: Int { killed + survived + equivalent }

    mutating func add(_ other: Counts) {
      parts += other.parts
      unreached += other.unreached
      killed += other.killed
      survived += other.survived
      equivalent += other.equivalent
      unchecked += other.unchecked
    }
  }

  /// What is tried.
  public enum Depth: Sendable {
    /// Which parts of a rule any example evaluates.
    case coverage
    /// And every change of the parts that some do.
    case mutants
  }

  public struct RuleResult: Sendable {
    /// The rule's id, or a shared function's name with brackets.
    public let rule: String
    public internal(set) var counts = Counts()
    /// Survivors, unreached parts and what `equivalents` says wrongly, in the order of the file.
    public internal(set) var diagnostics: [Diagnostic] = []
    /// Whether its own examples hold; else nothing was changed.
    public internal(set) var isTried = true
  }

  public let depth: Depth
  /// Sorted by rule.
  public let rules: [RuleResult]
  /// Sorted by name; of some rules alone there are none.
  public let functions: [RuleResult]

  public var subjects: [RuleResult] { rules + functions }
  public var counts: Counts { subjects.reduce(into: Counts()) { $0.add($1.counts) } }
  public var isSuccess: Bool { subjects.allSatisfy { $0.diagnostics.isEmpty && $0.isTried } }
}
