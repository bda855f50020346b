/// Reads CEL by operator precedence over the lexer's tokens.
///
/// The grammar is the specification's with cel-go's optional syntax and names in backticks. The parser stops at the
/// first token that fits nowhere; slips that leave no doubt about what was meant (`=`, `and`, an escape that does not
/// exist) are reported and passed. It recurses only into brackets, `nestingLimit` deep, on less than 512 kB of stack in
/// an optimised build; `@inline(never)` keeps the locals of other functions out of its frames.
public struct Parser {
  /// How many brackets and macro or call arguments may enclose a place; cel-go's recursion limit.
  public static let nestingLimit = 250
  /// The height of a tree: what a recursive visitor of the result must bear: on the 2 MB that a
  /// thread has at least on Linux.
  public static let depthLimit = 500
  /// cel-go's limit on an expression's length.
  public static let codePointLimit = 100_000
  /// Further problems of one expression are dropped.
  public static let problemLimit = 20

  /// Thrown after the problem is noted: the rest cannot be read.
  struct Halt: Error {}

  /// A node with its extent, which counts enclosing parentheses; the node's own range does not.
  struct Operand {
    var id: ExprID
    var lowerBound: Int
    var upperBound: Int

    var range: Range<Int> { lowerBound..<upperBound }
  }

  let text: [UInt8]
  let macros: [MacroSignature]
  let tokens: [Token]
  var tree = SyntaxTree()
  /// The height of each node's subtree.
  var heights: [Int32] = []
  var problems: [ExpressionProblem]
  /// The left operands and the binary operators that wait for what follows, in step.
  var operands: [Operand] = []
  var operators: [WaitingOperator] = []
  /// The index of the current token; the last one is never passed.
  var cursor = 0
  var nesting = 0

  private init(_ text: [UInt8], macros: [MacroSignature]) {
    self.text = text
    self.macros = macros
    var lexer = Lexer(text)
    lexer.run()
    tokens = lexer.tokens
    problems = lexer.problems
    tree.reserveCapacity(tokens.count)
    heights.reserveCapacity(tokens.count)
  }

  /// Linear in the text.
  public static func parse(_ text: String, macros: [MacroSignature] = MacroSignature.standard) -> ParsedExpression {
    parse(Array(text.utf8), macros: macros)
  }

  /// Linear in the text. Takes any bytes; those that are not UTF-8 are a problem like others.
  public static func parse(_ text: [UInt8], macros: [MacroSignature] = MacroSignature.standard) -> ParsedExpression {
    if let problem = unreadable(text) {
      var tree = SyntaxTree()
      tree.root = tree.add(.missing, 0..<text.count)
      return ParsedExpression(text: text, tree: tree, problems: [problem])
    }
    var parser = Parser(text, macros: macros)
    parser.parseAll()
    if parser.problems.count > 1 { parser.problems.sort(by: ExpressionProblem.precedes) }
    return ParsedExpression(text: text, tree: parser.tree, problems: parser.problems)
  }

  /// What keeps a text from being cut into tokens at all.
  private static func unreadable(_ text: [UInt8]) -> ExpressionProblem? {
    // No code point is longer than four bytes; and in ill-formed text the count below may stay small.
    if text.count > 4 * codePointLimit { return .expressionTooLong(text.count) }
    var codePoints = 0
    for byte in text where byte & 0xC0 != 0x80 { codePoints += 1 }
    if codePoints > codePointLimit { return .expressionTooLong(text.count) }
    if let range = UTF8Check.firstFault(in: text) { return .invalidUTF8(at: range) }
    return nil
  }

  private mutating func parseAll() {
    do throws(Halt) {
      if current.kind == .end { throw halt(.emptyExpression(text.count)) }
      let whole = try parseExpression()
      if current.kind != .end { throw unexpectedAfterOperand() }
      tree.root = whole.id
    } catch {
      tree.root = tree.add(.missing, 0..<text.count)
    }
  }

  // MARK: - Tokens

  var current: Token { tokens[cursor] }

  /// The kind of a token further on; `end` behind the last.
  func kind(ahead count: Int) -> Token.Kind {
    cursor + count < tokens.count ? tokens[cursor + count].kind : .end
  }

  mutating func advance() {
    if cursor + 1 < tokens.count { cursor += 1 }
  }

  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Passes a token that must come next.
  @inline(never)
  mutating func require(_ kind: Token.Kind, _ described: String, opened: Token) throws(Halt) {
    if !accept(kind) { throw expected(described, opened: opened) }
  }

  func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  // MARK: - Nodes

  /// Adds a node over children that are in the tree.
  ///
  /// - Parameter height: the greatest height of its children.
  @inline(never)
  mutating func add(_ node: SyntaxTree.Node, _ range: Range<Int>, over height: Int32 = 0) throws(Halt) -> ExprID {
    if height >= Int32(Parser.depthLimit) { throw halt(.chainTooLong(at: range)) }
    heights.append(height + 1)
    return tree.add(node, range)
  }

  func height(_ id: ExprID) -> Int32 { heights[Int(id.index)] }

  // MARK: - Problems

  mutating func report(_ problem: ExpressionProblem) {
    if problems.count < Parser.problemLimit { problems.append(problem) }
  }

  /// Reports what nothing can follow; the result is to be thrown. Where the lexer gave up, it has said why.
  @inline(never)
  mutating func halt(_ problem: ExpressionProblem) -> Halt {
    if current.kind != .invalid { report(problem) }
    return Halt()
  }

  /// The current token in the words of a message.
  var found: String {
    switch current.kind {
    case .end, .invalid: "the end of the expression"
    case .string: "a string"
    case .bytes: "bytes"
    case .quotedName: "a name in backticks"
    default: "`\(ExpressionProblem.excerpt(string(current.range)))`"
    }
  }

  @inline(never)
  mutating func expected(
    _ wanted: String, opened: Token? = nil, notes: [String] = [], fix: ExpressionProblem.Fix? = nil
  ) -> Halt {
    let related = opened.map { [ExpressionProblem.Related("opened here", at: $0.range)] } ?? []
    return halt(.expected(wanted, found: found, at: current.range, related: related, notes: notes, fix: fix))
  }
}
