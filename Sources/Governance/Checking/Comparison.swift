/// What became of a finding from an initiative's base to its view.
public enum Comparison: String, Sendable, CaseIterable {
  /// It was not there, or undecided.
  case introduced
  /// It was there, and weighs more or measures more.
  case worsened
  /// It cannot be decided, and was decided before or not asked.
  case undecided
  /// It was there as it is.
  case inherited
  /// It is there, and measures less.
  case improved
  /// It is there no more.
  case resolved

  /// Whether an initiative answers for it.
  public var isOwn: Bool { self == .introduced || self == .worsened || self == .undecided }

  /// Compares what one identity was with what it is; nil where there is nothing to tell.
  static func of(_ before: Finding?, _ after: Finding?) -> Comparison? {
    switch (before?.outcome, after?.outcome) {
    case (_, .error): return .introduced
    case (.failed, .failed):
      guard let before, let after else { return nil }
      if after.severity > before.severity { return .worsened }
      if let new = after.measure, let old = before.measure, new != old {
        if new > old { return .worsened }
        if after.severity == before.severity { return .improved }
      }
      return after.severity < before.severity ? .improved : .inherited
    case (_, .failed): return .introduced
    case (.failed, nil): return .resolved
    case (.undecided, .undecided): return .inherited
    case (_, .undecided): return .undecided
    default: return nil
    }
  }
}
