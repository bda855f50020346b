internal import Diagnostics
internal import Governance

/// A check as Markdown, for the comment of a pull request and the summary of a step: what counts first, tables, and in words
/// what there is no room for.
struct MarkdownReport {
  /// GitHub takes 65,536 characters in a comment; what follows ours has room, too.
  static let commentLimit = 60_000

  static func text(_ report: CheckReport, _ setting: CheckFormat.Setting, limit: Int) -> String {
    var page = MarkdownReport(setting, limit: limit)
    page.write(report)
    // Where not even the heading has room, nothing is written: half a table would be read for the whole.
    return page.bytes.count <= limit ? String(decoding: page.bytes, as: UTF8.self) : ""
  }

  private let setting: CheckFormat.Setting
  private let limit: Int
  private var bytes: [UInt8] = []
  /// For what follows a table that is full: the headings and counts of the others.
  private static let reserve = 4_000

  private init(_ setting: CheckFormat.Setting, limit: Int) {
    self.setting = setting
    self.limit = limit
  }

  private mutating func write(_ report: CheckReport) {
    let verdict = Verdict(report)
    add("## Triglyph: \(verdict.heading)\n\n\(escapedForMarkdown("\(verdict.scope): \(verdict.sentence)"))\n")
    addAdoption(report)
    addEstate(report)
    addInitiatives(report)
    addDiagnostics("Input errors", report.mistakes)
    addDiagnostics("Notes", report.notices)
    let told = report.toldFindings
    addFindings("Rules that could not be evaluated", told.filter { $0.standing == .open && $0.outcome == .error })
    let counting = told.filter { $0.standing == .open && $0.outcome != .error && report.counts($0) }
    addFindings("What counts", counting.sorted(by: Self.precedes))
    let others = told.filter { $0.standing == .open && $0.outcome != .error && !report.counts($0) }
    addFindings("What does not count", others.filter { $0.outcome == .failed }.sorted(by: Self.precedes))
    addFindings("Undecided", others.filter { $0.outcome != .failed })
    addFindings("Waived, baselined or known", told.filter { $0.standing != .open })
    for comparison in [Comparison.resolved, .improved] {
      let found = report.viewFindings.filter { $0.inView?.comparison == comparison }
      addFindings(comparison == .resolved ? "What initiatives resolve" : "What initiatives improve", found)
    }
    let unchecked = report.uncheckedClauses
    if !unchecked.isEmpty {
      add("\nChecked by nothing: " + cut(unchecked, 50).map(codeForMarkdown).joined(separator: ", ") + "\n")
    }
    if !report.idleRules.isEmpty {
      add("\nLooked at nothing: " + cut(report.idleRules, 50).map(codeForMarkdown).joined(separator: ", ") + "\n")
    }
  }

  private static func precedes(_ a: Finding, _ b: Finding) -> Bool {
    if a.severity != b.severity { return a.severity > b.severity }
    return (a.rule, a.identity, a.inView?.initiative ?? "") < (b.rule, b.identity, b.inView?.initiative ?? "")
  }

