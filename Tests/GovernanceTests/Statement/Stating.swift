import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A small repository with one initiative `i`, and what is stated of it.
struct Stating {
  let estate: Estate
  let diagnostics: [Diagnostic]
  let portfolio: PortfolioStatement
  private let findings: [Finding]
  private let rules: [Rule]
  private let reached: ReachedPortfolio?

  static let vocabulary = """
    kind: metamodel
    id: more
    name: More
    kinds:
      attestation:
        plural: attestations
        role: attestation
        fields:
          date: {type: date, role: given}
          until: {type: date, role: lapses}
          digests: {type: string, many: true, role: seen}
        relations:
          clause: {to: clause, inverse: attestations, role: vouchedFor}
          by: {to: organisation, inverse: vouches, role: voucher}
      asset:
        plural: assets
        relations: {owner: {to: organisation, absent: none, inverse: owns, role: owner}}
      initiative:
        parts: {attestations: {kind: attestation, inverse: initiative}}
    """

  /// `s/1` is checked by the rule `mfa`, `s/2` by nothing, `s/3` is attested, `s/4` is both.
  static let standard = """
    kind: standard
    id: s
    name: Standard
    version: "2"
    clauses:
      - {id: "10", name: Tenth, level: may, requirement: Whatever.}
      - {id: "1", name: First, level: must, requirement: Ask twice.}
      - {id: "2", name: Second, level: should, requirement: Hope.}
      - {id: "3", name: Third, level: must, requirement: Look., attested: Somebody looked}
      - {id: "4", name: Fourth, level: must, requirement: Look and count., attested: Somebody looked}
    """

  static let rules = [
    rule(
      "mfa",
      "clauses: [s/1]\nstage: design\nwhen: self.classification != \"public\"\nrequire: self.mfa\nseverity: blocker"),
    rule("cheap", "clauses: [s/4]\nstage: design\nwhen: has(self.cost)\nrequire: self.cost < 10"),
    rule("late", "clauses: [s/10]\nstage: build\nrequire: self.mfa"),
  ].joined(separator: "\n---\n")

  /// - Parameter texts: beside the vocabulary, the standard and the rules; `i` among them.
  init(_ texts: String..., rules: String = rules, asOf: String = "2026-06-01") async {
    let checked = await Checked([Self.vocabulary, Self.standard, rules] + texts, asOf: asOf)
    estate = checked.estate
    let waivers = WaiverBook(estate, checked.book)
    diagnostics = checked.diagnostics + waivers.diagnostics
    let portfolio = await Portfolio.run(checked.book.rules, on: estate, beside: checked.assessment, tasks: 1)
    var standings = Standings(waivers, nil, estate)
    let result = standings.resolve(
      IntegrityRules.findings(estate) + checked.assessment.findings, portfolio, judgesPaper: true,
      isComplete: !diagnostics.contains { $0.severity == .error })
    findings = result.findings
    self.rules = portfolio.rules
    reached = result.portfolio.map { [estate] in ReachedPortfolio($0, portfolio.rules, estate) }
    self.portfolio = PortfolioStatement(
      result.findings, result.portfolio?.checks ?? [], portfolio.rules, waivers, estate)
  }

  var statement: InitiativeStatement? { portfolio.initiatives.first }
  var standard: InitiativeStatement.Standard? { statement?.standards.first { $0.id == "s" } }

  func clause(_ number: Int) -> InitiativeStatement.Clause? { standard?.clauses.first { $0.id == "s/\(number)" } }
  func state(_ number: Int) -> ClauseState? { clause(number)?.state }

  /// What is explained of a clause.
  func standing(_ number: Int) -> ClauseStanding? {
    guard case .found(let row) = estate.find("clause:s/\(number)") else { return nil }
    return ClauseStanding(row, rules.filter { $0.clauses.contains(row) }, findings, reached)
  }
}

/// An initiative `i`, with the keys that a text does not give.
func initiative(_ text: String, stage: String = "design") -> String {
  let goLive = text.contains("goLive:") ? "" : "goLive: 2026-09-01\n"
  return "---\nkind: initiative\nid: i\nname: I\nstage: \(stage)\n\(goLive)\(text)\n"
}

/// It adds a system `b`.
func adding(_ fields: String) -> String { "adds: [{kind: system, id: b, name: B, \(fields)}]\n" }
