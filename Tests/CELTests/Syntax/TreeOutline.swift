import CEL

/// A tree as nested lists, for comparison: `(_+_ 1 x)`, `x.f`, `(.f x 1)` for a call on a receiver.
func outline(_ parsed: ParsedExpression) -> String { outline(parsed.tree, parsed.tree.root) }

func outline(_ text: String) -> String {
  let parsed = Parser.parse(text)
  guard parsed.problems.isEmpty else { return "problems: \(parsed.problems.map(\.id).joined(separator: ", "))" }
  return outline(parsed)
}

func outline(_ tree: SyntaxTree, _ id: ExprID) -> String {
  func list(_ head: String, _ rest: [String]) -> String { "(\(([head] + rest).joined(separator: " ")))" }
  switch tree[id] {
  case .literal(let literal): return outline(literal)
  case .identifier(let name, let isAbsolute): return (isAbsolute ? "." : "") + name
  case .select(let operand, let field, _, let isOptional):
    return "\(outline(tree, operand)).\(isOptional ? "?" : "")\(field)"
  case .call(let function, let receiver, let arguments, _):
    let receiver = receiver.map { [outline(tree, $0)] } ?? []
    return list((receiver.isEmpty ? "" : ".") + function, receiver + arguments.map { outline(tree, $0) })
  case .list(let items):
    return "[\(items.map { ($0.isOptional ? "?" : "") + outline(tree, $0.value) }.joined(separator: ", "))]"
  case .map(let entries):
    let entries = entries.map {
      "\($0.isOptional ? "?" : "")\(outline(tree, $0.key)): \(outline(tree, $0.value))"
    }
    return "{\(entries.joined(separator: ", "))}"
  case .message(let typeName, let fields):
    let fields = fields.map { "\($0.isOptional ? "?" : "")\($0.name): \(outline(tree, $0.value))" }
    return "\(typeName){\(fields.joined(separator: ", "))}"
  case .macro(let macro):
    let receiver = macro.receiver.map { [outline(tree, $0)] } ?? []
    let variables = "|\(macro.variables.map(\.name).joined(separator: " "))|"
    return list("#" + macro.name, receiver + [variables] + macro.arguments.map { outline(tree, $0) })
  case .missing: return "<missing>"
  }
}

private func outline(_ literal: SyntaxTree.Literal) -> String {
  switch literal {
  case .null: "null"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .uint(let value): "\(value)u"
  case .double(let value): "\(value)d"
  case .string(let value): "\"\(value)\""
  case .bytes(let value): "b\(value)"
  }
}

/// The height of a tree, found without recursion.
func height(_ tree: SyntaxTree) -> Int {
  var deepest = 0
  var pending: [(ExprID, Int)] = [(tree.root, 1)]
  while let (id, depth) = pending.popLast() {
    deepest = max(deepest, depth)
    for child in children(tree[id]) { pending.append((child, depth + 1)) }
  }
  return deepest
}

func children(_ node: SyntaxTree.Node) -> [ExprID] {
  switch node {
  case .literal, .identifier, .missing: []
  case .select(let operand, _, _, _): [operand]
  case .call(_, let receiver, let arguments, _): (receiver.map { [$0] } ?? []) + arguments
  case .list(let items): items.map(\.value)
  case .map(let entries): entries.flatMap { [$0.key, $0.value] }
  case .message(_, let fields): fields.map(\.value)
  case .macro(let macro): (macro.receiver.map { [$0] } ?? []) + macro.arguments
  }
}
