extension CompiledExpression {
  /// The operands of a conjunction that depend on the view alone once some functions are taken to say no of the target,
  /// and before which nothing stands that may fail. Where such an operand is false, so is the whole, for every target
  /// of which none of the functions says yes.
  ///
  /// - Parameters:
  ///   - functions: the names of the functions.
  ///   - target: the slot that holds the target.
  public func conjuncts(without functions: Set<String>, of target: Int) -> [CompiledExpression] {
    var result: [CompiledExpression] = []
    for id in source.conjuncts(node) {
      var compiler = Compiler(source, Environment())
      compiler.denied = (functions, target)
      let operand = CompiledExpression(id, of: source, compiler.compile(id), compiler)
      if operand.dependence.slots.isEmpty, compiler.hasDenied { result.append(operand) }
      if source.mayFail(id, []) { break }
    }
    return result
  }

  /// Whether it is false wherever some functions say no of all that they are asked of, and reads nothing but entities.
  public func isFalse(without functions: Set<String>) -> Bool {
    footprint.globals.isEmpty && source.isFalse(node, without: functions, [])
  }

  /// Whether an operand of a conjunction, before which nothing stands that may fail, is false of every target of which
  /// none of some functions says yes, on whatever graph.
  public func isFalse(without functions: Set<String>, of target: Int) -> Bool {
    conjuncts(without: functions, of: target).contains { if case .bool(false)? = $0.constant { true } else { false } }
  }
}

extension CheckedExpression {
  /// Whether a condition is false, and hides no error, where some functions say no.
  ///
  /// - Parameter entities: names in scope that hold an entity.
  fileprivate func isFalse(_ id: ExprID, without functions: Set<String>, _ entities: [String]) -> Bool {
    switch parsed.tree[id] {
    case .literal(.bool(false)): return true
    case .call("_&&_", nil, let sides, _):
      return isFalse(sides[0], without: functions, entities)
        || isFalse(sides[1], without: functions, entities) && !mayFail(sides[0], entities)
    case .call("_||_", nil, let sides, _):
      return sides.allSatisfy { isFalse($0, without: functions, entities) }
    case .call(let name, nil, let arguments, _):
      guard case .function = resolution(of: id), functions.contains(name) else { return false }
      return !arguments.contains { mayFail($0, entities) }
    case .macro(let macro):
      guard macro.name == "exists", macro.arguments.count == 1, let receiver = macro.receiver else { return false }
      return !mayFail(receiver, entities)
        && isFalse(macro.arguments[0], without: functions, entities + macro.variables.map(\.name))
    default: return false
    }
  }
}
