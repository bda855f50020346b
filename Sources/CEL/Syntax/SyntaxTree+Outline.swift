extension SyntaxTree {
  /// What the tree says, whatever stands between its words: two texts that parse alike have the same outline.
  public var outline: String {
    var result = ""
    if !nodes.isEmpty { write(root, to: &result) }
    return result
  }

  /// As deep as the parser goes.
  private func write(_ id: ExprID, to result: inout String) {
    switch self[id] {
    case .literal(let literal): result += "\(literal)"
    case .identifier(let name, let isAbsolute): result += isAbsolute ? ".\(name)" : name
    case .select(let operand, let field, _, let isOptional):
      result += isOptional ? "(.? " : "(. "
      write(operand, to: &result)
      result += " `\(field)`)"
    case .call(let function, let receiver, let arguments, _):
      write(function, receiver, [], arguments, to: &result)
    case .list(let items):
      result += "["
      for item in items {
        result += item.isOptional ? " ?" : " "
        write(item.value, to: &result)
      }
      result += "]"
    case .map(let entries):
      result += "{"
      for entry in entries {
        result += entry.isOptional ? " ?" : " "
        write(entry.key, to: &result)
        result += ": "
        write(entry.value, to: &result)
      }
      result += "}"
    case .message(let typeName, let fields):
      result += "\(typeName){"
      for field in fields {
        result += field.isOptional ? " ?`\(field.name)`: " : " `\(field.name)`: "
        write(field.value, to: &result)
      }
      result += "}"
    case .macro(let macro):
      write("@" + macro.name, macro.receiver, macro.variables.map(\.name), macro.arguments, to: &result)
    case .missing: result += "?"
    }
  }

  private func write(
    _ function: String, _ receiver: ExprID?, _ names: [String], _ arguments: [ExprID], to result: inout String
  ) {
    result += "(\(function)"
    if let receiver {
      result += " of "
      write(receiver, to: &result)
    }
    for name in names { result += " \(name)" }
    for argument in arguments {
      result += " "
      write(argument, to: &result)
    }
    result += ")"
  }
}
