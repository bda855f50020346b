/// How a macro is written: the parser turns a call of this shape into a `macro` node; the checker knows what it means.
public struct MacroSignature: Sendable, Hashable {
  public var name: String
  /// Written `receiver.name(…)`; for a namespaced macro (`cel.bind`) the name holds the dot and this is false.
  public var hasReceiver: Bool
  public var argumentCount: Int
  /// The positions of the arguments that are names of variables, ascending.
  public var variables: [Int]

  public init(_ name: String, hasReceiver: Bool, argumentCount: Int, variables: [Int] = []) {
    self.name = name
    self.hasReceiver = hasReceiver
    self.argumentCount = argumentCount
    self.variables = variables
  }

  /// The specification's macros, the two-variable ones, `cel.bind` and the optional ones.
  public static let standard: [MacroSignature] = [
    MacroSignature("all", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("all", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("cel.bind", hasReceiver: false, argumentCount: 3, variables: [0]),
    MacroSignature("exists", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("exists", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("existsOne", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("existsOne", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("exists_one", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("exists_one", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("filter", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("has", hasReceiver: false, argumentCount: 1),
    MacroSignature("map", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("map", hasReceiver: true, argumentCount: 3, variables: [0]),
    MacroSignature("optFlatMap", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("optMap", hasReceiver: true, argumentCount: 2, variables: [0]),
    MacroSignature("transformList", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("transformList", hasReceiver: true, argumentCount: 4, variables: [0, 1]),
    MacroSignature("transformMap", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("transformMap", hasReceiver: true, argumentCount: 4, variables: [0, 1]),
    MacroSignature("transformMapEntry", hasReceiver: true, argumentCount: 3, variables: [0, 1]),
    MacroSignature("transformMapEntry", hasReceiver: true, argumentCount: 4, variables: [0, 1]),
  ]
}
