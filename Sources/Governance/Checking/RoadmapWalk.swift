internal import CEL
internal import Catalogue
internal import Diagnostics

/// Goes through the days of a roadmap in their order, with one frame; between two of them a rule is evaluated only at
/// those targets that what changed can affect.
struct RoadmapWalk {
  let start: CivilDate
  private let isOfIntegrity: Bool
  let days: ViewDays
  /// The estate on the first day.
  let first: Estate
  /// By their summaries.
  private(set) var problems: [String: Diagnostic] = [:]
  private(set) var targetCount = 0
  private(set) var wholeCount = 0
  private let estate: Estate
  private let rules: [Rule]
  private let view: View
  private let stages: StageTable
  /// Initiatives before they are live: looked at in their own views, or, turned down, not at all.
  private let beforeLive: Set<Int32>
  /// What live initiatives say otherwise than the catalogue, on every day.
  private let differences: [Finding]
  private let plan: AffectedTargets.Plan?
  private let paths: [AffectedTargets.Paths]
  /// By the place of the rule; the last one is of the integrity rules.
  private var found: [FindingSpans]
  private var frame: Frame

  /// - Parameters:
  ///   - days: those of all the rules that the roadmap is of, with what `schedule` says.
  ///   - isOfIntegrity: whether the integrity rules are among them.
  init(_ rules: [Rule], _ estate: Estate, _ days: ViewDays, isOfIntegrity: Bool, isIncremental: Bool) {
    self.estate = estate
    self.rules = rules
    self.days = days
    self.isOfIntegrity = isOfIntegrity
    start = days.all.first ?? estate.asOf
    stages = StageTable(estate)
    differences = IntegrityRules.differences(estate)
    beforeLive = Set(estate.initiatives.filter(\.isBeforeLive).map(\.row))
    view = estate.committedView()
    let plan = AffectedTargets.Plan(estate)
    paths = self.rules.map { AffectedTargets.Paths($0.accessPaths(), plan) }
    self.plan = isIncremental ? plan : nil
    first = estate.seen(in: view, at: start)
    found = Array(repeating: FindingSpans(), count: self.rules.count + 1)
    frame = Frame(graph: first.graph, slotCount: 0)
  }

  /// The days of a roadmap of some rules, and the first one beyond it.
  static func schedule(_ rules: [Rule], _ estate: Estate) -> (days: ViewDays, end: CivilDate) {
    let plan = AffectedTargets.Plan(estate)
    var compared: Set<Int32> = []
    for rule in rules {
      let paths = AffectedTargets.Paths(rule.accessPaths(), plan)
      if paths.readsDate { compared.formUnion(estate.reads(of: rule.reads)) }
      compared.formUnion(estate.fieldsReadWithDate(toRead: rule.reads))
    }
    let horizon: CivilDate? = if case .date(let date)? = estate.graph.globals.dropFirst().first { date } else { nil }
    let end = max(horizon ?? .never, estate.asOf)
    let view = estate.committedView()
    return (ViewDays(of: view, from: estate.asOf, until: end, comparing: compared), end)
  }

  mutating func run() {
    for (index, rule) in rules.enumerated() { evaluate(index, allTargets(of: rule, first), isWhole: true, first) }
    found[rules.count].take(Self.viewRow, integrity(first))
    settle(on: start)
    var before = first
    for (last, day) in zip(days.all, days.all.dropFirst()) {
      var affected = plan.map { AffectedTargets(in: view, from: last, to: day, days, $0) }
      let after = estate.seen(in: view, at: day)
      for problem in after.derivationErrors { problems[problem.summary] = problem }
      let (absent, wasAbsent) = (after.graph.members.absent, before.graph.members.absent)
      let gone = absent.subtracting(wasAbsent).sorted()
      let come = wasAbsent.subtracting(absent)
      for (index, rule) in rules.enumerated() {
        for row in gone { found[index].take(row, []) }
        if !paths[index].readsDate, case .rows(let rows)? = affected?.answer(paths[index]) {
          evaluate(index, targets(of: rule, among: come.union(rows), after), isWhole: false, after)
        } else {
          evaluate(index, allTargets(of: rule, after), isWhole: true, after)
        }
      }
      if absent != wasAbsent { found[rules.count].take(Self.viewRow, integrity(after)) }
      settle(on: day)
      before = after
    }
  }

  var spans: [Roadmap.Span] { found.flatMap(\.spans) }

  private mutating func settle(on day: CivilDate) {
    for index in found.indices { found[index].settle(on: day) }
  }

  private func integrity(_ seen: Estate) -> [Finding] {
    isOfIntegrity ? IntegrityRules.findings(seen) + differences : []
  }

  // MARK: Rules

  /// What stands for the view where targets are meant.
  private static let viewRow: Int32 = -1

  private func allTargets(of rule: Rule, _ estate: Estate) -> [Int32] {
    if case .view = rule.scope { [Self.viewRow] } else { Assessment.targets(rule, estate) }
  }

  private func targets(of rule: Rule, among rows: Set<Int32>, _ estate: Estate) -> [Int32] {
    guard case .entities(let kinds) = rule.scope else { return [] }
    return rows.filter { row in
      kinds.contains(estate.graph.kind(of: row)) && estate.graph.members.contains(row) && !beforeLive.contains(row)
    }.sorted()
  }

  /// Looks at some targets of a rule, and again at those that have a part in what begins.
  private mutating func evaluate(_ index: Int, _ rows: [Int32], isWhole: Bool, _ estate: Estate) {
    if isWhole { wholeCount += 1 }
    var rows = rows
    guard !rows.isEmpty || !found[index].unlooked.isEmpty else { return }
    let rule = rules[index]
    var run = RuleRun(rule, estate, stages)
    frame.look(at: estate.graph, on: estate.graph.date)
    frame.reset(slotCount: rule.slotCount)
    repeat {
      for row in rows {
        run.run(row == Self.viewRow ? nil : row, &frame)
        found[index].take(row, run.takeFindings())
      }
      targetCount += rows.count
      rows = found[index].unlooked
    } while !rows.isEmpty
  }
}
