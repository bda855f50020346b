internal import CEL

/// What a condition comes to whatever is recorded, told by its text alone.
enum ConstantTruth {
  /// - Returns: nil: it depends on something, as far as this can see. Where a fact that it reads is missing, a comparison
  ///   of a thing with itself may be undecided, but never the other of the two.
  static func of(_ expression: ParsedExpression) -> Bool? {
    guard expression.problems.isEmpty, !expression.tree.nodes.isEmpty else { return nil }
    return truth(expression.tree.root, expression.tree)
  }

  private static func truth(_ id: ExprID, _ tree: SyntaxTree) -> Bool? {
    switch tree[id] {
    case .literal(.bool(let value)): return value
    case .call("!_", nil, let arguments, _): return truth(arguments[0], tree).map(!)
    case .call("_&&_", nil, let arguments, _):
      let sides = arguments.map { truth($0, tree) }
      return sides.contains(false) ? false : sides.contains(nil) ? nil : true
    case .call("_||_", nil, let arguments, _):
      let sides = arguments.map { truth($0, tree) }
      return sides.contains(true) ? true : sides.contains(nil) ? nil : false
    case .call("_?_:_", nil, let arguments, _):
      guard let condition = truth(arguments[0], tree) else {
        let (first, second) = (truth(arguments[1], tree), truth(arguments[2], tree))
        return first == second ? first : nil
      }
      return truth(arguments[condition ? 1 : 2], tree)
    case .call(let name, nil, let arguments, _): return comparison(name, arguments, tree)
    default: return nil
    }
  }

  private static func comparison(_ name: String, _ arguments: [ExprID], _ tree: SyntaxTree) -> Bool? {
    guard arguments.count == 2 else { return nil }
    let order: Int
    switch (tree[arguments[0]], tree[arguments[1]]) {
    case (.literal(.int(let a)), .literal(.int(let b))): order = a < b ? -1 : a > b ? 1 : 0
    case (let a, let b):
      guard isLiteral(a) == isLiteral(b), isSame(arguments[0], arguments[1], tree) else { return nil }
      order = 0
    }
    switch name {
    case "_==_": return order == 0
    case "_!=_": return order != 0
    case "_<_": return order < 0
    case "_<=_": return order <= 0
    case "_>_": return order > 0
    case "_>=_": return order >= 0
    default: return nil
    }
  }

  private static func isLiteral(_ node: SyntaxTree.Node) -> Bool { if case .literal = node { true } else { false } }

  /// Whether two expressions are the same name, or the same fields of it. A number that is none is not looked for.
  private static func isSame(_ a: ExprID, _ b: ExprID, _ tree: SyntaxTree) -> Bool {
    switch (tree[a], tree[b]) {
    case (.identifier(let x, let isAbsolute), .identifier(let y, let other)):
      return x.utf8.elementsEqual(y.utf8) && isAbsolute == other
    case (.select(let x, let field, _, let isOptional), .select(let y, let otherField, _, let otherOptional)):
      return field.utf8.elementsEqual(otherField.utf8) && isOptional == otherOptional && isSame(x, y, tree)
    case (.literal(.string(let x)), .literal(.string(let y))): return x.utf8.elementsEqual(y.utf8)
    default: return false
    }
  }
}
