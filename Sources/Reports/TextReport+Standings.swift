internal import CEL
internal import Diagnostics
internal import Governance

/// What stands between findings and the verdict, in the text of a check.
extension TextReport {
  /// Whether a finding is printed: one that does not count for a waiver or the baseline is, at length, only counted.
  func isTold(_ finding: Finding) -> Bool { isVerbose || finding.standing == .open }

  /// `waived`, and until when by what; nil: nothing stands before it.
  static func text(_ standing: Finding.Standing) -> (name: String, text: String)? {
    switch standing {
    case .open: nil
    case .waived(let waiver, let until): ("waived", "until \(until.text) by \(waiver)")
    case .baselined: ("baselined", "it was there when checking began")
    case .known: ("known", "it was there before")
    }
  }

  /// The same behind a finding that is told in one line: ` (waived until 2027-01-01 by waiver:x)`; empty where nothing
  /// stands before it.
  static func suffix(_ standing: Finding.Standing) -> String {
    switch standing {
    case .open: ""
    case .waived(let waiver, let until): " (waived until \(until.text) by \(waiver))"
    case .baselined: " (baselined)"
    case .known: " (known)"
    }
  }

  /// `baseline of 34 findings, taken on 2026-12-01`.
  static func text(_ baseline: Baseline) -> String {
    let count = baseline.entries.count
    let revision = baseline.revision.map { " at \(escapedForTerminal($0))" } ?? ""
    let grown = baseline.entries.count { $0.decision != nil }
    return "baseline of \(count) \(count == 1 ? "finding" : "findings"), taken on \(baseline.taken.text)\(revision)"
      + (grown == 0 ? "" : ", \(grown) added since by decision")
  }

  /// For the summary: `4 waived (1 expires in 12 days)`, `2 baselined`.
  func standings(_ report: CheckReport) -> [String] {
    var result: [String] = []
    let waived = report.count { if case .waived = $0 { true } else { false } }
    if waived > 0 { result.append("\(waived) waived\(Self.ending(report))") }
    let baselined = report.count { $0 == .baselined }
    if baselined > 0 { result.append("\(baselined) baselined") }
    return result
  }

  /// ` (1 expires in 12 days)`; of several the first that ends.
  private static func ending(_ report: CheckReport) -> String {
    let names = Set(report.endingWaivers.map(\.name))
    guard let first = report.endingWaivers.first else { return "" }
    let count = report.count { if case .waived(let name, _) = $0 { names.contains(name) } else { false } }
    let left = Int(first.until.days) - Int(report.estate.asOf.days)
    let days = left == 1 ? "1 day" : "\(left) days"
    return " (\(count) \(count == 1 ? "expires" : "expire, the first") in \(days))"
  }
}

extension CheckReport {
  /// For the summary: `1 waived in this change`, of those that count.
  var onceMergedWords: [String] {
    [
      (countOnceMerged { if case .waived = $0 { true } else { false } }, "waived in this change"),
      (countOnceMerged { $0 == .baselined }, "baselined in this change"),
    ].compactMap { count, words in count == 0 ? nil : "\(count) \(words)" }
  }
}
