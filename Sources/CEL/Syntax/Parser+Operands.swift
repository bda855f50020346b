/// Unary operators, members, and what stands in brackets (language definition: Syntax).
extension Parser {
  /// A primary with its selections, indexes and calls, built in a loop.
  ///
  /// - Parameter minus: the sign that belongs to the literal number which comes next.
  mutating func parseMember(minus: Token?) throws(Halt) -> Operand {
    var operand = try parsePrimary(minus: minus)
    while true {
      switch current.kind {
      case .dot: operand = try parseSelection(of: operand)
      case .leftBracket: operand = try parseIndex(of: operand)
      default: return operand
      }
    }
  }

  private mutating func parsePrimary(minus: Token?) throws(Halt) -> Operand {
    let token = current
    switch token.kind {
    case .identifier:
      return try parseName(startingAt: token.lowerBound, isAbsolute: false)
    case .dot:
      advance()
      if current.kind == .reserved { return try parseReserved() }
      guard current.kind == .identifier else { throw expectedAfterLeadingDot() }
      return try parseName(startingAt: token.lowerBound, isAbsolute: true)
    case .reserved:
      return try parseReserved()
    case .leftParenthesis: return try parseParenthesised()
    case .leftBracket: return try parseList()
    case .leftBrace: return try parseMap()
    case .int, .uint, .double, .string, .bytes, .true, .false, .null:
      return try parseLiteral(minus: minus)
    default:
      throw expectedOperand()
    }
  }

  private mutating func parseParenthesised() throws(Halt) -> Operand {
    let parenthesis = current
    advance()
    let inner = try parseExpression()
    try require(.rightParenthesis, "`)`", opened: parenthesis)
    return Operand(id: inner.id, lowerBound: parenthesis.lowerBound, upperBound: previousEnd)
  }

  @inline(never)
  private mutating func expectedOperand() -> Halt {
    let token = current
    switch token.kind {
    case .quotedName: return halt(.misplacedQuotedName(at: token.range))
    case .rightParenthesis where cursor == 0, .rightBracket where cursor == 0, .rightBrace where cursor == 0:
      return halt(.strayBracket(string(token.range), at: token.range))
    case .in:
      return expected(
        "an operand", notes: ["`in` is an operator; a field called `in` needs a dot and backticks"])
    default: return expected("an operand")
    }
  }

  @inline(never)
  private mutating func expectedAfterLeadingDot() -> Halt { expected("a name after the leading dot") }

  /// The end of the token that was passed last.
  var previousEnd: Int { tokens[max(cursor - 1, 0)].upperBound }

  /// A reserved word where a name should stand: passed as missing where it was surely meant as a variable.
  @inline(never)
  private mutating func parseReserved() throws(Halt) -> Operand {
    let token = current
    let problem = ExpressionProblem.reservedWord(string(token.range), at: token.range)
    let next = kind(ahead: 1)
    if next == .leftParenthesis || next == .leftBrace || next.startsAtom && next != .bang { throw halt(problem) }
    report(problem)
    advance()
    return operand(try add(.missing, token.range), token.range)
  }

  func operand(_ id: ExprID, _ range: Range<Int>) -> Operand {
    Operand(id: id, lowerBound: range.lowerBound, upperBound: range.upperBound)
  }

  /// What follows a whole expression, and cannot.
  mutating func unexpectedAfterOperand() -> Halt {
    let token = current
    switch token.kind {
    case .rightParenthesis, .rightBracket, .rightBrace:
      return halt(.strayBracket(string(token.range), at: token.range))
    case .leftParenthesis: return expected("an operator", notes: ["only a name can be called"])
    case .leftBrace: return expected("an operator", notes: ["only the name of a type can stand before `{`"])
    case .colon: return expected("an operator", notes: ["`:` needs a `?` before it"])
    case .quotedName: return halt(.misplacedQuotedName(at: token.range))
    default: return expected("an operator")
    }
  }

