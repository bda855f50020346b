internal import Governance

/// What a format for a forge raises: findings of one identity are one, so that it opens and closes with its identity.
struct Alert {
  /// The one that weighs most.
  var finding: Finding
  var counts: Bool
  /// The others, of initiatives that introduce or worsen the same.
  var others: [Finding] = []
  /// What it is beside another revision; nil where nothing is compared.
  var state: BaselineState?
  /// What it was there, where that is another: `was minor`.
  var former: String?

  /// The estate's findings and what initiatives answer for, as far as nothing stands between them and the verdict; the
  /// worst first.
  static func all(in report: CheckReport) -> [Alert] {
    var result: [Alert] = []
    var places: [String: Int] = [:]
    for finding in report.toldFindings where finding.standing == .open {
      let alert = Alert(finding: finding, counts: report.counts(finding))
      guard let place = places[finding.identity] else {
        places[finding.identity] = result.count
        result.append(alert)
        continue
      }
      if outranks(alert, result[place]) {
        result[place].others.insert(result[place].finding, at: 0)
        result[place].finding = finding
        result[place].counts = alert.counts
      } else {
        result[place].others.append(finding)
      }
    }
    return result.enumerated().sorted { a, b in
      if outranks(a.element, b.element) { return true }
      return outranks(b.element, a.element) ? false : a.offset < b.offset
    }.map(\.element)
  }

  /// What ends a run comes first, then what counts, then the severity, then a failure before what is undecided.
  private static func outranks(_ a: Alert, _ b: Alert) -> Bool {
    if (a.finding.outcome == .error) != (b.finding.outcome == .error) { return a.finding.outcome == .error }
    if a.counts != b.counts { return a.counts }
    if a.finding.severity != b.finding.severity { return a.finding.severity > b.finding.severity }
    return a.finding.outcome > b.finding.outcome
  }
}

extension CheckReport {
  /// The estate's findings and those that initiatives answer for; what they inherit or put right is left out.
  var toldFindings: [Finding] { findings + viewFindings.filter { $0.inView?.comparison.isOwn == true } }

  /// Every rule that ran, by id.
  var rules: [Rule] {
    var byID: [String: Rule] = [:]
    for rule in assessment.results.map(\.rule) + (portfolio?.rules ?? []) { byID[rule.id] = rule }
    return byID.values.sorted { $0.id < $1.id }
  }
}
