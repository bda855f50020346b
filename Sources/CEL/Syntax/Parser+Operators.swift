/// Binary and ternary operators by precedence (language definition: Syntax, the table of operators).
extension Parser {
  /// A binary operator that waits for its right operand.
  struct WaitingOperator {
    var kind: Token.Kind
    var range: Range<Int>
    /// `not in`.
    var isNegated = false

    var isLogical: Bool { kind == .and || kind == .or }
  }

  /// `Or ["?" Or ":" Expr]`.
  mutating func parseExpression() throws(Halt) -> Operand {
    if nesting > Parser.nestingLimit { throw halt(.nestingTooDeep(at: current.range)) }
    nesting += 1
    var result = try parseOr()
    if current.kind == .question { result = try parseAlternatives(of: result) }
    nesting -= 1
    return result
  }

  /// The rest of a conditional, its chain of alternatives built in a loop.
  private mutating func parseAlternatives(of first: Operand) throws(Halt) -> Operand {
    var branches: [(condition: Operand, result: Operand, question: Token)] = []
    var last = first
    while current.kind == .question {
      let question = current
      advance()
      let result = try parseOr()
      if current.kind == .question { throw halt(.nestedConditional(at: current.range)) }
      try require(.colon, "`:`", opened: question)
      branches.append((last, result, question))
      last = try parseOr()
    }
    for branch in branches.reversed() {
      last = try call(
        "_?_:_", branch.question.range, nil, [branch.condition, branch.result, last],
        branch.condition.lowerBound..<last.upperBound)
    }
    return last
  }

  /// Operands joined by binary operators, all of which associate to the left.
  ///
  /// What waits stands on two stacks that all levels of brackets share, so that the levels of precedence cost no call
  /// frames.
  private mutating func parseOr() throws(Halt) -> Operand {
    let base = operators.count
    var last = try parseUnary()
    while let next = binaryOperator() {
      while operators.count > base, let waiting = operators.last,
        waiting.kind.precedence > next.kind.precedence
          || waiting.kind.precedence == next.kind.precedence && !next.isLogical
      {
        last = try reduce(before: last, base: base)
      }
      operands.append(last)
      operators.append(next)
      last = try parseUnary()
    }
    while operators.count > base { last = try reduce(before: last, base: base) }
    return last
  }

  /// Passes a binary operator. Words and signs of other languages count for what they must have meant, and are
  /// reported.
  @inline(never)
  private mutating func binaryOperator() -> WaitingOperator? {
    let token = current
    var result = WaitingOperator(kind: token.kind, range: token.range)
    var instead: String?
    switch token.kind {
    case .assign: (result.kind, instead) = (.equal, "==")
    case .ampersand: (result.kind, instead) = (.and, "&&")
    case .pipe: (result.kind, instead) = (.or, "||")
    case .identifier where result.range.count <= 3:
      switch string(token.range) {
      case "and", "AND": (result.kind, instead) = (.and, "&&")
      case "or", "OR": (result.kind, instead) = (.or, "||")
      case "not" where kind(ahead: 1) == .in, "NOT" where kind(ahead: 1) == .in:
        advance()
        result = WaitingOperator(kind: .in, range: token.lowerBound..<current.upperBound, isNegated: true)
      default: return nil
      }
    default: break
    }
    guard result.kind.precedence > 0 else { return nil }
    if let instead { report(.foreignOperator(string(token.range), at: token.range, instead: instead)) }
    advance()
    return result
  }

  /// Joins what waits under the operator on top of the stack, for a logical one its whole run.
  @inline(never)
  private mutating func reduce(before last: Operand, base: Int) throws(Halt) -> Operand {
    guard let top = operators.last else { return last }
    guard top.isLogical else {
      operators.removeLast()
      let left = operands.removeLast()
      return top.isNegated ? try joinNegated(left, last, top) : try join(left, last, top.kind.function, top.range)
    }
    var start = operators.count - 1
    while start > base, operators[start - 1].kind == top.kind { start -= 1 }
    // The stacks are equally high: one operand waits under each operator.
    let run = operators[start...]
    let result = try balanced(operands[start...] + [last], run.map(\.range)[...], top.kind.function)
    operators.removeSubrange(start...)
    operands.removeSubrange(start...)
    return result
  }

