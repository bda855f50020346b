internal import CEL

/// How a portfolio stands on one clause: the estate's findings, and what each open initiative does to it. As declared in
/// the catalogue; of the world outside it says nothing.
public struct ClauseStanding: Sendable {
  public struct Initiative: Sendable {
    public let id: String
    /// The name of its stage; nil: not recorded.
    public let stage: String?
    /// As its statement has it.
    public let clause: InitiativeStatement.Clause
  }

  /// The estate's, of every rule of the clause, sorted for printing.
  public let findings: [Finding]
  /// In the order of the portfolio.
  public let initiatives: [Initiative]

  /// - Parameters:
  ///   - clause: its row.
  ///   - rules: those of the clause that run.
  ///   - reached: what there is to judge each initiative by; nil: there is no portfolio.
  public init(_ clause: Int32, _ rules: [Rule], _ findings: [Finding], _ reached: ReachedPortfolio?) {
    let ids = Set(rules.map(\.id))
    let rules = rules.sorted { $0.id < $1.id }
    self.findings = findings.filter { $0.inView == nil && ids.contains($0.rule) }
    initiatives = (reached?.all ?? []).map { check, judge in
      Initiative(id: check.view.initiative.id, stage: check.stage, clause: judge.clause(clause, rules))
    }
  }

  /// How many initiatives are in each state, in the order of the states, without those that none is in.
  public var tally: [(state: ClauseState, count: Int)] {
    ClauseState.allCases.compactMap { state in
      let count = initiatives.count { $0.clause.state == state }
      return count == 0 ? nil : (state, count)
    }
  }

  /// Of the estate: `2 failed`, `1 waived`; empty where nothing is found.
  public var estateTally: [(word: String, count: Int)] {
    let tally = FindingTally(findings)
    return [
      ("not evaluated", tally.notEvaluated), ("failed", tally.failures), ("undecided", tally.undecided),
      ("waived", tally.waived), ("baselined", tally.baselined),
    ].filter { $0.1 > 0 }
  }
}
