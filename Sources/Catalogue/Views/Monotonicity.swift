internal import CEL

/// Checks that recursive derived fields use themselves only where more of them never means less of the result.
///
/// A variable stands for the recursive field too, where it is bound to it or to a list made of it: `cel.bind(v, self.r,
/// v.size() == 0)` is no better than `self.r.size() == 0`. The elements of a list of entities do not: an entity stays
/// what it is however long the list gets.
struct Monotonicity {
  private let tree: SyntaxTree
  private let types: [ValueType]
  private let names: Set<String>
  private var bound: [String] = []

  /// The place of a use that is not monotone, or nil.
  static func offence(in checked: CheckedExpression, names: Set<String>) -> Range<Int>? {
    var check = Monotonicity(tree: checked.parsed.tree, types: checked.types, names: names)
    return check.offence(checked.parsed.tree.root)
  }

  private init(tree: SyntaxTree, types: [ValueType], names: Set<String>) {
    self.tree = tree
    self.types = types
    self.names = names
  }

  private func uses(_ id: ExprID) -> Bool {
    switch tree[id] {
    case .select(_, let field, _, _) where names.contains(field): true
    case .identifier(let name, false) where bound.contains(name): true
    default: children(id).contains { uses($0) }
    }
  }

  private func children(_ id: ExprID) -> [ExprID] {
    switch tree[id] {
    case .select(let operand, _, _, _): [operand]
    case .call(_, let receiver, let arguments, _): (receiver.map { [$0] } ?? []) + arguments
    case .list(let items): items.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .macro(let macro): (macro.receiver.map { [$0] } ?? []) + macro.arguments
    case .literal, .identifier, .missing: []
    }
  }

  private mutating func offence(_ id: ExprID) -> Range<Int>? {
    guard uses(id) else { return nil }
    switch tree[id] {
    case .identifier: return nil
    case .select(let operand, _, _, _): return offence(operand)
    case .list(let items): return offence(among: items.map(\.value))
    case .call(let function, let receiver, let arguments, _):
      return offence(id, calling: function, (receiver.map { [$0] } ?? []) + arguments)
    case .macro(let macro): return offence(id, macro)
    case .map, .message, .literal, .missing: return tree.range(of: id)
    }
  }

  private mutating func offence(among ids: [ExprID]) -> Range<Int>? {
    for id in ids { if let range = offence(id) { return range } }
    return nil
  }

  /// More lists have less in common, so what decides how many lists there are may not use the name; what is in them may.
  private mutating func offence(inCommon operands: [ExprID]) -> Range<Int>? {
    for operand in operands where uses(operand) {
      switch tree[operand] {
      case .list(let items): if let range = offence(among: items.map(\.value)) { return range }
      case .macro(let macro) where macro.name == "map" && macro.arguments.count == 1:
        if let receiver = macro.receiver, uses(receiver) { return tree.range(of: receiver) }
        if let range = offence(macro.arguments[0]) { return range }
      default: return tree.range(of: operand)
      }
    }
    return nil
  }

  private mutating func offence(_ id: ExprID, calling function: String, _ operands: [ExprID]) -> Range<Int>? {
    switch function {
    case "_+_", "_&&_", "_||_", "flatten", "distinct": return offence(among: operands)
    case "common": return offence(inCommon: operands)
    case "@in" where operands.count == 2 && !uses(operands[0]): return offence(operands[1])
    case "_?_:_" where operands.count == 3 && !uses(operands[0]): return offence(among: Array(operands[1...]))
    case "_>_", "_>=_":
      // `xs.size() > n` grows with xs.
      guard operands.count == 2, !uses(operands[1]), case .call("size", let list?, _, _) = tree[operands[0]] else {
        return tree.range(of: id)
      }
      return offence(list)
    default: return tree.range(of: id)
    }
  }

  private mutating func offence(_ id: ExprID, _ macro: SyntaxTree.Macro) -> Range<Int>? {
    let source: ExprID?
    switch macro.name {
    case "map", "exists", "of", "closure", "filter":
      // A filter's condition may use it monotonely: more elements pass, none fewer.
      source = macro.receiver
    case "all":
      // More elements mean less.
      if let receiver = macro.receiver, uses(receiver) { return tree.range(of: receiver) }
      source = macro.receiver
    case "cel.bind": source = macro.arguments.first
    default: return tree.range(of: id)
    }
    if let source, let range = offence(source) { return range }
    let body = macro.name == "cel.bind" ? Array(macro.arguments.dropFirst()) : macro.arguments
    let isBound = source.map { stands($0, macro) } ?? false
    let outer = bound
    defer { bound = outer }
    // An inner variable hides an outer one of its name.
    let variables = macro.variables.map(\.name)
    bound.removeAll { variables.contains($0) }
    if isBound { bound += variables }
    return offence(among: body)
  }

  /// Whether a macro's variables stand for the recursive field.
  private func stands(_ source: ExprID, _ macro: SyntaxTree.Macro) -> Bool {
    guard uses(source) else { return false }
    if macro.name == "cel.bind" || macro.variables.count != 1 { return true }
    switch types[Int(source.index)].elementType ?? types[Int(source.index)] {
    case .entity: return false
    default: return true
    }
  }
}
