/// Tells how an expression's value for one target differs between two graphs, from what is known to differ between them:
/// lists are not gone through where it suffices to look at the elements that come and go.
///
/// Whatever is told is certain in one direction: where it says that something is the same, it is; what it names as
/// different may be the same after all. An expression is taken apart from the outside; where the ways of a part lead to
/// nothing that changed, the part has the same value; of filters, closures and the like the elements that can differ are
/// told from those of the list that they go through and from the entities for which the condition can differ.
public struct DifferenceFinder {
  private let parts: DifferenceParts
  var source: any DifferenceSource
  private var before: Frame
  private var after: Frame
  /// What the source told, by the part's number.
  private var same: [Int: [Int: Set<Int32>]?] = [:]
  private var elements: [Int: [Int: Set<Int32>]?] = [:]
  /// Lazy variables of the target whose differences were told.
  private var lazies: [Int: ValueDifference] = [:]
  /// How many elements may still be looked at.
  private var budget = 0
  private static let budgetOfTarget = 4_000
  /// What it may cost to go through a list for the elements that matter.
  private static let listLimit = 1_000

  public init(_ parts: DifferenceParts, _ source: any DifferenceSource, before: Graph, after: Graph) {
    self.parts = parts
    self.source = source
    self.before = Frame(graph: before, slotCount: parts.firstLocal)
    self.after = Frame(graph: after, slotCount: parts.firstLocal)
  }

  /// Looks at another target, in slot 0.
  public mutating func begin(_ target: Int32) {
    lazies = [:]
    budget = Self.budgetOfTarget
    reset(.entity(target), &before)
    reset(.entity(target), &after)
  }

  /// - Parameter number: tells the expression from the rule's others.
  /// - Precondition: the target is on both graphs.
  public mutating func difference(of expression: CompiledExpression, _ number: Int) -> ValueDifference {
    difference(expression.node, parts.scope(of: expression, number), [])
  }

  /// The entities in a slot for which an expression may have another value for this target; nil: perhaps all.
  public mutating func rows(in slot: Int, of expression: CompiledExpression, _ number: Int) -> Set<Int32>? {
    rows(slot, parts.part(expression.node, parts.scope(of: expression, number), []), [])
  }

  /// The entities that an expression's value holds for this target on either graph; nil: that is not known, or dear to
  /// find out.
  public mutating func rows(held expression: CompiledExpression, _ number: Int) -> Set<Int32>? {
    let part = parts.part(expression.node, parts.scope(of: expression, number), [])
    guard let old = value(part, [], &before, limit: Self.listLimit)?.heldRows,
      let new = value(part, [], &after, limit: Self.listLimit)?.heldRows
    else { return nil }
    return Set(old).union(new)
  }

  /// Whether an expression is true of the target and each of some entities in a slot, on each graph that holds them.
  ///
  /// - Parameter dependent: the slots of lazy variables whose values depend on what that slot holds.
  public mutating func isTrue(
    _ expression: CompiledExpression, _ number: Int, of rows: Set<Int32>, in slot: Int, _ dependent: [Int]
  ) -> Bool {
    // What was asked before had budgets of its own, and variables may hold that these were spent.
    let target = after.slots[0]
    reset(target, &before)
    reset(target, &after)
    let part = parts.part(expression.node, parts.scope(of: expression, number), [])
    return rows.allSatisfy { row in
      let holds = hold(row)
      return spend(1) && (!holds.before || isTrue(part, slot, row, dependent, &before))
        && (!holds.after || isTrue(part, slot, row, dependent, &after))
    }
  }

  /// Whether an expression that is the same on both graphs is false of the target.
  public mutating func isFalse(_ expression: CompiledExpression, _ number: Int) -> Bool {
    let part = parts.part(expression.node, parts.scope(of: expression, number), [])
    if case .bool(false)? = value(part, [], &after) { return true }
    return false
  }

  private func isTrue(
    _ part: DifferencePart, _ slot: Int, _ row: Int32, _ dependent: [Int], _ frame: inout Frame
  ) -> Bool {
    for other in dependent { frame.slots[other] = .pending }
    frame.slots[slot] = .entity(row)
    return value(part, [], &frame)?.isTrue ?? false
  }

  private func reset(_ target: Value, _ frame: inout Frame) {
    frame.reset(slotCount: parts.firstLocal)
    frame.slots[0] = target
  }

  // MARK: What is in scope

  struct Local {
    let name: String
    let value: Value
  }
  typealias Scope = DifferenceParts.Scope

  func part(_ id: ExprID, _ scope: Scope, _ locals: [Local]) -> DifferencePart {
    parts.part(id, scope, locals.map(\.name))
  }

  func scope(of function: SharedFunction, _ body: CheckedExpression) -> Scope { parts.scope(of: function, body) }

  /// The slot that the next local has.
  func slot(after locals: [Local]) -> Int { parts.firstLocal + locals.count }

  private mutating func told(_ part: DifferencePart) -> [Int: Set<Int32>]? {
    if let known = same[part.serial] { return known }
    let found = source.rows(part, .isSame)
    same[part.serial] = .some(found)
    return found
  }

  private mutating func toldOfElements(_ part: DifferencePart) -> [Int: Set<Int32>]? {
    if let known = elements[part.serial] { return known }
    let found = source.rows(part, .elements)
    elements[part.serial] = .some(found)
    return found
  }

  /// The entities in a slot for which a part may have another value; nil: perhaps all, or what the other slots hold is
  /// the reason.
  mutating func rows(_ slot: Int, _ part: DifferencePart, _ locals: [Local]) -> Set<Int32>? {
    // Where no way ends at what the other slots hold, each ends at this one.
    if let all = told(part), let rows = rows(slot, all, locals) { return rows }
    return toldOfElements(part).flatMap { rows(slot, $0, locals) }
  }

