/// A record whose fields' types depend on parameters: `group(K, T)`, `span(T)`.
///
/// A value of it is a `RecordBox` of the type `.abstract(name, […])`, its fields in the order in which they are declared.
public struct ParametricRecord: Sendable {
  public var name: String
  public var parameterCount: Int
  /// Types in which `.variable(0)` stands for the first parameter, `.variable(1)` for the second.
  public var fields: [(name: String, type: ValueType)]

  public init(_ name: String, parameterCount: Int, fields: [(name: String, type: ValueType)]) {
    self.name = name
    self.parameterCount = parameterCount
    self.fields = fields
  }

  /// The position and the type of a field, with the arguments put in for the parameters.
  func field(_ name: String, of arguments: [ValueType]) -> (position: Int, type: ValueType)? {
    guard let position = fields.firstIndex(where: { $0.name == name }) else { return nil }
    return (position, fields[position].type.substituting(arguments))
  }

  /// What `groupBy` and `countBy` make.
  static let library: [ParametricRecord] = [
    ParametricRecord("count", parameterCount: 1, fields: [("key", .variable(0)), ("count", .int)]),
    ParametricRecord("group", parameterCount: 2, fields: [("key", .variable(0)), ("items", .list(.variable(1)))]),
  ]
}

extension ValueType {
  /// The type with `.variable(i)` replaced by the argument at `i`.
  func substituting(_ arguments: [ValueType]) -> ValueType {
    switch self {
    case .variable(let index): arguments.indices.contains(index) ? arguments[index] : self
    case .list(let element): .list(element.substituting(arguments))
    case .optional(let element): .optional(element.substituting(arguments))
    case .type(let element): .type(element.substituting(arguments))
    case .map(let key, let value): .map(key: key.substituting(arguments), value: value.substituting(arguments))
    case .abstract(let name, let inner): .abstract(name, inner.map { $0.substituting(arguments) })
    default: self
    }
  }
}
