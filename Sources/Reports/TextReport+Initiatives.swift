internal import Catalogue
internal import Diagnostics
internal import Governance

/// What initiatives do to the estate, in the text of a check.
extension TextReport {
  /// One initiative: its line, what it answers for, and in a line each what it improves, resolves and inherits.
  func section(_ check: InitiativeCheck, _ report: CheckReport, _ renderer: SnippetRenderer) -> String {
    let initiative = check.view.initiative
    var notes: [String] = []
    if let stage = check.stage { notes.append(stage) }
    switch initiative.ruling {
    case .approved: notes.append("approved")
    case .deferred: notes.append("deferred")
    case .none, .rejected: break
    }
    let late =
      initiative.goLive == nil
      ? "; it has no go-live" : check.view.isWithoutGoLive ? "; its go-live is past" : ""
    var result = style.apply(.emphasis, to: "initiative \(initiative.id)")
    result += " (\(notes.joined(separator: ", "))) on \(check.view.date.text)\(late): \(Self.tally(check))\n"
    if let lane = report.lanes["initiative:\(initiative.id)"] { result += "lane: \(escapedForTerminal(lane.words))\n" }
    result += "\n"
    for finding in check.findings where finding.inView?.comparison.isOwn == true && isTold(finding) {
      result += text(finding, renderer) + "\n"
    }
    // Beside a revision nothing is told but what is new.
    if report.since != nil, !isVerbose { return result }
    // Every finding is told once: in the estate, or by the initiative that answers for it.
    let known = Set(
      (report.findings + report.viewFindings.filter { $0.inView?.comparison.isOwn == true }).map(\.identity))
    var lines: [String] = []
    for comparison in [Comparison.improved, .resolved] {
      for finding in check.findings(comparison) { lines.append("\(comparison.rawValue): \(line(finding))") }
    }
    let inherited = check.findings(.inherited)
    for finding in inherited where !known.contains(finding.identity) || report.isOfInitiativesOnly {
      lines.append("inherited: \(line(finding))")
    }
    let told = inherited.filter { known.contains($0.identity) && !report.isOfInitiativesOnly }
    if !told.isEmpty {
      lines.append("inherited, and told elsewhere: \(told.map(\.shortName).joined(separator: ", "))")
    }
    return result + lines.map { $0 + "\n" }.joined() + (lines.isEmpty ? "" : "\n")
  }

  /// A finding in one line.
  private func line(_ finding: Finding) -> String {
    let word = finding.outcome == .failed ? finding.severity.name : finding.outcome.name
    let before = finding.inView.flatMap { Self.before($0, finding) }.map { " (\($0))" } ?? ""
    return
      "\(word)[\(finding.rule)] \(finding.shortName): \(escapedForTerminal(finding.message))\(before)\(Self.suffix(finding.standing))"
  }

  /// `introduces 2 blocker, 1 major; worsens 1 minor; 3 inherited; 1 resolved`.
  static func tally(_ check: InitiativeCheck) -> String {
    var parts: [String] = []
    for (comparison, verb) in [(Comparison.introduced, "introduces"), (.worsened, "worsens")] {
      let found = check.findings(comparison).filter { $0.standing == .open }
      if found.isEmpty { continue }
      var counts = Severity.allCases.reversed().compactMap { severity -> String? in
        let count = found.count { $0.outcome == .failed && $0.severity == severity }
        return count == 0 ? nil : "\(count) \(severity.name)"
      }
      let errors = found.count { $0.outcome == .error }
      if errors > 0 { counts.append("\(errors) not evaluated") }
      parts.append("\(verb) \(counts.joined(separator: ", "))")
    }
    for comparison in [Comparison.undecided, .inherited, .improved, .resolved] {
      let count = check.findings(comparison).count { !comparison.isOwn || $0.standing == .open }
      if count > 0 { parts.append("\(count) \(comparison.rawValue)") }
    }
    let waived = check.findings.count { $0.inView?.comparison.isOwn == true && $0.standing != .open }
    if waived > 0 { parts.append("\(waived) waived") }
    if parts.isEmpty { parts.append("changes no finding") }
    if check.upcomingCount > 0 { parts.append("\(check.upcomingCount) rules bind it later") }
    return parts.joined(separator: "; ")
  }

  /// `by one-log-in (design) from 2027-10-01, was 3`.
  static func text(_ inView: Finding.InView, _ finding: Finding) -> String {
    let id = inView.initiative.drop { $0 != ":" }.dropFirst()
    let before = Self.before(inView, finding).map { "; \($0)" } ?? ""
    return "by \(id) (\(inView.stage)) from \(inView.date.text)\(before)"
  }

  /// What it was in the base; of a measure what it is now, too.
  private static func before(_ inView: Finding.InView, _ finding: Finding) -> String? {
    guard let before = inView.before else { return nil }
    guard Double(before) != nil, let measure = finding.measure else { return "was \(before)" }
    return "measure \(ValueText.number(measure)), was \(before)"
  }

  /// For the summary: how many initiatives there are, and which were not looked at.
  func initiativeLines(_ report: CheckReport) -> [String] {
    guard let portfolio = report.portfolio else { return [] }
    let all = report.estate.initiatives
    let rejected = all.count { $0.isBeforeLive && !$0.isOpen }
    let live = all.count { !$0.isBeforeLive }
    var text = "checked \(portfolio.checks.count) of \(all.count) \(all.count == 1 ? "initiative" : "initiatives")"
    var others: [String] = []
    if live > 0, !report.isOfInitiativesOnly { others.append("\(live) live or closed, compared with the catalogue") }
    if rejected > 0 { others.append("\(rejected) rejected") }
    if !others.isEmpty { text += " (\(others.joined(separator: "; ")))" }
    let findings = report.viewFindings
    let counts = Comparison.allCases.map { comparison in
      "\(findings.count { $0.inView?.comparison == comparison }) \(comparison.rawValue)"
    }
    return all.isEmpty ? [] : [text + ": " + counts.joined(separator: ", ")]
  }
}
