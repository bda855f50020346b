internal import CEL
internal import Catalogue

/// What somebody has to do so that an initiative can pass a gate, in the order in which it is done: what comes later rests
/// on what comes before.
public enum GateStep: String, Sendable, CaseIterable, Comparable {
  /// Nobody can judge what nobody recorded.
  case record
  /// The design, or what is written about it, is not as the rules ask.
  case mend
  /// It claims a less thorough lane than its facts ask for; what else is demanded depends on the lane.
  case lane
  /// Evidence is missing, or saw another design.
  case evidence
  /// Somebody's word is missing, has lapsed, or was given for another design.
  case attestation
  /// What an approval depends on is not done.
  case condition
  /// Nobody who may has decided, or they decided on another design.
  case decision

  public static func < (a: GateStep, b: GateStep) -> Bool { a.place < b.place }
  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// By what the finding names: a demand, an attestation, a condition, a decision or a passage; else by what its rule
  /// reads.
  static func of(_ finding: Finding, _ rule: Rule?, _ estate: Estate, laneField: String?) -> GateStep {
    if finding.outcome == .undecided { return .record }
    if let step = named(by: finding.key, estate) { return step }
    if let laneField, finding.field == laneField { return .lane }
    guard let rule else { return .mend }
    if let step = beside(rule, estate) { return step }
    let evidence = estate.metamodel.kind(named: "evidence").flatMap { estate.metamodel.field("targets", of: $0.index) }
    return rule.reads.isDisjoint(with: (evidence?.inverses.values).map { $0.map(Int32.init) } ?? []) ? .mend : .evidence
  }

  /// By what a rule shows beside its findings, where that is always of the board's.
  private static func beside(_ rule: Rule, _ estate: Estate) -> GateStep? {
    let steps = rule.related.map { expression -> GateStep? in
      let kinds: KindSet
      switch expression.type {
      case .entity(let found), .list(.entity(let found)): kinds = found
      default: return nil
      }
      let steps = Set(kinds.kinds.map { step(of: estate.metamodel.kinds[$0]) })
      return steps.count == 1 ? steps.first ?? nil : nil
    }
    guard let first = steps.first else { return nil }
    return steps.allSatisfy { $0 == first } ? first : nil
  }

  /// The step of what names stand for; nil where they stand for nothing of the board's.
  static func named(by key: [String], _ estate: Estate) -> GateStep? {
    key.compactMap { name in kind(of: name, estate).flatMap { step(of: $0) } }.max()
  }

  static func kind(of name: String, _ estate: Estate) -> Kind? {
    name.firstIndex(of: ":").flatMap { estate.metamodel.kind(named: String(name[..<$0])) }
  }

  static func step(of kind: Kind) -> GateStep? {
    if kind.role == "demand" { return .evidence }
    if kind.role == "attestation" { return .attestation }
    if kind.role == "passage" || kind.name == "decision" { return .decision }
    return kind.name == "condition" ? .condition : nil
  }
}
