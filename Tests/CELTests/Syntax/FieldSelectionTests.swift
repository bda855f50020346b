import Testing

@testable import CEL

/// Free names read as fields of a variable.
@Suite struct FieldSelectionTests {
  private func outline(_ text: String, _ fields: Set<String>) -> String {
    let parsed = Parser.parse(Array(text.utf8), macros: MacroSignature.all).selecting(fields, from: "self")
    return Self.text(parsed.tree.root, parsed.tree)
  }

  private static func text(_ id: ExprID, _ tree: SyntaxTree) -> String {
    switch tree[id] {
    case .identifier(let name, let isAbsolute): return (isAbsolute ? "." : "") + name
    case .select(let operand, let field, _, let isOptional):
      return text(operand, tree) + (isOptional ? ".?" : ".") + field
    case .call(let name, let receiver, let arguments, _):
      let head = receiver.map { text($0, tree) + "." } ?? ""
      return "\(head)\(name)(\(arguments.map { text($0, tree) }.joined(separator: ", ")))"
    case .macro(let macro):
      let head = macro.receiver.map { text($0, tree) + "." } ?? ""
      let inside = macro.variables.map(\.name) + macro.arguments.map { text($0, tree) }
      return "\(head)\(macro.name)(\(inside.joined(separator: ", ")))"
    case .list(let items): return "[\(items.map { text($0.value, tree) }.joined(separator: ", "))]"
    case .map(let entries):
      return "{\(entries.map { "\(text($0.key, tree)): \(text($0.value, tree))" }.joined(separator: ", "))}"
    case .literal(.string(let text)): return "'\(text)'"
    case .literal(.int(let number)): return "\(number)"
    default: return "?"
    }
  }

  @Test(arguments: [
    ("name", "self.name"),
    ("owner.name", "self.owner.name"),
    ("self.name", "self.name"),
    ("holds.size()", "self.holds.size()"),
    ("other", "other"),
    (".name", ".name"),
    ("x.name", "x.name"),
    ("holds.filter(name, name == owner)", "self.holds.filter(name, _==_(name, self.owner))"),
    ("holds.map(h, [h, name])", "self.holds.map(h, [h, self.name])"),
    ("every(name).size()", "every(name).size()"),
    ("holds.of(name)", "self.holds.of(name)"),
    ("{name: owner}", "{self.name: self.owner}"),
    ("has(x.name)", "has(x.name)"),
    ("name(owner)", "name(self.owner)"),
    ("[name].map(holds, holds)", "[self.name].map(holds, holds)"),
  ])
  func `a free name that is a field is selected from the variable`(text: String, means: String) {
    #expect(outline(text, ["name", "owner", "holds"]) == means)
  }

  @Test func `ranges stay those of the text`() {
    let text = "1 + name"
    let parsed = Parser.parse(Array(text.utf8), macros: MacroSignature.all).selecting(["name"], from: "self")
    let place = parsed.tree.nodes.firstIndex { if case .select = $0 { true } else { false } }
    #expect(place.map { parsed.tree.ranges[$0] } == 4..<8)
    #expect(parsed.tree.nodes.count == 4)
  }

  @Test func `a text that does not parse is left as it is`() {
    for text in ["", "name +", "((", "name name"] {
      let parsed = Parser.parse(Array(text.utf8), macros: MacroSignature.all)
      #expect(parsed.selecting(["name"], from: "self").problems == parsed.problems)
    }
  }
}
