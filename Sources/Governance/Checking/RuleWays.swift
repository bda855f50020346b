internal import CEL
internal import Catalogue
internal import Dispatch
internal import Synchronization

/// Which targets rules are asked of in an initiative's view, each rule's way to tell worked out when it is first needed.
/// For several tasks.
final class RuleWays: Sendable {
  /// How it is told for which targets a rule can find something else in a view than in its base.
  enum Reach {
    /// Of initiatives only the one whose view it is is looked at.
    case initiative
    /// It asks of nothing but what the initiative adds, changes or retires.
    case reached
    /// By the ways to what it reads; nil: no ways tell.
    case ways(AffectedTargets.Paths?)
    /// What it says of the initiative has no counterpart in the base, but what lets it look at a target has: the ways to
    /// that, if they tell, and the conditions without which it asks of nothing but what the initiative reaches.
    case difference(AffectedTargets.Paths?, [CompiledExpression])
  }

  let plan: AffectedTargets.Plan
  private let rules: [Rule]
  private let estate: Estate
  private let known = Mutex<[Int: Reach]>([:])

  init(_ rules: [Rule], _ plan: AffectedTargets.Plan, _ estate: Estate) {
    self.rules = rules
    self.plan = plan
    self.estate = estate
  }

  /// Works out at once, by several tasks, what views ask for.
  func workOut() {
    DispatchQueue.concurrentPerform(iterations: rules.count) { _ = reach(of: $0) }
  }

  func reach(of place: Int) -> Reach {
    if let found = known.withLock({ $0[place] }) { return found }
    let made = made(rules[place], place)
    known.withLock { $0[place] = made }
    return made
  }

  private func made(_ rule: Rule, _ place: Int) -> Reach {
    if rule.isOfInitiatives(estate) { return .initiative }
    if rule.asksOnlyOfReached { return .reached }
    if !rule.mentionsInitiative { return .ways(paths(of: place)) }
    let paths = asksOthers(rule) ? nil : rule.waysToDifference().map { AffectedTargets.Paths($0, plan) }
    return .difference(paths, rule.conditionsOfView())
  }

  /// Of the rule at a place, whatever it asks of; nil: no ways tell what can concern it.
  func paths(of place: Int) -> AffectedTargets.Paths? {
    asksOthers(rules[place]) ? nil : AffectedTargets.Paths(rules[place].accessPaths(), plan)
  }

  /// Whether it asks what other rules look at: that is told by their conditions, which no way of this one leads through.
  private func asksOthers(_ rule: Rule) -> Bool { estate.scopeField.map { rule.reads.contains($0) } ?? false }
}
