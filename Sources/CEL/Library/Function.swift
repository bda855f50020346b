/// One signature of a function: the checker picks one, the implementation looks at the values.
public struct Overload: Sendable {
  public var parameters: [ValueType]
  public var result: ValueType
  /// Written `receiver.name(…)`; the receiver is the first parameter.
  public var isMember: Bool

  public init(_ parameters: [ValueType], _ result: ValueType, isMember: Bool = false) {
    self.parameters = parameters
    self.result = result
    self.isMember = isMember
  }
}

/// A function: its signatures and what it does.
public struct Function: Sendable {
  public enum Body: Sendable {
    case unary(@Sendable (Value) -> Value)
    case binary(@Sendable (Value, Value) -> Value)
    case variadic(@Sendable ([Value]) -> Value)
    /// One that reads the graph or the cost.
    case contextual(@Sendable (inout Frame, [Value]) -> Value)
  }

  public var name: String
  public var overloads: [Overload]
  public var body: Body
  /// Whether it can work on lists with possible elements or further ones; otherwise such a list makes the result
  /// unknown before it is called.
  public var takesPartialLists: Bool
  /// Whether an error or an unknown among the arguments is the result; otherwise it wants to see them.
  public var isStrict: Bool
  /// Whether its first type variable must stand for a type whose values have an order.
  var needsOrder = false

  public init(
    _ name: String, _ overloads: [Overload], takesPartialLists: Bool = false, isStrict: Bool = true, _ body: Body
  ) {
    self.name = name
    self.overloads = overloads
    self.takesPartialLists = takesPartialLists
    self.isStrict = isStrict
    self.body = body
  }

  /// The same for values that have an order only.
  var ofOrdered: Function {
    var result = self
    result.needsOrder = true
    return result
  }

  /// The library's functions by name.
  static let library: [String: Function] = {
    var result: [String: Function] = [:]
    let all =
      conversions + encoderFunctions + listExtensions + listFunctions + mapFunctions + mathFunctions + networkFunctions
      + operators + optionalFunctions + setFunctions + stringExtensions + textFunctions + timeFunctions
    for function in all { result[function.name] = function }
    return result
  }()
}
