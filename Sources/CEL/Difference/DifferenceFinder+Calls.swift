extension DifferenceFinder {
  /// - Parameter arguments: the receiver first.
  mutating func difference(
    _ id: ExprID, _ name: String, _ arguments: [ExprID], _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    switch scope.checked.resolution(of: id) {
    case .shared(let function, let body):
      var inner: [Local] = []
      for (argument, parameter) in zip(arguments, function.parameters) {
        guard difference(argument, scope, locals).isNone, let value = sameValue(argument, scope, locals) else {
          return .any
        }
        inner.append(Local(name: parameter.name, value: value))
      }
      return difference(body.parsed.tree.root, self.scope(of: function, body), inner)
    case .function(let function):
      if case .deferred = function.body { return .any }
      return difference(id, function, name, arguments, scope, locals)
    case .none, .variable, .local, .field, .recordField, .constant, .kinds: break
    }
    if name == "_?_:_", arguments.count == 3 {
      guard difference(arguments[0], scope, locals).isNone,
        case .bool(let flag)? = sameValue(arguments[0], scope, locals)
      else { return .any }
      return difference(arguments[flag ? 1 : 2], scope, locals)
    }
    return areSame(arguments, scope, locals) ? .none : .any
  }

  private mutating func difference(
    _ id: ExprID, _ function: Function, _ name: String, _ arguments: [ExprID], _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    guard function.fact == nil else {
      guard arguments.count == 1, case .bool = scope.checked.type(of: id),
        difference(arguments[0], scope, locals).isNone,
        case .entity(let row)? = sameValue(arguments[0], scope, locals)
      else { return .any }
      return source.difference(of: function.fact ?? 0, row).isNone ? .none : .any
    }
    let isOfEntities = if case .list(.entity) = scope.checked.type(of: id) { true } else { false }
    switch name {
    case "_+_" where isOfEntities: return together(arguments.map { difference($0, scope, locals) })
    case "distinct" where arguments.count == 1: return together([difference(arguments[0], scope, locals)])
    case "size" where arguments.count == 1:
      // Whatever the order.
      if let rows = difference(arguments[0], scope, locals).elements, rows.isEmpty { return .none }
      return .any
    case "flatten" where arguments.count == 1 && isOfEntities:
      switch difference(arguments[0], scope, locals) {
      case .none: return .none
      case .nested(let rows): return .elements(rows)
      case .elements, .any: return .any
      }
    case "@in" where arguments.count == 2:
      guard difference(arguments[0], scope, locals).isNone,
        let changed = difference(arguments[1], scope, locals).elements
      else { return .any }
      if changed.isEmpty { return .none }
      guard case .entity(let row)? = sameValue(arguments[0], scope, locals) else { return .any }
      return changed.contains(row) ? .any : .none
    default: return areSame(arguments, scope, locals) ? .none : .any
    }
  }

  private mutating func areSame(_ ids: [ExprID], _ scope: Scope, _ locals: [Local]) -> Bool {
    for id in ids where !difference(id, scope, locals).isNone { return false }
    return true
  }
}
