internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// The names of `let` and `each`, in the order in which they can be evaluated.
struct NameTable {
  /// Names whose expression has a mistake: their uses report nothing.
  var broken: Set<String> = []

  func isBroken(_ problem: ExpressionProblem, in parsed: ParsedExpression) -> Bool {
    guard problem.id == "unknown-name", problem.range.upperBound <= parsed.text.count else { return false }
    return broken.contains(String(decoding: parsed.text[problem.range], as: UTF8.self))
  }
}

extension RuleReader {
  private struct Item {
    var name: String
    var text: ExpressionText
    var bytes: [UInt8]
    var parsed: ParsedExpression
    /// The position among the generators, or nil for a `let`.
    var generator: Int?
    var uses: Set<String> = []
  }

  /// Reads `let` and `each`, each after what it uses: a `let` may use an element of `each`, and a later generator may
  /// use a `let` that does.
  mutating func readNames(_ reader: MappingReader) -> ([Rule.Binding], [Rule.Generator]) {
    var items: [Item] = []
    for (key, value) in reader.pairs("let", &diagnostics) {
      guard value.isScalar else {
        report("wrong-shape", "a named expression is a single value", at: value)
        continue
      }
      add(key.text, ExpressionText(value), bytes(of: value), nil, at: key, &items)
    }
    for (position, value) in reader.items("each").enumerated() {
      let text = value.isScalar ? bytes(of: value) : []
      guard let (name, offset) = Self.generator(text) else {
        report("rule-mistake", "`each` is written `x in list`", at: value)
        continue
      }
      add(
        name, ExpressionText(value, valueOffset: offset), Array(text.dropFirst(offset)), position, at: value, &items)
    }
    let known = Set(items.map(\.name))
    for index in items.indices {
      items[index].uses = Self.freeNames(items[index].parsed.tree).intersection(known)
      if let position = items[index].generator, position > 0 {
        // Generators nest in the order of writing.
        items[index].uses.formUnion(items.filter { ($0.generator ?? .max) < position }.map(\.name))
      }
    }
    return evaluate(ordered(items))
  }

  private static func hasPath(_ tree: SyntaxTree) -> Bool {
    tree.nodes.contains { node in
      switch node {
      case .macro(let macro): macro.name == "pathTo"
      case .call("pathTo", _, _, _): true
      default: false
      }
    }
  }

  private static func calls(_ tree: SyntaxTree) -> Set<String> {
    var result: Set<String> = []
    for case .call(let name, _, _, _) in tree.nodes { result.insert(name) }
    return result
  }

  /// Whether a path is made in a shared function that an expression calls, directly or through others.
  private func callsForPath(_ tree: SyntaxTree, _ seen: inout Set<String>) -> Bool {
    for name in Self.calls(tree).sorted() {
      guard let body = environment.functions[name]?.body, seen.insert(name).inserted else { continue }
      if Self.hasPath(body.tree) || callsForPath(body.tree, &seen) { return true }
    }
    return false
  }

  private mutating func add(
    _ name: String, _ text: ExpressionText, _ bytes: [UInt8], _ generator: Int?, at node: YAMLNode,
    _ items: inout [Item]
  ) {
    let reserved = [
      "self", "params", "settings", "today", "date", "horizon", "never", "path", "measure", "initiative",
    ]
    if items.contains(where: { $0.name == name }) || reserved.contains(name) {
      report("duplicate", "the name \(name) is there already", at: node)
      return
    }
    items.append(
      Item(
        name: name, text: text, bytes: bytes, parsed: Parser.parse(bytes, macros: MacroSignature.all),
        generator: generator))
  }

