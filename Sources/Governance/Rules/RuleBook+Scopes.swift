internal import CEL
internal import Catalogue

extension RuleBook {
  /// Tells the estate what each rule looks at, so that rules can ask it of one another.
  ///
  /// A rule that asks it itself is left out: two that ask each other would go round in a circle.
  func tellScopes(_ estate: Estate) {
    guard let field = estate.scopeField else { return }
    let open = Set(estate.initiatives.filter(\.isBeforeLive).map(\.row))
    var scopes: [Int32: RuleScopes.Scope] = [:]
    for rule in allRules where !rule.reads.contains(field) && !estate.reads(of: rule.reads).contains(field) {
      scopes[rule.row] = RuleScopes.Scope(reads: rule.reads) { frame in rule.scope(in: &frame, without: open) }
    }
    estate.tell(scopes: scopes)
  }
}

extension Rule {
  /// The entities that it looks at and whose `when` is not false: where a fact is missing, it is asked, too. In the
  /// estate it asks nothing of open initiatives.
  ///
  /// Nil where asking costs more than one target of a rule may cost.
  fileprivate func scope(in frame: inout Frame, without initiatives: Set<Int32>) -> [Int32]? {
    guard case .entities(let kinds) = scope, !mentionsInitiative else { return [] }
    var own = Frame(graph: frame.graph, at: frame.date, slotCount: slotCount, costLimit: frame.costLimit)
    var result: [Int32] = []
    for kind in kinds.kinds {
      for row in frame.graph.members.rows(ofKind: kind) where !initiatives.contains(row) {
        if let condition {
          for binding in bindings where binding.dependsOn.contains(0) { own.slots[binding.slot] = .pending }
          own.slots[0] = .entity(row)
          switch condition.evaluate(&own) {
          case .bool(false): continue
          case .error(let error) where error.code == .costLimit: return nil
          default: break
          }
        }
        result.append(row)
      }
    }
    return result
  }
}
