public import CEL

/// Somebody's word, for an initiative, on a clause.
public struct Attestation: Sendable {
  /// Whether it counts on the day of the run.
  public enum Status: Sendable, Equatable {
    case holds
    /// It has to be given again.
    case lapsed
    /// It is given on a later day.
    case notYet
    /// It was given for other entries than those of today: so many are not among them.
    case outdated(Int)
    /// Nobody recorded when it was given, or until when it holds.
    case undated
  }

  /// Its own row.
  public let row: Int32
  /// Names of those who stand for it; empty: not recorded.
  public let by: [String]
  public let given: CivilDate?
  /// The first day on which it has to be given again.
  public let until: CivilDate?
  public let status: Status
}