  /// `d in xs`: the name, and where the list begins.
  private static func generator(_ bytes: [UInt8]) -> (name: String, offset: Int)? {
    var index = 0
    func skipSpace() { while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x0A { index += 1 } }
    skipSpace()
    let start = index
    while index < bytes.count, isWord(bytes[index]) { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let first = name.utf8.first, first > 0x39 else { return nil }
    let end = index
    skipSpace()
    guard index > end, index + 2 < bytes.count, bytes[index] == UInt8(ascii: "i"),
      bytes[index + 1] == UInt8(ascii: "n"),
      !isWord(bytes[index + 2])
    else { return nil }
    index += 2
    skipSpace()
    return (name, index)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
  }

  /// The names that an expression uses and does not bind itself.
  private static func freeNames(_ tree: SyntaxTree) -> Set<String> {
    guard !tree.nodes.isEmpty else { return [] }
    var result: Set<String> = []
    collect(tree.root, tree, [], &result)
    return result
  }

  private static func collect(_ id: ExprID, _ tree: SyntaxTree, _ bound: Set<String>, _ result: inout Set<String>) {
    switch tree[id] {
    case .identifier(let name, _): if !bound.contains(name) { result.insert(name) }
    case .select(let operand, _, _, _): collect(operand, tree, bound, &result)
    case .call(_, let receiver, let arguments, _):
      if let receiver { collect(receiver, tree, bound, &result) }
      for argument in arguments { collect(argument, tree, bound, &result) }
    case .list(let items): for item in items { collect(item.value, tree, bound, &result) }
    case .map(let entries):
      for entry in entries {
        collect(entry.key, tree, bound, &result)
        collect(entry.value, tree, bound, &result)
      }
    case .message(_, let fields): for field in fields { collect(field.value, tree, bound, &result) }
    case .macro(let macro):
      if let receiver = macro.receiver { collect(receiver, tree, bound, &result) }
      let inner = bound.union(macro.variables.map(\.name))
      for argument in macro.arguments { collect(argument, tree, inner, &result) }
    case .literal, .missing: return
    }
  }

  private mutating func ordered(_ items: [Item]) -> [Item] {
    var rest = items
    var done: Set<String> = []
    var result: [Item] = []
    while !rest.isEmpty {
      guard let next = rest.firstIndex(where: { $0.uses.isSubset(of: done) }) else {
        for item in rest {
          diagnostics.append(
            Diagnostic(
              "circular-name", .error, "`\(item.name)` is part of a circle of names", at: item.text.node.range,
              notes: ["it uses " + item.uses.subtracting(done).sorted().joined(separator: ", ")]))
        }
        names.broken.formUnion(rest.map(\.name))
        break
      }
      done.insert(rest[next].name)
      result.append(rest.remove(at: next))
    }
    return result
  }

  private mutating func evaluate(_ items: [Item]) -> ([Rule.Binding], [Rule.Generator]) {
    var bindings: [Rule.Binding] = []
    var generators: [Rule.Generator] = []
    for item in items {
      guard let (checked, compiled) = check(item.parsed, item.text) else {
        names.broken.insert(item.name)
        continue
      }
      let slot = slotCount
      slotCount += 1
      guard item.generator != nil else {
        self.compiled[self.compiled.count - 1].slot = slot
        environment.variables[item.name] = .lazy(slot, compiled)
        let slots = compiled.footprint.slots
        var seen: Set<String> = []
        let mayHoldHops =
          Self.hasPath(item.parsed.tree) || bindings.contains { $0.mayHoldHops && slots.contains($0.slot) }
          || callsForPath(item.parsed.tree, &seen)
        bindings.append(
          Rule.Binding(name: item.name, slot: slot, dependsOn: slots, mayHoldHops: mayHoldHops))
        continue
      }
      guard let element = checked.type.elementType else {
        let shown = environment.description(of: checked.type)
        diagnostics.append(
          Diagnostic(
            "wrong-type", .error, "`each` goes through a list, and this is \(shown)",
            at: item.text.range(of: 0..<item.bytes.count)))
        names.broken.insert(item.name)
        continue
      }
      environment.variables[item.name] = .slot(slot, element)
      generators.append(Rule.Generator(name: item.name, slot: slot, list: compiled))
    }
    return (bindings, generators)
  }
}
