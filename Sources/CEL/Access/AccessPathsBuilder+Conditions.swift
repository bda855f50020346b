extension AccessPathsBuilder {
  /// What a conjunct of a filter says of the variable.
  private enum Conjunct {
    case plain
    /// A field of the variable is what a slot holds.
    case key(AccessFilter.Key)
    /// It depends on the variable alone.
    case condition(AccessCondition)
  }

  /// A filter or `exists`, conjunct by conjunct: what comes after a condition is asked only of entities of which it
  /// holds, or may hold. Nil: another macro.
  ///
  /// - Parameter outer: what becomes of what is kept, where that is one filter's alone.
  mutating func selection(_ macro: SyntaxTree.Macro, for outer: AccessFilter?) -> [Int]? {
    guard macro.name == "filter" || macro.name == "exists", macro.arguments.count == 1, macro.variables.count == 1,
      let receiver = macro.receiver
    else { return nil }
    let variable = macro.variables[0].name
    let nodes = checked.conjuncts(macro.arguments[0])
    let kinds = checked.type(of: receiver).heldKinds
    var parts: [Conjunct] = []
    var filter = AccessFilter()
    // An error in what is asked first is told whatever the others say.
    var isSure = true
    let isCertain = isCertain(receiver)
    let entities = certain.compactMap { $0.isCertain ? $0.name : nil } + [variable]
    for node in nodes {
      if usesKeys, filter.key == nil, isSure, let key = key(node, variable) {
        filter.key = key
        parts.append(.key(key))
      } else if isSure, let condition = condition(node, over: variable, kinds: kinds) {
        filter.conditions.append(condition.fact)
        parts.append(.condition(condition))
      } else {
        parts.append(.plain)
        isSure = isSure && !checked.mayFail(node, entities)
      }
    }
    let conditions = filter.conditions
    if isSure, let outer {
      filter.conditions += outer.conditions
      filter.key = filter.key ?? outer.key
    }
    let firstStep = paths.steps.count
    let given = states(of: receiver, for: filter == AccessFilter() ? nil : filter)
    // The entity in hand is no help where it is farther off than the list.
    let helps = filter.key.map { distance(of: $0.states) <= distance(of: given) } ?? false
    if let key = filter.key, !helps {
      for place in firstStep..<paths.steps.count where paths.steps[place].filter?.key == key {
        paths.steps[place].filter?.key = nil
      }
    }
    if given.isEmpty {
      for node in nodes { _ = with([variable], [], isCertain: isCertain) { $0.states(of: node) } }
      return []
    }
    var current = given
    var asked = 0
    for (node, part) in zip(nodes, parts) {
      switch part {
      case .plain: _ = with([variable], current, isCertain: isCertain) { $0.states(of: node) }
      case .key(let key):
        _ = with([variable], current, isCertain: isCertain) { $0.states(of: node) }
        if !helps { continue }
        let state = kept(current)
        paths.keyed.append(AccessPaths.Keyed(state: state, key: key))
        // Whatever leads there leads past the entity in hand.
        distances[state] = distance(of: key.states)
        current = [state]
      case .condition(let condition):
        ask(condition, of: current)
        asked += 1
        let state = kept(current)
        paths.kept.append(AccessPaths.Kept(state: state, conditions: Array(conditions[..<asked])))
        current = [state]
      }
    }
    return macro.name == "filter" ? current : []
  }

  /// A new state for some of what is in others.
  private mutating func kept(_ states: [Int]) -> Int {
    let state = paths.addState(states.reduce(.empty) { $0.union(paths.kinds[$1]) })
    link(states, to: state)
    let passed = merged(states.compactMap { ways[$0] })
    if !passed.isEmpty { ways[state] = passed }
    return state
  }

  /// A reading of a condition's value.
  private mutating func ask(_ condition: AccessCondition, of owners: [Int]) {
    for owner in owners {
      paths.steps.append(AccessPaths.Step(from: owner, field: condition.fact, to: nil, context: context))
    }
  }

  // MARK: Conditions

  /// The call of a shared function of one entity, whose value holds none.
  mutating func condition(_ function: SharedFunction, _ body: CheckedExpression, of owners: [Int]) -> Bool {
    guard let parameter = function.parameters.first, function.parameters.count == 1, !owners.isEmpty,
      case .entity(let kinds) = parameter.type, keepsConditionsApart
    else { return false }
    let key = BodyKey(name: function.name, text: body.parsed.text, context: context)
    let known: AccessCondition?
    if let made = functionConditions[key] {
      known = made
    } else {
      known = condition(body.parsed.tree.root, of: body, over: parameter.name, kinds: kinds)
      functionConditions[key] = .some(known)
    }
    guard let known else { return false }
    ask(known, of: owners)
    return true
  }

  private mutating func condition(_ id: ExprID, over variable: String, kinds: KindSet) -> AccessCondition? {
    condition(id, of: checked, over: variable, kinds: kinds)
  }

  private mutating func condition(
    _ id: ExprID, of checked: CheckedExpression, over variable: String, kinds: KindSet
  ) -> AccessCondition? {
    guard keepsConditionsApart, !kinds.isEmpty, nodeCount < Self.separateNodes,
      checked.type(of: id).heldKinds.isEmpty, checked.isClosed(id, [variable])
    else { return nil }
    let expression = CompiledExpression(id, of: checked, over: variable)
    // Which defaults were read is told beside the value.
    guard expression.dependence.readsGraph, !expression.dependence.readsTraced else { return nil }
    var inner = AccessPathsBuilder(usesConditions: true)
    inner.nodeCount = nodeCount
    let state = inner.bind(0, kinds: kinds)
    inner.within(checked, [(variable, [state])]) { builder in
      builder.certain = [(variable, true)]
      _ = builder.states(of: id)
    }
    nodeCount = inner.nodeCount
    guard inner.paths.listed.isEmpty, inner.paths.globals.isEmpty, inner.paths.readsGlobals.isEmpty else { return nil }
    paths.readsDate = paths.readsDate || inner.paths.readsDate
    let condition = AccessCondition(
      expression, inner.paths, of: kinds, mayFail: checked.mayFail(id, [variable]))
    paths.conditions[condition.fact] = condition
    return condition
  }

  // MARK: Conjuncts

  /// `v.field == name` or `name in v.field`, where the name stands for an entity in hand.
  private mutating func key(_ id: ExprID, _ variable: String) -> AccessFilter.Key? {
    guard case .call(let name, nil, let arguments, _) = checked.parsed.tree[id], arguments.count == 2 else {
      return nil
    }
    let pairs: [(field: ExprID, other: ExprID)]
    switch name {
    case "_==_": pairs = [(arguments[0], arguments[1]), (arguments[1], arguments[0])]
    case "@in": pairs = [(arguments[1], arguments[0])]
    default: return nil
    }
    for pair in pairs {
      guard case .field(let base, _, let fields) = checked.resolution(of: pair.field), fields.count == 1,
        case .identifier(variable, _) = checked.parsed.tree[base]
      else { continue }
      if case .identifier(variable, _) = checked.parsed.tree[pair.other] { continue }
      switch (name, fields[0].declaration.type) {
      case ("_==_", .entity), ("@in", .list(.entity)):
        guard let states = entityInHand(pair.other), !states.isEmpty else { continue }
        return AccessFilter.Key(field: fields[0].declaration.id, states: states)
      default: continue
      }
    }
    return nil
  }
}

