internal import Catalogue
internal import Diagnostics
internal import Governance

/// How all open initiatives, and the estate, stand to the standards.
public struct PortfolioReport: Sendable {
  let portfolio: PortfolioStatement
  let check: CheckReport
  let provenance: Provenance
  let ruleCount: Int

  /// - Parameter check: of the estate and of every open initiative.
  public init(_ check: CheckReport, _ provenance: Provenance) {
    let rules = check.portfolio?.rules ?? check.assessment.results.map(\.rule)
    portfolio = PortfolioStatement(
      check.findings, check.portfolio?.checks ?? [], rules, check.waivers, check.estate)
    self.check = check
    self.provenance = provenance
    ruleCount = rules.count
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
      title: "Conformance of the portfolio", declared: provenance.words(on: check.estate.asOf.text))
    page.paragraph(summary)
    if let line = check.adoptionLine { page.paragraph(line) }
    if let line = check.incompleteness { page.paragraph(line) }
    if isQuiet { return page }
    if !portfolio.initiatives.isEmpty {
      page.heading("What open initiatives bring, and what they break")
      page.paragraph(
        "What they reuse and put right first, then what they fail by, leave undecided, or are let off for a time.")
      page.table(bring)
      page.heading("Initiatives by standard")
      page.paragraph("The level, and how many clauses fail. What the levels say: \(meanings).")
      page.table(matrix)
    }
    page.heading("By severity")
    page.table(severities)
    page.heading("By who answers for it")
    page.paragraph("The counts are of what is found in the estate that each is recorded as the owner of.")
    page.table(departments.withoutEmpty(Self.otherHeadings))
    page.heading("The estate by standard")
    page.table(standards.withoutEmpty(Self.otherHeadings))
    page.heading("Waivers and when they end")
    if portfolio.waivers.isEmpty {
      page.paragraph("There is no waiver.")
    } else {
      page.table(waivers)
    }
    return page
  }

  private var summary: String {
    let open = portfolio.initiatives.count
    let failing = portfolio.initiatives.count { !$0.failures.isEmpty }
    var parts = [
      "\(open) open \(open == 1 ? "initiative" : "initiatives") and the estate, against \(ruleCount) \(ruleCount == 1 ? "rule" : "rules") of "
        + "\(portfolio.standards.count - 1) \(portfolio.standards.count == 2 ? "standard" : "standards")."
    ]
    if open > 0 {
      parts.append(
        failing == 0
          ? "No initiative fails by anything." : "\(failing) of the initiatives \(failing == 1 ? "fails" : "fail").")
    }
    let others = [
      (check.estate.initiatives.count { !$0.isBeforeLive }, "live or closed"),
      (check.estate.initiatives.count { $0.isBeforeLive && !$0.isOpen }, "rejected"),
    ].filter { $0.0 > 0 }
    if !others.isEmpty {
      let told = StatementWords.sentence(others.map { "\($0.0) \($0.1)" })
      parts.append("Nothing is stated here of other initiatives (\(told)).")
    }
    parts.append("In the estate: \(Self.words(portfolio.estate)).")
    let ending = check.endingWaivers
    if let first = ending.first {
      parts.append(
        "\(ending.count) \(ending.count == 1 ? "waiver ends" : "waivers end") soon, \(first.name) first, on \(first.until.text)."
      )
    }
    return parts.joined(separator: " ")
  }

  /// `2 blocker, 1 major, 3 undecided`.
  static func words(_ tally: FindingTally) -> String {
    var parts = Severity.allCases.reversed().compactMap { severity -> String? in
      tally[severity] == 0 ? nil : "\(tally[severity]) \(severity.name)"
    }
    for (count, name) in [
      (tally.undecided, "undecided"), (tally.waived, "waived"), (tally.baselined, "baselined"),
      (tally.notEvaluated, "not evaluated"),
    ] where count > 0 { parts.append("\(count) \(name)") }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  private var meanings: String {
    let met = Set(portfolio.initiatives.flatMap { $0.standards.map(\.level) })
    return ConformanceLevel.allCases.filter(met.contains).map { "\($0.rawValue): \($0.meaning)" }.joined(
      separator: "; ")
  }

  // MARK: Tables

  private var bring: Page.Table {
    var table = Page.Table(
      ["initiative", "name", "stage", "reuses", "puts right", "fails by", "undecided", "waived"],
      numbers: ["puts right", "undecided", "waived"])
    for statement in portfolio.initiatives {
      let tally = FindingTally(statement.own)
      let reused = statement.reuse.filter { $0.verdict == "adopt" || $0.verdict == "adapt" }.map(\.candidate)
      table.rows.append([
        Page.Cell(statement.initiative.id), Page.Cell(statement.name), Page.Cell(statement.stage ?? "not recorded"),
        Page.Cell(reused.isEmpty ? "-" : reused.joined(separator: ", ")),
        Page.Cell(statement.resolved.count, .good), Self.failures(tally), Page.Cell(tally.undecided, .doubt),
        Page.Cell(tally.waived, .waiting),
      ])
    }
    return table
  }

  /// Failures by severity in one cell.
  private static func failures(_ tally: FindingTally) -> Page.Cell {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      tally[severity] == 0 ? nil : "\(tally[severity]) \(severity.name)"
    }
    return parts.isEmpty ? Page.Cell("-") : Page.Cell(parts.joined(separator: ", "), .bad)
  }

  private var matrix: Page.Table {
    let names = portfolio.standards.compactMap(\.id)
    var table = Page.Table(["initiative"] + names)
    for statement in portfolio.initiatives {
      table.rows.append(
        [Page.Cell(statement.initiative.id)]
          + statement.standards.map { standard in
            let count = standard.count(.fails)
            return Page.Cell(
              standard.level.rawValue + (count == 0 ? "" : " (\(count))"), StatementWords.tone(standard.level))
          })
    }
    return table
  }

  private var severities: Page.Table {
    let names = ["by initiatives", "in the estate"]
    var table = Page.Table(["severity"] + names, numbers: Set(names))
    for severity in Severity.allCases.reversed() {
      table.rows.append([
        Page.Cell(severity.name), Page.Cell(portfolio.own[severity], .bad), Page.Cell(portfolio.estate[severity], .bad),
      ])
    }
    for (name, path, tone) in [
      ("undecided", \FindingTally.undecided, Page.Tone.doubt), ("waived", \.waived, .waiting),
      ("baselined", \.baselined, .waiting), ("not evaluated", \.notEvaluated, .doubt),
    ] {
      table.rows.append([
        Page.Cell(name), Page.Cell(portfolio.own[keyPath: path], tone),
        Page.Cell(portfolio.estate[keyPath: path], tone),
      ])
    }
    return table
  }

  /// Left out where they are empty.
  private static let otherHeadings = ["undecided", "waived", "baselined"]
  private static let tallyHeadings = Severity.allCases.reversed().map(\.name) + otherHeadings

  private static func cells(_ tally: FindingTally) -> [Page.Cell] {
    Severity.allCases.reversed().map { Page.Cell(tally[$0], .bad) } + [
      Page.Cell(tally.undecided, .doubt), Page.Cell(tally.waived, .waiting), Page.Cell(tally.baselined, .waiting),
    ]
  }

  private var departments: Page.Table {
    var table = Page.Table(
      ["who", "initiatives", "they fail by"] + Self.tallyHeadings, numbers: Set(Self.tallyHeadings))
    for department in portfolio.departments {
      table.rows.append(
        [
          Page.Cell(department.name),
          Page.Cell(department.initiatives.isEmpty ? "-" : department.initiatives.joined(separator: ", ")),
          Self.failures(department.own),
        ] + Self.cells(department.estate))
    }
    return table
  }

  private var standards: Page.Table {
    var table = Page.Table(["standard", "name"] + Self.tallyHeadings, numbers: Set(Self.tallyHeadings))
    for standard in portfolio.standards {
      table.rows.append([Page.Cell(standard.id ?? "-"), Page.Cell(standard.name)] + Self.cells(standard.findings))
    }
    return table
  }

  private var waivers: Page.Table {
    var table = Page.Table(["waiver", "rule", "state", "until", "covered", "why"], numbers: ["covered"])
    for line in portfolio.waivers {
      let (state, tone) = Self.state(line)
      table.rows.append([
        Page.Cell(line.waiver.name), Page.Cell(line.waiver.rule), Page.Cell(state, tone),
        Page.Cell(line.waiver.until.text), Page.Cell(line.covered), Page.Cell(line.reason),
      ])
    }
    return table
  }

  private static func state(_ line: PortfolioStatement.WaiverLine) -> (String, Page.Tone) {
    switch line.state {
    case .inForce: ("in force, \(line.daysLeft) \(line.daysLeft == 1 ? "day" : "days") left", .waiting)
    case .notYet: ("begins on \(line.waiver.from.text)", .none)
    case .ended: ("ended", .doubt)
    case .notApproved(let objection): ("does not hold: \(objection)", .doubt)
    }
  }
}
