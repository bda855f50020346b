internal import Diagnostics

extension Checker {
  mutating func checkMacro(_ id: ExprID, _ macro: SyntaxTree.Macro, expecting: ValueType?) -> ValueType {
    switch macro.name {
    case "has": return checkHas(macro)
    case "cel.bind":
      let bound = check(macro.arguments[0])
      return scoped([(macro.variables[0].name, bound)]) { $0.check(macro.arguments[1], expecting: expecting) }
    case "every": return checkEvery(id, macro)
    case "optMap", "optFlatMap": return checkOptionalMap(macro)
    case "of" where isOptionalOf(macro):
      guard let function = function(named: "optional.of") else { return .error }
      return checkOverloads(
        id, function, display: function.name, isMember: false, macro.arguments, macro.nameRange, expecting: expecting)
    default: break
    }
    guard let receiver = macro.receiver else { return .error }
    let list = check(receiver)
    switch macro.name {
    case "of": return checkOf(id, macro, list)
    case "closure": return checkClosure(id, macro, list)
    case "pathTo": return checkPathTo(macro, list)
    default: return checkLoop(id, macro, list)
    }
  }

  /// `optional.of(x)`, which has the shape of `list.of(kind)`.
  func isOptionalOf(_ macro: SyntaxTree.Macro) -> Bool {
    guard macro.name == "of", let receiver = macro.receiver,
      case .identifier("optional", let isAbsolute) = tree[receiver]
    else { return false }
    return environment.variables["optional"] == nil && (isAbsolute || !scopes.contains { $0.name == "optional" })
  }

  private mutating func scoped<T>(_ variables: [(name: String, type: ValueType)], _ body: (inout Checker) -> T) -> T {
    scopes += variables
    defer { scopes.removeLast(variables.count) }
    return body(&self)
  }

  private mutating func checkHas(_ macro: SyntaxTree.Macro) -> ValueType {
    let type = check(macro.arguments[0])
    if case .variable = resolutions[Int(macro.arguments[0].index)] {
      report("has-of-name", "`has` asks whether a field is recorded, and this is a name", at: macro.arguments[0])
    }
    _ = type
    return .bool
  }

  private mutating func checkEvery(_ id: ExprID, _ macro: SyntaxTree.Macro) -> ValueType {
    guard let kinds = kindsNamed(macro.arguments[0], in: "every") else { return .error }
    resolve(id, .kinds(kinds))
    return .list(.entity(kinds))
  }

  /// The kinds that the argument of `every` or `of` names.
  private mutating func kindsNamed(_ id: ExprID, in macro: String) -> KindSet? {
    guard case .identifier(let name, _) = tree[id], let host = environment.host else {
      report("kind-wanted", "`\(macro)` takes the name of a kind", at: id)
      return nil
    }
    if let kinds = host.kinds(named: name) {
      types[Int(id.index)] = .type(.entity(kinds))
      return kinds
    }
    let near = suggestion(for: name, among: host.kindNames)
    report("unknown-kind", "there is no kind `\(name)`", at: id, notes: [near].compactMap { $0 })
    return nil
  }

  private mutating func checkOf(_ id: ExprID, _ macro: SyntaxTree.Macro, _ list: ValueType) -> ValueType {
    guard let kinds = kindsNamed(macro.arguments[0], in: "of") else { return .error }
    guard list != .error else { return .list(.entity(kinds)) }
    guard case .entity(let given)? = list.elementType else {
      report("wrong-type", "`of` picks entities from a list, and this is \(described(list))", range: macro.nameRange)
      return .error
    }
    let both = given.intersection(kinds)
    if both.isEmpty {
      report(
        "never", "this list holds \(described(.entity(given))), so nothing in it is a \(described(.entity(kinds)))",
        at: macro.arguments[0])
      return .error
    }
    resolve(id, .kinds(kinds))
    return .list(.entity(both))
  }

  private mutating func checkOptionalMap(_ macro: SyntaxTree.Macro) -> ValueType {
    guard let receiver = macro.receiver else { return .error }
    let type = check(receiver)
    var inner: ValueType
    switch type {
    case .optional(let wrapped): inner = wrapped
    case .dyn, .error: inner = type
    default:
      inner = substitution.fresh()
      if case .variable = type, substitution.assign(type, to: .optional(inner)) { break }
      report("wrong-type", "`\(macro.name)` needs an optional, and this is \(described(type))", at: receiver)
      inner = .error
    }
    let result = scoped([(macro.variables[0].name, inner)]) { $0.check(macro.arguments[0]) }
    if macro.name == "optMap" { return .optional(result) }
    if case .optional = result { return result }
    // What the body gives is not wrapped: of a dyn value nobody knows whether it is an optional.
    if result == .dyn || result == .error { return result }
    let wanted = ValueType.optional(substitution.fresh())
    if case .variable = result, substitution.assign(result, to: wanted) { return wanted }
    report(
      "wrong-type", "`optFlatMap` needs an optional here, and this is \(described(result))", at: macro.arguments[0])
    return .error
  }

  // MARK: Walking

