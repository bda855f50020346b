internal import CEL

/// What conditions of one entity each give on two graphs.
struct ConditionValues {
  private var before: Frame
  private var after: Frame
  /// The same with little to spend.
  private var quick: (before: Frame, after: Frame)
  private var known: [Int32: [Int32]] = [:]

  init(_ before: Graph, _ after: Graph) {
    self.before = Self.frame(before)
    self.after = Self.frame(after)
    quick = (Self.frame(before, costLimit: Self.quickLimit), Self.frame(after, costLimit: Self.quickLimit))
  }

  /// What a condition may cost before it is asked whether anybody wants to know.
  private static let quickLimit = 500

  private static func frame(_ graph: Graph, costLimit: Int? = nil) -> Frame {
    var frame =
      costLimit.map { Frame(graph: graph, slotCount: 1, costLimit: $0) } ?? Frame(graph: graph, slotCount: 1)
    frame.remembers = false
    return frame
  }

  /// What `keep` found; nil: it was not asked.
  func changed(_ fact: Int32) -> [Int32]? { known[fact] }

  /// Those of some rows for which a condition gives another value on one graph than on the other, but for those that are
  /// dear to ask and lead nowhere.
  mutating func keep(_ condition: FieldPaths.Condition, _ rows: [Int32], leads: (Int32) -> Bool) -> [Int32] {
    let changed = rows.filter { row in
      guard before.graph.members.contains(row), after.graph.members.contains(row) else { return true }
      let first = Self.value(condition, row, &quick.before)
      let second = Self.value(condition, row, &quick.after)
      if quick.before.cost <= Self.quickLimit, quick.after.cost <= Self.quickLimit { return Self.differ(first, second) }
      guard leads(row) else { return false }
      return Self.differ(Self.value(condition, row, &before), Self.value(condition, row, &after))
    }
    known[condition.fact] = changed
    return changed
  }

  private static func differ(_ old: (value: Value, isAbsorbing: Bool), _ new: (value: Value, isAbsorbing: Bool)) -> Bool
  { old.isAbsorbing || new.isAbsorbing || !old.value.isSame(as: new.value) }

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
