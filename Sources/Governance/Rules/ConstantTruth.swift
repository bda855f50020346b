internal import CEL
internal import Catalogue

/// What a condition comes to whatever is recorded: for `triglyph check`, which goes on and says so, and for
/// `triglyph test`, which takes it for a mistake.
enum ConstantTruth {
  /// - Parameter key: `when` or `require`.
  /// - Returns: nil: there is none, or it depends on something: on what is recorded, on a day, on a parameter, which another
  ///   repository sets otherwise, on an initiative.
  static func of(_ key: String, of rule: Rule, _ estate: Estate) -> Bool? {
    guard let node = rule.node.first(key), let compiled = key == "when" ? rule.condition : rule.requirement else {
      return nil
    }
    let parsed = Parser.parse(Array(node.utf8), macros: MacroSignature.all)
    return of(parsed) ?? evaluated(compiled, parsed.tree, rule, estate)
  }

  /// What it is when nothing is known of the target; nil where that leaves it open.
  private static func evaluated(
    _ expression: CompiledExpression, _ tree: SyntaxTree, _ rule: Rule, _ estate: Estate
  ) -> Bool? {
    let isOpen = tree.nodes.contains { node in
      switch node {
      case .identifier(let name, _): name == "params" || name == "settings"
      case .call(let function, _, _, _): function.utf8.first.map { $0 >= 0x61 || $0 == UInt8(ascii: ".") } ?? true
      case .macro(let macro): macro.name == "every"
      default: false
      }
    }
    let footprint = expression.footprint
    if isOpen || !footprint.globals.isEmpty || footprint.readsDate { return nil }
    var frame = Frame(graph: estate.graph, slotCount: max(rule.slotCount, expression.slotCount))
    let unknown = Value.unknown(Fact(row: rule.row, field: -1))
    for slot in frame.slots.indices { frame.slots[slot] = unknown }
    if case .bool(let holds) = expression.evaluate(&frame) { return holds }
    return nil
  }

  /// The same told by its text alone.
  ///
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
