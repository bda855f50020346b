/// How an initiative stands to a whole standard, in the six terms of TOGAF's architecture compliance review.
///
/// The terms compare what a standard asks with what an initiative does. They are worked out from the clauses' states alone;
/// docs/report.md has the table.
public enum ConformanceLevel: String, Sendable, CaseIterable {
  case nonConformant = "non-conformant"
  case irrelevant
  case consistent
  case compliant
  case conformant
  case fullyConformant = "fully conformant"

  /// - Parameters:
  ///   - states: one for each clause of the standard.
  ///   - hasMore: whether the initiative does something at which no rule of the standard looks.
  init(_ states: [ClauseState], hasMore: Bool) {
    func has(_ wanted: ClauseState...) -> Bool { states.contains(where: wanted.contains) }
    if has(.fails) {
      self = .nonConformant
    } else if states.allSatisfy({ $0 == .notApplicable || $0 == .unchecked }) {
      self = .irrelevant
    } else if has(.undecided, .lapsed) || !has(.conforms, .attested) {
      self = .consistent
    } else if has(.unattested, .waived, .inherited, .notYetDue, .unchecked) {
      self = .compliant
    } else {
      self = hasMore ? .conformant : .fullyConformant
    }
  }

  /// What it says, in a sentence without a full stop.
  public var meaning: String {
    switch self {
    case .nonConformant: "it does something that a clause does not allow, and no waiver covers that"
    case .irrelevant: "no rule of the standard looks at anything of it"
    case .consistent: "nothing speaks against it, but too much is open to say that it conforms"
    case .compliant: "what can be judged conforms, and some clauses still have to be met"
    case .conformant:
      "it meets every clause that concerns it, and does things with which the standard has nothing to do"
    case .fullyConformant: "it meets every clause that concerns it, and does nothing else"
    }
  }
}
