public import CEL
internal import Catalogue

/// How a portfolio stands on one clause: the estate's findings, and what each open initiative does to it. As declared in
/// the catalogue; of the world outside it says nothing.
public struct ClauseStanding: Sendable {
  /// What an initiative is to a clause; of several that hold the first one is said.
  public enum State: String, Sendable, CaseIterable {
    case notEvaluated = "not evaluated"
    case fails
    case undecided
    case waived
    case conforms
    /// It changes nothing that a rule of the clause looks at.
    case notConcerned = "not concerned"
    /// Every rule of the clause binds it from a later stage on.
    case notYetDue = "not yet due"

    /// The word behind a number.
    public func word(for count: Int) -> String {
      switch self {
      case .fails: count == 1 ? "fails" : "fail"
      case .conforms: count == 1 ? "conforms" : "conform"
      default: rawValue
      }
    }
  }

  public struct Initiative: Sendable {
    public let id: String
    /// The name of its stage; nil: not recorded.
    public let stage: String?
    public let state: State
    /// What it answers for, whatever stands before that, sorted for printing.
    public let findings: [Finding]
    /// Whether it inherits a failure that it does not answer for.
    public let inheritedCount: Int
    /// The first day on which a waiver that it relies on holds no more.
    public let waivedUntil: CivilDate?
  }

  /// The estate's, of every rule of the clause, sorted for printing.
  public let findings: [Finding]
  /// In the order of the portfolio.
  public let initiatives: [Initiative]

  /// - Parameters:
  ///   - rules: those of the clause that run.
  ///   - reached: what rules make of what each initiative does; nil: there is no portfolio.
  public init(_ rules: [Rule], _ findings: [Finding], _ reached: ReachedPortfolio?) {
    let ids = Set(rules.map(\.id))
    self.findings = findings.filter { $0.inView == nil && ids.contains($0.rule) }
    guard let reached, !rules.isEmpty else {
      initiatives = []
      return
    }
    initiatives = reached.all.map { Self.initiative($0.check, $0.outcomes, ids, rules) }
  }

  private static func initiative(
    _ check: InitiativeCheck, _ outcomes: ReachedOutcomes, _ ids: Set<String>, _ rules: [Rule]
  ) -> Initiative {
    let all = check.findings.filter { ids.contains($0.rule) }
    let own = all.filter { $0.inView?.comparison.isOwn == true }
    let initiative = check.view.initiative
    let due = rules.filter { rule in initiative.stage.map { rule.stage <= $0 } ?? true }
    let until = own.compactMap { finding -> CivilDate? in
      if case .waived(_, let until) = finding.standing { until } else { nil }
    }
    return Initiative(
      id: initiative.id, stage: check.stage,
      state: state(own, isConcerned: due.contains(where: outcomes.looked), isDue: !due.isEmpty),
      findings: own,
      inheritedCount: all.count { $0.inView?.comparison == .inherited && $0.outcome == .failed },
      waivedUntil: until.min())
  }

  private static func state(_ own: [Finding], isConcerned: Bool, isDue: Bool) -> State {
    let open = own.filter { $0.standing == .open }
    if own.contains(where: { $0.outcome == .error }) { return .notEvaluated }
    if open.contains(where: { $0.outcome == .failed }) { return .fails }
    if !open.isEmpty { return .undecided }
    if !own.isEmpty { return .waived }
    if !isDue { return .notYetDue }
    return isConcerned ? .conforms : .notConcerned
  }

  /// How many initiatives are in each state, in the order of the states, without those that none is in.
  public var tally: [(state: State, count: Int)] {
    State.allCases.compactMap { state in
      let count = initiatives.count { $0.state == state }
      return count == 0 ? nil : (state, count)
    }
  }

  /// Of the estate: `2 failed`, `1 waived`; empty where nothing is found.
  public var estateTally: [(word: String, count: Int)] {
    let open = findings.filter { $0.standing == .open }
    var waived = 0
    for finding in findings { if case .waived = finding.standing { waived += 1 } }
    return [
      ("not evaluated", open.count { $0.outcome == .error }), ("failed", open.count { $0.outcome == .failed }),
      ("undecided", open.count { $0.outcome == .undecided }), ("waived", waived),
      ("baselined", findings.count { $0.standing == .baselined }),
    ].filter { $0.1 > 0 }
  }
}
