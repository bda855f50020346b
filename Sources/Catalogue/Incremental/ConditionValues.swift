internal import CEL

/// What conditions of one entity each give on two graphs.
struct ConditionValues {
  private var before: Frame
  private var after: Frame
  private var known: [Int32: [Int32]] = [:]

  init(_ before: Graph, _ after: Graph) {
    self.before = Frame(graph: before, slotCount: 1)
    self.after = Frame(graph: after, slotCount: 1)
    self.before.remembers = false
    self.after.remembers = false
  }

  /// What `keep` found; nil: it was not asked.
  func changed(_ fact: Int32) -> [Int32]? { known[fact] }

  /// Those of some rows for which a condition gives another value on one graph than on the other.
  mutating func keep(_ condition: FieldPaths.Condition, _ rows: [Int32]) -> [Int32] {
    let changed = rows.filter { row in
      guard before.graph.members.contains(row), after.graph.members.contains(row) else { return true }
      let (old, new) = (Self.value(condition, row, &before), Self.value(condition, row, &after))
      return old.isAbsorbing || new.isAbsorbing || !old.value.isSame(as: new.value)
    }
    known[condition.fact] = changed
    return changed
  }

  /// False where, on each graph that holds the row, some condition is false and none before it is an error.
  mutating func mayHold(_ conditions: [FieldPaths.Condition], _ row: Int32) -> Bool {
    Self.mayHold(conditions, row, &before) || Self.mayHold(conditions, row, &after)
  }

  private static func mayHold(_ conditions: [FieldPaths.Condition], _ row: Int32, _ frame: inout Frame) -> Bool {
    guard frame.graph.members.contains(row) else { return false }
    for condition in conditions {
      let (value, isAbsorbing) = value(condition, row, &frame)
      if isAbsorbing { return true }
      if case .error = value { return true }
      if case .bool(false) = value { return false }
    }
    return true
  }

  private static func value(
    _ condition: FieldPaths.Condition, _ row: Int32, _ frame: inout Frame
  ) -> (value: Value, isAbsorbing: Bool) {
    frame.beginTarget()
    frame.reset(slotCount: condition.expression.slotCount)
    frame.slots[0] = .entity(row)
    let value = condition.expression.evaluate(&frame)
    return (value, frame.absorbedError != nil)
  }
}
