extension Function {
  static let textFunctions: [Function] = [
    textTest("contains", contains),
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

  /// The bytes of a string, read where they are.
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// A question about two strings that is decided on their bytes: UTF-8 is self-synchronising, and CEL compares code
  /// points, never canonical equivalents.
  private static func textTest(_ name: String, _ holds: @escaping @Sendable (Bytes, Bytes) -> Bool) -> Function {
    Function(
      name, [Overload([.string, .string], .bool, isMember: true)],
      .binary { x, y in
        guard case .string(var text) = x, case .string(var part) = y else { return noOverload(name) }
        return .bool(text.withUTF8 { text in part.withUTF8 { part in holds(text, part) } })
      })
  }

  /// Compared at each place where that is little work; else by a search that is linear whatever the texts are.
  private static func contains(_ text: Bytes, _ part: Bytes) -> Bool {
    guard let first = part.first else { return true }
    let last = text.count - part.count
    guard last >= 0 else { return false }
    if part.count > 16, text.count > 256 { return TextSearch(Array(part)).first(in: Array(text)) != nil }
    return (0...last).contains { start in
      text[start] == first && text[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
