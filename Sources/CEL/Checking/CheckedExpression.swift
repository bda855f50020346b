/// An expression whose every node has a type and a meaning.
public struct CheckedExpression: Sendable {
  public let parsed: ParsedExpression
  /// By node.
  public let types: [ValueType]
  let resolutions: [Resolution]
  public let type: ValueType
  public let problems: [ExpressionProblem]

  func type(of id: ExprID) -> ValueType { types[Int(id.index)] }
  func resolution(of id: ExprID) -> Resolution { resolutions[Int(id.index)] }
}

/// What a node means, beyond its syntax. Small, because every node has one, and compiling recurses with copies of it.
enum Resolution: Sendable {
  case none
  /// A name of the environment.
  indirect case variable(Environment.Variable)
  /// A variable of an enclosing macro or a parameter of a shared function.
  case local
  /// A field of entities: the node that gives the entity, and the declaration for each kind that has it.
  indirect case field(base: ExprID, path: String, [KindField])
  /// A field of a record, by position.
  case recordField(Int)
  indirect case function(Function)
  indirect case shared(SharedFunction, CheckedExpression)
  /// A literal that was written as a string.
  indirect case constant(Value)
  /// The kinds named inside `every` and `of`.
  case kinds(KindSet)

  struct KindField: Sendable {
    var kind: Int
    var declaration: FieldDeclaration
  }
}
