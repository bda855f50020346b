public import Diagnostics

/// Something that changes how others are judged, between a revision and what came of it.
public struct GovernanceChange: Sendable {
  /// What may let something pass that did not pass before comes first.
  public enum Kind: String, Sendable, CaseIterable {
    case ruleRemoved = "rule-removed"
    case ruleExcluded = "rule-excluded"
    case ruleWeakened = "rule-weakened"
    case severityLowered = "severity-lowered"
    case fieldRelaxed = "field-relaxed"
    case vocabularyChanged = "vocabulary-changed"
    case functionChanged = "function-changed"
    case standardWeakened = "standard-weakened"
    case settingChanged = "setting-changed"
    case waiverAdded = "waiver-added"
    case waiverChanged = "waiver-changed"
    case baselineGrown = "baseline-grown"
    case decisionAdded = "decision-added"
    case decisionChanged = "decision-changed"
    case ruleAdded = "rule-added"
    case ruleAdopted = "rule-adopted"
    case ruleRenamed = "rule-renamed"
    case ruleTightened = "rule-tightened"
    case ruleReworded = "rule-reworded"
    case vocabularyExtended = "vocabulary-extended"
    case standardChanged = "standard-changed"
    case waiverRemoved = "waiver-removed"
    case baselineShrunk = "baseline-shrunk"
  }

  public var kind: Kind
  /// `kind:id` of the document, or the name of the setting.
  public var subject: String
  /// A sentence without a full stop and without the subject.
  public var summary: String
  /// Where it stands now.
  public var place: SourceRange?
  /// Where it stood.
  public var former: SourceRange?

  package init(
    _ kind: Kind, _ subject: String, _ summary: String, at place: SourceRange? = nil, was former: SourceRange? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.summary = summary
    self.place = place
    self.former = former
  }

  /// Whether it may let something pass that did not pass before. What reads otherwise and cannot be compared counts as
  /// such: only a reader can tell.
  public var loosens: Bool { Self.order(kind) < Self.order(.ruleAdded) }

  private static func order(_ kind: Kind) -> Int { Kind.allCases.firstIndex(of: kind) ?? 0 }

  /// The order of printing: kind, subject, summary.
  static func precedes(_ a: GovernanceChange, _ b: GovernanceChange) -> Bool {
    if a.kind != b.kind { return order(a.kind) < order(b.kind) }
    if a.subject != b.subject { return a.subject.utf8.lexicographicallyPrecedes(b.subject.utf8) }
    return a.summary.utf8.lexicographicallyPrecedes(b.summary.utf8)
  }
}
