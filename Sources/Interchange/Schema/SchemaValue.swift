/// A JSON value whose objects keep the order in which they were made, and its text: two-space indentation, one line break at
/// the end.
package indirect enum SchemaValue: Equatable, Sendable {
  case object([Entry])
  case array([SchemaValue])
  case text(String)
  case number(Int64)
  case boolean(Bool)

  package struct Entry: Equatable, Sendable {
    var key: String
    var value: SchemaValue
  }

  static func object(_ entries: KeyValuePairs<String, SchemaValue?>) -> SchemaValue {
    .object(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
  }

  static func texts(_ items: [String]) -> SchemaValue { .array(items.map { .text($0) }) }

  static func reference(_ name: String) -> SchemaValue { .object(["$ref": .text("#/definitions/\(name)")]) }

  static func all(_ items: [SchemaValue]) -> SchemaValue { .object(["allOf": .array(items)]) }

  /// A mapping of these keys and no others.
  static func mapping(
    _ properties: [(String, SchemaValue)], required: [String] = [], rest: [Entry] = []
  ) -> SchemaValue {
    var entries = [
      Entry(key: "type", value: .text("object")),
      Entry(key: "properties", value: .object(properties.map { Entry(key: $0.0, value: $0.1) })),
      Entry(key: "additionalProperties", value: .boolean(false)),
    ]
    if !required.isEmpty { entries.append(Entry(key: "required", value: .texts(required))) }
    return .object(entries + rest)
  }

  /// A mapping from names of somebody's own.
  static func named(_ value: SchemaValue) -> SchemaValue {
    .object(["type": .text("object"), "additionalProperties": value])
  }

  static func list(of items: SchemaValue) -> SchemaValue { .object(["type": .text("array"), "items": items]) }

  /// One of these, or a list of them.
  static func oneOrMore(_ one: SchemaValue, item: SchemaValue? = nil) -> SchemaValue {
    .object([
      "if": .object(["type": .text("array")]), "then": .object(["items": item ?? one]), "else": one,
    ])
  }

  func adding(_ entries: KeyValuePairs<String, SchemaValue?>) -> SchemaValue {
    guard case .object(let own) = self, case .object(let more) = SchemaValue.object(entries) else { return self }
    return .object(own + more)
  }

  /// The names of the definitions that it leads to, in the order of the text.
  var references: [String] {
    switch self {
    case .object(let entries):
      entries.flatMap { entry -> [String] in
        guard entry.key == "$ref", case .text(let path) = entry.value else { return entry.value.references }
        return [String(path.dropFirst("#/definitions/".count).prefix { $0 != "/" })]
      }
    case .array(let items): items.flatMap(\.references)
    case .text, .number, .boolean: []
    }
  }

  // MARK: Text

  package var json: String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  /// What is short stands on one line.
  private static let widest = 110

  private func write(to text: inout String, depth: Int) {
    let space = String(repeating: "  ", count: depth + 1)
    let end = "\n" + space.dropLast(2)
    switch self {
    case .object(let entries):
      if let flat = flat(room: Self.widest - 2 * depth) {
        text += flat
        return
      }
      text += "{"
      for (index, entry) in entries.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + space + Self.quoted(entry.key) + ": "
        entry.value.write(to: &text, depth: depth + 1)
      }
      text += end + "}"
    case .array(let items):
      if let flat = flat(room: Self.widest - 2 * depth) {
        text += flat
        return
      }
      text += "["
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + space
        item.write(to: &text, depth: depth + 1)
      }
      text += end + "]"
    case .text(let value): text += Self.quoted(value)
    case .number(let value): text += String(value)
    case .boolean(let value): text += value ? "true" : "false"
    }
  }

  /// The whole on one line; nil where it does not fit.
  private func flat(room: Int) -> String? {
    let text: String
    switch self {
    case .object(let entries):
      var parts: [String] = []
      var left = room
      for entry in entries {
        guard left > 0, let value = entry.value.flat(room: left) else { return nil }
        parts.append("\(Self.quoted(entry.key)): \(value)")
        left -= parts.last?.utf8.count ?? 0
      }
      text = "{\(parts.joined(separator: ", "))}"
    case .array(let items):
      var parts: [String] = []
      var left = room
      for item in items {
        guard left > 0, let value = item.flat(room: left) else { return nil }
        parts.append(value)
        left -= value.utf8.count
      }
      text = "[\(parts.joined(separator: ", "))]"
    case .text(let value): text = Self.quoted(value)
    case .number(let value): text = String(value)
    case .boolean(let value): text = value ? "true" : "false"
    }
    return text.utf8.count <= room ? text : nil
  }

  /// Everything beside printable ASCII but letters of other languages is written as an escape: nothing in a description may
  /// change how the text reads.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        if scalar.properties.isAlphabetic || "…–—·’‘“”£€".unicodeScalars.contains(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        }
      }
    }
    return result + "\""
  }
}