  private func rows(_ slot: Int, _ all: [Int: Set<Int32>], _ locals: [Local]) -> Set<Int32>? {
    for (other, rows) in all where other != slot && mayBeAmong(rows, other, locals) { return nil }
    return all[slot] ?? []
  }

  private func mayBeAmong(_ rows: Set<Int32>, _ slot: Int, _ locals: [Local]) -> Bool {
    if rows.isEmpty { return false }
    let place = slot - parts.firstLocal
    let value: Value
    if place >= 0 {
      guard locals.indices.contains(place) else { return true }
      value = locals[place].value
    } else {
      value = after.slots[slot]
    }
    guard let held = value.heldRows else { return true }
    return held.contains(where: rows.contains)
  }

  private mutating func isSame(_ part: DifferencePart, _ locals: [Local]) -> Bool {
    guard let all = told(part) else { return false }
    for (slot, rows) in all where mayBeAmong(rows, slot, locals) { return false }
    return true
  }

  // MARK: Values

  /// Which of the graphs hold a row.
  func hold(_ row: Int32) -> (before: Bool, after: Bool) {
    (before.graph.members.contains(row), after.graph.members.contains(row))
  }

  func kind(of row: Int32) -> Int { after.graph.kind(of: row) }

  /// The value of a part; nil where it is an error, or hid one.
  mutating func valueBefore(_ part: DifferencePart, _ locals: [Local]) -> Value? { value(part, locals, &before) }
  mutating func valueAfter(_ part: DifferencePart, _ locals: [Local]) -> Value? { value(part, locals, &after) }

  private func value(
    _ part: DifferencePart, _ locals: [Local], _ frame: inout Frame, limit: Int? = nil
  ) -> Value? {
    let count = max(part.slotCount, parts.firstLocal + locals.count)
    if frame.slots.count < count {
      frame.slots.append(contentsOf: repeatElement(.pending, count: count - frame.slots.count))
    }
    for (place, local) in locals.enumerated() { frame.slots[parts.firstLocal + place] = local.value }
    frame.cost = limit.map { max(0, frame.costLimit - $0) } ?? 0
    frame.absorbedError = nil
    let value = part.code(&frame)
    if case .error = value { return nil }
    return frame.absorbedError == nil ? value : nil
  }

  /// The value of a part that is the same on both graphs.
  mutating func sameValue(_ id: ExprID, _ scope: Scope, _ locals: [Local]) -> Value? {
    valueAfter(part(id, scope, locals), locals)
  }

  mutating func spend(_ amount: Int) -> Bool {
    budget -= amount
    return budget >= 0
  }

  // MARK: Nodes

  mutating func difference(_ id: ExprID, _ scope: Scope, _ locals: [Local]) -> ValueDifference {
    if case .constant = scope.checked.resolution(of: id) { return .none }
    guard spend(1) else { return .any }
    if isSame(part(id, scope, locals), locals) { return .none }
    return differenceOfNode(id, scope, locals)
  }

  // Out of line, so that its locals do not stand in every frame of what recurses through it.
  @inline(never)
  private mutating func differenceOfNode(_ id: ExprID, _ scope: Scope, _ locals: [Local]) -> ValueDifference {
    let checked = scope.checked
    switch checked.parsed.tree[id] {
    case .literal: return .none
    case .identifier:
      if case .variable(let variable) = checked.resolution(of: id) { return difference(variable) }
      return .none
    case .select(let operand, _, _, false):
      switch checked.resolution(of: id) {
      case .variable(let variable): return difference(variable)
      case .field(let base, _, let fields): return difference(fields, of: base, scope, locals)
      case .recordField: return difference(operand, scope, locals).isNone ? .none : .any
      default: return .any
      }
    case .call(let name, let receiver, let arguments, _):
      return difference(id, name, (receiver.map { [$0] } ?? []) + arguments, scope, locals)
    case .list(let items):
      if items.contains(where: \.isOptional) { return .any }
      return together(items.map { difference($0.value, scope, locals) }, areLists: true)
    case .macro(let macro): return difference(id, macro, scope, locals)
    case .select, .map, .message, .missing: return .any
    }
  }

  private mutating func difference(_ variable: Environment.Variable) -> ValueDifference {
    switch variable {
    case .constant, .slot: return .none
    case .lazy(let slot, let expression):
      // What depends on an element of `each` is another value for each.
      let isOfTarget = expression.footprint.inputs.isSubset(of: [0])
      if isOfTarget, let known = lazies[slot] { return known }
      let found = difference(expression.node, parts.scope(ofLazy: slot, expression), [])
      if isOfTarget { lazies[slot] = found }
      return found
    case .global, .viewDate: return .any
    }
  }

  private mutating func difference(
    _ fields: [Resolution.KindField], of base: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    guard difference(base, scope, locals).isNone, let value = sameValue(base, scope, locals),
      case .entity(let row) = value
    else { return .any }
    guard let field = fields.first(where: { $0.kind == after.graph.kind(of: row) }) else { return .none }
    return source.difference(of: field.declaration.id, row)
  }

  /// Of lists joined, or written one beside the other.
  func together(_ all: [ValueDifference], areLists: Bool = false) -> ValueDifference {
    var rows: Set<Int32> = []
    var areSame = true
    for difference in all {
      guard let more = difference.elements else { return .any }
      if !difference.isNone { areSame = false }
      rows.formUnion(more)
    }
    if areSame { return .none }
    return areLists ? .nested(rows) : .elements(rows)
  }
}
