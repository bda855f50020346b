extension Parser {
  /// The id of an argument that is a name and may be a macro's variable: no node yet.
  private static let pending = ExprID(-1)

  /// A call from its opening parenthesis on.
  ///
  /// - Parameter start: where the receiver begins, or the name with its leading dot.
  mutating func parseCall(
    isAbsolute: Bool, _ nameRange: Range<Int>, receiver: Operand?, startingAt start: Int
  ) throws(Halt) -> Operand {
    let name = isAbsolute ? ".\(string(nameRange))" : string(nameRange)
    let arguments = try parseArguments(
      variablePositions: variablePositions(name, hasReceiver: receiver != nil))
    return try completed(name, nameRange, receiver, arguments, start..<previousEnd)
  }

  @inline(never)
  private mutating func completed(
    _ name: String, _ nameRange: Range<Int>, _ receiver: Operand?, _ arguments: [Operand], _ range: Range<Int>
  ) throws(Halt) -> Operand {
    if let signature = signature(name, hasReceiver: receiver != nil, argumentCount: arguments.count) {
      return try macro(signature, nameRange, receiver, arguments, range)
    }
    var arguments = arguments
    try settle(&arguments)
    // Functions are declared in the root scope only, where the leading dot points; no macro has one.
    let function = name.utf8.first == UInt8(ascii: ".") ? String(name.dropFirst()) : name
    return try call(function, nameRange, receiver, arguments, range)
  }

  /// Adds a call over its operands.
  @inline(never)
  mutating func call(
    _ name: String, _ nameRange: Range<Int>, _ receiver: Operand?, _ arguments: [Operand], _ range: Range<Int>
  ) throws(Halt) -> Operand {
    var tallest = receiver.map { height($0.id) } ?? 0
    for argument in arguments { tallest = max(tallest, height(argument.id)) }
    let id = try add(
      .call(function: name, receiver: receiver?.id, arguments: arguments.map(\.id), nameRange: nameRange), range,
      over: tallest)
    return operand(id, range)
  }

  /// Whether the names from the current one on are those of a macro in a namespace, such as `cel.bind`.
  @inline(never)
  func isNamespacedMacro(lastName: Int) -> Bool {
    guard macros.contains(where: { !$0.hasReceiver && $0.name.utf8.contains(UInt8(ascii: ".")) }) else { return false }
    let name = qualifiedName(through: lastName)
    return macros.contains { !$0.hasReceiver && $0.name == name }
  }

  /// `cel.bind(x, e, body)`. With another number of arguments it is an ordinary call on a receiver.
  mutating func parseNamespacedMacro(lastName: Int) throws(Halt) -> Operand {
    let firstName = cursor
    let name = qualifiedName(through: lastName)
    cursor = lastName + 1
    let arguments = try parseArguments(variablePositions: variablePositions(name, hasReceiver: false))
    return try completedNamespaced(name, firstName...lastName, arguments)
  }

  @inline(never)
  private mutating func completedNamespaced(
    _ name: String, _ nameTokens: ClosedRange<Int>, _ arguments: [Operand]
  ) throws(Halt) -> Operand {
    let names = tokens[nameTokens].filter { $0.kind != .dot }
    let start = names[0].lowerBound
    let last = names[names.count - 1].range
    let range = start..<previousEnd
    if let signature = signature(name, hasReceiver: false, argumentCount: arguments.count) {
      return try macro(signature, start..<last.upperBound, nil, arguments, range)
    }
    var arguments = arguments
    try settle(&arguments)
    var receiver = operand(
      try add(.identifier(name: string(names[0].range), isAbsolute: false), names[0].range), names[0].range)
    for token in names[1..<names.count - 1] {
      let range = start..<token.upperBound
      let id = try add(
        .select(operand: receiver.id, field: string(token.range), fieldRange: token.range, isOptional: false), range,
        over: height(receiver.id))
      receiver = operand(id, range)
    }
    return try call(string(last), last, receiver, arguments, range)
  }

  /// The arguments with their parentheses. A plain name at one of the positions stays pending, so that a macro's
  /// variable leaves no node behind.
  ///
  /// - Parameter variablePositions: bit *i* for position *i*.
  private mutating func parseArguments(variablePositions: UInt64) throws(Halt) -> [Operand] {
    let parenthesis = current
    advance()
    var arguments: [Operand] = []
    if accept(.rightParenthesis) { return arguments }
    while true {
      let token = current
      if token.kind == .identifier, kind(ahead: 1) == .comma, arguments.count < 64,
        variablePositions >> UInt64(arguments.count) & 1 == 1
      {
        arguments.append(operand(Parser.pending, token.range))
        advance()
      } else {
        arguments.append(try parseExpression())
      }
      if try !acceptComma(opened: parenthesis) { return arguments }
    }
  }

  /// Passes the comma before another argument (true) or the closing parenthesis (false).
  @inline(never)
  private mutating func acceptComma(opened: Token) throws(Halt) -> Bool {
    if accept(.rightParenthesis) { return false }
    let comma = current
    try require(.comma, "`,` or `)`", opened: opened)
    guard accept(.rightParenthesis) else { return true }
    report(.trailingComma(at: comma.range))
    return false
  }

  /// Gives the pending arguments their nodes.
  private mutating func settle(_ arguments: inout [Operand]) throws(Halt) {
    for index in arguments.indices where arguments[index].id == Parser.pending {
      let range = arguments[index].range
      arguments[index].id = try add(.identifier(name: string(range), isAbsolute: false), range)
    }
  }

  // MARK: - Macros

  private func signature(_ name: String, hasReceiver: Bool, argumentCount: Int) -> MacroSignature? {
    macros.first { $0.argumentCount == argumentCount && $0.hasReceiver == hasReceiver && $0.name == name }
  }

  private func variablePositions(_ name: String, hasReceiver: Bool) -> UInt64 {
    var positions: UInt64 = 0
    for macro in macros where macro.hasReceiver == hasReceiver && macro.name == name {
      for position in macro.variables where position < 64 { positions |= 1 << UInt64(position) }
    }
    return positions
  }

  @inline(never)
  private mutating func macro(
    _ signature: MacroSignature, _ nameRange: Range<Int>, _ receiver: Operand?, _ written: [Operand],
    _ range: Range<Int>
  ) throws(Halt) -> Operand {
    var variables: [SyntaxTree.Macro.Variable] = []
    var arguments: [Operand] = []
    var isSound = true
    for (position, argument) in written.enumerated() {
      if !signature.variables.contains(position) {
        arguments.append(argument)
      } else if let name = simpleName(argument) {
        let variable = SyntaxTree.Macro.Variable(name: name, range: argument.range)
        if name == "__result__" {
          report(.accumulatorName(name, at: argument.range))
          isSound = false
        } else if let first = variables.first(where: { $0.name == name }) {
          report(.duplicateVariable(name, macro: signature.name, at: argument.range, first: first.range))
          isSound = false
        }
        variables.append(variable)
      } else {
        // A missing node was reported where it was met.
        if tree[argument.id] != .missing {
          report(.macroVariable(signature.name, position: position, at: argument.range))
        }
        isSound = false
      }
    }
    try settle(&arguments)
    if signature.name == "has", !isSelection(arguments) { isSound = false }
    guard isSound else { return operand(try add(.missing, range), range) }

    var tallest = receiver.map { height($0.id) } ?? 0
    for argument in arguments { tallest = max(tallest, height(argument.id)) }
    let node = SyntaxTree.Macro(
      name: signature.name, receiver: receiver?.id, variables: variables, arguments: arguments.map(\.id),
      nameRange: nameRange)
    return operand(try add(.macro(node), range, over: tallest), range)
  }

  private func simpleName(_ argument: Operand) -> String? {
    if argument.id == Parser.pending { return string(argument.range) }
    if case .identifier(let name, isAbsolute: false) = tree[argument.id] { return name }
    return nil
  }

  /// Whether the argument of `has` selects a field; reports what it is otherwise.
  private mutating func isSelection(_ arguments: [Operand]) -> Bool {
    guard let argument = arguments.first else { return false }
    var reason: String?
    switch tree[argument.id] {
    case .select(_, _, _, isOptional: false): return true
    case .missing: return false
    case .select: reason = "write `x.?name.hasValue()` to test an optional selection"
    case .call(function: "_[_]", _, _, _): reason = "write `key in map` to test a key"
    default: break
    }
    report(.hasArgument(at: argument.range, reason: reason))
    return false
  }
}
