internal import Catalogue
internal import Governance

/// Parts of reports for programs. The form is documented in docs/report.md; `format` rises when it changes incompatibly.
enum StatementJSON {
  static let format = 1

  /// What every report begins with.
  static func head(_ report: String, _ check: CheckReport, _ provenance: Provenance, _ writer: inout JSONWriter) {
    writer.field("format", format)
    writer.field("tool", "triglyph")
    writer.field("report", report)
    writer.field("asOf", check.estate.asOf.text)
    revision(provenance, &writer)
    let isComplete = check.outcome != .incomplete
    writer.field("outcome", isComplete ? "complete" : "incomplete")
    writer.field("exitStatus", isComplete ? 0 : 2)
    writer.field("inputErrors", check.inputErrors.count { $0.severity == .error })
    writer.field("notEvaluated", check.errorCount)
  }

  static func revision(_ provenance: Provenance, _ writer: inout JSONWriter) {
    writer.key("revision")
    writer.object { writer in
      switch provenance {
      case .revision(let commit):
        writer.field("commit", commit)
        writer.field("changed", false)
      case .changed(let commit):
        writer.field("commit", commit)
        writer.field("changed", true)
      case .none(let reason): writer.field("none", reason)
      }
    }
  }

  static func statement(_ statement: InitiativeStatement, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("initiative", "initiative:\(statement.initiative.id)")
      writer.field("name", statement.name)
      writer.field("stage", statement.stage)
      writer.field("ruling", statement.initiative.ruling.rawValue)
      writer.field("owners", statement.owners)
      writer.field("date", statement.date.text)
      writer.field("judgedBy", statement.isOfEstate ? "estate" : "view")
      writer.field("isAtGoLive", !statement.isWithoutGoLive)
      writer.key("clauses")
      counts(&writer) { statement.count($0) }
      writer.array("reuse", of: statement.reuse) { reuse, writer in
        writer.object { writer in
          writer.field("candidate", reuse.candidate)
          writer.field("verdict", reuse.verdict)
          writer.field("reason", reuse.reason)
        }
      }
      writer.array("standards", of: statement.standards, standard)
      writer.array("beyond", of: statement.beyond, finding)
    }
  }

  private static func standard(_ standard: InitiativeStatement.Standard, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("standard", standard.id)
      writer.field("name", standard.name)
      writer.field("version", standard.version)
      writer.field("level", standard.level.rawValue)
      writer.key("counts")
      counts(&writer) { standard.count($0) }
      writer.field("outside", standard.outside)
      writer.array("clauses", of: standard.clauses, clause)
    }
  }

  private static func clause(_ clause: InitiativeStatement.Clause, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("clause", clause.id)
      writer.field("duty", clause.level)
      writer.field("name", clause.name)
      writer.field("state", clause.state.rawValue)
      writer.field("waivedUntil", clause.waivedUntil?.text)
      writer.field("dueFrom", clause.dueFrom)
      writer.field("toAttest", clause.toAttest)
      writer.array("rules", of: clause.checks) { check, writer in
        writer.object { writer in
          writer.field("rule", check.rule)
          writer.field("looked", check.looked)
          writer.field("bindsFrom", check.bindsFrom)
        }
      }
      writer.array("attestations", of: clause.attestations, attestation)
      writer.array("findings", of: clause.findings, finding)
      writer.array("inherited", of: clause.inherited, finding)
      writer.array("resolved", of: clause.resolved, finding)
    }
  }

  private static func attestation(_ attestation: Attestation, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("by", attestation.by)
      writer.field("given", attestation.given?.text)
      writer.field("until", attestation.until?.text)
      switch attestation.status {
      case .holds: writer.field("status", "inForce")
      case .lapsed: writer.field("status", "lapsed")
      case .notYet: writer.field("status", "notYet")
      case .undated: writer.field("status", "undated")
      case .outdated(let count):
        writer.field("status", "outdated")
        writer.field("unseen", count)
      }
    }
  }

  static func finding(_ finding: Finding, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("shortName", finding.shortName)
      writer.field("identity", finding.identity)
      writer.field("rule", finding.rule)
      writer.field("outcome", finding.outcome.name)
      writer.field("severity", finding.severity.name)
      writer.field("comparison", finding.inView?.comparison.rawValue)
      JSONReport.standing(finding.standing, &writer)
      writer.field("target", finding.target)
      writer.field("message", finding.message)
      writer.field("remedy", finding.remedy.trimmed)
      JSONReport.place(finding.place?.range, &writer)
    }
  }

  static func tally(_ tally: FindingTally, named name: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      for severity in Severity.allCases.reversed() { writer.field(severity.name, tally[severity]) }
      writer.field("undecided", tally.undecided)
      writer.field("waived", tally.waived)
      writer.field("baselined", tally.baselined)
      writer.field("notEvaluated", tally.notEvaluated)
    }
  }

  private static func counts(_ writer: inout JSONWriter, _ count: (ClauseState) -> Int) {
    writer.object { writer in
      for state in ClauseState.allCases { writer.field(state.rawValue, count(state)) }
    }
  }
}

extension StatementReport {
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      StatementJSON.head("initiative", check, provenance, &writer)
      writer.key("statement")
      StatementJSON.statement(statement, &writer)
    }
    return writer.text
  }
}