  // MARK: - Names

  /// A variable, a global call, a message, or a macro in a namespace.
  private mutating func parseName(startingAt start: Int, isAbsolute: Bool) throws(Halt) -> Operand {
    var last = cursor
    while tokens[last + 1].kind == .dot, tokens[last + 2].kind.isName { last += 2 }
    switch tokens[last + 1].kind {
    case .leftBrace:
      return try parseMessage(startingAt: start, lastName: last, isAbsolute: isAbsolute)
    case .leftParenthesis where last > cursor && !isAbsolute && isNamespacedMacro(lastName: last):
      return try parseNamespacedMacro(lastName: last)
    default: break
    }

    if kind(ahead: 1) != .leftParenthesis { return try identifier(startingAt: start, isAbsolute: isAbsolute) }
    let token = current
    advance()
    return try parseCall(isAbsolute: isAbsolute, token.range, receiver: nil, startingAt: start)
  }

  @inline(never)
  private mutating func identifier(startingAt start: Int, isAbsolute: Bool) throws(Halt) -> Operand {
    let range = start..<current.upperBound
    let id = try add(.identifier(name: string(current.range), isAbsolute: isAbsolute), range)
    advance()
    return operand(id, range)
  }

  private mutating func parseSelection(of target: Operand) throws(Halt) -> Operand {
    let (field, isOptional) = try fieldName(of: target)
    if current.kind == .leftParenthesis {
      return try parseCall(isAbsolute: false, field.range, receiver: target, startingAt: target.lowerBound)
    }
    return try select(field, of: target, isOptional: isOptional)
  }

  /// Passes the dot, the question mark and the name of a selection or of a call.
  @inline(never)
  private mutating func fieldName(of target: Operand) throws(Halt) -> (Token, isOptional: Bool) {
    let dot = current
    advance()
    let isOptional = accept(.question)
    let field = current
    switch field.kind {
    case .identifier, .reserved, .quotedName: break
    case .true, .false, .null, .in:
      report(.keywordAsField(string(field.range), at: field.range))
    default:
      if case .literal(.int) = tree[target.id], dot.lowerBound == target.upperBound, !isOptional {
        throw halt(.digitAfterDot(at: target.lowerBound..<dot.upperBound))
      }
      throw expected("the name of a field after `\(isOptional ? ".?" : ".")`")
    }
    advance()
    if current.kind == .leftParenthesis, isOptional || field.kind == .quotedName {
      throw halt(.notCallable(at: field.range, isOptional: isOptional))
    }
    return (field, isOptional)
  }

  @inline(never)
  private mutating func select(_ field: Token, of target: Operand, isOptional: Bool) throws(Halt) -> Operand {
    let name = field.kind == .quotedName ? quotedName(field) : string(field.range)
    let range = target.lowerBound..<field.upperBound
    let id = try add(
      .select(operand: target.id, field: name, fieldRange: field.range, isOptional: isOptional), range,
      over: height(target.id))
    return operand(id, range)
  }

  private func quotedName(_ token: Token) -> String { string(token.lowerBound + 1..<token.upperBound - 1) }

  private mutating func parseIndex(of target: Operand) throws(Halt) -> Operand {
    let bracket = current
    advance()
    let isOptional = accept(.question)
    let index = try parseExpression()
    try require(.rightBracket, "`]`", opened: bracket)
    return try call(
      isOptional ? "_[?_]" : "_[_]", bracket.range, nil, [target, index], target.lowerBound..<previousEnd)
  }

  // MARK: - Aggregates

  private mutating func parseList() throws(Halt) -> Operand {
    let bracket = current
    advance()
    var items: [SyntaxTree.ListItem] = []
    var tallest: Int32 = 0
    if !acceptEmpty(.rightBracket) {
      repeat {
        let isOptional = accept(.question)
        let value = try parseExpression()
        tallest = max(tallest, height(value.id))
        items.append(SyntaxTree.ListItem(value: value.id, isOptional: isOptional))
      } while try acceptSeparator(before: .rightBracket, "`]`", opened: bracket)
    }
    let range = bracket.lowerBound..<previousEnd
    return operand(try add(.list(items), range, over: tallest), range)
  }

