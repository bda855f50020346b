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
    /// One that evaluates its arguments itself, perhaps on another graph or at another date. It is asked whatever the
    /// arguments are, errors and unknowns included.
    case deferred(@Sendable (inout Frame, [DeferredArgument]) -> Value)
  }

  enum Domain: Sendable {
    case anything
    /// Types whose values have an order.
    case ordered
    /// `int`, `uint` and `double`; where `dyn` is allowed, several of them together, which are `dyn`.
    case numbers
  }

  public var name: String
  public var overloads: [Overload]
  public var body: Body
  /// Whether it can work on lists with possible elements or further ones; otherwise such a list makes the result
  /// unknown before it is called.
  public var takesPartialLists: Bool
  /// Whether an error or an unknown among the arguments is the result; otherwise it wants to see them.
  public var isStrict: Bool
  /// The host's number of a fact that it reads about the entities in its arguments and that is no field, nor numbered as
  /// one; entities that it gives and that are not in its arguments come out of that fact. Nil: it reads none.
  public var fact: Int32?
  /// What its first type variable may stand for.
  var domain = Domain.anything
  /// A body that need not look at the arguments that never change: it is given these, and nil for every other, when an
  /// expression is compiled. Nil: the plain body serves.
  var prepared: (@Sendable ([Value?]) -> Body?)?
  /// What is wrong with string literals among the arguments, known when an expression is checked: it is given these,
  /// and nil for every other argument, the receiver first.
  var literalProblem: (@Sendable ([String?]) -> LiteralProblem?)?

  public init(
    _ name: String, _ overloads: [Overload], takesPartialLists: Bool = false, isStrict: Bool = true,
    fact: Int32? = nil, _ body: Body
  ) {
    self.name = name
    self.overloads = overloads
    self.takesPartialLists = takesPartialLists
    self.isStrict = isStrict
    self.fact = fact
    self.body = body
  }

  /// The same for values of this domain only.
  func of(_ domain: Domain) -> Function {
    var result = self
    result.domain = domain
    return result
  }

  /// The same with a quicker body for constant arguments.
  func preparing(_ prepare: @escaping @Sendable ([Value?]) -> Body?) -> Function {
    var result = self
    result.prepared = prepare
    return result
  }

  /// The same with a check of its literals.
  func checkingLiterals(_ find: @escaping @Sendable ([String?]) -> LiteralProblem?) -> Function {
    var result = self
    result.literalProblem = find
    return result
  }

  /// The names by which they are called, operators left out; ascending.
  package static var libraryNames: [String] { library.keys.filter { $0.first?.isLetter == true }.sorted() }

  /// Whether the language has a function or a macro of a name: what somebody else calls so would take its place.
  public static func isOfLanguage(_ name: String) -> Bool {
    library[name] != nil || MacroSignature.all.contains { $0.name == name }
  }

  /// The library's functions by name.
  static let library: [String: Function] = {
    var result: [String: Function] = [:]
    let all =
      conversions + encoderFunctions + listExtensions + listFunctions + mapFunctions + mathFunctions + networkFunctions
      + operators + optionalFunctions + regexFunctions + setFunctions + stringExtensions + textFunctions
      + timeFunctions
    for function in all { result[function.name] = function }
    return result
  }()
}
