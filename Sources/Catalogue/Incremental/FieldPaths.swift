internal import CEL

/// The access paths of expressions, with those of derived fields in the place of these where nothing else tells from
/// which rows such a field leads to a row.
///
/// A class: thousands of places ask it.
final class FieldPaths: Sendable {
  let paths: AccessPaths
  /// Whether all ways are here; else whatever changes can concern every target.
  let isComplete: Bool
  /// Kinds that are listed whole, be anything read of their rows or not.
  let listings: KindSet
  /// Kinds of which those are listed that meet conditions.
  let filteredListings: [(kinds: KindSet, conditions: [Condition])]
  /// The steps that read a field, by field.
  let readings: [Int32: [Reading]]
  /// The steps and links that end in a state. Of a field in whose place its definition stands that tells the way.
  let stepsInto: [[AccessPaths.Step]]
  let linksInto: [[Int]]
  let jumpsInto: [[AccessPaths.Jump]]
  /// Whether the target is in a state, by state; whether ways to other entities than targets may begin in one.
  private let isStart: [Bool]
  private let isWayIn: [Bool]
  /// What a filter's condition says of a state's entities, by state.
  let keys: [Int: AccessFilter.Key]
  let kept: [Int: [Condition]]
  /// Conditions of one entity each, whose values are read like facts, with their ways; each after those that it asks.
  let conditions: [Condition]
  /// Whether something is read at other dates, or in another view.
  let looksElsewhere: Bool
  /// Whether an expression looks at other dates through derived fields that differ from day to day, those aside in whose
  /// place their definitions stand: which edges there were then, the graphs at hand do not tell.
  let isCoarse: Bool
  /// Whether it looks elsewhere through such fields of whatever sort: these differ between days where changes come into
  /// effect.
  let readsDerivedElsewhere: Bool

  /// A step that reads a field, from a state; of a list that is read for a filter alone what that says of its elements.
  struct Reading: Sendable {
    let from: Int
    let filter: (conditions: [Condition], key: AccessFilter.Key?)?
  }

  final class Condition: Sendable {
    let fact: Int32
    let expression: CompiledExpression
    let paths: FieldPaths
    let kinds: KindSet
    let mayFail: Bool

    init(_ condition: AccessCondition, _ paths: FieldPaths) {
      fact = condition.fact
      expression = condition.expression
      self.paths = paths
      kinds = condition.kinds
      mayFail = condition.mayFail
    }
  }

  /// - Parameter isOtherDay: whether everything is read on another day than the graph's.
  init(_ paths: AccessPaths, _ definitions: Definitions, isOtherDay: Bool = false) {
    var all = paths
    isComplete = definitions.expand(&all) { isOtherDay || Self.isOtherDay($0, $1) }
    listings = all.listed.reduce(.empty) { $1.conditions.isEmpty ? $0.union($1.kinds) : $0 }
    let whole = all.reduced()
    self.paths = whole
    // In the base things are as they are, only without the initiative: its facts differ from nobody's.
    let elsewhere = whole.steps.filter { isOtherDay || Self.isOtherDay(whole, $0.context) }
    looksElsewhere = !elsewhere.isEmpty
    readsDerivedElsewhere = elsewhere.contains { definitions.isUntold($0.field) }
    isCoarse = elsewhere.contains { definitions.isUntold($0.field) && definitions.isDated($0.field) }
    conditions = whole.conditions.sorted { $0.key > $1.key }.map { _, condition in
      Condition(condition, FieldPaths(condition.paths, definitions, isOtherDay: isOtherDay))
    }
    let byFact = Dictionary(conditions.map { ($0.fact, $0) }, uniquingKeysWith: { first, _ in first })
    filteredListings = all.listed.filter { !$0.conditions.isEmpty }.map {
      ($0.kinds, $0.conditions.compactMap { byFact[$0] })
    }
    var readings: [Int32: [Reading]] = [:]
    var stepsInto = [[AccessPaths.Step]](repeating: [], count: whole.kinds.count)
    for step in whole.steps {
      let filter = step.filter.map { (conditions: $0.conditions.compactMap { byFact[$0] }, key: $0.key) }
      readings[step.field, default: []].append(Reading(from: step.from, filter: filter))
      if let to = step.to, !(isComplete && definitions.isExpanded(step.field)) { stepsInto[to].append(step) }
    }
    var linksInto = [[Int]](repeating: [], count: whole.kinds.count)
    for link in whole.links { linksInto[link.to].append(link.from) }
    keys = Dictionary(whole.keyed.map { ($0.state, $0.key) }, uniquingKeysWith: { first, _ in first })
    kept = Dictionary(
      whole.kept.map { ($0.state, $0.conditions.compactMap { byFact[$0] }) }, uniquingKeysWith: { first, _ in first })
    var jumpsInto = [[AccessPaths.Jump]](repeating: [], count: whole.kinds.count)
    for jump in whole.jumps { jumpsInto[jump.to].append(jump) }
    var (isStart, isWayIn) = (whole.kinds.map { _ in false }, whole.kinds.map { _ in false })
    for start in whole.starts { isStart[start.state] = true }
    for state in whole.listed.map(\.state) + whole.literals.map(\.state) + whole.globals.map(\.state) {
      isWayIn[state] = true
    }
    (self.isStart, self.isWayIn) = (isStart, isWayIn)
    self.jumpsInto = jumpsInto
    self.readings = readings
    self.stepsInto = stepsInto
    self.linksInto = linksInto
  }
}

extension FieldPaths {
  /// The slots whose entities are in a state.
  func slots(_ state: Int) -> [Int] {
    isStart[state] ? paths.starts.filter { $0.state == state }.map(\.slot) : []
  }

  /// Whether every target may come to a row in a state.
  func isWayIn(_ row: Int32, ofKind kind: Int, _ state: Int) -> Bool {
    isWayIn[state]
      && (paths.listed.contains { $0.state == state && $0.kinds.contains(kind) }
        || paths.literals.contains { $0.state == state && $0.row == row }
        || paths.globals.contains { $0.state == state })
  }

  private static func isOtherDay(_ paths: AccessPaths, _ context: Int) -> Bool {
    !ViewFunctions.ofOtherDays.isDisjoint(with: paths.contexts[context])
  }
}
