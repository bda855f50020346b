extension AccessPathsBuilder {
  mutating func macro(_ id: ExprID, _ macro: SyntaxTree.Macro, for filter: AccessFilter?) -> [Int] {
    switch macro.name {
    case "has": return has(macro.arguments[0])
    case "cel.bind":
      let bound = states(of: macro.arguments[0])
      let isCertain = isCertain(macro.arguments[0])
      return with([macro.variables[0].name], bound, isCertain: isCertain) { $0.states(of: macro.arguments[1]) }
    case "every":
      guard case .kinds(let kinds) = checked.resolution(of: id) else { return [] }
      return [list(kinds, for: filter)]
    case "of":
      if case .function(let function) = checked.resolution(of: id) { return call(function, id, macro.arguments) }
    default: break
    }
    if let result = selection(macro, for: filter) { return result }
    guard let receiver = macro.receiver else { return statesOfAll(macro.arguments) }
    let given = states(of: receiver, for: macro.name == "of" ? filter : nil)
    if macro.name == "of" { return only(id, given) }
    if macro.name == "closure" { return closure(id, macro, receiver, given) }
    let isCertain = macro.variables.count == 1 && isCertain(receiver)
    return with(macro.variables.map(\.name), given, isCertain: isCertain) { $0.loop(macro, given, for: filter) }
  }

  /// A macro that goes through what its receiver holds; the variables are in scope.
  private mutating func loop(_ macro: SyntaxTree.Macro, _ given: [Int], for filter: AccessFilter?) -> [Int] {
    let isPlainMap = macro.name == "map" && macro.arguments.count == 1
    if isPlainMap, isInStep { carriers = union([carriers, given]) }
    let values = macro.arguments.map { states(of: $0, for: isPlainMap ? filter : nil) }
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

  /// The step is taken from what it starts at and, unless one step is all, from whatever it gives.
  private mutating func closure(
    _ id: ExprID, _ macro: SyntaxTree.Macro, _ receiver: ExprID, _ given: [Int]
  ) -> [Int] {
    if macro.arguments.count > 1 { _ = states(of: macro.arguments[1]) }
    let held = checked.type(of: receiver).heldKinds.union(checked.type(of: id).heldKinds)
    let current = paths.addState(held)
    link(given, to: current)
    let distance = distance(of: given)
    putOff(current, to: distance == .max ? .max : distance + 1)
    let outer = (carriers, isInStep)
    (carriers, isInStep) = ([], true)
    let result = with([macro.variables[0].name], [current], isCertain: true) { $0.states(of: macro.arguments[0]) }
    let passed = union([given, carriers])
    (carriers, isInStep) = outer
    if !isOneStep(macro) { link(result, to: current) }
    for state in result { ways[state] = union([ways[state] ?? [], passed]) }
    return result
  }

  private func isOneStep(_ macro: SyntaxTree.Macro) -> Bool {
    guard macro.arguments.count > 1, case .literal(.int(let steps)) = checked.parsed.tree[macro.arguments[1]] else {
      return false
    }
    return steps <= 1
  }
}