  private mutating func join(
    _ left: Operand, _ right: Operand, _ function: String, _ nameRange: Range<Int>
  ) throws(Halt) -> Operand {
    try call(function, nameRange, nil, [left, right], left.lowerBound..<right.upperBound)
  }

  /// A run of one logical operator as a balanced tree, so that a thousand terms stand ten levels deep.
  private mutating func balanced(
    _ operands: ArraySlice<Operand>, _ operators: ArraySlice<Range<Int>>, _ function: String
  ) throws(Halt) -> Operand {
    if operands.count == 1 { return operands[operands.startIndex] }
    let half = (operands.count + 1) / 2
    let left = try balanced(operands.prefix(half), operators.prefix(half - 1), function)
    let right = try balanced(operands.dropFirst(half), operators.dropFirst(half), function)
    return try join(left, right, function, operators[operators.startIndex + half - 1])
  }

  /// `a not in b`, read as `!(a in b)` and reported.
  private mutating func joinNegated(
    _ left: Operand, _ right: Operand, _ waiting: WaitingOperator
  ) throws(Halt) -> Operand {
    let whole = left.lowerBound..<right.upperBound
    report(
      .wordNotIn(at: waiting.range, left: string(left.range), right: string(right.range), whole: whole))
    let inside = try join(left, right, waiting.kind.function, waiting.range)
    return try call("!_", waiting.range, nil, [inside], whole)
  }

  /// A member behind signs. One `-` before a number belongs to the number.
  private mutating func parseUnary() throws(Halt) -> Operand {
    let sign = current
    switch sign.kind {
    case .minus where kind(ahead: 1).isSignable:
      advance()
      return try parseMember(minus: sign)
    case .bang, .minus:
      return try parseSigned()
    case .identifier where kind(ahead: 1).startsAtom && isNot(sign):
      return try parseWordNot()
    default:
      return try parseMember(minus: nil)
    }
  }

  private func isNot(_ token: Token) -> Bool {
    token.range.count == 3 && (string(token.range) == "not" || string(token.range) == "NOT")
  }

  /// A run of `!` or of `-` with its member. An even run cancels itself out, as in cel-go.
  private mutating func parseSigned() throws(Halt) -> Operand {
    let sign = current
    var count = 0
    var runEnd = sign.upperBound
    while current.kind == sign.kind {
      count += 1
      runEnd = current.upperBound
      advance()
    }
    var minus: Token?
    if sign.kind == .bang, current.kind == .minus, kind(ahead: 1).isSignable {
      minus = current
      advance()
    } else if current.kind == .bang || current.kind == .minus {
      throw halt(
        .mixedSigns(at: current.range, first: string(sign.range), second: string(current.range)))
    }
    let operand = try parseMember(minus: minus)
    if count % 2 == 0 { return Operand(id: operand.id, lowerBound: sign.lowerBound, upperBound: operand.upperBound) }
    return try call(
      sign.kind == .bang ? "!_" : "-_", sign.lowerBound..<runEnd, nil, [operand],
      sign.lowerBound..<operand.upperBound)
  }

  /// `not x`, read as `!x` and reported.
  private mutating func parseWordNot() throws(Halt) -> Operand {
    let word = current
    if nesting > Parser.nestingLimit { throw halt(.nestingTooDeep(at: current.range)) }
    nesting += 1
    advance()
    report(.wordNot(at: word.range, replacing: word.lowerBound..<current.lowerBound))
    let operand = try parseUnary()
    nesting -= 1
    return try call("!_", word.range, nil, [operand], word.lowerBound..<operand.upperBound)
  }
}
