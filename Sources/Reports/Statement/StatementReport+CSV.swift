internal import Governance

extension StatementReport {
  /// A row for each clause; what no clause asks for comes last.
  var csv: String { DelimitedText.csv(sheet, hasHeadings: true) }

  private var sheet: Sheet {
    var sheet = Sheet([
      "initiative", "as_of", "revision", "standard", "standard_level", "clause", "duty", "name", "state",
      "attested_by", "attested_on", "attested_until", "waived_until", "due_from", "rules", "findings", "inherited",
      "resolved",
    ])
    let head = ["initiative:\(statement.initiative.id)", check.estate.asOf.text, provenance.short]
    for standard in statement.standards {
      for clause in standard.clauses {
        let attestation = clause.attestations.first { $0.status == .holds } ?? clause.attestations.last
        sheet.append(
          head + [
            standard.id, standard.level.rawValue, clause.id, clause.level, clause.name, clause.state.rawValue,
            attestation?.by.joined(separator: "; ") ?? "", attestation?.given?.text ?? "",
            attestation?.until?.text ?? "", clause.waivedUntil?.text ?? "", clause.dueFrom ?? "",
            clause.checks.map(\.rule).joined(separator: "; "), Self.names(clause.findings),
            Self.names(clause.inherited), Self.names(clause.resolved),
          ])
      }
    }
    if !statement.beyond.isEmpty {
      var row = Array(repeating: "", count: sheet.columns.count)
      row.replaceSubrange(0..<3, with: head)
      row[8] = "beyond"
      row[15] = Self.names(statement.beyond)
      sheet.append(row)
    }
    return sheet
  }

  private static func names(_ findings: [Finding]) -> String {
    findings.map { "\($0.shortName) \($0.word)" }.joined(separator: "; ")
  }
}
