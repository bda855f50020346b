internal import Diagnostics
internal import Governance

/// Findings as test cases of the form that Jenkins, GitLab and Azure read: a suite for each rule and each initiative, a case
/// for each identity, named by its key; what counts is a failure and nothing else is.
struct JUnitReport {
  /// GitLab reads no file of 30 MB or more.
  static let byteLimit = 28_000_000

  static func text(_ report: CheckReport, _ setting: CheckFormat.Setting, byteLimit: Int = Self.byteLimit) -> String {
    var writer = JUnitReport(setting, byteLimit: byteLimit)
    writer.addMistakes(report)
    writer.addFindings(report)
    writer.addRules(report)
    writer.addExcludedRules(report)
    writer.addInitiatives(report)
    return writer.finished(Verdict(report))
  }

  private struct Suite {
    var cases: [UInt8] = []
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
  }

  private enum Result {
    case passed
    case failure, error, skipped
  }

  private let setting: CheckFormat.Setting
  private let byteLimit: Int
  private var suites: [String: Suite] = [:]
  private var byteCount = 0
  /// Names that are taken, and how often each was asked for: of two cases of one name the second is not read.
  private var names: [String: Int] = [:]
  /// Whether a finding had no room: nothing behind it is told, so that what is told is the first of them.
  private var isFull = false
  private var leftOut: (failures: [Finding], others: [Finding]) = ([], [])

  private init(_ setting: CheckFormat.Setting, byteLimit: Int) {
    self.setting = setting
    self.byteLimit = byteLimit
  }

  // MARK: What becomes a case

  private mutating func addMistakes(_ report: CheckReport) {
    let all = report.mistakes + report.notices
    for (index, diagnostic) in all.enumerated() {
      let place = diagnostic.range.map { $0.pathAndLine } ?? "the repository"
      let result = diagnostic.severity == .error ? Result.error : .skipped
      let isTaken = add(
        suite: "input", diagnostic.id, "\(place): \(diagnostic.summary)", diagnostic.range, result, type: diagnostic.id,
        message: diagnostic.summary, body: diagnostic.lines.joined(separator: "\n"))
      if !isTaken {
        force(suite: "input", "and \(all.count - index) more input errors and notes", .error)
        return
      }
    }
  }

  /// The estate's findings under their rules, those of an initiative under it; what stands apart from the verdict is
  /// skipped, and says why.
  private mutating func addFindings(_ report: CheckReport) {
    // Where there is no room for all, what counts is told.
    let told = report.toldFindings
    for isFirst in [true, false] {
      for finding in told {
        let result = result(finding, counts: report.counts(finding))
        if (result != .skipped) == isFirst { add(finding, result) }
      }
    }
  }

  private mutating func add(_ finding: Finding, _ result: Result) {
    if isFull { return leaveOut(finding, result) }
    let name = finding.key.isEmpty ? "the view" : finding.key.joined(separator: " / ")
    var lines = [finding.message] + finding.details()
    lines.append("more: triglyph explain \(finding.shortName)")
    let why: String =
      switch finding.standing {
      case .open where result == .skipped: "does not count: \(finding.word)"
      case .open: finding.word
      default: finding.standing.words
      }
    let isTaken = add(
      suite: finding.inView?.initiative ?? finding.rule, finding.rule,
      finding.inView.map { "\(name) (\($0.initiative))" } ?? name, finding.place?.range, result, type: finding.word,
      message: "\(why): \(finding.message)", body: lines.joined(separator: "\n"))
    if isTaken { return }
    isFull = true
    leaveOut(finding, result)
  }

  private mutating func leaveOut(_ finding: Finding, _ result: Result) {
    if result == .skipped { leftOut.others.append(finding) } else { leftOut.failures.append(finding) }
  }

  private func result(_ finding: Finding, counts: Bool) -> Result {
    if finding.standing != .open { return .skipped }
    return finding.outcome == .error ? .error : counts ? .failure : .skipped
  }

  /// A rule without a finding anywhere passes; one that looked at nothing does not.
  private mutating func addRules(_ report: CheckReport) {
    let idle = Set(report.idleRules)
    let found = Set(report.toldFindings.map(\.rule))
    for result in report.assessment.results where !found.contains(result.rule.id) {
      let isIdle = idle.contains(result.rule.id)
      let message = isIdle ? "looked at nothing" : nil
      add(
        suite: result.rule.id, result.rule.id, result.rule.title.trimmed, nil, isIdle ? .skipped : .passed,
        type: "idle", message: message, body: nil)
    }
  }

  /// A rule that is not adopted judges nothing: it is skipped, and says why.
  private mutating func addExcludedRules(_ report: CheckReport) {
    guard let adoption = report.adoption else { return }
    for (exclusion, rule) in zip(adoption.exclusions, adoption.excludedRules) {
      let why = exclusion.reason.map { ": \($0)" } ?? ""
      add(
        suite: rule.id, rule.id, rule.title.trimmed, exclusion.range, .skipped, type: "not adopted",
        message: "not adopted\(why)", body: nil)
    }
  }

