public import Diagnostics

/// What came of running the examples of all rules.
public struct ExampleReport: Sendable {
  public struct Failure: Sendable {
    public var rule: String
    public var title: String
    public var diagnostic: Diagnostic
  }

  public init() {}

  public var ruleCount = 0
  public var exampleCount = 0
  public var passedCount = 0
  /// In the order of rules and examples.
  public var failures: [Failure] = []
  /// Rules without a passing or a failing example.
  public var incomplete: [Diagnostic] = []
  /// Rules that pass their examples without being asked anything, and conditions that are the same whatever is recorded.
  public var vacuous: [Diagnostic] = []
  /// Examples that could not be read. Sorted for printing.
  public var mistakes: [Diagnostic] = []

  public var isSuccess: Bool { failures.isEmpty && incomplete.isEmpty && vacuous.isEmpty && mistakes.isEmpty }
}
