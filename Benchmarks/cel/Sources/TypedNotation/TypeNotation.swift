public import CEL

/// The notation of types in the lines: `"int"`, `{"list":T}`, `{"map":[K,V]}`, `{"type":T}`,
/// `{"abstract":"optional_type","params":[T]}`.
public enum TypeNotation {
  public static func type(_ written: Any) -> ValueType? {
    if let name = written as? String { return simple.first { $0.name == name }?.type }
    guard let object = written as? [String: Any] else { return nil }
    if let element = object["list"] { return type(element).map { .list($0) } }
    if let pair = object["map"] as? [Any], pair.count == 2, let key = type(pair[0]), let value = type(pair[1]) {
      return .map(key: key, value: value)
    }
    if let inner = object["type"] { return type(inner).map { .type($0) } }
    guard object["abstract"] as? String == "optional_type", let arguments = object["params"] as? [Any],
      let argument = arguments.first
    else { return nil }
    return type(argument).map { .optional($0) }
  }

  /// JSON.
  public static func text(_ type: ValueType) -> String {
    switch type {
    case .list(let element): return #"{"list":\#(text(element))}"#
    case .map(let key, let value): return #"{"map":[\#(text(key)),\#(text(value))]}"#
    case .type(let inner): return #"{"type":\#(text(inner))}"#
    case .optional(let inner): return #"{"abstract":"optional_type","params":[\#(text(inner))]}"#
    default: return "\"\(simple.first { $0.type == type }?.name ?? "dyn")\""
    }
  }

  /// The type that a value without a declared one is bound at: exact where its elements agree.
  public static func type(of value: Value) -> ValueType {
    switch value {
    case .null: return .null
    case .bool: return .bool
    case .int: return .int
    case .uint: return .uint
    case .double: return .double
    case .string: return .string
    case .bytes: return .bytes
    case .timestamp: return .timestamp
    case .duration: return .duration
    case .type(let box): return .type(box.type)
    case .optional(let box): return .optional(box.value.map { type(of: $0) } ?? .dyn)
    case .map(let map): return .map(key: common(map.entries.map(\.key)), value: common(map.entries.map(\.value)))
    default:
      guard let view = value.listView else { return .dyn }
      return .list(common((0..<view.count).map { view[$0] }))
    }
  }

  private static func common(_ values: [Value]) -> ValueType {
    let types = Set(values.map { type(of: $0) })
    if types.count == 1, let only = types.first { return only }
    return .dyn
  }

  private static let simple: [(name: String, type: ValueType)] = [
    ("bool", .bool), ("bytes", .bytes), ("double", .double), ("duration", .duration), ("dyn", .dyn), ("int", .int),
    ("null_type", .null), ("string", .string), ("timestamp", .timestamp), ("uint", .uint),
  ]
}
