internal import CEL
internal import Governance

/// How a check ended, in words and numbers, for formats that have a line or a heading for it.
struct Verdict {
  let outcome: CheckReport.Outcome
  /// Findings that count.
  let counting: Int
  /// Failures that are open and do not count.
  let notCounting: Int
  /// Open undecided ones that do not count.
  let undecided: Int
  /// Rules that could not be evaluated at a target.
  let errors: Int
  let waived: Int
  let baselined: Int
  let known: Int
  /// `1 waived in this change`, of those that count.
  let onceMerged: [String]
  let inputErrors: Int
  /// What a reader has to know besides.
  let notices: Int
  /// `20 of 108 rules adopted`, `2 rules overridden`, `1 rule looked at nothing`: what of the rules did not judge as it
  /// is written.
  let judges: [String]
  private let failOn: Severity
  private let referencesToBroken: Int
  let scope: String

  init(_ report: CheckReport) {
    outcome = report.outcome
    failOn = report.failOn
    inputErrors = report.mistakes.count
    onceMerged = report.onceMergedWords
    notices = report.notices.count
    judges = Self.judges(report)
    referencesToBroken = report.estate.summary.referencesToBroken
    var (counting, notCounting, undecided, errors) = (0, 0, 0, 0)
    var (waived, baselined, known) = (0, 0, 0)
    for finding in report.toldFindings {
      switch finding.standing {
      case .waived: waived += 1
      case .baselined: baselined += 1
      case .known: known += 1
      case .open:
        if finding.outcome == .error {
          errors += 1
        } else if report.counts(finding) {
          counting += 1
        } else if finding.outcome == .undecided {
          undecided += 1
        } else {
          notCounting += 1
        }
      }
    }
    (self.counting, self.notCounting, self.undecided, self.errors) = (counting, notCounting, undecided, errors)
    (self.waived, self.baselined, self.known) = (waived, baselined, known)
    let open = report.portfolio.flatMap { portfolio -> String? in
      switch portfolio.checks.count {
      case 0: nil
      case 1: "initiative \(portfolio.checks[0].view.initiative.id)"
      default: "\(portfolio.checks.count) open initiatives"
      }
    }
    let looked = report.isOfInitiativesOnly ? open ?? "no initiative" : "the estate" + (open.map { " and \($0)" } ?? "")
    scope = "\(looked) as of \(report.estate.asOf.text)"
  }

  /// `39 findings count`, or why nothing can be said.
  var heading: String {
    switch outcome {
    case .clean: "nothing counts"
    case .findings: "\(Self.number(counting, "finding counts", "findings count"))"
    case .incomplete: "not evaluated completely"
    }
  }

  /// What there is beside the heading, in one sentence.
  var sentence: String {
    var parts: [String] = []
    if outcome == .incomplete {
      if inputErrors > 0 { parts.append(Self.number(inputErrors, "input error", "input errors")) }
      if errors > 0 {
        parts.append("\(Self.number(errors, "target", "targets")) at which a rule could not be evaluated")
      }
      if referencesToBroken > 0 {
        parts.append(
          "\(Self.number(referencesToBroken, "reference", "references")) to documents that could not be read")
      }
    }
    parts.append("\(Self.number(counting, "finding counts", "findings count")) (\(failOn.name) and above)")
    if notCounting > 0 { parts.append(Self.number(notCounting, "failure that does not", "failures that do not")) }
    if undecided > 0 { parts.append("\(undecided) undecided") }
    for (count, word) in [(waived, "waived"), (baselined, "baselined"), (known, "known")] where count > 0 {
      parts.append("\(count) \(word)")
    }
    parts += onceMerged
    if notices > 0 { parts.append(Self.number(notices, "note", "notes")) }
    parts += judges
    return parts.joined(separator: "; ")
  }

  private static func judges(_ report: CheckReport) -> [String] {
    var words: [String] = []
    if let adoption = report.adoption {
      if adoption.mode != .all { words.append(AdoptionWords.count(adoption)) }
      let count = Set(adoption.changes.map(\.rule)).count
      if count > 0 { words.append(number(count, "rule overridden", "rules overridden")) }
    }
    let idle = report.idleRules.count
    if idle > 0 { words.append(number(idle, "rule looked at nothing", "rules looked at nothing")) }
    return words
  }

  static func number(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

  /// `3 blocker, 1 undecided`: what was left out of an output for want of room.
  static func tally(_ findings: some Sequence<Finding>) -> String {
    var counts: [String: Int] = [:]
    for finding in findings { counts[finding.word, default: 0] += 1 }
    let words = Severity.allCases.reversed().map(\.name) + [Outcome.undecided.name, Outcome.error.name]
    return words.compactMap { word in counts[word].map { "\($0) \(word)" } }.joined(separator: ", ")
  }
}
