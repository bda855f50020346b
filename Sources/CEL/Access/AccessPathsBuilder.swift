/// Gathers the access paths of the expressions of one target: of a rule's condition, its generators, what it requires.
///
/// The value of an expression is taken for no more than the states that the entities in it may be in, at any depth.
/// Slots are bound before an expression is added that reads them, itself or through a lazy variable: lazy variables are
/// analysed once.
public struct AccessPathsBuilder: Sendable {
  public internal(set) var paths = AccessPaths()
  /// By slot, ascending states.
  private var slots: [Int: [Int]] = [:]
  private var unboundSlots: [SlotKey: Int] = [:]
  private var lazies: [SlotKey: [Int]] = [:]
  /// The expression that is being analysed, and the names in scope with the states of what they stand for.
  var checked = CheckedExpression(
    parsed: ParsedExpression(text: [], tree: SyntaxTree(), problems: []), types: [], resolutions: [], type: .error,
    problems: [])
  var locals: [(name: String, states: [Int])] = []
  /// Names in scope, and whether each stands for an entity, or a list of nothing else, whatever is recorded.
  var certain: [(name: String, isCertain: Bool)] = []
  /// The slots of which the same is known.
  private var certainSlots: Set<Int> = []
  /// How far off the entities of a state are: how many closures lie between them and what is bound, `.max` where a way to
  /// them begins at no slot. Left out: 0.
  var distances: [Int: Int] = [:]
  /// Where what is being analysed will be evaluated.
  var context = 0
  /// By state that a closure's result is in: the further states of what a way to it can pass and be carried by.
  var ways: [Int: [Int]] = [:]
  /// Inside a closure's step: the states of what the step may pass on its way to its result.
  var carriers: [Int] = []
  var isInStep = false
  var nodeCount = 0
  /// Whether parts that depend on one entity alone are kept apart. Whoever walks the ways must be able to evaluate these.
  var usesConditions = true
  /// Whether they are kept apart wherever the expression looks: whoever walks the ways tells of no day alone what they are.
  private let isTimeless: Bool
  /// Whether a way back from what a filter keeps ends at the entity that it is kept for, and not at the filter's list.
  var usesKeys = true
  /// Whether a slot that was not bound is a start, and not every entity of its type.
  private var bindsSlots = false
  /// Those of shared functions; nil: the function is none.
  var functionConditions: [BodyKey: AccessCondition?] = [:]
  private var bodies: [BodyKey: Body] = [:]

  /// Nodes beyond which the calls of a shared function are taken together: one by one, calls within calls multiply.
  static let separateNodes = 20_000
  /// More states than this are made one: expressions of many places would else take quadratic time.
  private static let stateLimit = 64

  private struct SlotKey: Hashable {
    let slot: Int
    let context: Int
  }

  struct BodyKey: Hashable {
    let name: String
    let text: [UInt8]
    let context: Int
  }

  /// A shared function's body, for several calls at once.
  private struct Body {
    /// For each parameter that can hold entities the state of these, and that of what ways to them pass.
    var parameters: [(state: Int, passed: Int)?]
    var result: [Int]
    var carriers: [Int]
  }

  /// - Parameters:
  ///   - usesConditions: whether parts that depend on one entity alone are told by their own ways.
  ///   - isTimeless: also of what is read on other graphs and days.
  public init(usesConditions: Bool = false, isTimeless: Bool = false) {
    self.usesConditions = usesConditions
    self.isTimeless = isTimeless
  }

  /// Whether parts can be kept apart where the analysis is.
  var keepsConditionsApart: Bool { usesConditions && (context == 0 || isTimeless) }

  // MARK: What is bound and added

  /// Binds a slot to entities of some kinds and gives the state that these are in, a new one.
  @discardableResult
  public mutating func bind(_ slot: Int, kinds: KindSet) -> Int {
    let state = paths.addState(kinds)
    paths.starts.append(AccessPaths.Start(slot: slot, state: state))
    slots[slot] = [state]
    certainSlots.insert(slot)
    return state
  }

