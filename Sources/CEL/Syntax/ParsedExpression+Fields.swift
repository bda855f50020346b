extension ParsedExpression {
  /// The same expression with some of its free names read as fields of a variable: with `name` among them and `self`
  /// the variable, `name.size()` means `self.name.size()`. Ranges stay those of the text.
  ///
  /// Names that a macro binds keep their meaning, and so do the kinds' names inside `every` and `of`.
  public func selecting(_ fields: Set<String>, from variable: String) -> ParsedExpression {
    guard !tree.nodes.isEmpty else { return self }
    var places: [Int: String] = [:]
    collect(tree.root, fields, [], &places)
    if places.isEmpty { return self }
    var result = SyntaxTree()
    let order = places.keys.sorted()
    // The variable stands behind all other nodes, so that these keep their numbers.
    var next = tree.nodes.count
    for (index, node) in tree.nodes.enumerated() {
      let range = tree.ranges[index]
      guard let name = places[index] else {
        _ = result.add(node, range)
        continue
      }
      _ = result.add(.select(operand: ExprID(next), field: name, fieldRange: range, isOptional: false), range)
      next += 1
    }
    for index in order { _ = result.add(.identifier(name: variable, isAbsolute: false), tree.ranges[index]) }
    result.root = tree.root
    return ParsedExpression(text: text, tree: result, problems: problems)
  }

  /// The nodes that are names to be read as fields. As deep as the parser goes.
  private func collect(_ id: ExprID, _ fields: Set<String>, _ bound: Set<String>, _ places: inout [Int: String]) {
    switch tree[id] {
    case .identifier(let name, false): if fields.contains(name), !bound.contains(name) { places[Int(id.index)] = name }
    case .select(let operand, _, _, _): collect(operand, fields, bound, &places)
    case .call(_, let receiver, let arguments, _):
      if let receiver { collect(receiver, fields, bound, &places) }
      for argument in arguments { collect(argument, fields, bound, &places) }
    case .list(let items): for item in items { collect(item.value, fields, bound, &places) }
    case .map(let entries):
      for entry in entries {
        collect(entry.key, fields, bound, &places)
        collect(entry.value, fields, bound, &places)
      }
    case .message(_, let entries): for entry in entries { collect(entry.value, fields, bound, &places) }
    case .macro(let macro):
      if let receiver = macro.receiver { collect(receiver, fields, bound, &places) }
      // Their argument is the name of a kind.
      if macro.name == "every" || macro.name == "of" { return }
      let inner = bound.union(macro.variables.map(\.name))
      for argument in macro.arguments { collect(argument, fields, inner, &places) }
    case .identifier, .literal, .missing: return
    }
  }
}
