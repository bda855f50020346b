import CEL
import Catalogue
import Diagnostics
import Governance
import Testing

@testable import Reports

/// A report on a few literal documents.
func report(
  _ texts: [(name: String, text: String)], failOn: Severity = .major, failsOnUndecided: Bool = false,
  asOf: String = "2026-01-01", baseline: String? = nil, hasPortfolio: Bool = false, isOfInitiativesOnly: Bool = false
) async -> (report: CheckReport, book: RuleBook) {
  let files = texts.map { SourceText(name: $0.name, text: $0.text) }
  let result = await RepositoryReader.read(files, asOf: CivilDate(asOf) ?? CivilDate(days: 0), tasks: 1)
  let book = RuleBook(result.estate)
  let assessment = await Assessment.run(isOfInitiativesOnly ? [] : book.rules, on: result.estate, tasks: 1)
  let portfolio = hasPortfolio ? await Portfolio.run(book.rules, on: result.estate, tasks: 1) : nil
  let read = baseline.map { BaselineReader.read(SourceText(name: "baseline.yaml", text: $0), result.estate) }
  let report = CheckReport(
    estate: result.estate, assessment: assessment, portfolio: portfolio, isOfInitiativesOnly: isOfInitiativesOnly,
    baseline: read?.0, diagnostics: result.diagnostics + book.diagnostics + (read?.1 ?? []),
    ruleDocumentCount: book.documentCount, failOn: failOn, failsOnUndecided: failsOnUndecided)
  return (report, book)
}

let metamodel = (
  name: "catalogue/metamodel.yaml",
  text: """
  kind: metamodel
  id: small
  name: Small
  enums:
    classification: {ordered: true, values: [public, official, secret]}
  kinds:
    dataset: {plural: datasets, fields: {classification: {type: classification}}}
    system:
      plural: systems
      fields:
        classification: {type: classification, required: true, why: Tests.}
        mfa: {type: boolean}
      relations:
        holds: {to: dataset, many: true, inverse: heldBy}
        feeds: {to: system, many: true, inverse: fedBy}

  """
)

let standard = (
  name: "standards/data.yaml",
  text: """
  kind: standard
  id: data
  name: Data
  purpose: Keeps data where it belongs.
  clauses:
    - {id: "3", name: Classification fits content, level: must, requirement: Classify., sources: [{name: A law, point: Art 5, status: memory}]}
    - {id: "4", name: Nobody checks this, level: may, requirement: Whatever.}

  """
)

let inherits = (
  name: "rules/data/inherits.yaml",
  text: """
  kind: rule
  id: data-inherits
  name: Inherits
  title: A system is classified as high as its data
  clauses: [data/3]
  for: system
  severity: blocker
  stage: design
  each: d in self.holds
  require: self.classification >= d.classification
  at: self.classification
  related: [d]
  message: ${self} is ${self.classification}, but ${d} is ${d.classification}
  rationale: Controls follow the classification.
  remedy: Reclassify it.
  examples:
    - title: fits
      given: [{kind: dataset, id: d, classification: public}, {kind: system, id: a, classification: secret, holds: [d]}]
      finds: []
    - title: does not
      given: [{kind: dataset, id: d, classification: secret}, {kind: system, id: a, classification: public, holds: [d]}]
      finds: [a / d]

  """
)

let estate = (
  name: "catalogue/estate.yaml",
  text: """
  {kind: dataset, id: cases, name: Cases, classification: secret}
  ---
  {kind: dataset, id: notes, name: Notes}
  ---
  kind: system
  id: warehouse
  name: Warehouse
  classification: official
  holds: [cases, notes]
  ---
  {kind: system, id: hub, name: Hub, classification: secret, feeds: [warehouse]}

  """
)

extension Estate.Lookup {
  var isFound: Bool { if case .found = self { true } else { false } }
}
