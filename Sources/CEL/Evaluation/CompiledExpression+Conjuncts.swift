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
  /// Whether an operand of a conjunction, before which nothing stands that may fail, is false of every target of which
  /// none of some functions says yes, on whatever graph.
  public func isFalse(without functions: Set<String>, of target: Int) -> Bool {
    conjuncts(without: functions, of: target).contains { if case .bool(false)? = $0.constant { true } else { false } }
  }
}
