/// `&&`, `||` and `?:` (language definition: Logical Operators).
extension Compiler {
  /// `&&` (`absorbing` false) and `||` (true): whichever side has the absorbing value decides; an unknown beats an
  /// error.
  mutating func compileLogic(_ arguments: [ExprID], absorbing: Bool) -> Compiled {
    var operands: [ExprID] = []
    let name = absorbing ? "_||_" : "_&&_"
    var pending = Array(arguments.reversed())
    while let next = pending.popLast() {
      if case .call(name, nil, let inner, _) = tree[next] {
        pending.append(contentsOf: inner.reversed())
      } else {
        operands.append(next)
      }
    }
    // One in the other: what is called out of an array is counted at each call.
    let codes = operands.map { compile($0).code }
    guard var code = codes.last else { return .constant(.bool(!absorbing)) }
    for other in codes.dropLast().reversed() { code = Self.logic(other, code, absorbing: absorbing) }
    return .code(code)
  }

  /// Of two operands.
  private static func logic(_ first: Frame.Code, _ second: Frame.Code, absorbing: Bool) -> Frame.Code {
    Frame.Code { frame in
      let a = first(&frame)
      guard case .bool(let flag) = a else { return logic(a, second(&frame), absorbing: absorbing, &frame) }
      if flag == absorbing { return a }
      let b = second(&frame)
      switch b {
      case .bool, .error: return b
      case .unknown(let reason): return .unknown(reason.unbounded)
      default: return notBoolean
      }
    }
  }

  private static let notBoolean = Value.error(.noSuchOverload, "`&&` and `||` take booleans")

  private static func logic(_ a: Value, _ b: Value, absorbing: Bool, _ frame: inout Frame) -> Value {
    var unknown: Unknown?
    var failure: Value?
    for value in [a, b] {
      switch value {
      case .bool(let flag):
        if flag == absorbing {
          if failure != nil { frame.noteAbsorbed(failure) }
          return value
        }
      case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
      case .error: failure = failure ?? value
      default: failure = failure ?? notBoolean
      }
    }
    if let unknown {
      frame.noteAbsorbed(failure)
      return .unknown(unknown)
    }
    return failure ?? .bool(!absorbing)
  }

  mutating func compileChoice(_ arguments: [ExprID]) -> Compiled {
    let condition = compile(arguments[0])
    let first = compile(arguments[1]).code
    let second = compile(arguments[2]).code
    let code = condition.code
    return .code { frame in
      let value = code(&frame)
      switch value {
      case .bool(true): return first(&frame)
      case .bool(false): return second(&frame)
      case .unknown(let unknown): return .unknown(unknown.unbounded)
      case .error: return value
      default: return .error(.noSuchOverload, "the condition before `?` is no boolean")
      }
    }
  }
}
