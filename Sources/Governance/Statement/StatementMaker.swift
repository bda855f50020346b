internal import CEL
public import Catalogue

/// Makes statements of initiatives from what a check found.
public struct StatementMaker {
  private let estate: Estate
  private let rules: [Rule]
  private let stages: StageTable
  /// By the row of a clause, by id.
  private let rulesOfClauses: [Int32: [Rule]]

  /// - Parameter rules: those that ran.
  public init(_ rules: [Rule], _ estate: Estate) {
    self.rules = rules
    self.estate = estate
    stages = StageTable(estate)
    var byClause: [Int32: [Rule]] = [:]
    for rule in rules { for clause in Set(rule.clauses) { byClause[clause, default: []].append(rule) } }
    rulesOfClauses = byClause.mapValues { $0.sorted { $0.id < $1.id } }
  }

  /// - Parameter check: its findings with what stands before them.
  public func statement(of check: InitiativeCheck) -> InitiativeStatement {
    let initiative = check.view.initiative
    let outcomes = ReachedOutcomes(check, rules, estate, stages)
    // Hundreds of initiatives would else hold their views' graphs to the end.
    check.view.forget()
    let attestations = AttestationReader(estate, of: initiative.row).attestations
    let byRule = Dictionary(grouping: check.findings, by: \.rule)
    let standards = estate.standards.map { row in
      standard(row, initiative, outcomes, byRule, attestations)
    }
    let own = check.findings.filter { $0.inView?.comparison.isOwn == true }
    let clauseless = Set(rules.filter { !$0.clauses.isEmpty }.map(\.id))
    return InitiativeStatement(
      initiative: initiative, isOfEstate: false, name: estate.name(initiative.row), stage: check.stage,
      owners: estate.answerable(for: initiative.row).map(estate.name), date: check.view.date,
      isWithoutGoLive: check.view.isWithoutGoLive, standards: standards,
      beyond: own.filter { !clauseless.contains($0.rule) }, own: own,
      resolved: check.findings.filter { $0.inView?.comparison == .resolved || $0.inView?.comparison == .improved },
      canBeAttested: AttestationReader.isPossible(in: estate), reuse: reuse(initiative))
  }

  /// Of one that is live or closed: how what it added and changed stands today.
  ///
  /// - Parameter findings: the estate's, with what stands before them.
  public func statement(ofDone initiative: Initiative, _ findings: [Finding]) -> InitiativeStatement {
    let reached = Set(
      estate.edits(ofInitiative: initiative.row).compactMap { edit -> Int32? in
        if case .found(let row) = estate.find(edit.entity) { row } else { nil }
      }
    ).sorted()
    let names = Set(reached.map(estate.identity) + [estate.identity(initiative.row)])
    let near = findings.filter { finding in
      ([finding.target].compactMap(\.self) + finding.key).contains { isPart($0, of: names) }
    }
    let outcomes = ReachedOutcomes(reached, rules, estate, stages)
    let attestations = AttestationReader(estate, of: initiative.row).attestations
    let byRule = Dictionary(grouping: near, by: \.rule)
    let clauseless = Set(rules.filter { !$0.clauses.isEmpty }.map(\.id))
    return InitiativeStatement(
      initiative: initiative, isOfEstate: true, name: estate.name(initiative.row),
      stage: initiative.stage.map(estate.stageName),
      owners: estate.answerable(for: initiative.row).map(estate.name), date: estate.asOf, isWithoutGoLive: false,
      standards: estate.standards.map { standard($0, initiative, outcomes, byRule, attestations) },
      beyond: near.filter { !clauseless.contains($0.rule) }, own: near, resolved: [],
      canBeAttested: AttestationReader.isPossible(in: estate), reuse: reuse(initiative))
  }

  /// Whether `kind:id` is one of some names, or a part of what has one.
  private func isPart(_ name: String, of names: Set<String>) -> Bool {
    if names.contains(name) { return true }
    guard case .found(var row) = estate.find(name) else { return false }
    while estate.entity(row).owner >= 0 {
      row = estate.entity(row).owner
      if names.contains(estate.identity(row)) { return true }
    }
    return false
  }

  private func standard(
    _ row: Int32, _ initiative: Initiative, _ outcomes: ReachedOutcomes, _ findings: [String: [Finding]],
    _ attestations: [Int32: [Attestation]]
  ) -> InitiativeStatement.Standard {
    let judge = ClauseJudge(estate, initiative, outcomes, findings, attestations)
    let clauses = estate.clauses(of: row).map { judge.clause($0, rulesOfClauses[$0] ?? []) }
    let rules = estate.clauses(of: row).flatMap { rulesOfClauses[$0] ?? [] }
    let looked = rules.reduce(into: Set<Int32>()) { $0.formUnion(outcomes.looked[$1.id] ?? []) }
    let named = Set(
      rules.flatMap { findings[$0.id] ?? [] }.filter(\.isAnsweredFor)
        .flatMap { [$0.target].compactMap(\.self) + $0.key })
    let outside = outcomes.reached.filter { reached in
      // A rule that looked at what it is a part of looked at it.
      var current = reached
      while current >= 0 {
        if looked.contains(current) || named.contains(estate.identity(current)) { return false }
        current = estate.entity(current).owner
      }
      return true
    }
    var version: String?
    if case .string(let text) = estate.value("version", of: row) { version = text }
    return InitiativeStatement.Standard(
      row: row, id: estate.entity(row).id, name: estate.name(row), version: version, clauses: clauses,
      level: ConformanceLevel(clauses.map(\.state), hasMore: !outside.isEmpty), outside: outside.map(estate.identity))
  }

  /// `reuseConsidered`, as it is written.
  private func reuse(_ initiative: Initiative) -> [(candidate: String, verdict: String, reason: String)] {
    guard let view = estate.value("reuseConsidered", of: initiative.row).listView else { return [] }
    return (0..<view.count).compactMap { index in
      guard case .record(let record) = view[index], record.fields.count == 3 else { return nil }
      let texts = record.fields.map { ValueText.exact($0, estate) }
      return (texts[0], texts[1], texts[2])
    }
  }
}

extension Estate {
  /// By id.
  var standards: [Int32] { rows(ofKind: "standard").sorted { entity($0).id < entity($1).id } }

  /// The clauses of a standard, by their numbers.
  func clauses(of standard: Int32) -> [Int32] {
    func number(_ row: Int32) -> Int { Int(entity(row).id.split(separator: "/").last ?? "") ?? .max }
    return rows(ofKind: "clause").filter { entity($0).owner == standard }.sorted {
      (number($0), entity($0).id) < (number($1), entity($1).id)
    }
  }

  func stageName(_ stage: Int32) -> String {
    let names = metamodel.enums.first { $0.name == "stage" }?.values ?? []
    return names.indices.contains(Int(stage)) ? names[Int(stage)] : "a later stage"
  }
}
