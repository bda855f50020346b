internal import CEL

/// What conditions of one entity each may give on any day and in any view: where nothing that they read can be otherwise,
/// they give what they give in the catalogue.
struct TimelessConditions {
  private let universe: Universe
  /// Whatever any initiative can make otherwise.
  let facts: ChangedFacts
  private var frame: Frame
  /// By condition; nil: the condition may give anything of every entity.
  private var changeable: [Int32: Set<Int32>?] = [:]
  private var known: [Waypoint: Answer] = [:]

  init(_ universe: Universe, _ facts: ChangedFacts) {
    self.universe = universe
    self.facts = facts
    frame = Frame(graph: universe.raw, slotCount: 1)
    frame.remembers = false
  }

  func isKnown(_ condition: FieldPaths.Condition) -> Bool {
    changeable[condition.fact] != nil || dependsOnDay(condition.expression.footprint)
  }

  /// - Parameter reached: from where the ways of the condition lead to something that can be otherwise.
  mutating func note(_ condition: FieldPaths.Condition, _ reached: BackwardWalk.Reached) {
    switch reached {
    case .all: changeable[condition.fact] = .some(nil)
    case .rows(let rows): changeable[condition.fact] = .some(rows[0, default: []])
    }
  }

  /// False where some condition is false on every day, and none before it may be an error.
  mutating func mayHold(_ conditions: [FieldPaths.Condition], _ row: Int32) -> Bool {
    guard universe.raw.members.contains(row) else { return true }
    for condition in conditions {
      if case let rows?? = changeable[condition.fact], !rows.contains(row) {
        switch value(condition, row) {
        case .isFalse: return false
        case .isKnown: continue
        case .isError: return true
        }
      }
      if condition.mayFail { return true }
    }
    return true
  }

  private enum Answer {
    case isFalse
    case isError
    case isKnown
  }

  private mutating func value(_ condition: FieldPaths.Condition, _ row: Int32) -> Answer {
    let place = Waypoint(state: condition.fact, row: row)
    if let answer = known[place] { return answer }
    frame.beginTarget()
    frame.reset(slotCount: condition.expression.slotCount)
    frame.slots[0] = .entity(row)
    let value = condition.expression.evaluate(&frame)
    var answer = Answer.isKnown
    if case .bool(false) = value { answer = .isFalse }
    if case .error = value { answer = .isError }
    if frame.absorbedError != nil { answer = .isError }
    known[place] = answer
    return answer
  }

  /// Whether a condition can give something else on another day of the catalogue alone, or cannot be evaluated without
  /// what is derived.
  private func dependsOnDay(_ footprint: Footprint) -> Bool {
    if footprint.readsDate { return true }
    if case .raw = universe.plan.need(of: footprint) {} else { return true }
    return footprint.fields.contains { id in
      guard id >= 0 else { return true }
      switch universe.metamodel.fields[Int(id)].shape {
      case .phase, .live: return true
      default: return false
      }
    }
  }
}
