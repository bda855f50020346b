import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance
@testable import Reports

let here = CheckFormat.Setting(version: "0.1.0", wayFromGitRoot: "")

/// The small estate with an initiative that introduces a failure, resolves one, and inherits the rest.
func reportWithInitiative(
  _ more: [(name: String, text: String)] = [], vocabulary: (name: String, text: String) = metamodel
) async -> CheckReport {
  let initiative = (
    name: "catalogue/initiatives/annexe.yaml",
    text: """
    kind: initiative
    id: annexe
    name: Annexe
    stage: design
    goLive: 2026-06-01
    adds:
      - {kind: system, id: annexe, name: Annexe, classification: public, holds: [cases]}
    changes:
      - {ref: "system:warehouse", set: {classification: secret}}

    """
  )
  let texts = [vocabulary, standard, inherits, estate, initiative] + more
  let files = texts.map { SourceText(name: $0.name, text: $0.text) }
  let result = await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1)
  let book = RuleBook(result.estate)
  let assessment = await Assessment.run(book.rules, on: result.estate, tasks: 1)
  let portfolio = await Portfolio.run(book.rules, on: result.estate, tasks: 1)
  return CheckReport(
    estate: result.estate, assessment: assessment, portfolio: portfolio,
    diagnostics: result.diagnostics + book.diagnostics, ruleDocumentCount: book.documentCount, failOn: .major,
    failsOnUndecided: false)
}

extension CheckFormat {
  func written(_ report: CheckReport, _ setting: Setting = here) -> String {
    write(report, setting, text: TextReport())
  }
}

/// A finding of the warehouse that a test makes up.
func finding(
  _ number: Int, rule: String = "data-inherits", message: String = "It is official, but it holds what is secret",
  severity: Severity = .blocker, outcome: Outcome = .failed, name: String? = nil, at range: SourceRange? = nil
) -> Finding {
  let key = name ?? "system:s\(number)"
  return Finding(
    rule: rule, outcome: outcome, severity: severity, target: key, key: [key], identity: "\(rule)|\(key)",
    message: message, place: range.map { Place(range: $0, isAbsent: false) }, field: "classification", label: nil,
    related: [], paths: [], clause: Finding.Clause(id: "data/3", level: "must", title: "Classification fits content"),
    remedy: "Reclassify it.", measure: nil, missing: [], defaults: [])
}
