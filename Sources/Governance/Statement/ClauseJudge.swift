internal import CEL
internal import Catalogue

/// Judges how one initiative stands to a clause: for its statement, for what is explained of the clause, and for whatever
/// else tells it.
struct ClauseJudge {
  private let estate: Estate
  private let initiative: Initiative
  private let outcomes: ReachedOutcomes
  /// By rule id, in the order of printing, with what stands before them.
  private let findings: [String: [Finding]]
  /// By the row of the clause.
  private let attestations: [Int32: [Attestation]]

  /// - Parameters:
  ///   - findings: by rule id; of an initiative that is live or closed, the estate's about what it left.
  ///   - attestations: the initiative's, by the row of the clause.
  init(
    _ estate: Estate, _ initiative: Initiative, _ outcomes: ReachedOutcomes, _ findings: [String: [Finding]],
    _ attestations: [Int32: [Attestation]]
  ) {
    self.estate = estate
    self.initiative = initiative
    self.outcomes = outcomes
    self.findings = findings
    self.attestations = attestations
  }

  /// - Parameter rules: those of the clause that ran, by id.
  func clause(_ row: Int32, _ rules: [Rule]) -> InitiativeStatement.Clause {
    let found = rules.flatMap { findings[$0.id] ?? [] }
    let own = found.filter(\.isAnsweredFor)
    let inherited = found.filter { $0.inView?.comparison == .inherited }
    let resolved = found.filter { $0.inView?.comparison == .resolved || $0.inView?.comparison == .improved }
    let checks = rules.map { rule in
      let isBound = initiative.stage.map { rule.stage <= $0 } ?? true
      return InitiativeStatement.Check(
        rule: rule.id, title: rule.title, bindsFrom: isBound ? nil : estate.stageName(rule.stage),
        looked: outcomes.looked(rule) || own.contains { $0.rule == rule.id })
    }
    let due = rules.filter { rule in initiative.stage.map { rule.stage > $0 } ?? false }.map(\.stage).min()
    var toAttest: String?
    if case .string(let text) = estate.value("attested", of: row) { toAttest = text }
    let given = attestations[row] ?? []
    let states = Self.ruleStates(own, inherited, checks, hasUpcoming: due != nil)
    return InitiativeStatement.Clause(
      row: row, id: estate.entity(row).id, name: estate.name(row),
      level: ValueText.exact(estate.value("level", of: row), estate),
      state: Self.state(states, toAttest != nil, given), checks: checks, findings: own, inherited: inherited,
      resolved: resolved, toAttest: toAttest, attestations: given, dueFrom: due.map(estate.stageName))
  }

  /// All that its rules say; empty: there is none.
  private static func ruleStates(
    _ own: [Finding], _ inherited: [Finding], _ checks: [InitiativeStatement.Check], hasUpcoming: Bool
  ) -> Set<ClauseState> {
    var states: Set<ClauseState> = []
    for finding in own {
      switch (finding.standing, finding.outcome) {
      case (.open, .failed): states.insert(.fails)
      case (.open, _): states.insert(.undecided)
      default: states.insert(.waived)
      }
    }
    if !inherited.isEmpty { states.insert(.inherited) }
    if hasUpcoming { states.insert(.notYetDue) }
    if checks.contains(where: \.looked) { states.insert(.conforms) }
    if states.isEmpty, !checks.isEmpty { states.insert(.notApplicable) }
    // What passes today is worth telling before what binds later.
    if states.contains(.conforms) { states.remove(.notYetDue) }
    return states
  }

  /// What rules say, with a person's word where one is asked for.
  private static func state(
    _ rules: Set<ClauseState>, _ isToAttest: Bool, _ attestations: [Attestation]
  ) -> ClauseState {
    var states = rules
    if attestations.contains(where: { $0.status == .holds }) {
      states.insert(.attested)
      states.remove(.notYetDue)
    } else if attestations.contains(where: { $0.status == .undated }) {
      states.insert(.undecided)
    } else if !attestations.isEmpty {
      states.insert(attestations.allSatisfy { $0.status == .notYet } ? .unattested : .lapsed)
    } else if isToAttest, rules.isEmpty || rules.contains(.conforms) {
      // Where its rules have nothing to look at, or not yet, there is nothing to vouch for.
      states.insert(.unattested)
    }
    return ClauseState.allCases.first { states.contains($0) } ?? .unchecked
  }
}

extension Finding {
  /// Whether an initiative answers for it; of one that is live or closed all that is found of what it left.
  var isAnsweredFor: Bool { inView?.comparison.isOwn ?? true }
}
