internal import CEL

/// Makes the mutants of one expression.
struct Mutator {
  private let checked: CheckedExpression
  private let text: [UInt8]
  private(set) var mutants: [Mutant] = []
  private var tree: SyntaxTree { checked.parsed.tree }

  /// Where a node stands, as far as it matters for what can be changed there.
  private enum Position {
    case any
    /// Under `&&` or `||`.
    case operand(of: String)
    /// Under `!`.
    case negated
    /// What decides: a whole condition, or what a macro asks of an element.
    case condition(macro: String?)
  }

  /// - Parameter isCondition: whether the whole decides for itself, like `when`.
  init(_ checked: CheckedExpression, isCondition: Bool) {
    self.checked = checked
    text = checked.parsed.text
    guard !tree.nodes.isEmpty else { return }
    probe(tree.root)
    visit(tree.root, isCondition ? .condition(macro: nil) : .any)
    mutants = mutants.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }.map(\.element)
  }

  // MARK: Changes

  private func range(_ id: ExprID) -> Range<Int> { tree.range(of: id) }
  private func written(_ range: Range<Int>) -> [UInt8] { Array(text[range.clamped(to: 0..<text.count)]) }

  private mutating func change(_ kind: Mutant.Kind, _ range: Range<Int>, to replacement: String, in context: ExprID) {
    change(kind, range, to: Array(replacement.utf8), in: self.range(context))
  }

  private mutating func change(
    _ kind: Mutant.Kind, _ range: Range<Int>, to replacement: [UInt8], in context: Range<Int>
  ) {
    guard 0 <= range.lowerBound, range.upperBound <= text.count else { return }
    mutants.append(Mutant(kind: kind, range: range, replacement: replacement, context: context))
  }

  private mutating func negate(_ id: ExprID, _ kind: Mutant.Kind = .negation) {
    change(kind, range(id), to: Array("!(".utf8) + written(range(id)) + Array(")".utf8), in: range(id))
  }

  /// In place of the value stands what can only fail, so that whatever evaluates it says so: an element of a list that is
  /// not there; of a literal that what stands beside it gives its meaning, a choice that does so, too.
  private mutating func probe(_ id: ExprID) {
    let part = String(decoding: written(range(id)), as: UTF8.self)
    let failing = takesContext(id) ? "(1 / 0 == 0 ? \(part) : \(part))" : "[\(part)][1]"
    change(.reach, range(id), to: failing, in: id)
  }

  /// As deep as the parser goes.
  private func takesContext(_ id: ExprID) -> Bool {
    switch tree[id] {
    case .literal(.string): true
    case .list(let items): items.contains { takesContext($0.value) }
    case .call("_?_:_", _, let arguments, _): arguments.dropFirst().contains { takesContext($0) }
    default: false
    }
  }

  // MARK: Nodes

  /// As deep as the parser goes.
  private mutating func visit(_ id: ExprID, _ position: Position) {
    switch tree[id] {
    case .literal(let literal):
      visit(literal, id)
      replaceCondition(id, position)
    case .call(let function, let receiver, let arguments, let nameRange):
      visitCall(id, function, receiver, arguments, nameRange, position)
    case .macro(let macro): visitMacro(id, macro, position)
    case .select(let operand, _, _, _):
      visit(operand, .any)
      replaceCondition(id, position, isPlain: true)
    case .identifier: replaceCondition(id, position, isPlain: true)
    case .list(let items): for item in items { visit(item.value, .any) }
    case .map(let entries):
      for entry in entries {
        visit(entry.key, .any)
        visit(entry.value, .any)
      }
    case .message, .missing: return
    }
  }

  /// What a condition is when it does not matter; and a plain one turned round, as it has no operator that could be.
  private mutating func replaceCondition(_ id: ExprID, _ position: Position, isPlain: Bool = false) {
    guard checked.types[Int(id.index)] == .bool else { return }
    switch position {
    case .any, .negated: return
    case .operand(let function): change(.condition, range(id), to: function == "_&&_" ? "true" : "false", in: id)
    case .condition(let macro):
      // A filter without its condition is the list itself, which is a change of its own.
      if macro != "filter" { change(.condition, range(id), to: macro == "all" ? "false" : "true", in: id) }
      if isPlain { negate(id) }
    }
  }

  private static let others: [String: [String]] = [
    "_==_": ["!="], "_!=_": ["=="], "_<_": ["<=", ">="], "_<=_": ["<", ">"], "_>_": [">=", "<="], "_>=_": [">", "<"],
  ]

  private mutating func visitCall(
    _ id: ExprID, _ function: String, _ receiver: ExprID?, _ arguments: [ExprID], _ nameRange: Range<Int>,
    _ position: Position
  ) {
    switch function {
    case "_&&_", "_||_":
      change(.logic, nameRange, to: function == "_&&_" ? "||" : "&&", in: id)
      for (place, argument) in arguments.enumerated() {
        if place > 0, !isCall(argument, function) { probe(argument) }
        visit(argument, .operand(of: function))
      }
      return
    case "_?_:_" where arguments.count == 3:
      negate(arguments[0], .branches)
      visit(arguments[0], .any)
      for branch in arguments.dropFirst() {
        probe(branch)
        visit(branch, .any)
      }
    case "!_" where arguments.count == 1:
      change(.negation, nameRange, to: "", in: id)
      visit(arguments[0], .negated)
      replaceCondition(id, position)
    case "@in":
      if case .negated = position {} else { negate(id) }
      for argument in arguments { visit(argument, .any) }
      replaceCondition(id, position)
    default:
      for other in Self.others[function] ?? [] { change(.comparison, nameRange, to: other, in: id) }
      if ["_+_", "_-_", "_*_", "_/_"].contains(function) { visitArithmetic(id, function, arguments, nameRange) }
      if let receiver { visit(receiver, .any) }
      for argument in arguments { visit(argument, .any) }
      replaceCondition(id, position, isPlain: Self.others[function] == nil)
    }
  }

  private func isCall(_ id: ExprID, _ function: String) -> Bool {
    if case .call(function, _, _, _) = tree[id] { true } else { false }
  }

  private mutating func visitArithmetic(
    _ id: ExprID, _ function: String, _ arguments: [ExprID], _ nameRange: Range<Int>
  ) {
    switch checked.types[Int(id.index)] {
    case .list, .reach:
      for argument in arguments where !isCall(argument, function) {
        change(.operand, range(argument), to: "[]", in: argument)
      }
    case .string, .bytes: return
    default:
      let other = ["_+_": "-", "_-_": "+", "_*_": "/", "_/_": "*"][function]
      if let other { change(.arithmetic, nameRange, to: other, in: id) }
    }
  }

  private static let quantifiers = ["all": "exists", "exists": "all", "existsOne": "exists", "exists_one": "exists"]

  private mutating func visitMacro(_ id: ExprID, _ macro: SyntaxTree.Macro, _ position: Position) {
    if let receiver = macro.receiver { visit(receiver, .any) }
    if ["filter", "of"].contains(macro.name) { removeCall(id, macro) }
    // Their argument is the name of a kind, or a field whose presence is asked for.
    if ["every", "of", "has"].contains(macro.name) {
      return replaceCondition(id, position, isPlain: true)
    }
    if let other = Self.quantifiers[macro.name] { change(.quantifier, macro.nameRange, to: other, in: id) }
    let isQuestion = Self.quantifiers[macro.name] != nil || macro.name == "filter"
    for argument in macro.arguments {
      if !macro.variables.isEmpty { probe(argument) }
      visit(argument, isQuestion ? .condition(macro: macro.name) : .any)
    }
    replaceCondition(id, position, isPlain: Self.quantifiers[macro.name] == nil)
  }

  /// `xs.filter(x, p)` becomes `xs`.
  private mutating func removeCall(_ id: ExprID, _ macro: SyntaxTree.Macro) {
    guard macro.receiver != nil else { return }
    var dot = macro.nameRange.lowerBound - 1
    while dot >= 0, dot < text.count, text[dot] != UInt8(ascii: ".") { dot -= 1 }
    guard dot > range(id).lowerBound else { return }
    change(.filter, dot..<range(id).upperBound, to: "", in: id)
  }

  // MARK: Literals

  private mutating func visit(_ literal: SyntaxTree.Literal, _ id: ExprID) {
    for other in LiteralNeighbours.of(literal, checked.types[Int(id.index)]) {
      change(.literal, range(id), to: other, in: id)
    }
  }
}
