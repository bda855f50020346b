/// What the parser made of one expression: its text, its tree and what is wrong with it.
public struct ParsedExpression: Sendable {
  /// The expression's bytes as they were given; all ranges count them.
  public let text: [UInt8]
  /// Whole when `problems` is empty. Otherwise a `missing` node stands at each place that could not be read, and the
  /// root is one when nothing could be saved.
  public let tree: SyntaxTree
  /// Empty when the expression parsed; sorted by place, at most `Parser.problemLimit`.
  public let problems: [ExpressionProblem]

  public init(text: [UInt8], tree: SyntaxTree, problems: [ExpressionProblem]) {
    self.text = text
    self.tree = tree
    self.problems = problems
  }
}
