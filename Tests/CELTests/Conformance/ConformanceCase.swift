import CEL
import Foundation

/// One line of the public conformance suite.
struct ConformanceCase {
  enum Expected {
    case value(Any, type: Any?)
    case type(Any)
    case error
  }

  var id: String
  var file: String
  var expression: String
  var container: String
  var isUnchecked: Bool
  var isCheckOnly: Bool
  var declarations: [[String: Any]]
  var bindings: [String: Any]
  var expected: Expected

  init?(line: Data) throws {
    guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any],
      let id = object["id"] as? String, let file = object["file"] as? String, let text = object["expr"] as? String,
      let expected = object["expected"] as? [String: Any]
    else { return nil }
    self.id = id
    self.file = file
    expression = text
    container = object["container"] as? String ?? ""
    isUnchecked = object["disable_check"] as? Bool ?? false
    isCheckOnly = object["check_only"] as? Bool ?? false
    declarations = object["type_env"] as? [[String: Any]] ?? []
    bindings = object["bindings"] as? [String: Any] ?? [:]
    if expected["error"] != nil {
      self.expected = .error
    } else if let value = expected["value"] {
      self.expected = .value(value, type: expected["type"])
    } else if let type = expected["type"] {
      self.expected = .type(type)
    } else {
      return nil
    }
  }
}

/// The suite's notation of types and values.
struct ConformanceNotation {
  private var parameters: [String: Int] = [:]

  mutating func type(_ written: Any?) -> ValueType? {
    if let name = written as? String { return Self.simple[name] }
    guard let object = written as? [String: Any] else { return nil }
    if let element = object["list"] { return type(element).map { .list($0) } }
    if let pair = object["map"] as? [Any], pair.count == 2, let key = type(pair[0]), let value = type(pair[1]) {
      return .map(key: key, value: value)
    }
    if let inner = object["type"] { return type(inner).map { .type($0) } }
    if object["wrapper"] != nil { return .dyn }
    if let name = object["param"] as? String {
      let index = parameters[name] ?? parameters.count + 1
      parameters[name] = index
      return .variable(index)
    }
    if let name = object["abstract"] as? String {
      let arguments = (object["params"] as? [Any] ?? []).compactMap { type($0) }
      return name == "optional_type" ? .optional(arguments.first ?? .dyn) : .abstract(name, arguments)
    }
    return nil
  }

  private static let simple: [String: ValueType] = [
    "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes, "bool": .bool,
    "null_type": .null, "dyn": .dyn, "any": .dyn, "timestamp": .timestamp, "duration": .duration, "error": .error,
    "type": .type(.dyn), "list": .list(.dyn), "map": .map(key: .dyn, value: .dyn),
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
    "optional_type": .optional(.dyn),
  ]

  static func value(_ written: Any) -> Value? {
    guard let object = written as? [String: Any], let (tag, inner) = object.first else { return nil }
    switch tag {
    case "int": return (inner as? String).flatMap { Int64($0) }.map { .int($0) }
    case "uint": return (inner as? String).flatMap { UInt64($0) }.map { .uint($0) }
    case "double": return (inner as? String).flatMap { Double($0) }.map { .double($0) }
    case "string": return (inner as? String).map { .string($0) }
    case "bytes_b64":
      return (inner as? String).flatMap { Data(base64Encoded: $0) }.map { .bytes(BytesBox(Array($0))) }
    case "bool": return (inner as? Bool).map { .bool($0) }
    case "null": return .null
    case "list":
      guard let items = inner as? [Any] else { return nil }
      let values = items.compactMap { value($0) }
      return values.count == items.count ? .list(values) : nil
    case "map":
      guard let entries = inner as? [[Any]] else { return nil }
      var builder = MapBuilder()
      for entry in entries {
        guard entry.count == 2, let key = value(entry[0]), let inner = value(entry[1]),
          builder.insert(key, inner) == nil
        else { return nil }
      }
      return .map(builder.finished())
    case "type":
      var notation = ConformanceNotation()
      return notation.type(inner).map { .type(TypeBox($0)) }
    case "timestamp", "duration":
      guard let text = inner as? String else { return nil }
      return evaluated("\(tag)('\(text)')")
    case "optional": return .optional(value(inner))
    default: return nil
    }
  }

  private static func evaluated(_ text: String) -> Value? {
    let environment = Environment()
    let checked = Checker.check(Parser.parse(text), in: environment)
    guard checked.problems.isEmpty else { return nil }
    var frame = Frame(graph: .empty, slotCount: 0)
    return CompiledExpression(checked, in: environment).evaluate(&frame)
  }

  /// The suite's equality: one kind of number only, NaN equals NaN, maps in any order.
  static func same(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): return true
    case (.bool(let x), .bool(let y)): return x == y
    case (.int(let x), .int(let y)): return x == y
    case (.uint(let x), .uint(let y)): return x == y
    case (.double(let x), .double(let y)): return x == y && x.sign == y.sign || x.isNaN && y.isNaN
    case (.string(let x), .string(let y)): return Array(x.utf8) == Array(y.utf8)
    case (.bytes(let x), .bytes(let y)): return x.bytes == y.bytes
    case (.timestamp(let s, let n), .timestamp(let t, let m)): return s == t && n == m
    case (.duration(let x), .duration(let y)): return x == y
    case (.type(let x), .type(let y)): return head(x.type) == head(y.type)
    case (.optional(let x), .optional(let y)):
      guard let inner = x.value, let other = y.value else { return x.value == nil && y.value == nil }
      return same(inner, other)
    case (.map(let x), .map(let y)):
      return x.entries.count == y.entries.count
        && x.entries.allSatisfy { entry in
          y.entries.contains { same($0.key, entry.key) && same($0.value, entry.value) }
        }
    default:
      guard let x = a.listView, let y = b.listView, x.count == y.count, x.isDefinite, y.isDefinite else { return false }
      return (0..<x.count).allSatisfy { same(x[$0], y[$0]) }
    }
  }

  private static func head(_ type: ValueType) -> ValueType {
    switch type {
    case .list: .list(.dyn)
    case .map: .map(key: .dyn, value: .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    default: type
    }
  }
}