  /// An initiative that answers for nothing passes.
  private mutating func addInitiatives(_ report: CheckReport) {
    let found = Set(report.toldFindings.compactMap { $0.inView?.initiative })
    for check in report.portfolio?.checks ?? [] {
      let id = "initiative:\(check.view.initiative.id)"
      if found.contains(id) { continue }
      add(suite: id, "initiative", id, nil, .passed, type: "initiative", message: nil, body: TextReport.tally(check))
    }
  }

  // MARK: Cases

  /// False where there is no room for it.
  @discardableResult
  private mutating func add(
    suite: String, _ classname: String, _ name: String, _ range: SourceRange?, _ result: Result, type: String,
    message: String?, body: String?
  ) -> Bool {
    let own = ownName(classname, name)
    var text = "    <testcase classname=\"\(escapedForXML(classname))\""
    text += " name=\"\(escapedForXML(own))\""
    if let range, range.isInFile { text += " file=\"\(escapedForXML(setting.wayFromGitRoot + range.source.path))\"" }
    let element: String? =
      switch result {
      case .passed: nil
      case .failure: "failure"
      case .error: "error"
      case .skipped: "skipped"
      }
    let inner = body.map { escapedForXML($0, keepingLineBreaks: true) } ?? ""
    if let element {
      text += ">\n      <\(element) type=\"\(escapedForXML(type))\" message=\"\(escapedForXML(message ?? ""))\">"
      if let range, range.isInFile { text += escapedForXML(range.pathAndLine) + "\n" }
      text += inner + "</\(element)>\n    </testcase>\n"
    } else {
      text += inner.isEmpty ? "/>\n" : ">\n      <system-out>\(inner)</system-out>\n    </testcase>\n"
    }
    guard byteCount + text.utf8.count <= byteLimit else { return false }
    append(text, to: suite, result)
    return true
  }

  /// The name itself, or one that no other case has.
  private mutating func ownName(_ classname: String, _ name: String) -> String {
    func key(_ name: String) -> String { "\(classname)\u{0}\(name)" }
    var own = name
    while names[key(own)] != nil {
      names[key(name), default: 0] += 1
      own = "\(name) #\(names[key(name), default: 0])"
    }
    names[key(own)] = 1
    return own
  }

  /// A case of a few words, for which there is always room.
  private mutating func force(suite: String, _ name: String, _ result: Result) {
    let element = result == .failure ? "failure" : result == .error ? "error" : "skipped"
    let text = escapedForXML(name)
    append(
      "    <testcase classname=\"\(escapedForXML(suite))\" name=\"\(text)\">\n      <\(element) type=\"left out\" message=\"\(text)\"/>\n    </testcase>\n",
      to: suite, result)
  }

  private mutating func append(_ text: String, to suite: String, _ result: Result) {
    byteCount += text.utf8.count
    suites[suite, default: Suite()].cases.append(contentsOf: text.utf8)
    suites[suite]?.tests += 1
    switch result {
    case .passed: break
    case .failure: suites[suite]?.failures += 1
    case .error: suites[suite]?.errors += 1
    case .skipped: suites[suite]?.skipped += 1
    }
  }

  private mutating func finished(_ verdict: Verdict) -> String {
    let room = "GitLab reads no larger file"
    if !leftOut.failures.isEmpty {
      let tally = Verdict.tally(leftOut.failures)
      force(suite: "left out", "and \(leftOut.failures.count) more that count: \(tally); \(room)", .failure)
    }
    if !leftOut.others.isEmpty {
      let tally = Verdict.tally(leftOut.others)
      force(suite: "left out", "and \(leftOut.others.count) more that do not count: \(tally); \(room)", .skipped)
    }
    let all = suites.values
    var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Triglyph\"".utf8)
    bytes += Array(
      " tests=\"\(all.reduce(0) { $0 + $1.tests })\" failures=\"\(all.reduce(0) { $0 + $1.failures })\" errors=\"\(all.reduce(0) { $0 + $1.errors })\">\n"
        .utf8)
    let summary = escapedForXML("\(verdict.scope): \(verdict.sentence)")
    for name in suites.keys.sorted() {
      guard let suite = suites[name] else { continue }
      bytes += Array(
        "  <testsuite name=\"\(escapedForXML(name))\" tests=\"\(suite.tests)\" failures=\"\(suite.failures)\" errors=\"\(suite.errors)\" skipped=\"\(suite.skipped)\">\n"
          .utf8)
      bytes += suite.cases
      bytes += Array("  </testsuite>\n".utf8)
    }
    let failed = verdict.outcome == .incomplete ? 1 : 0
    let result =
      failed == 1
      ? "\n      <error type=\"incomplete\" message=\"not evaluated completely\">\(summary)</error>\n    "
      : "\n      <system-out>\(summary)</system-out>\n    "
    bytes += Array(
      "  <testsuite name=\"run\" tests=\"1\" failures=\"0\" errors=\"\(failed)\" skipped=\"0\">\n    <testcase classname=\"run\" name=\"evaluated completely\">\(result)</testcase>\n  </testsuite>\n</testsuites>\n"
        .utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
