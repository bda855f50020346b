internal import CEL
internal import Catalogue

/// What rules make of the things that an initiative adds, changes or retires, in its view: whether a rule has anything to do
/// with it at all. What a check looks at again does not tell: that depends on what is worth looking at again.
struct ReachedOutcomes: Sendable {
  /// By rule id; rules that bind later only are absent.
  private(set) var counts: [String: OutcomeCounts] = [:]
  /// By rule id: rows that it found to be its business.
  private(set) var looked: [String: Set<Int32>] = [:]
  /// What the initiative adds, changes or retires and is there in its view or in its base, ascending.
  let reached: [Int32]

  init(_ check: InitiativeCheck, _ rules: [Rule], _ estate: Estate, _ stages: StageTable) {
    let view = check.view
    let before = estate.seen(in: view.base, at: view.date)
    let after = estate.seen(in: view.view, at: view.date)
    let scene = ViewScene(view, before, after, FindingsByName([], estate, naming: []))
    reached = view.initiative.reached
    let near = reached.flatMap { Self.neighbours(of: $0, after) }
    var frame = Frame(graph: after.graph, slotCount: 0)
    for rule in rules {
      guard view.initiative.stage.map({ rule.stage <= $0 }) ?? true else { continue }
      var run = RuleRun(rule, after, stages)
      frame.look(at: after.graph, on: after.graph.date)
      frame.reset(slotCount: rule.slotCount)
      var looked: Set<Int32> = []
      if case .view = rule.scope {
        run.run(nil, &frame)
      } else {
        for row in scene.targets(rule, among: near).after {
          run.run(row, &frame)
          if run.worst > .passedWithNothing { looked.insert(row) }
          _ = run.takeFindings()
        }
      }
      counts[rule.id] = run.counts
      self.looked[rule.id] = looked
    }
  }

  /// The same of what is there already, in the estate as it is.
  init(_ reached: [Int32], _ rules: [Rule], _ estate: Estate, _ stages: StageTable) {
    self.reached = reached
    let near = Set(reached.flatMap { Self.neighbours(of: $0, estate) }).sorted()
    var frame = Frame(graph: estate.graph, slotCount: 0)
    for rule in rules {
      guard case .entities(let kinds) = rule.scope else { continue }
      var run = RuleRun(rule, estate, stages)
      frame.reset(slotCount: rule.slotCount)
      var looked: Set<Int32> = []
      for row in near where kinds.contains(estate.entity(row).kind) {
        run.run(row, &frame)
        if run.worst > .passedWithNothing { looked.insert(row) }
        _ = run.takeFindings()
      }
      counts[rule.id] = run.counts
      self.looked[rule.id] = looked
    }
  }

  func looked(_ rule: Rule) -> Bool {
    guard let counts = counts[rule.id] else { return false }
    return counts.total > counts[.notApplicable] + counts[.passedWithNothing] + counts[.upcoming]
  }

  /// What a thing is a part of, and what it leads to where it joins two: a rule about an integration's ends is about it.
  private static func neighbours(of row: Int32, _ estate: Estate) -> [Int32] {
    var result: [Int32] = []
    var current = row
    while current >= 0 {
      result.append(current)
      let kind = estate.entity(current).kind
      for role in ["target", "through"] {
        guard let field = estate.metamodel.field(inRole: role, of: kind) else { continue }
        result += estate.certainRows(field.path, of: current)
      }
      current = estate.entity(current).owner
    }
    return result
  }
}
