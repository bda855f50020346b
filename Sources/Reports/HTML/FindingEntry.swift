internal import Catalogue
internal import Diagnostics
internal import Governance

/// All findings of one identity, as a page shows them: the one that weighs most at length, the others in a line each.
struct FindingEntry {
  /// What became of an identity in a place that a reader can ask for.
  struct State: Hashable {
    /// `open`, `waived`, `introduced`, `resolved`.
    var name: String
    /// `initiative:id`; nil: the estate.
    var initiative: String?
  }

  var finding: Finding
  var counts: Bool
  /// In the order of printing.
  var others: [Finding] = []

  init(_ finding: Finding, counts: Bool) {
    self.finding = finding
    self.counts = counts
  }

  /// The worst first, then by rule and identity.
  static func all(in report: CheckReport) -> [FindingEntry] {
    var result: [FindingEntry] = []
    var places: [String: Int] = [:]
    for finding in report.allFindings {
      let entry = FindingEntry(finding, counts: report.counts(finding))
      guard let place = places[finding.identity] else {
        places[finding.identity] = result.count
        result.append(entry)
        continue
      }
      if entry.outranks(result[place]) {
        result[place].others.insert(result[place].finding, at: 0)
        (result[place].finding, result[place].counts) = (entry.finding, entry.counts)
      } else {
        result[place].others.append(finding)
      }
    }
    return result.sorted { a, b in
      if a.weight != b.weight { return a.weight.lexicographicallyPrecedes(b.weight) }
      return (a.finding.rule, a.finding.identity) < (b.finding.rule, b.finding.identity)
    }
  }

  /// What ends a run, then what counts, then what the estate has or an initiative answers for, then the severity.
  private var weight: [Int] {
    [
      finding.outcome == .error ? 0 : 1, counts ? 0 : 1, finding.inView?.comparison.isOwn ?? true ? 0 : 1,
      finding.standing == .open ? 0 : 1, finding.outcome == .failed ? 0 : 1, -finding.severity.rawValue,
    ]
  }

  private func outranks(_ other: FindingEntry) -> Bool { weight.lexicographicallyPrecedes(other.weight) }

  /// Each once, those of the finding that is shown first.
  var states: [State] {
    var seen: Set<State> = []
    return ([finding] + others).flatMap(Self.states).filter { seen.insert($0).inserted }
  }

  private static func states(_ finding: Finding) -> [State] {
    let initiative = finding.inView?.initiative
    var names: [String] = []
    if finding.outcome == .error { names.append("not evaluated") }
    if let comparison = finding.inView?.comparison {
      if finding.outcome != .error { names.append(comparison.rawValue) }
      if comparison.isOwn, finding.standing != .open { names.append(finding.standing.name) }
    } else if finding.standing != .open {
      names.append(finding.standing.name)
    } else if finding.outcome != .error {
      names.append(finding.outcome == .undecided ? "undecided" : "open")
    }
    return names.map { State(name: $0, initiative: initiative) }
  }

  /// The names that a state can have, in the order of a reader's interest.
  static let stateNames = [
    "not evaluated", "open", "introduced", "worsened", "undecided", "waived", "baselined", "known", "inherited",
    "improved", "resolved",
  ]
}