  /// Binds a slot to the elements of the list that an expression gives, and gives the states that these are in.
  @discardableResult
  public mutating func bind(_ slot: Int, toElementsOf list: CompiledExpression) -> [Int] {
    let states = union([add(list)])
    slots[slot] = states
    if within(list.source, [], { $0.isCertain(list.node) }) { certainSlots.insert(slot) }
    return states
  }

  /// Analyses an expression and gives the states, ascending, of all entities that its value may hold or be.
  ///
  /// Linear in the nodes of the expression and of the shared functions and lazy variables that it calls, each counted as
  /// often as it is called, up to a limit.
  @discardableResult
  public mutating func add(_ expression: CompiledExpression) -> [Int] {
    bodies = [:]
    return within(expression.source, []) { $0.states(of: expression.node) }
  }

  /// Analyses an expression whose slot 0 holds entities of some kinds, under another number of the slot: several such
  /// expressions can stand in one automaton.
  public mutating func addApart(_ expression: CompiledExpression, slot: Int, kinds: KindSet) -> [Int] {
    let saved = slots
    let state = bind(slot, kinds: kinds)
    slots[0] = [state]
    defer { slots = saved }
    return add(expression)
  }

  /// Analyses a part of an expression, with a start for each slot that it reads, locals' included.
  mutating func add(_ node: ExprID, of checked: CheckedExpression, locals: [(name: String, slot: Int)]) {
    bindsSlots = true
    let names = locals.map { local in (name: local.name, states: [bind(local.slot, kinds: .all)]) }
    within(checked, names) { builder in
      builder.certain = locals.map { ($0.name, true) }
      _ = builder.states(of: node)
    }
  }

  // MARK: Sets of states

  /// Everything in either, ascending; one new state for too many.
  func merged(_ sets: [[Int]]) -> [Int] {
    var result: [Int] = []
    for set in sets where !set.isEmpty && set != result {
      if result.isEmpty { result = set } else { result += set }
    }
    if zip(result, result.dropFirst()).allSatisfy({ $0 < $1 }) { return result }
    result.sort()
    var kept: [Int] = []
    for state in result where state != kept.last { kept.append(state) }
    return kept
  }

  mutating func union(_ sets: [[Int]]) -> [Int] {
    let states = merged(sets)
    guard states.count > Self.stateLimit else { return states }
    let one = paths.addState(states.reduce(.empty) { $0.union(paths.kinds[$1]) })
    link(states, to: one)
    let passed = merged(states.compactMap { ways[$0] })
    if !passed.isEmpty { ways[one] = union([passed]) }
    return [one]
  }

  mutating func link(_ states: [Int], to state: Int) {
    for source in states where source != state { paths.links.append(AccessPaths.Link(from: source, to: state)) }
    putOff(state, to: distance(of: states))
  }

  /// The distance of what is in some states.
  func distance(of states: [Int]) -> Int { states.reduce(0) { max($0, distances[$1] ?? 0) } }

  mutating func putOff(_ state: Int, to distance: Int) {
    if distance > distances[state] ?? 0 { distances[state] = distance }
  }

  /// Those of the states that what a type can hold may be in.
  func restricted(_ states: [Int], to type: ValueType) -> [Int] {
    let held = type.heldKinds
    if held.isEmpty { return [] }
    return states.allSatisfy { meets($0, held) } ? states : states.filter { meets($0, held) }
  }

  // MARK: Nodes

  /// The states of what a node's value may hold.
  ///
  /// - Parameter filter: what becomes of its elements, where it is the list that one filter goes through.
  mutating func states(of id: ExprID, for filter: AccessFilter? = nil) -> [Int] {
    nodeCount += 1
    if case .constant(let value) = checked.resolution(of: id) { return constant(value, checked.type(of: id)) }
    let states = statesOfNode(id, for: filter)
    return states.isEmpty ? [] : restricted(states, to: checked.type(of: id))
  }