  private func cut(_ names: [String], _ count: Int) -> [String] {
    names.count <= count ? names : names.prefix(count) + ["and \(names.count - count) more"]
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  // MARK: The judge

  /// What settings changed: rules that are not adopted, overrides, settings.
  private mutating func addAdoption(_ report: CheckReport) {
    let lines = AdoptionWords(report, isLong: false).lines
    if lines.isEmpty { return }
    let rows = lines.map { line in
      let place = line.range.map { " — \(codeForMarkdown($0.pathAndLine))" } ?? ""
      return "\(line.isDetail ? "  " : "")- \(escapedForMarkdown(line.text))\(place)\n"
    }
    add("\n", rows, of: rows.count) { "- and \($0) more\n" }
  }

  // MARK: Counts

  private mutating func addEstate(_ report: CheckReport) {
    if report.isOfInitiativesOnly { return }
    var heads = Severity.allCases.reversed().map(\.name) + ["undecided"]
    var counts = Severity.allCases.reversed().map { severity in
      report.findings.count { $0.standing == .open && $0.outcome == .failed && $0.severity == severity }
    }
    counts.append(report.findings.count { $0.standing == .open && $0.outcome == .undecided })
    for (standing, count) in standings(report.findings) where count > 0 {
      heads.append(standing)
      counts.append(count)
    }
    add("\n| in the estate | \(heads.joined(separator: " | ")) |\n|:--|\(heads.map { _ in "--:|" }.joined())\n")
    add("| findings | \(counts.map { "\($0)" }.joined(separator: " | ")) |\n")
  }

  private func standings(_ findings: [Finding]) -> [(name: String, count: Int)] {
    ["waived", "baselined", "known"].map { name in (name, findings.count { $0.standing.name == name }) }
  }

  private mutating func addInitiatives(_ report: CheckReport) {
    guard let checks = report.portfolio?.checks, !checks.isEmpty else { return }
    let heads = ["counts"] + Comparison.allCases.map(\.rawValue)
    var rows: [String] = []
    for check in checks {
      let counts =
        [check.findings.count(where: report.counts)] + Comparison.allCases.map { check.findings($0).count }
      let initiative = check.view.initiative
      let stage = [check.stage, initiative.ruling == .approved ? "approved" : nil].compactMap { $0 }
      rows.append(
        "| \(codeForMarkdown(initiative.id)) (\(escapedForMarkdown(stage.joined(separator: ", ")))) on \(check.view.date.text) | \(counts.map { "\($0)" }.joined(separator: " | ")) |\n"
      )
    }
    let head = "\n| initiative | \(heads.joined(separator: " | ")) |\n|:--|\(heads.map { _ in "--:|" }.joined())\n"
    add(head, rows, of: rows.count) { "\nand \($0) more initiatives\n" }
  }

  // MARK: Tables

  private mutating func addDiagnostics(_ title: String, _ diagnostics: [Diagnostic]) {
    if diagnostics.isEmpty { return }
    var rows: [String] = []
    for diagnostic in diagnostics.prefix(Self.rowLimit) {
      rows.append(
        "| \(diagnostic.lines.map(escapedForMarkdown).joined(separator: "<br>")) | \(place(diagnostic.range)) | \(codeForMarkdown(diagnostic.id)) |\n"
      )
    }
    let head = "\n### \(title) (\(diagnostics.count))\n\n| what is wrong | where | what it is |\n|:--|:--|:--|\n"
    add(head, rows, of: diagnostics.count) { "\nand \($0) more \(title.lowercased())\n" }
  }

  /// No page has room for more rows, so no more are made.
  private static let rowLimit = 10_000

  private mutating func addFindings(_ title: String, _ findings: [Finding]) {
    if findings.isEmpty { return }
    let head =
      "\n### \(title) (\(findings.count))\n\n| | what is wrong | where | rule |\n|:--|:--|:--|:--|\n"
    var rows: [String] = []
    var size = bytes.count
    for finding in findings.prefix(Self.rowLimit) {
      let row = row(finding)
      rows.append(row)
      size += row.utf8.count
      if size > limit { break }
    }
    add(head, rows, of: findings.count) { count in
      "\nand \(count) more: \(Verdict.tally(findings.suffix(count)))\n"
    }
  }

  /// Adds rows while there is room, then says what was left out.
  private mutating func add(_ head: String, _ rows: [String], of total: Int, rest: (Int) -> String) {
    var told = 0
    add(head)
    for row in rows {
      guard bytes.count + row.utf8.count + Self.reserve <= limit else { break }
      add(row)
      told += 1
    }
    if told < total { add(rest(total - told)) }
  }

  private mutating func row(_ finding: Finding) -> String {
    var word = "**\(finding.word)**"
    if finding.standing != .open { word += "<br>\(escapedForMarkdown(finding.standing.words))" }
    var lines = [finding.message]
    switch finding.inView?.comparison {
    // What is better than it was needs no advice.
    case .resolved, .improved: lines += [finding.initiativeLine].compactMap { $0 }
    default: lines += finding.details()
    }
    return "| \(word) | \(lines.map(escapedForMarkdown).joined(separator: "<br>")) | \(place(finding.place?.range)) | "
      + "\(codeForMarkdown(finding.rule))<br>\(codeForMarkdown(finding.shortName)) |\n"
  }

  private mutating func place(_ range: SourceRange?) -> String {
    range.map { codeForMarkdown($0.pathAndLine) } ?? ""
  }
}
