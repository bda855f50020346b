import CEL
import Catalogue
import Diagnostics
import Governance
import Testing

@testable import Reports

/// Reports of a small repository with an initiative.
struct Stated {
  let statement: StatementReport
  let portfolio: PortfolioReport
  let trend: TrendReport

  static let provenance = Provenance.revision("0123456789")

  /// - Parameter name: of the initiative, of its system, of the owner, the standard, the clause and the reasons.
  init(_ name: String = "Annexe", _ provenance: Provenance = provenance, more: String = "") async throws {
    var writer = JSONWriter()
    writer.quoted(name)
    // A flow scalar in double quotes takes what JSON writes.
    let quoted = String(decoding: writer.bytes, as: UTF8.self)
    let initiative = (
      name: "catalogue/initiatives/annexe.yaml",
      text: """
      kind: metamodel
      id: more
      name: More
      kinds:
        organisation: {plural: organisations, role: organisation}
      ---
      {kind: organisation, id: hub, name: \(quoted)}
      ---
      kind: initiative
      id: annexe
      name: \(quoted)
      owner: "organisation:hub"
      stage: design
      goLive: 2026-06-01
      reuseConsidered: [{candidate: \(quoted), verdict: adopt, reason: \(quoted)}]
      adds:
        - {kind: system, id: annexe, name: \(quoted), classification: public, holds: [cases]}
        - {kind: system, id: shed, name: Shed, classification: public, holds: [notes]}
      changes:
        - {ref: "system:warehouse", set: {classification: secret}}
      ---
      kind: standard
      id: other
      name: \(quoted)
      clauses: [{id: "1", name: \(quoted), level: must, requirement: Whatever., attested: \(quoted)}]
      ---
      {kind: waiver, id: w, name: \(quoted), rule: data-inherits, targets: ['system:hub'], reason: \(quoted), from: 2025-12-01, until: 2026-02-01, decision: yes-to-w}
      ---
      {kind: decision, id: yes-to-w, name: \(quoted), date: 2025-12-01, outcome: approved, targets: ['waiver:w']}
      \(more)
      """
    )
    let texts = [metamodel, standard, inherits, estate, initiative]
    let files = texts.map { SourceText(name: $0.name, text: $0.text) }
    let result = await RepositoryReader.read(files, asOf: try #require(CivilDate("2026-01-01")), tasks: 1)
    #expect(result.diagnostics.map(\.summary) == [])
    let book = RuleBook(result.estate)
    let assessment = await Assessment.run(book.rules, on: result.estate, tasks: 1)
    let portfolio = await Portfolio.run(book.rules, on: result.estate, beside: assessment, tasks: 1)
    func check(alone: Bool) -> CheckReport {
      CheckReport(
        estate: result.estate, assessment: assessment, portfolio: portfolio, isOfInitiativesOnly: alone,
        diagnostics: result.diagnostics + book.diagnostics, ruleDocumentCount: book.documentCount, failOn: .major,
        failsOnUndecided: false)
    }
    statement = try #require(StatementReport(check(alone: true), provenance))
    self.portfolio = PortfolioReport(check(alone: false), provenance)
    let day = try #require(CivilDate("2026-01-01"))
    trend = TrendReport(
      [
        TrendReport.Row(date: CivilDate(days: day.days - 60), commit: nil, state: .nothing(reason: name)),
        TrendReport.Row(date: CivilDate(days: day.days - 30), commit: "0123456789", state: .unreadable(reason: name)),
        TrendReport.Row(date: day, commit: "0123456789", state: .stood(TrendReport.Standing(check(alone: false)))),
      ], every: "month")
  }

  /// All three, in a format.
  func texts(_ format: ReportFormat) -> [String] {
    [statement.text(format), portfolio.text(format), trend.text(format)]
  }
}