  // Out of line, so that its locals do not stand in every frame of what recurses through it.
  @inline(never)
  private mutating func statesOfNode(_ id: ExprID, for filter: AccessFilter?) -> [Int] {
    switch checked.parsed.tree[id] {
    case .literal, .missing: return []
    case .identifier(let name, _):
      if case .variable(let variable) = checked.resolution(of: id) { return states(of: variable) }
      return locals.last { $0.name.hasSameBytes(as: name) }?.states ?? []
    case .select(let operand, _, _, _):
      switch checked.resolution(of: id) {
      case .variable(let variable): return states(of: variable)
      case .field(let base, _, let fields): return read(fields, of: states(of: base), for: filter)
      case .none, .local, .recordField, .function, .shared, .constant, .kinds: return states(of: operand)
      }
    case .call(let name, let receiver, let arguments, _): return call(id, name, receiver, arguments, for: filter)
    case .list(let items):
      return statesOfAll(items.map(\.value), for: filter)
    case .map(let entries): return statesOfAll(entries.map(\.key) + entries.map(\.value))
    case .message(_, let fields): return statesOfAll(fields.map(\.value))
    case .macro(let macro): return self.macro(id, macro, for: filter)
    }
  }

  mutating func statesOfAll(_ ids: [ExprID], for filter: AccessFilter? = nil) -> [Int] {
    var sets: [[Int]] = []
    for id in ids {
      let states = states(of: id, for: filter)
      if !states.isEmpty { sets.append(states) }
    }
    return union(sets)
  }

  /// A reading of a field: of each kind that has it.
  mutating func read(
    _ fields: [Resolution.KindField], of owners: [Int], givesValue: Bool = true, for filter: AccessFilter? = nil
  ) -> [Int] {
    if owners.isEmpty { return [] }
    var readings: [(id: Int32, kinds: KindSet, held: KindSet)] = []
    for field in fields {
      let held = givesValue ? field.declaration.type.heldKinds : .empty
      if let known = readings.firstIndex(where: { $0.id == field.declaration.id }) {
        readings[known].kinds.insert(field.kind)
        readings[known].held = readings[known].held.union(held)
      } else {
        readings.append((field.declaration.id, KindSet(CollectionOfOne(field.kind)), held))
      }
    }
    var held = KindSet.empty
    for reading in readings where owners.contains(where: { meets($0, reading.kinds) }) {
      held = held.union(reading.held)
    }
    let target = held.isEmpty ? nil : paths.addState(held)
    if let target { putOff(target, to: distance(of: owners)) }
    for owner in owners {
      for reading in readings where meets(owner, reading.kinds) {
        let to = reading.held.isEmpty ? nil : target
        paths.steps.append(AccessPaths.Step(from: owner, field: reading.id, to: to, context: context, filter: filter))
      }
    }
    return target.map { [$0] } ?? []
  }

  private func meets(_ state: Int, _ kinds: KindSet) -> Bool { !paths.kinds[state].intersection(kinds).isEmpty }

  // MARK: Names

  private mutating func states(of variable: Environment.Variable) -> [Int] {
    switch variable {
    case .slot(let slot, let type):
      if let bound = slots[slot] { return bound }
      let held = type.heldKinds
      if held.isEmpty { return [] }
      if bindsSlots { return [bind(slot, kinds: held)] }
      let key = SlotKey(slot: slot, context: context)
      if let known = unboundSlots[key] { return [known] }
      let state = list(held)
      unboundSlots[key] = state
      return [state]
    case .lazy(let slot, let expression):
      let key = SlotKey(slot: slot, context: context)
      if let known = lazies[key] { return known }
      let states = within(expression.source, []) { $0.states(of: expression.node) }
      lazies[key] = states
      return states
    case .constant(let value, let type): return constant(value, type)
    case .global(let index, let type):
      paths.readsGlobals.insert(index)
      let held = type.heldKinds
      if held.isEmpty { return [] }
      let state = paths.addState(held)
      putOff(state, to: .max)
      paths.globals.append(AccessPaths.Global(state: state, index: index, context: context))
      return [state]
    case .viewDate:
      paths.readsDate = true
      return []
    }
  }

  private mutating func constant(_ value: Value, _ type: ValueType) -> [Int] {
    let held = type.heldKinds
    if held.isEmpty { return [] }
    var rows: [Int32] = []
    value.gatherRows(&rows)
    if rows.isEmpty { return [] }
    let state = paths.addState(held)
    putOff(state, to: .max)
    rows.sort()
    for (index, row) in rows.enumerated() where index == 0 || rows[index - 1] != row {
      paths.literals.append(AccessPaths.Literal(state: state, row: row))
    }
    return [state]
  }

