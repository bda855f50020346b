extension AccessPathsBuilder {
  mutating func macro(_ id: ExprID, _ macro: SyntaxTree.Macro) -> [Int] {
    switch macro.name {
    case "has": return has(macro.arguments[0])
    case "cel.bind":
      let bound = states(of: macro.arguments[0])
      return with([macro.variables[0].name], bound) { $0.states(of: macro.arguments[1]) }
    case "every":
      guard case .kinds(let kinds) = checked.resolution(of: id) else { return [] }
      return [list(kinds)]
    case "of":
      if case .function(let function) = checked.resolution(of: id) { return call(function, id, macro.arguments) }
    default: break
    }
    guard let receiver = macro.receiver else { return statesOfAll(macro.arguments) }
    let given = states(of: receiver)
    if macro.name == "of" { return only(id, given) }
    if macro.name == "closure" { return closure(id, macro, receiver, given) }
    if let result = keyed(macro, given) { return result }
    return with(macro.variables.map(\.name), given) { $0.loop(macro, given) }
  }

  /// A filter, or `exists`, of which one condition says that a field of the variable is what a slot holds: what comes
  /// after that condition is asked only of entities of which it holds.
  private mutating func keyed(_ macro: SyntaxTree.Macro, _ given: [Int]) -> [Int]? {
    guard macro.name == "filter" || macro.name == "exists", macro.arguments.count == 1, macro.variables.count == 1,
      !given.isEmpty
    else { return nil }
    let variable = macro.variables[0].name
    let conditions = conjuncts(macro.arguments[0])
    guard let place = conditions.firstIndex(where: { key($0, variable) != nil }),
      let (field, slot) = key(conditions[place], variable)
    else { return nil }
    for condition in conditions[...place] { _ = with([variable], given) { $0.states(of: condition) } }
    let state = paths.addState(given.reduce(.empty) { $0.union(paths.kinds[$1]) })
    link(given, to: state)
    paths.keyed.append(AccessPaths.Keyed(state: state, field: field, slot: slot))
    let passed = merged(given.compactMap { ways[$0] })
    if !passed.isEmpty { ways[state] = passed }
    for condition in conditions[(place + 1)...] { _ = with([variable], [state]) { $0.states(of: condition) } }
    return macro.name == "filter" ? [state] : []
  }

  private func conjuncts(_ id: ExprID) -> [ExprID] {
    guard case .call("_&&_", nil, let arguments, _) = checked.parsed.tree[id] else { return [id] }
    return arguments.flatMap { conjuncts($0) }
  }

  /// `v.field == name` or `name in v.field`, where the name stands for what a slot holds.
  private func key(_ id: ExprID, _ variable: String) -> (field: Int32, slot: Int)? {
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
        case .identifier(variable, _) = checked.parsed.tree[base], let slot = exactSlot(of: pair.other)
      else { continue }
      if case .identifier(variable, _) = checked.parsed.tree[pair.other] { continue }
      switch (name, fields[0].declaration.type) {
      case ("_==_", .entity), ("@in", .list(.entity)): return (fields[0].declaration.id, slot)
      default: continue
      }
    }
    return nil
  }

  /// A macro that goes through what its receiver holds; the variables are in scope.
  private mutating func loop(_ macro: SyntaxTree.Macro, _ given: [Int]) -> [Int] {
    if macro.name == "map", macro.arguments.count == 1, isInStep { carriers = union([carriers, given]) }
    let values = macro.arguments.map { states(of: $0) }
    let last = values.last ?? []
    switch macro.name {
    case "all", "exists", "existsOne", "exists_one": return []
    case "filter", "sortBy": return given
    case "map", "transformList", "transformMapEntry", "optMap", "optFlatMap", "countBy": return last
    // Groups have keys, maps those of the map that they were made from.
    case "groupBy", "transformMap": return union([given, last])
    case "pathTo": return passed(given)
    default: return union([given] + values)
    }
  }

  /// Whether a field is recorded: a reading of it that leads nowhere.
  private mutating func has(_ argument: ExprID) -> [Int] {
    if case .field(let base, _, let fields) = checked.resolution(of: argument) {
      let owners = states(of: base)
      _ = read(fields, of: owners, givesValue: false)
    } else if case .select(let operand, _, _, _) = checked.parsed.tree[argument] {
      _ = states(of: operand)
    } else {
      _ = states(of: argument)
    }
    return []
  }

  /// What is of some kinds; a state that has others gives way to one that has not.
  private mutating func only(_ id: ExprID, _ given: [Int]) -> [Int] {
    guard case .kinds(let kinds) = checked.resolution(of: id) else { return given }
    var result: [Int] = []
    for state in given {
      let both = paths.kinds[state].intersection(kinds)
      if both == paths.kinds[state] {
        result.append(state)
      } else if !both.isEmpty {
        let fewer = paths.addState(both)
        link([state], to: fewer)
        result.append(fewer)
      }
    }
    return merged([result])
  }

  /// The step is taken from what it starts at and from whatever it gives.
  private mutating func closure(
    _ id: ExprID, _ macro: SyntaxTree.Macro, _ receiver: ExprID, _ given: [Int]
  ) -> [Int] {
    if macro.arguments.count > 1 { _ = states(of: macro.arguments[1]) }
    let held = checked.type(of: receiver).heldKinds.union(checked.type(of: id).heldKinds)
    let current = paths.addState(held)
    link(given, to: current)
    let outer = (carriers, isInStep)
    (carriers, isInStep) = ([], true)
    let result = with([macro.variables[0].name], [current]) { $0.states(of: macro.arguments[0]) }
    let passed = union([given, carriers])
    (carriers, isInStep) = outer
    link(result, to: current)
    for state in result { ways[state] = union([ways[state] ?? [], passed]) }
    return result
  }
}
