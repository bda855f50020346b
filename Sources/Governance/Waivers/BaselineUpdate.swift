public import CEL
internal import Catalogue

/// A baseline as it is to be written, and what is different.
public struct BaselineUpdate: Sendable {
  public let baseline: Baseline
  public var removed: [Baseline.Entry] = []
  /// Entries that are no longer as bad, as they were.
  public var lowered: [Baseline.Entry] = []
  /// Entries of which a part has another name now, as they were.
  public var renamed: [Baseline.Entry] = []
  public var added: [Baseline.Entry] = []

  public var changesNothing: Bool { removed.isEmpty && lowered.isEmpty && renamed.isEmpty && added.isEmpty }

  /// Whether a finding may be in a baseline: one of the estate that nothing else stands before.
  public static func takes(_ finding: Finding) -> Bool {
    finding.inView == nil && finding.standing == .open && finding.outcome != .error
      && PaperRule(rawValue: finding.rule) == nil
  }

  /// A first one.
  public static func taking(_ findings: [Finding], on day: CivilDate, revision: String?) -> BaselineUpdate {
    let entries = findings.filter(takes).map { Baseline.Entry($0) }
    return BaselineUpdate(baseline: Baseline(taken: day, revision: revision, entries: entries), added: entries)
  }

  /// What is left of one: nothing is added, and nothing is let become worse.
  ///
  /// - Parameter findings: all that are there in the estate.
  public static func shrinking(_ baseline: Baseline, to findings: [Finding]) -> BaselineUpdate {
    let there = Dictionary(
      findings.filter { $0.inView == nil }.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    var (kept, removed, lowered, renamed): ([Baseline.Entry], [Baseline.Entry], [Baseline.Entry], [Baseline.Entry]) =
      ([], [], [], [])
    for old in baseline.entries {
      guard let finding = there[old.current] else {
        removed.append(old)
        continue
      }
      var entry = old
      entry.identity = old.current
      entry.outcome = min(old.outcome, finding.outcome)
      entry.severity = min(old.severity, finding.severity)
      if let measure = old.measure, let now = finding.measure { entry.measure = min(measure, now) }
      if entry.identity != old.identity { renamed.append(old) }
      if entry.outcome != old.outcome || entry.severity != old.severity || entry.measure != old.measure {
        lowered.append(old)
      }
      kept.append(entry)
    }
    return BaselineUpdate(
      baseline: Baseline(taken: baseline.taken, revision: baseline.revision, entries: kept), removed: removed,
      lowered: lowered, renamed: renamed)
  }

  /// With further findings, by a decision.
  ///
  /// - Parameter decision: `decision:id`.
  public func growing(by findings: [Finding], decision: String, on day: CivilDate) -> BaselineUpdate {
    let new = findings.filter(Self.takes).map { Baseline.Entry($0, decision: decision, added: day) }
    let names = Set(new.map(\.current))
    var result = BaselineUpdate(
      baseline: Baseline(
        taken: baseline.taken, revision: baseline.revision,
        entries: baseline.entries.filter { !names.contains($0.current) } + new))
    (result.removed, result.lowered, result.renamed) = (removed, lowered, renamed)
    result.added = new
    return result
  }
}
