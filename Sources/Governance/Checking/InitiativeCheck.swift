internal import CEL
public import Catalogue
internal import Diagnostics

/// What an initiative would make of the estate: its view compared with its base, rule by rule.
public struct InitiativeCheck: Sendable {
  public let view: InitiativeView
  /// Sorted for printing.
  public let findings: [Finding]
  /// By the place of the rule among those that ran.
  public let counts: [OutcomeCounts]
  /// How many targets were looked at, in the base and in the view together.
  public let targetCount: Int
  /// How many rules were evaluated at all their targets.
  public let wholeCount: Int
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
  /// By the place of an initiative.
  private let collisions: [Int: [Finding]]
  private var frame: Frame

  init(_ rules: [Rule], _ estate: Estate, collisions: [Int: [Finding]]) {
    self.collisions = collisions
    self.rules = rules
    self.estate = estate
    stages = StageTable(estate)
    frame = Frame(graph: estate.graph, slotCount: 0)
  }

  mutating func check(_ view: InitiativeView) -> InitiativeCheck {
    let before = estate.seen(in: view.base, at: view.date)
    let after = estate.seen(in: view.view, at: view.date)
    var findings: [Finding] = []
    var allCounts: [OutcomeCounts] = []
    var targetCount = 0
    var upcomingCount = 0
    for rule in rules {
      // Of an initiative whose stage nobody recorded every rule is asked: nothing passes for want of a fact.
      guard view.initiative.stage.map({ rule.stage <= $0 }) ?? true else {
        upcomingCount += 1
        allCounts.append(OutcomeCounts())
        continue
      }
      let targets = Targets(rule, view, after)
      var old = RuleRun(rule, before, stages, ratchet: rule.requirement == nil ? [:] : nil)
      if !rule.mentionsInitiative {
        run(&old, before, rule, targets.before(before), isView: targets.isView)
      }
      var new = RuleRun(rule, after, stages, ratchet: rule.requirement == nil ? old.measures : nil)
      run(&new, after, rule, targets.after, isView: targets.isView)
      targetCount += old.counts.total + new.counts.total
      allCounts.append(new.counts)
      findings += compared(rule, old, new, view)
    }
    let own = view.view.initiative.flatMap { collisions[$0] } ?? []
    findings += compared(IntegrityRules.findings(before), IntegrityRules.findings(after) + own, view)
    return InitiativeCheck(
      view: view, findings: findings.sorted(by: Finding.precedesInView), counts: allCounts, targetCount: targetCount,
      wholeCount: rules.count - upcomingCount,
      upcomingCount: upcomingCount, stage: view.initiative.stage == nil ? nil : stageName(view.initiative))
  }

  private mutating func run(_ run: inout RuleRun, _ estate: Estate, _ rule: Rule, _ rows: [Int32], isView: Bool) {
    frame.look(at: estate.graph, on: estate.graph.date)
    frame.reset(slotCount: rule.slotCount)
    if isView { run.run(nil, &frame) }
    for row in rows { run.run(row, &frame) }
  }

  // MARK: Targets

  /// What a rule looks at in a view and in its base.
  private struct Targets {
    let after: [Int32]
    let isView: Bool
    private let own: Int32
    private let initiativeKind: Int?

    init(_ rule: Rule, _ view: InitiativeView, _ estate: Estate) {
      own = view.initiative.row
      initiativeKind = estate.metamodel.kind(named: "initiative")?.index
      guard case .entities(let kinds) = rule.scope else {
        (after, isView) = ([], true)
        return
      }
      isView = false
      let (own, initiativeKind) = (own, initiativeKind)
      // Other initiatives are looked at in their own views.
      after = kinds.kinds.flatMap { kind in
        kind == initiativeKind ? [own] : estate.graph.members.rows(ofKind: kind)
      }
    }

    /// In the base the initiative is not there.
    func before(_ estate: Estate) -> [Int32] {
      after.filter { $0 != own && estate.graph.members.contains($0) }
    }
  }

  // MARK: Comparison

  private func compared(_ rule: Rule, _ old: RuleRun, _ new: RuleRun, _ view: InitiativeView) -> [Finding] {
    var result = compared(old.findings, new.findings, view)
    // A ratchet that stands still is no finding, and one that rose from nothing got worse.
    guard rule.requirement == nil else { return result }
    result.removeAll { $0.inView?.comparison == .inherited && $0.outcome == .failed }
    for index in result.indices where result[index].inView?.comparison == .introduced {
      guard let before = old.measures[result[index].identity] else { continue }
      result[index].inView?.comparison = .worsened
      result[index].inView?.before = ValueText.number(before)
    }
    return result
  }

  private func compared(_ old: [Finding], _ new: [Finding], _ view: InitiativeView) -> [Finding] {
    var before: [String: Finding] = [:]
    for finding in old { before[finding.identity] = before[finding.identity].map { $0.merged(with: finding) } ?? finding }
    var after: [String: Finding] = [:]
    for finding in new { after[finding.identity] = after[finding.identity].map { $0.merged(with: finding) } ?? finding }
    var result: [Finding] = []
    for identity in Set(before.keys).union(after.keys) {
      let (was, is_) = (before[identity], after[identity])
      guard let comparison = Comparison.of(was, is_), var finding = is_ ?? was else { continue }
      var text: String?
      if let was, let is_, was.outcome == .failed {
        if was.severity != is_.severity {
          text = was.severity.name
        } else if let measure = was.measure, measure != is_.measure {
          text = ValueText.number(measure)
        }
      } else if let was, was.outcome == .undecided, is_?.outcome == .failed {
        text = "undecided"
      }
      finding.inView = Finding.InView(
        initiative: "initiative:\(view.initiative.id)", stage: stageName(view.initiative),
        isIdea: view.initiative.stage == 0, date: view.date,
        comparison: comparison, before: text)
      result.append(finding)
    }
    return result
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
