/// What a rule took: for whoever asks why a run is slow. Never part of an output that must be the same twice.
public struct RuleWork: Sendable {
  public internal(set) var time: Duration = .zero
  /// How many targets were looked at; in views those in the base count, too.
  public internal(set) var targets = 0
  /// How many times it was evaluated at all its targets.
  public internal(set) var wholes = 0

  public init() {}

  mutating func add(_ other: RuleWork) {
    time += other.time
    targets += other.targets
    wholes += other.wholes
  }
}
