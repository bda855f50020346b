extension Function {
  static let textFunctions: [Function] = [
    textTest("contains") { text, part in TextSearch(part).first(in: text) != nil },
    textTest("endsWith") { $0.count >= $1.count && $0.suffix($1.count).elementsEqual($1) },
    Function(
      "plural", [Overload([.int, .string], .string), Overload([.int, .string, .string], .string)],
      .variadic { values in
        guard case .int(let count) = values[0], case .string(let one) = values[1] else { return noOverload("plural") }
        if count == 1 { return .string("1 \(one)") }
        if values.count == 3, case .string(let many) = values[2] { return .string("\(count) \(many)") }
        return .string("\(count) \(one)s")
      }),
    textTest("startsWith") { $0.count >= $1.count && $0.prefix($1.count).elementsEqual($1) },
  ]

  /// A question about two strings that is decided on their bytes: UTF-8 is self-synchronising, and CEL compares code
  /// points, never canonical equivalents.
  private static func textTest(_ name: String, _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool) -> Function {
    Function(
      name, [Overload([.string, .string], .bool, isMember: true)],
      .binary { x, y in
        guard case .string(let text) = x, case .string(let part) = y else { return noOverload(name) }
        return .bool(holds(Array(text.utf8), Array(part.utf8)))
      })
  }
}
