public import Catalogue

/// What there is to judge every open initiative by: made once for all clauses that are asked for.
public struct ReachedPortfolio: Sendable {
  let all: [(check: InitiativeCheck, judge: ClauseJudge)]

  /// - Parameter rules: those that are asked for, or more.
  public init(_ portfolio: Portfolio, _ rules: [Rule], _ estate: Estate) {
    let stages = StageTable(estate)
    all = portfolio.checks.map { check in
      let outcomes = ReachedOutcomes(check, rules, estate, stages)
      check.view.forget()
      let initiative = check.view.initiative
      let judge = ClauseJudge(
        estate, initiative, outcomes, Dictionary(grouping: check.findings, by: \.rule),
        AttestationReader(estate, of: initiative.row).attestations)
      return (check, judge)
    }
  }
}
