internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

/// A clause and a standard: what they ask, who looks at it, and how the portfolio stands.
extension ExplainPage {
  static func clause(_ row: Int32, _ report: CheckReport, _ book: RuleBook) -> String {
    let estate = report.estate
    var result = "\(estate.entity(row).id)  \(escapedForTerminal(estate.name(row)))  (\(level(row, estate)))\n\n"
    result += wrapped(ValueText.message(estate.value("requirement", of: row), estate)) + "\n"
    result += sources(row, estate)
    let rules = book.allRules.filter { $0.clauses.contains(row) }
    let running = rules.filter { $0.status == .active && book.choice.exclusion(of: $0.id) == nil }
    let reached = report.portfolio.map { ReachedPortfolio($0, running, estate) }
    let standing = ClauseStanding(row, running, report.findings, reached)
    result += "\nchecked by\n"
    for rule in rules {
      // One finding may be the estate's and be inherited by initiatives; one that is resolved is the estate's.
      let failed = Set(report.allFindings.filter { $0.rule == rule.id && $0.outcome == .failed }.map(\.identity)).count
      let state =
        book.choice.exclusion(of: rule.id).map { "not adopted" + ($0.reason.map { ": \($0)" } ?? "") }
        ?? (rule.status == .active ? "\(failed) failed" : "\(rule.status.rawValue), so it does not run")
      result +=
        "  \(rule.id)  \(escapedForTerminal(rule.title.trimmed))  (\(escapedForTerminal(state)))\n"
    }
    var isAttested = false
    if case .string(let attested) = estate.value("attested", of: row) {
      isAttested = true
      result += rules.isEmpty ? "  no rule\n" : running.isEmpty ? "  no rule that runs\n" : ""
      result += "\nattested by a person\n" + wrapped(attested, indent: "  ") + "\n" + attestations(of: row, estate)
    } else if running.isEmpty {
      let which = rules.isEmpty ? "no rule" : "no rule that runs"
      result += "  nothing: \(which) checks it, and nobody attests it\n"
    }
    if !running.isEmpty || isAttested { result += portfolio(standing, report, hasRules: !running.isEmpty) }
    return result
  }

  /// Names with article or chapter; what was written from memory somebody has to look up.
  private static func sources(_ row: Int32, _ estate: Estate) -> String {
    let all = ClauseSource.all(of: row, estate)
    return all.isEmpty ? "" : "\nsources\n" + all.map { wrapped($0.words, indent: "  ") + "\n" }.joined()
  }

  private static func level(_ row: Int32, _ estate: Estate) -> String {
    ValueText.exact(estate.value("level", of: row), estate)
  }

  // MARK: What persons say

  /// Who vouched, when, until when, and whether it counts, where the vocabulary has attestations.
  private static func attestations(of row: Int32, _ estate: Estate) -> String {
    guard let all = estate.attestationsByClause() else { return "" }
    guard let given = all[row] else { return "  nobody has attested it for an initiative\n" }
    return given.map { attestation in
      let words = escapedForTerminal(StatementWords.attestation(attestation))
      return "  \(escapedForTerminal(estate.entity(attestation.row).id)): \(words)\n"
    }.joined()
  }

  // MARK: The portfolio

  private static let findingLimit = 20

  private static func portfolio(_ standing: ClauseStanding, _ report: CheckReport, hasRules: Bool) -> String {
    var result = ""
    if hasRules {
      let tally = standing.estateTally.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
      result += "\nhow the estate stands\n  \(tally.isEmpty ? "nothing is found" : tally)\n"
    }
    for finding in standing.findings.prefix(findingLimit) {
      let word = finding.outcome == .failed ? finding.severity.name : finding.outcome.name
      result +=
        "  \(finding.shortName)  \(word)  \(escapedForTerminal(finding.message))\(TextReport.suffix(finding.standing))\n"
    }
    let more = standing.findings.count - findingLimit
    if more > 0 { result += "  and \(more) more; `triglyph check` lists them\n" }
    result += "\nhow the open initiatives stand\n"
    if standing.initiatives.isEmpty { result += "  there is none\n" }
    for initiative in standing.initiatives {
      let clause = initiative.clause
      var words = escapedForTerminal(StatementWords.state(clause))
      if clause.state != .inherited, !clause.inherited.isEmpty { words += ", inherits \(clause.inherited.count)" }
      if !clause.findings.isEmpty { words += ": " + clause.findings.map(\.shortName).joined(separator: ", ") }
      result += "  \(initiative.id) (\(initiative.stage ?? "no stage"))  \(words)\n"
    }
    return result + "\nAs declared in the catalogue, on \(report.estate.asOf.text).\n"
  }

  // MARK: A standard

  static func standard(_ row: Int32, _ report: CheckReport, _ book: RuleBook) -> String {
    let estate = report.estate
    var result = "\(escapedForTerminal(estate.name(row)))\n\n"
    if case .string(let purpose) = estate.value("purpose", of: row) { result += wrapped(purpose) + "\n" }
    let coverage = ClauseCoverage(estate, book.rules)
    let entries = coverage.entries.filter { estate.entity($0.clause).owner == row }
    let running = Dictionary(entries.flatMap(\.rules).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let reached = report.portfolio.map {
      ReachedPortfolio($0, running.values.sorted { $0.id < $1.id }, estate)
    }
    var sheet = Sheet(["clause", "level", "what it is about", "checked by", "estate", "open initiatives"])
    for entry in entries {
      let standing = ClauseStanding(entry.clause, entry.rules, report.findings, reached)
      let excluded = book.allRules.count {
        $0.clauses.contains(entry.clause) && book.choice.exclusion(of: $0.id) != nil
      }
      var checks: [String] = []
      if !entry.rules.isEmpty { checks.append("\(entry.rules.count) \(entry.rules.count == 1 ? "rule" : "rules")") }
      if entry.attested != nil { checks.append("a person") }
      if checks.isEmpty { checks.append("nothing") }
      if excluded > 0 { checks.append("\(excluded) not adopted") }
      let found = standing.estateTally.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
      let states = entry.isUnchecked ? [] : standing.tally.map { StatementWords.counted($0.count, $0.state) }
      sheet.append([
        estate.entity(entry.clause).id, level(entry.clause, estate), estate.name(entry.clause),
        checks.joined(separator: ", "), entry.rules.isEmpty ? "" : found.isEmpty ? "nothing found" : found,
        states.joined(separator: ", "),
      ])
    }
    result += "\nclauses\n"
    if sheet.rows.isEmpty { return result + "  none\n" }
    result += TableLayout(style: .plain, width: nil).text(sheet)
    let unchecked = entries.filter(\.isUnchecked).map { estate.entity($0.clause).id }
    if !unchecked.isEmpty {
      result += "\nchecked by nothing: \(unchecked.joined(separator: ", "))\n"
    }
    return result + "\nAs declared in the catalogue, on \(estate.asOf.text); `triglyph explain CLAUSE` says more.\n"
  }
}
