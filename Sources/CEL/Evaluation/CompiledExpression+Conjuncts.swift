extension CompiledExpression {
  /// One operand of a conjunction, and what it is where some functions say no.
  public struct Conjunct: Sendable {
    /// The same for every target: it depends on the view alone.
    public let assumed: CompiledExpression
    public let whole: CompiledExpression
  }

  /// The operands of a conjunction that depend on the view alone once calls of some functions are taken for false, and
  /// before which nothing stands that may fail. Where such an operand is false, so is the whole, unless one of the
  /// functions says yes.
  public func conjuncts(assumingFalse names: Set<String>) -> [Conjunct] {
    var result: [Conjunct] = []
    for id in source.conjuncts(node) {
      var compiler = Compiler(source, Environment())
      compiler.assumedFalse = names
      let assumed = CompiledExpression(id, of: source, compiler.compile(id), compiler)
      if assumed.dependence.slots.isEmpty, compiler.hasAssumed {
        var compiler = Compiler(source, Environment())
        let whole = CompiledExpression(id, of: source, compiler.compile(id), compiler)
        result.append(Conjunct(assumed: assumed, whole: whole))
      }
      if source.mayFail(id, []) { break }
    }
    return result
  }
}