extension CheckedExpression {
  /// The operands of conjunctions, in order.
  func conjuncts(_ id: ExprID) -> [ExprID] {
    guard case .call("_&&_", nil, let arguments, _) = parsed.tree[id] else { return [id] }
    return arguments.flatMap { conjuncts($0) }
  }

  /// Whether a node depends on nothing but some names, constants, the date and the graph as it is there.
  fileprivate func isClosed(_ id: ExprID, _ names: [String]) -> Bool {
    switch parsed.tree[id] {
    case .literal, .missing: return true
    case .identifier(let name, _):
      switch resolution(of: id) {
      case .local: return names.contains { $0.hasSameBytes(as: name) }
      case .variable(let variable): return variable.isFixed
      case .constant, .kinds: return true
      case .none, .field, .recordField, .function, .shared: return false
      }
    case .select(let operand, _, _, _):
      switch resolution(of: id) {
      case .variable(let variable): return variable.isFixed
      case .constant: return true
      case .none, .local, .field, .recordField, .function, .shared, .kinds: return isClosed(operand, names)
      }
    case .call(_, let receiver, let arguments, _):
      switch resolution(of: id) {
      case .constant: return true
      case .function(let function): if case .deferred = function.body { return false }
      case .shared(let function, let body):
        if !body.isClosed(body.parsed.tree.root, function.parameters.map(\.name)) { return false }
      case .none, .variable, .local, .field, .recordField, .kinds: break
      }
      return (receiver.map { isClosed($0, names) } ?? true) && arguments.allSatisfy { isClosed($0, names) }
    case .list(let items): return items.allSatisfy { isClosed($0.value, names) }
    case .map(let entries): return entries.allSatisfy { isClosed($0.key, names) && isClosed($0.value, names) }
    case .message(_, let fields): return fields.allSatisfy { isClosed($0.value, names) }
    case .macro(let macro):
      if macro.name == "every" { return false }
      if macro.name == "of" { return macro.receiver.map { isClosed($0, names) } ?? false }
      let inner = names + macro.variables.map(\.name)
      return (macro.receiver.map { isClosed($0, names) } ?? true)
        && macro.arguments.allSatisfy { isClosed($0, inner) }
    }
  }

  /// False for recorded fields, and what comparing and combining them gives.
  ///
  /// - Parameter entities: names in scope that hold an entity, never an error.
  func mayFail(_ id: ExprID, _ entities: [String]) -> Bool {
    if case .constant = resolution(of: id) { return false }
    switch parsed.tree[id] {
    case .literal: return false
    case .identifier(let name, _):
      switch resolution(of: id) {
      case .variable(.lazy): return true
      case .local: return !entities.contains { $0.hasSameBytes(as: name) }
      default: return false
      }
    case .select(_, _, _, false):
      if case .variable(let variable) = resolution(of: id) {
        if case .lazy = variable { return true }
        return false
      }
      guard case .field(let base, _, let fields) = resolution(of: id) else { return true }
      return mayFail(base, entities)
        || fields.contains(where: \.declaration.mayFail)
    case .call(let name, nil, let arguments, _):
      if arguments.contains(where: { mayFail($0, entities) }) { return true }
      if case .shared(let function, let body) = resolution(of: id) {
        return body.mayFail(body.parsed.tree.root, function.parameters.map(\.name))
      }
      if case .function(let function) = resolution(of: id), function.fact != nil { return false }
      return !["_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"].contains(name)
    case .macro(let macro):
      guard ["exists", "filter", "all", "has"].contains(macro.name) else { return true }
      return (macro.receiver.map { mayFail($0, entities) } ?? false)
        || macro.arguments.contains { mayFail($0, entities + macro.variables.map(\.name)) }
    case .list(let items): return items.contains { mayFail($0.value, entities) }
    default: return true
    }
  }
}

extension Environment.Variable {
  /// Whether it is the same for every target.
  fileprivate var isFixed: Bool {
    switch self {
    case .constant, .viewDate: true
    case .slot, .lazy, .global: false
    }
  }
}
