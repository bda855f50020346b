internal import CEL

/// Checks that a recursive derived relation uses itself only where more of it never means less of the result.
enum Monotonicity {
  /// The place of a use that is not monotone, or nil.
  static func offence(in tree: SyntaxTree, name: String) -> Range<Int>? { offence(tree.root, tree, name) }

  private static func uses(_ id: ExprID, _ tree: SyntaxTree, _ name: String) -> Bool {
    if case .select(_, name, _, _) = tree[id] { return true }
    return children(id, tree).contains { uses($0, tree, name) }
  }

  private static func children(_ id: ExprID, _ tree: SyntaxTree) -> [ExprID] {
    switch tree[id] {
    case .select(let operand, _, _, _): return [operand]
    case .call(_, let receiver, let arguments, _): return (receiver.map { [$0] } ?? []) + arguments
    case .list(let items): return items.map(\.value)
    case .map(let entries): return entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): return fields.map(\.value)
    case .macro(let macro): return (macro.receiver.map { [$0] } ?? []) + macro.arguments
    case .literal, .identifier, .missing: return []
    }
  }

  private static func offence(_ id: ExprID, _ tree: SyntaxTree, _ name: String) -> Range<Int>? {
    guard uses(id, tree, name) else { return nil }
    let allowed: [ExprID]
    switch tree[id] {
    case .select(let operand, _, _, _): allowed = [operand]
    case .list(let items): allowed = items.map(\.value)
    case .call(let function, let receiver, let arguments, _):
      switch function {
      case "_+_", "_&&_", "_||_", "flatten", "distinct", "common":
        allowed = (receiver.map { [$0] } ?? []) + arguments
      case "@in":
        if uses(arguments[0], tree, name) { return tree.range(of: arguments[0]) }
        allowed = [arguments[1]]
      case "_?_:_":
        if uses(arguments[0], tree, name) { return tree.range(of: arguments[0]) }
        allowed = Array(arguments.dropFirst())
      case "_>_", "_>=_":
        // `xs.size() > n` grows with xs.
        guard !uses(arguments[1], tree, name), case .call("size", let list?, _, _) = tree[arguments[0]] else {
          return tree.range(of: id)
        }
        allowed = [list]
      default: return tree.range(of: id)
      }
    case .macro(let macro):
      switch macro.name {
      case "map", "exists", "of", "closure", "cel.bind", "filter":
        // A filter's condition may use it monotonely: more elements pass, none fewer.
        allowed = (macro.receiver.map { [$0] } ?? []) + macro.arguments
      case "all":
        if let receiver = macro.receiver, uses(receiver, tree, name) { return tree.range(of: receiver) }
        allowed = macro.arguments
      default: return tree.range(of: id)
      }
    case .map, .message, .literal, .identifier, .missing: return tree.range(of: id)
    }
    for child in allowed { if let range = offence(child, tree, name) { return range } }
    return nil
  }
}
