/// How much a failure weighs, in rising order.
public enum Severity: Int, Sendable, Comparable, CaseIterable {
  /// A note to the board.
  case advisory
  /// To be put right before the next stage.
  case minor
  /// Approved only with a dated condition.
  case major
  /// Cannot be approved without a waiver.
  case blocker

  public init?(_ name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  public var name: String { String(describing: self) }
  public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}
