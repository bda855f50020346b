public import CEL
internal import Catalogue
public import Diagnostics

/// The findings of the estate that an authority starts with.
public struct Baseline: Sendable {
  /// One finding that does not count, as long as it is no worse than it was.
  public struct Entry: Sendable {
    /// As it is written.
    public var identity: String
    /// With today's names of what was renamed.
    public var current: String
    public var outcome: Outcome
    public var severity: Severity
    public var measure: Double?
    /// `decision:id`, of one that was added later.
    public var decision: String?
    public var added: CivilDate?
    /// Why the decision does not count.
    var objection: String?
    public var range: SourceRange?
  }

  public var taken: CivilDate
  /// What the user said the revision was.
  public var revision: String?
  /// By identity.
  public private(set) var entries: [Entry]
  private var byIdentity: [String: Int] = [:]

  init(taken: CivilDate, revision: String?, entries: [Entry]) {
    self.taken = taken
    self.revision = revision
    self.entries = entries.sorted { $0.current.utf8.lexicographicallyPrecedes($1.current.utf8) }
    for (index, entry) in self.entries.enumerated() where byIdentity[entry.current] == nil {
      byIdentity[entry.current] = index
    }
  }

  /// What it holds of a finding.
  public func entry(of finding: Finding) -> Entry? { byIdentity[finding.identity].map { entries[$0] } }

  /// What is wrong with its entries, as findings.
  ///
  /// - Parameters:
  ///   - met: the identities that were found.
  ///   - isComplete: whether what was not found is not there.
  func paper(_ estate: Estate, met: Set<String>, isComplete: Bool) -> [Finding] {
    entries.flatMap { entry -> [Finding] in
      let place = entry.range.map { Place(range: $0, isAbsent: false) }
      if isComplete, !met.contains(entry.current) {
        return [
          PaperRule.baselineStale.finding(
            "the baseline holds \(entry.identity), which is not found any more", about: entry.identity, place: place)
        ]
      }
      guard let objection = entry.objection else { return [] }
      return [
        PaperRule.baselineNotApproved.finding(
          "the baseline holds \(entry.identity), but \(objection)", about: entry.identity, place: place)
      ]
    }
  }
}

extension Baseline.Entry {
  /// An entry for a finding that is there.
  public init(_ finding: Finding, decision: String? = nil, added: CivilDate? = nil) {
    self.init(
      identity: finding.identity, current: finding.identity, outcome: finding.outcome, severity: finding.severity,
      measure: finding.measure, decision: decision, added: added)
  }

  /// Why it does not cover the finding that has its identity; nil: it does.
  func remark(on finding: Finding, _ estate: Estate) -> String? {
    if let objection { return "it is in the baseline, but \(objection)" }
    if finding.outcome > outcome { return "worse than in the baseline: it was undecided" }
    if finding.severity > severity { return "worse than in the baseline: it was \(severity.name)" }
    if let measure, let now = finding.measure, now > measure {
      return "worse than in the baseline: measure \(ValueText.number(now)), was \(ValueText.number(measure))"
    }
    return nil
  }
}
