internal import CEL
public import Catalogue

/// What of an estate's findings names one entity, without looking at everything: most rules name their targets alone.
public struct FindingsNaming: Sendable {
  private let row: Int32
  /// Rules that may name the entity at any target of theirs.
  private let everywhere: [Rule]
  /// Rules that name no such entity but as their target.
  private let atTarget: [Rule]
  /// What is read for that.
  public let reads: Set<Int32>

  public init(_ row: Int32, _ estate: Estate, _ book: RuleBook, _ waivers: WaiverBook) {
    self.row = row
    let kind = estate.entity(row).kind
    let active = book.rules.filter { $0.status == .active && !$0.mentionsInitiative }
    let everywhere = active.filter { $0.mayName(kind) }
    let atTarget = active.filter { rule in
      guard case .entities(let kinds) = rule.scope, kinds.contains(kind) else { return false }
      return !rule.mayName(kind)
    }
    self.everywhere = everywhere
    self.atTarget = atTarget
    reads = (everywhere + atTarget).reduce(into: waivers.reads) { $0.formUnion($1.reads) }
  }

  /// Sorted for printing, with what stands before each.
  ///
  /// - Parameter estate: the same estate, with the derived fields that `reads` names.
  public func findings(
    on estate: Estate, _ waivers: WaiverBook, _ baseline: Baseline?, tasks: Int
  ) async -> [Finding] {
    let identity = estate.identity(row)
    let plan = AffectedTargets.Plan(estate)
    let ways = RuleWays(everywhere, plan, estate)
    var arriving = ArrivingTargets(at: row, in: estate, plan)
    var work = atTarget.map { (rule: $0, rows: [row]) }
    var whole: [Rule] = []
    for (place, rule) in everywhere.enumerated() {
      if let paths = ways.paths(of: place), case .rows(let rows) = arriving.answer(paths) {
        work.append((rule, Set(rows + [row]).sorted()))
      } else {
        whole.append(rule)
      }
    }
    var found = await Assessment.run(whole, on: estate, tasks: tasks).findings
    let stages = StageTable(estate)
    var frame = Frame(graph: estate.graph, slotCount: 0)
    for (rule, rows) in work {
      let rows = Assessment.targets(rule, among: rows, estate)
      if rows.isEmpty { continue }
      frame.forget()
      frame.reset(slotCount: rule.slotCount)
      var run = RuleRun(rule, estate, stages)
      for row in rows { run.run(row, &frame) }
      found += run.findings
    }
    found += IntegrityRules.findings(estate) + IntegrityRules.differences(estate)
    var standings = Standings(waivers, baseline, estate)
    let named = found.filter { $0.target == identity || $0.key.contains(identity) }
    return Finding.inOrder(named.map { standings.resolve($0, on: estate.asOf) })
  }
}

extension Rule {
  /// Whether the key of a finding may name an entity of a kind other than its target.
  fileprivate func mayName(_ kind: Int) -> Bool {
    guard case .entities = scope else { return true }
    if !key.isEmpty { return key.contains { Self.mayHold($0.type, kind) } }
    return generators.contains { Self.mayHold($0.list.type, kind) }
  }

  private static func mayHold(_ type: ValueType, _ kind: Int) -> Bool {
    switch type {
    case .entity(let kinds), .reach(let kinds): kinds.contains(kind)
    case .list(let element), .optional(let element): mayHold(element, kind)
    case .dyn, .error, .variable, .abstract, .path: true
    default: false
    }
  }
}