  private mutating func checkClosure(_ id: ExprID, _ macro: SyntaxTree.Macro, _ start: ValueType) -> ValueType {
    if macro.arguments.count == 2 {
      let limit = check(macro.arguments[1])
      if !substitution.assign(limit, to: .int) {
        report("wrong-type", "the number of steps is an int, and this is \(described(limit))", at: macro.arguments[1])
      }
    }
    let startKinds: KindSet
    switch start {
    case .entity(let kinds): startKinds = kinds
    case .error: return .error
    default:
      guard case .entity(let kinds)? = start.elementType else {
        report("wrong-type", "`closure` starts at entities, and this is \(described(start))", range: macro.nameRange)
        return .error
      }
      startKinds = kinds
    }
    // The step is typed on what it reaches as well as on the start.
    var kinds = startKinds
    while true {
      let before = problems
      let step = scoped([(macro.variables[0].name, .entity(kinds))]) { $0.check(macro.arguments[0]) }
      let reached: KindSet
      switch (step, step.elementType) {
      case (.entity(let found), _), (_, .entity(let found)?): reached = found
      case (.error, _): return .error
      case (_, .variable?), (_, .dyn?): reached = .empty
      default:
        report("wrong-type", "a step gives entities, and this is \(described(step))", at: macro.arguments[0])
        return .error
      }
      let next = kinds.union(reached)
      if next == kinds || problems.count > before.count { return .reach(reached) }
      problems = before
      kinds = next
    }
  }

  private mutating func checkPathTo(_ macro: SyntaxTree.Macro, _ list: ValueType) -> ValueType {
    guard case .reach(let kinds) = list else {
      if list != .error {
        report(
          "wrong-type", "`pathTo` needs what a closure reaches, and this is \(described(list))", range: macro.nameRange)
      }
      return .path
    }
    let condition = scoped([(macro.variables[0].name, .entity(kinds))]) { $0.check(macro.arguments[0]) }
    if !substitution.assign(condition, to: .bool) {
      report("wrong-type", "the condition is \(described(condition)), not bool", at: macro.arguments[0])
    }
    return .path
  }

  // MARK: Loops

  private mutating func checkLoop(_ id: ExprID, _ macro: SyntaxTree.Macro, _ range: ValueType) -> ValueType {
    guard let receiver = macro.receiver else { return .error }
    var variables: [(name: String, type: ValueType)]
    let names = macro.variables.map(\.name)
    var element: ValueType
    switch range {
    case .map(let key, let value):
      variables = names.count == 2 ? [(names[0], key), (names[1], value)] : [(names[0], key)]
      element = key
    case .dyn, .error, .variable:
      let unknown: ValueType = range == .error ? .error : .dyn
      variables = names.map { ($0, unknown) }
      element = unknown
    default:
      guard let item = range.elementType else {
        var notes: [String] = []
        if case .optional = range { notes = ["an optional's value is `.value()` or `.orValue(…)`"] }
        report(
          "wrong-type", "`\(macro.name)` goes through a list or a map, and this is \(described(range))", at: receiver,
          notes: notes)
        element = .error
        variables = names.map { ($0, .error) }
        break
      }
      element = item
      variables = names.count == 2 ? [(names[0], .int), (names[1], item)] : [(names[0], item)]
    }
    return scoped(variables) { checker in
      let types = macro.arguments.map { checker.check($0) }
      return checker.loopResult(macro, types, element: element)
    }
  }

  private mutating func loopResult(
    _ macro: SyntaxTree.Macro, _ types: [ValueType], element: ValueType
  ) -> ValueType {
    switch macro.name {
    case "all", "exists", "existsOne", "exists_one":
      requireBool(types[0], macro.arguments[0])
      return .bool
    case "filter":
      requireBool(types[0], macro.arguments[0])
      return .list(element)
    case "map", "transformList":
      if types.count == 2 { requireBool(types[0], macro.arguments[0]) }
      return .list(types[types.count - 1])
    case "transformMap":
      if types.count == 2 { requireBool(types[0], macro.arguments[0]) }
      let key: ValueType
      if let receiver = macro.receiver, case .map(let own, _) = self.types[Int(receiver.index)] {
        key = own
      } else {
        key = .int
      }
      return .map(key: key, value: types[types.count - 1])
    case "transformMapEntry":
      if types.count == 2 { requireBool(types[0], macro.arguments[0]) }
      if case .map = types[types.count - 1] { return types[types.count - 1] }
      if types[types.count - 1] != .dyn, types[types.count - 1] != .error {
        report("wrong-type", "an entry is written as a map `{key: value}`", at: macro.arguments[types.count - 1])
      }
      return .map(key: .dyn, value: .dyn)
    case "sortBy":
      let key = substitution.resolved(types[0])
      if case .entity = key { return .list(element) }
      requireOrder(key, macro.name, tree.range(of: macro.arguments[0]))
      return .list(element)
    case "groupBy":
      return .list(.abstract("group", [types[0], element]))
    case "countBy":
      return .list(.abstract("count", [types[0]]))
    default:
      return .error
    }
  }

  private mutating func requireBool(_ type: ValueType, _ id: ExprID) {
    if !substitution.assign(type, to: .bool) {
      report("wrong-type", "this condition is \(described(type)), not bool", at: id)
    }
  }
}
