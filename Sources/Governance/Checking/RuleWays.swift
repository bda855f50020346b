internal import CEL
internal import Catalogue
internal import Dispatch
internal import Synchronization

/// By which ways rules come to what they read, each worked out when it is first needed. For several tasks.
final class RuleWays: Sendable {
  let plan: AffectedTargets.Plan
  private let rules: [Rule]
  /// What a rule looks at is told by that rule's condition, which no way of another one leads through.
  private let scope: Int32?
  private let known = Mutex<[Int: AffectedTargets.Paths]>([:])
  private let knownToDifference = Mutex<[Int: AffectedTargets.Paths?]>([:])

  init(_ rules: [Rule], _ plan: AffectedTargets.Plan, _ estate: Estate) {
    self.rules = rules
    self.plan = plan
    scope = estate.scopeField
  }

  /// Works out at once, by several tasks, what views ask for.
  func workOut(_ estate: Estate) {
    DispatchQueue.concurrentPerform(iterations: rules.count) { place in
      if !rules[place].isOfInitiatives(estate), !rules[place].asksOnlyOfReached {
        _ = rules[place].mentionsInitiative ? pathsToDifference(of: place) : paths(of: place)
      }
    }
  }

  /// Of the rule at a place; nil: no ways tell what can concern it.
  func paths(of place: Int) -> AffectedTargets.Paths? {
    if let found = known.withLock({ $0[place] }) { return found }
    if let scope, rules[place].reads.contains(scope) { return nil }
    let made = AffectedTargets.Paths(rules[place].accessPaths(), plan)
    known.withLock { $0[place] = made }
    return made
  }

  /// Of the condition of the rule at a place, which is false where nothing differs from the base; nil: it is not always.
  func pathsToDifference(of place: Int) -> AffectedTargets.Paths? {
    if let found = knownToDifference.withLock({ $0[place] }) { return found }
    let hasScope = scope.map { rules[place].reads.contains($0) } ?? false
    let made = hasScope ? nil : rules[place].waysToDifference().map { AffectedTargets.Paths($0, plan) }
    knownToDifference.withLock { $0[place] = .some(made) }
    return made
  }
}
