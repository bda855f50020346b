public import Catalogue
internal import Diagnostics
internal import Governance

/// The conformance statement of one initiative.
public struct StatementReport: Sendable {
  let statement: InitiativeStatement
  let check: CheckReport
  let provenance: Provenance

  /// - Parameter check: of the initiative alone, with what stands before its findings; nil statement where it is not in it.
  public init?(_ check: CheckReport, _ provenance: Provenance) {
    guard let portfolio = check.portfolio, let own = portfolio.checks.first else { return nil }
    statement = StatementMaker(portfolio.rules, check.estate).statement(of: own)
    self.check = check
    self.provenance = provenance
  }

  /// Of an initiative that is live or closed.
  ///
  /// - Parameter check: of the estate.
  public init(ofDone initiative: Initiative, _ check: CheckReport, _ provenance: Provenance) {
    let rules = check.assessment.results.map(\.rule)
    statement = StatementMaker(rules, check.estate).statement(ofDone: initiative, check.findings)
    self.check = check
    self.provenance = provenance
  }

  /// 0 where everything was evaluated, else 2: what is found does not matter here.
  public var exitStatus: Int32 { check.outcome == .incomplete ? 2 : 0 }

  public func text(_ format: ReportFormat, _ options: AnswerReport.Options = AnswerReport.Options()) -> String {
    format.text(of: page(isQuiet: options.isQuiet), json: json, csv: csv, options)
  }

  // MARK: The page

  /// - Parameter isQuiet: the summary only.
  private func page(isQuiet: Bool) -> Page {
    var page = Page(
      title: "Conformance statement: \(statement.name)", declared: provenance.words(on: check.estate.asOf.text))
    page.paragraph(head)
    page.paragraph(summary)
    if let line = check.adoptionLine { page.paragraph(line) }
    if let line = check.incompleteness { page.paragraph(line) }
    if !statement.canBeAttested, statement.count(.unattested) > 0 {
      page.paragraph("No kind has the role `attestation`, so that nobody's word can be recorded.")
    }
    page.table(levels)
    if isQuiet { return page }
    for standard in statement.standards { add(standard, to: &page) }
    if !statement.beyond.isEmpty {
      page.heading("Beyond the standards")
      page.items(statement.beyond.map { Self.item($0, clauses: []) })
    }
    return page
  }

  private var head: String {
    var about = [statement.stage ?? "no stage is recorded"]
    switch statement.initiative.ruling {
    case .approved: about.append("approved")
    case .deferred: about.append("deferred")
    case .none, .rejected: break
    }
    let owners = statement.owners.isEmpty ? "" : ", of \(statement.owners.joined(separator: ", "))"
    let who = "initiative:\(statement.initiative.id) (\(about.joined(separator: ", ")))\(owners)"
    if statement.isOfEstate {
      let since = statement.initiative.goLive.map { ", live since \($0.text)" } ?? ""
      return "\(who)\(since): what it added and changed is judged as it is in the estate on \(statement.date.text), "
        + "whoever made it so"
    }
    let late =
      statement.initiative.goLive == nil
      ? " (no go-live is recorded)" : statement.isWithoutGoLive ? " (its go-live is past)" : ""
    return
      "\(who): judged by the estate that it would make on \(statement.date.text)\(late)"
  }

  private var summary: String {
    let parts = ClauseState.allCases.compactMap { state -> String? in
      let count = statement.count(state)
      return count == 0 ? nil : StatementWords.counted(count, state)
    }
    let all = statement.standards.reduce(0) { $0 + $1.clauses.count }
    let standards = statement.standards.count
    if all == 0 { return "There is no clause to conform to." }
    return "Of \(all) \(all == 1 ? "clause" : "clauses") in \(standards) \(standards == 1 ? "standard" : "standards") "
      + StatementWords.sentence(parts) + "."
  }

  private var levels: Page.Table {
    let states = ClauseState.allCases.filter { statement.count($0) > 0 }
    let names = states.map(StatementWords.heading)
    var table = Page.Table(["standard", "level"] + names, numbers: Set(names))
    for standard in statement.standards {
      table.rows.append(
        [Page.Cell(standard.id), Page.Cell(standard.level.rawValue, StatementWords.tone(standard.level))]
          + states.map { Page.Cell(standard.count($0), StatementWords.tone($0)) })
    }
    return table
  }

  private func add(_ standard: InitiativeStatement.Standard, to page: inout Page) {
    page.heading("\(standard.id): \(standard.name)\(standard.version.map { " \($0)" } ?? "")")
    page.paragraph("\(standard.level.rawValue): \(standard.level.meaning)")
    var table = Page.Table(["clause", "duty", "what it is about", "state"])
    for clause in standard.clauses {
      table.rows.append([
        Page.Cell(clause.id), Page.Cell(clause.level), Page.Cell(clause.name),
        Page.Cell(StatementWords.state(clause), StatementWords.tone(clause.state)),
      ])
    }
    page.table(table)
    page.items(items(standard))
  }

  /// Every finding of a standard's clauses once, with the clauses that it is of: those that the initiative answers for
  /// first, then what it puts right, then what is there without it.
  private func items(_ standard: InitiativeStatement.Standard) -> [Page.Item] {
    var clauses: [String: [String]] = [:]
    var found: [Finding] = []
    for part in [\InitiativeStatement.Clause.findings, \.resolved, \.inherited] {
      for clause in standard.clauses {
        for finding in clause[keyPath: part] {
          if clauses[finding.identity] == nil { found.append(finding) }
          clauses[finding.identity, default: []].append(clause.id)
        }
      }
    }
    return found.map { Self.item($0, clauses: clauses[$0.identity] ?? []) }
  }

  static func item(_ finding: Finding, clauses: [String]) -> Page.Item {
    var details: [String] = []
    let comparison = finding.inView?.comparison
    if comparison?.isOwn ?? true {
      details = finding.details().filter { !$0.hasPrefix("clause: ") }
      if finding.standing != .open { details.insert(finding.standing.words, at: 0) }
    } else if finding.standing != .open {
      details = [finding.standing.words]
    }
    let word = comparison.map { $0.isOwn ? finding.word : "\($0.rawValue) \(finding.word)" } ?? finding.word
    let about = clauses.isEmpty ? "" : " (\(clauses.joined(separator: ", ")))"
    return Page.Item(
      mark: word, tone: StatementWords.tone(finding), code: finding.rule,
      text: "\(finding.shortName): \(finding.message)\(about)", details: details)
  }
}

extension CheckReport {
  /// That not every rule judges as it is written; nil: every one does.
  var adoptionLine: String? {
    guard let adoption, !adoption.isWhole else { return nil }
    let changed = Set(adoption.changes.map(\.rule)).count
    let overrides =
      changed == 0 ? "" : ", \(changed) of them changed by triglyph.yaml"
    return "\(AdoptionWords.count(adoption))\(overrides); `triglyph check` tells which, and why."
  }

  /// Why a report is not of all; nil: it is.
  var incompleteness: String? {
    guard outcome == .incomplete else { return nil }
    let mistakes = inputErrors.count { $0.severity == .error }
    var parts: [String] = []
    if mistakes > 0 { parts.append("the input has \(mistakes) \(mistakes == 1 ? "mistake" : "mistakes")") }
    if errorCount > 0 {
      parts.append("rules could not be evaluated at \(errorCount) \(errorCount == 1 ? "target" : "targets")")
    }
    return "Not evaluated completely: \(parts.joined(separator: ", and ")); `triglyph check` shows it."
  }
}
