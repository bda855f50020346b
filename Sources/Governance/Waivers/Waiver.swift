public import CEL
internal import Catalogue
internal import Diagnostics

/// A permission to depart from one rule, for a time, as its document says.
public struct Waiver: Sendable {
  /// One expression that must hold.
  struct Condition: Sendable {
    let text: String
    let code: CompiledExpression
  }

  /// Its own row.
  public let row: Int32
  /// `waiver:id`.
  public let name: String
  /// The id of the rule that is departed from.
  public let rule: String
  /// What it names, as findings' keys have it: `kind:id`, or text.
  public let parts: Set<String>
  /// The outcome that it covers.
  public let expects: Outcome
  public let from: CivilDate
  /// The first day on which it holds no more.
  public let until: CivilDate
  /// `initiative:id` of the one whose own it is.
  public let initiative: String?
  /// The waiver that it says it renews.
  let renews: Int32?
  let conditions: [Condition]
  /// Why it is not approved; nil: it is.
  public let objection: String?
  /// Whether the rule's own document says that nothing may waive it.
  let isOfUnwaivable: Bool
  /// The highest severity that the rule can give.
  let severity: Severity

  /// Whether a finding is what it is about: one of its rule whose whole key it names. What is not named is not covered,
  /// however near it is.
  public func names(_ finding: Finding) -> Bool {
    finding.rule == rule && finding.key.allSatisfy(parts.contains)
  }

  /// Whether it covers a finding while it holds.
  public func covers(_ finding: Finding) -> Bool { finding.outcome == expects && names(finding) }

  /// Whether it and another are about the same: one names all that the other names.
  func concerns(_ other: Waiver) -> Bool {
    rule == other.rule && initiative == other.initiative && expects == other.expects
      && (parts.isSubset(of: other.parts) || other.parts.isSubset(of: parts))
  }

  func isInTime(on date: CivilDate) -> Bool { from <= date && date < until }
}

extension Rule {
  /// Whether nothing may waive it.
  public var isUnwaivable: Bool { node.first("unwaivable")?.text == "true" }
}
