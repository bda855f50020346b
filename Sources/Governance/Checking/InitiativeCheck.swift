internal import CEL
public import Catalogue
internal import Diagnostics

/// What an initiative would make of the estate: its view compared with its base, rule by rule.
public struct InitiativeCheck: Sendable {
  public let view: InitiativeView
  /// Sorted for printing.
  public internal(set) var findings: [Finding]
  /// By the place of the rule among those that ran.
  public let counts: [OutcomeCounts]
  /// By the place of the rule, likewise.
  public let work: [RuleWork]
  /// How long it took to make the two graphs and to find what differs between them.
  public let preparation: Duration
  /// How many rules bind it later only.
  public let upcomingCount: Int
  /// The name of its stage; nil: not recorded.
  public let stage: String?

  public func findings(_ comparison: Comparison) -> [Finding] {
    findings.filter { $0.inView?.comparison == comparison }
  }
}

/// Checks initiatives one after the other, with one frame.
struct InitiativeChecker {
  private let estate: Estate
  private let rules: [Rule]
  private let stages: StageTable
  private let known: FindingsByName
  /// By the place of an initiative.
  private let collisions: [Int: [Finding]]
  private var frame: Frame
  /// Nil: every target is looked at.
  private let ways: RuleWays?
  private let comparisons: [RuleComparison?]
  private let effort: Portfolio.Effort

  /// - Parameters:
  ///   - known: the estate's findings.
  ///   - heavy: targets that are dear, by rule id.
  ///   - ways: nil: every target is looked at.
  init(
    _ rules: [Rule], _ estate: Estate, collisions: [Int: [Finding]], known: FindingsByName,
    heavy: [String: Set<Int32>], ways: RuleWays?, _ effort: Portfolio.Effort
  ) {
    self.known = known
    self.collisions = collisions
    self.effort = effort
    comparisons = rules.map { rule in
      switch effort {
      case .nothing: nil
      case .heavyTargets: heavy[rule.id].flatMap { RuleComparison(rule, $0) }
      case .allTargets: RuleComparison(rule, nil)
      }
    }
    self.ways = effort == .nothing ? nil : ways
    self.rules = rules
    self.estate = estate
    stages = StageTable(estate)
    frame = Frame(graph: estate.graph, slotCount: 0)
  }

  mutating func check(_ view: InitiativeView) -> InitiativeCheck {
    let clock = ContinuousClock()
    let start = clock.now
    let before = estate.seen(in: view.base, at: view.date)
    let after = estate.seen(in: view.view, at: view.date)
    var findings: [Finding] = []
    var allCounts: [OutcomeCounts] = []
    var allWork: [RuleWork] = []
    var upcomingCount = 0
    let scene = ViewScene(view, before, after, known)
    var affected = ways.map { AffectedTargets(view, before: before.graph, after: after.graph, $0.plan) }
    let preparation = clock.now - start
    for (place, rule) in rules.enumerated() {
      var work = RuleWork()
      let start = clock.now
      defer {
        work.time = clock.now - start
        allWork.append(work)
      }
      // Of an initiative whose stage nobody recorded every rule is asked: nothing passes for want of a fact.
      guard view.initiative.stage.map({ rule.stage <= $0 }) ?? true else {
        upcomingCount += 1
        allCounts.append(OutcomeCounts())
        continue
      }
      var targets: ViewTargets
      var isWhole = true
      if let rows = affectedRows(place, after, &affected) {
        targets = scene.targets(rule, among: rows)
        isWhole = false
        if let comparison = comparisons[place], let affected, let plan = ways?.plan {
          targets.drop(comparison.unchanged(targets, affected, plan, before, after, scene))
        }
      } else {
        targets = scene.targets(rule)
      }
      var (old, new) = evaluate(rule, targets, before, after)
      var found = compared(rule, old, new, view)
      work.targets += old.counts.total + new.counts.total
      // A finding may be one of several targets, others among them: of those that its key names, where the rule does not
      // say what identifies it; else of any.
      let told =
        isWhole || rule.generators.isEmpty && rule.key.isEmpty
        ? []
        : found.filter { $0.inView?.comparison != .inherited }.flatMap(\.key) + old.names(ofOtherMeasuresThan: new)
      if !told.isEmpty {
        let all: ViewTargets
        if rule.key.isEmpty || rule.key.contains(where: { $0.names(slot: 0) }) {
          all = scene.targets(rule, among: targets.before + targets.after + rows(named: told, before, after))
        } else {
          all = scene.targets(rule)
          isWhole = true
        }
        if all.after.count > targets.after.count {
          (old, new) = evaluate(rule, all, before, after)
          found = compared(rule, old, new, view)
          work.targets += old.counts.total + new.counts.total
        }
      }
      if isWhole { work.wholes += 1 }
      allCounts.append(new.counts)
      findings +=
        found.filter { $0.inView?.comparison != .inherited } + inherited(rule, found, scene, before, after, view)
    }
    let own = view.view.initiative.flatMap { collisions[$0] } ?? []
    let integrity = IntegrityRules.findings(before, after) { scene.isNear($0) }
    findings += compared(integrity.before, integrity.after + own, view).filter {
      $0.inView?.comparison != .inherited || scene.isNear($0)
    }
    return InitiativeCheck(
      view: view, findings: findings.sorted(by: Finding.precedesInView), counts: allCounts, work: allWork,
      preparation: preparation, upcomingCount: upcomingCount,
      stage: view.initiative.stage == nil ? nil : stageName(view.initiative))
  }