  private mutating func parseMap() throws(Halt) -> Operand {
    let brace = current
    advance()
    var entries: [SyntaxTree.MapEntry] = []
    var tallest: Int32 = 0
    if !acceptEmpty(.rightBrace) {
      repeat {
        let isOptional = accept(.question)
        let key = try parseExpression()
        try require(.colon, "`:` after the key", opened: brace)
        let value = try parseExpression()
        tallest = max(tallest, height(key.id), height(value.id))
        entries.append(SyntaxTree.MapEntry(key: key.id, value: value.id, isOptional: isOptional))
      } while try acceptSeparator(before: .rightBrace, "`}`", opened: brace)
    }
    let range = brace.lowerBound..<previousEnd
    return operand(try add(.map(entries), range, over: tallest), range)
  }

  private mutating func parseMessage(
    startingAt start: Int, lastName: Int, isAbsolute: Bool
  ) throws(Halt) -> Operand {
    let typeName = qualifiedName(through: lastName, isAbsolute: isAbsolute)
    cursor = lastName + 1
    let brace = current
    advance()
    var fields: [SyntaxTree.FieldEntry] = []
    var tallest: Int32 = 0
    if !acceptEmpty(.rightBrace) {
      repeat {
        let isOptional = accept(.question)
        let field = try messageField(opened: brace)
        let value = try parseExpression()
        tallest = max(tallest, height(value.id))
        fields.append(messageEntry(field, value.id, isOptional: isOptional))
      } while try acceptSeparator(before: .rightBrace, "`}`", opened: brace)
    }
    let range = start..<previousEnd
    return operand(try add(.message(typeName: typeName, fields: fields), range, over: tallest), range)
  }

  /// Passes a field's name and its colon.
  @inline(never)
  private mutating func messageField(opened: Token) throws(Halt) -> Token {
    let field = current
    switch field.kind {
    case .identifier, .reserved, .quotedName: break
    case .true, .false, .null, .in: report(.keywordAsField(string(field.range), at: field.range))
    default: throw expected("the name of a field", opened: opened)
    }
    advance()
    if accept(.colon) { return field }
    let fix =
      current.kind == .assign ? ExpressionProblem.Fix("write `:`", replace: current.range, with: ":") : nil
    throw expected("`:` after the field's name", opened: opened, fix: fix)
  }

  @inline(never)
  private func messageEntry(_ field: Token, _ value: ExprID, isOptional: Bool) -> SyntaxTree.FieldEntry {
    SyntaxTree.FieldEntry(
      name: field.kind == .quotedName ? quotedName(field) : string(field.range), nameRange: field.range,
      value: value, isOptional: isOptional)
  }

  /// The names and dots from the current token to a later one, without the space and comments between them.
  @inline(never)
  func qualifiedName(through last: Int, isAbsolute: Bool = false) -> String {
    var bytes: [UInt8] = isAbsolute ? [UInt8(ascii: ".")] : []
    for token in tokens[cursor...last] { bytes.append(contentsOf: text[token.range]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Passes the end of an aggregate without items, which may hold a comma.
  private mutating func acceptEmpty(_ closer: Token.Kind) -> Bool {
    if current.kind == .comma, kind(ahead: 1) == closer { advance() }
    return accept(closer)
  }

  /// Passes a comma before another item (true) or the end of the aggregate, with or without a comma (false).
  @inline(never)
  private mutating func acceptSeparator(
    before closer: Token.Kind, _ described: String, opened: Token
  ) throws(Halt) -> Bool {
    if accept(.comma) { return !accept(closer) }
    guard accept(closer) else { throw expected("`,` or \(described)", opened: opened) }
    return false
  }
}
