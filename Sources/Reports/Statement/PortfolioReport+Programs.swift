internal import Governance

extension PortfolioReport {
  /// A row for each initiative and standard, and one for the estate and each standard.
  var csv: String { DelimitedText.csv(sheet, hasHeadings: true) }

  private var sheet: Sheet {
    let states = ClauseState.allCases
    var sheet = Sheet(
      ["row", "owner", "stage", "as_of", "revision", "standard", "level"] + states.map(\.rawValue)
        + Severity.allCases.reversed().map(\.name) + ["undecided_findings", "waived_findings", "baselined_findings"])
    func number(_ count: Int) -> Sheet.Cell { Sheet.Cell(text: "\(count)", isNumber: true) }
    func tally(_ tally: FindingTally) -> [Sheet.Cell] {
      Severity.allCases.reversed().map { number(tally[$0]) }
        + [tally.undecided, tally.waived, tally.baselined].map(number)
    }
    let (day, revision) = (check.estate.asOf.text, provenance.short)
    for statement in portfolio.initiatives {
      for standard in statement.standards {
        var seen: Set<String> = []
        let findings = standard.clauses.flatMap(\.findings).filter { seen.insert($0.identity).inserted }
        let head = [
          "initiative:\(statement.initiative.id)", statement.owners.joined(separator: "; "), statement.stage ?? "", day,
          revision, standard.id, standard.level.rawValue,
        ].map { Sheet.Cell(text: $0) }
        sheet.rows.append(
          Sheet.Row(cells: head + states.map { number(standard.count($0)) } + tally(FindingTally(findings))))
      }
    }
    for standard in portfolio.standards {
      let head = ["estate", "", "", day, revision, standard.id ?? "", ""].map { Sheet.Cell(text: $0) }
      sheet.rows.append(
        Sheet.Row(cells: head + states.map { _ in Sheet.Cell(text: "") } + tally(standard.findings)))
    }
    return sheet
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      StatementJSON.head("portfolio", check, provenance, &writer)
      writer.field("rules", ruleCount)
      writer.array("statements", of: portfolio.initiatives, StatementJSON.statement)
      StatementJSON.tally(portfolio.own, named: "own", &writer)
      StatementJSON.tally(portfolio.estate, named: "estate", &writer)
      writer.array("standards", of: portfolio.standards) { standard, writer in
        writer.object { writer in
          writer.field("standard", standard.id)
          writer.field("name", standard.name)
          StatementJSON.tally(standard.findings, named: "estate", &writer)
        }
      }
      writer.array("answerable", of: portfolio.departments) { department, writer in
        writer.object { writer in
          writer.field("owner", department.id)
          writer.field("name", department.name)
          writer.field("initiatives", department.initiatives.map { "initiative:\($0)" })
          StatementJSON.tally(department.own, named: "own", &writer)
          StatementJSON.tally(department.estate, named: "estate", &writer)
        }
      }
      writer.array("waivers", of: portfolio.waivers) { line, writer in
        writer.object { writer in
          writer.field("waiver", line.waiver.name)
          writer.field("rule", line.waiver.rule)
          switch line.state {
          case .inForce: writer.field("state", "inForce")
          case .notYet: writer.field("state", "notYet")
          case .ended: writer.field("state", "ended")
          case .notApproved(let objection):
            writer.field("state", "notApproved")
            writer.field("objection", objection)
          }
          writer.field("from", line.waiver.from.text)
          writer.field("until", line.waiver.until.text)
          writer.field("daysLeft", line.daysLeft)
          writer.field("covered", line.covered)
          writer.field("reason", line.reason)
        }
      }
    }
    return writer.text
  }
}