  /// What stays of a rule's findings, of what the initiative adds, changes or retires. Of the rest, whatever else was
  /// looked at, the estate's own findings tell.
  private mutating func inherited(
    _ rule: Rule, _ found: [Finding], _ scene: ViewScene, _ before: Estate, _ after: Estate, _ view: InitiativeView
  ) -> [Finding] {
    let targets = scene.nearTargets(rule)
    if targets.before.isEmpty || targets.after.isEmpty { return [] }
    let told = Set(found.filter { $0.inView?.comparison != .inherited }.map(\.identity))
    let (old, new) = evaluate(rule, targets, before, after)
    return compared(rule, old, new, view).filter {
      $0.inView?.comparison == .inherited && scene.isNear($0) && !told.contains($0.identity)
    }
  }

  /// The targets of a rule that the initiative can affect; nil: all.
  private mutating func affectedRows(_ place: Int, _ after: Estate, _ affected: inout AffectedTargets?) -> [Int32]? {
    let rule = rules[place]
    if case .entities(let kinds) = rule.scope, kinds.kinds.allSatisfy({ after.graph.kindRanges[$0].isEmpty }) {
      return []
    }
    switch ways?.reach(of: place) {
    case nil: return nil
    case .initiative: return []
    case .reached: return affected?.named
    case .ways(let paths):
      if let paths, case .rows(let rows)? = affected?.answer(paths) { return rows }
      return nil
    case .difference(let paths, let conditions):
      if let paths, case .rows(let rows)? = affected?.answer(paths) { return rows }
      for condition in conditions {
        frame.look(at: after.graph, on: after.graph.date)
        frame.reset(slotCount: rule.slotCount)
        frame.beginTarget()
        if case .bool(false) = condition.evaluate(&frame), frame.absorbedError == nil { return affected?.named }
      }
      return nil
    }
  }

  /// The entities that the keys of findings name.
  private func rows(named names: [String], _ before: Estate, _ after: Estate) -> [Int32] {
    Set(names).flatMap { name in
      [before, after].compactMap { estate in if case .found(let row) = estate.find(name) { row } else { nil } }
    }
  }

  /// Runs a rule in the base and in the view.
  private mutating func evaluate(
    _ rule: Rule, _ targets: ViewTargets, _ before: Estate, _ after: Estate
  ) -> (old: RuleRun, new: RuleRun) {
    var old = RuleRun(rule, before, stages)
    // In the base there is no initiative to speak of.
    if !rule.mentionsInitiative { run(&old, before, rule, targets.before, isView: targets.isView) }
    var new = RuleRun(rule, after, stages, ratchet: rule.requirement == nil ? old.measures : nil)
    run(&new, after, rule, targets.after, isView: targets.isView)
    return (old, new)
  }

  private mutating func run(_ run: inout RuleRun, _ estate: Estate, _ rule: Rule, _ rows: [Int32], isView: Bool) {
    frame.look(at: estate.graph, on: estate.graph.date)
    frame.reset(slotCount: rule.slotCount)
    if isView { run.run(nil, &frame) }
    for row in rows { run.run(row, &frame) }
  }

  // MARK: Comparison

  private func compared(_ rule: Rule, _ old: RuleRun, _ new: RuleRun, _ view: InitiativeView) -> [Finding] {
    var result = compared(old.findings, new.findings, view)
    guard rule.requirement == nil else { return result }
    for index in result.indices where result[index].inView?.comparison == .introduced {
      guard let before = old.measures[result[index].identity] else { continue }
      result[index].inView?.comparison = .worsened
      result[index].inView?.before = ValueText.number(before)
    }
    for var finding in new.improvements {
      finding.inView = inView(view, .improved, before: old.measures[finding.identity].map(ValueText.number))
      result.append(finding)
    }
    return result
  }

  private func compared(_ old: [Finding], _ new: [Finding], _ view: InitiativeView) -> [Finding] {
    var before: [String: Finding] = [:]
    for finding in old {
      before[finding.identity] = before[finding.identity].map { $0.merged(with: finding) } ?? finding
    }
    var after: [String: Finding] = [:]
    for finding in new { after[finding.identity] = after[finding.identity].map { $0.merged(with: finding) } ?? finding }
    var result: [Finding] = []
    for identity in Set(before.keys).union(after.keys) {
      let (was, isNow) = (before[identity], after[identity])
      guard let comparison = Comparison.of(was, isNow), var finding = isNow ?? was else { continue }
      var text: String?
      if let was, let isNow, was.outcome == .failed {
        if was.severity != isNow.severity {
          text = was.severity.name
        } else if let measure = was.measure, measure != isNow.measure {
          text = ValueText.number(measure)
        }
      } else if let was, was.outcome == .undecided, isNow?.outcome == .failed {
        text = "undecided"
      }
      finding.inView = inView(view, comparison, before: text)
      result.append(finding)
    }
    return result
  }

  private func inView(_ view: InitiativeView, _ comparison: Comparison, before: String?) -> Finding.InView {
    Finding.InView(
      initiative: "initiative:\(view.initiative.id)", stage: stageName(view.initiative),
      isIdea: view.initiative.stage == 0, date: view.date, comparison: comparison, before: before)
  }

  private func stageName(_ initiative: Initiative) -> String {
    guard let stage = initiative.stage, let type = estate.metamodel.enums.first(where: { $0.name == "stage" }) else {
      return "no stage"
    }
    return type.values[Int(stage)]
  }
}

extension Finding {
  /// The order of printing in a view: what the initiative answers for first.
  static func precedesInView(_ a: Finding, _ b: Finding) -> Bool {
    let (x, y) = (order(a), order(b))
    return x != y ? x < y : precedes(a, b)
  }

  private static func order(_ finding: Finding) -> Int {
    finding.inView.flatMap { Comparison.allCases.firstIndex(of: $0.comparison) } ?? Comparison.allCases.count
  }
}