  /// A new state that all entities of some kinds are in.
  ///
  /// - Parameter filter: what becomes of them, where they are gone through by one filter alone.
  mutating func list(_ kinds: KindSet, for filter: AccessFilter? = nil) -> Int {
    let state = paths.addState(kinds)
    putOff(state, to: .max)
    paths.listed.append(
      AccessPaths.Listed(
        state: state, kinds: kinds, context: context, conditions: keepsConditionsApart ? filter?.conditions ?? [] : []))
    return state
  }

  /// The states of the entity that a name stands for, where it stands for one whatever is recorded.
  mutating func entityInHand(_ id: ExprID) -> [Int]? {
    guard case .identifier(let name, _) = checked.parsed.tree[id], isCertain(id), case .entity = checked.type(of: id)
    else { return nil }
    if case .variable(let variable) = checked.resolution(of: id) { return states(of: variable) }
    return locals.last { $0.name.hasSameBytes(as: name) }?.states
  }

  /// Whether a slot holds an entity, or a list of nothing else, whatever is recorded.
  func isCertain(slot: Int) -> Bool { bindsSlots || certainSlots.contains(slot) }

  // MARK: Scopes

  /// Analyses another expression with names of its own.
  mutating func within<T>(
    _ expression: CheckedExpression, _ names: [(name: String, states: [Int])], _ body: (inout Self) -> T
  ) -> T {
    let outer = (checked, locals, certain)
    (checked, locals, certain) = (expression, names, [])
    defer { (checked, locals, certain) = outer }
    return body(&self)
  }

  /// - Parameter isCertain: whether what the names stand for is an entity, or a list of nothing else, whatever is recorded.
  mutating func with<T>(
    _ names: [String], _ states: [Int], isCertain: Bool, _ body: (inout Self) -> T
  ) -> T {
    for name in names {
      locals.append((name, states))
      certain.append((name, isCertain))
    }
    defer {
      locals.removeLast(names.count)
      certain.removeLast(names.count)
    }
    return body(&self)
  }

  // MARK: Shared functions

  mutating func call(_ function: SharedFunction, _ body: CheckedExpression, _ arguments: [ExprID]) -> [Int] {
    let given = arguments.map { states(of: $0) }
    if given.count == 1, condition(function, body, of: given[0]) { return [] }
    if nodeCount < Self.separateNodes {
      let names = zip(function.parameters, given).map { (name: $0.name, states: $1) }
      let certain = zip(function.parameters, arguments).map { (name: $0.name, isCertain: isCertain($1)) }
      return within(body, names) { builder in
        builder.certain = certain
        return builder.states(of: body.parsed.tree.root)
      }
    }
    let one = self.body(of: function, body)
    for (states, parameter) in zip(given, one.parameters) {
      guard let parameter else { continue }
      link(states, to: parameter.state)
      link(merged(states.compactMap { ways[$0] }), to: parameter.passed)
    }
    if isInStep { carriers = union([carriers, one.carriers]) }
    return one.result
  }

  private mutating func body(of function: SharedFunction, _ body: CheckedExpression) -> Body {
    let key = BodyKey(name: function.name, text: body.parsed.text, context: context)
    if let known = bodies[key] { return known }
    var parameters: [(state: Int, passed: Int)?] = []
    var names: [(name: String, states: [Int])] = []
    for parameter in function.parameters {
      let held = parameter.type.heldKinds
      guard !held.isEmpty else {
        parameters.append(nil)
        names.append((parameter.name, []))
        continue
      }
      let (state, passed) = (paths.addState(held), paths.addState(.all))
      ways[state] = [passed]
      parameters.append((state, passed))
      names.append((parameter.name, [state]))
    }
    let outer = (carriers, isInStep)
    (carriers, isInStep) = ([], true)
    let result = within(body, names) { $0.states(of: body.parsed.tree.root) }
    let found = Body(parameters: parameters, result: result, carriers: carriers)
    (carriers, isInStep) = outer
    bodies[key] = found
    return found
  }
}
