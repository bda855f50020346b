internal import CEL
internal import Catalogue
internal import YAMLTree

/// What holds of every element of an empty list holds of nothing: a rule that passes so looked at nothing.
extension RuleReader {
  /// Whether all lists are empty through which a requirement goes; nil where it asks anything else besides.
  mutating func emptiness(_ reader: MappingReader) -> CompiledExpression? {
    guard let node = reader["require"], node.isScalar else { return nil }
    let bytes = bytes(of: node)
    let parsed = Parser.parse(bytes, macros: MacroSignature.all)
    var lists: [ExprID] = []
    guard parsed.problems.isEmpty, Self.isOfAll(parsed.tree.root, parsed.tree, &lists) else { return nil }
    let texts = lists.map { list in
      "(\(String(decoding: bytes[parsed.tree.range(of: list)], as: UTF8.self))).size() == 0"
    }
    // Nobody wrote it.
    let written = noted
    defer { noted = written }
    return compile(ExpressionText(node), Array(texts.joined(separator: " && ").utf8), expecting: .bool)?.1
  }

  /// `xs.all(x, …)`, or several that must all hold.
  private static func isOfAll(_ id: ExprID, _ tree: SyntaxTree, _ lists: inout [ExprID]) -> Bool {
    switch tree[id] {
    case .macro(let macro) where macro.name == "all":
      guard let list = macro.receiver else { return false }
      lists.append(list)
      return true
    case .call("_&&_", nil, let arguments, _): return arguments.allSatisfy { isOfAll($0, tree, &lists) }
    default: return false
    }
  }
}
