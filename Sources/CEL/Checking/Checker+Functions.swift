extension Checker {
  /// Turns this copy of the checker to the body of a shared function: its parameters are the only local names.
  mutating func enter(_ function: SharedFunction) {
    functionStack.append(function.name)
    parsed = function.body
    types = Array(repeating: .error, count: parsed.tree.nodes.count)
    resolutions = Array(repeating: .none, count: parsed.tree.nodes.count)
    problems = parsed.problems
    scopes = function.parameters.map { ($0.name, $0.type) }
  }

  mutating func finishedBody() -> CheckedExpression {
    guard parsed.problems.isEmpty, !parsed.tree.nodes.isEmpty else {
      return CheckedExpression(parsed: parsed, types: types, resolutions: resolutions, type: .error, problems: problems)
    }
    let type = check(parsed.tree.root)
    return CheckedExpression(
      parsed: parsed, types: types.map { substitution.resolved($0, closing: true) }, resolutions: resolutions,
      type: substitution.resolved(type, closing: true), problems: problems)
  }

  /// Checks a shared function on its own, so that a mistake in it is reported at its place even when nobody calls it.
  public static func check(_ function: SharedFunction, in environment: Environment) -> CheckedExpression {
    var environment = environment
    for name in environment.variables.keys {
      if case .slot? = environment.variables[name] { environment.variables[name] = nil }
      if case .lazy? = environment.variables[name] { environment.variables[name] = nil }
    }
    var checker = Checker(empty: environment)
    checker.enter(function)
    return checker.finishedBody()
  }
}
