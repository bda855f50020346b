/// Functions pay for the texts and lists that they are given and make, so that the cost limit holds for calls that go
/// through something long as it does for macros. Those that see the frame pay themselves.
extension Compiler {
  /// Those that look at no more than an element, or are charged in another way.
  private static let free: Set<String> = [
    "@in", "_[?_]", "_[_]", "first", "hasValue", "last", "optional.none", "optional.of", "or", "orValue", "type",
    "value",
  ]

  /// The codes of a call's arguments; those that can be long are charged when they are read.
  func charged(_ function: Function, _ arguments: [ExprID], _ parts: [Compiled]) -> [Frame.Code] {
    let codes = parts.map(\.code)
    if case .contextual = function.body { return codes }
    let isShort = parts.map { if case .constant(let value) = $0 { value.weight < 4 } else { false } }
    switch function.name {
    // The sum is as long as both, and is charged itself.
    case "_+_": return codes
    // Something short is compared in a moment, whatever stands on the other side.
    case "_==_", "_!=_": if isShort.contains(true) { return codes }
    case "size": if arguments.allSatisfy({ checked.type(of: $0) != .string }) { return codes }
    default: if Self.free.contains(function.name) { return codes }
    }
    return arguments.indices.map { index in
      !isShort[index] && Self.mayBeLong(checked.type(of: arguments[index])) ? Self.charging(codes[index]) : codes[index]
    }
  }

  /// The code of a call; charged for its result where that can be longer than its arguments.
  func charged(_ function: Function, _ arguments: [ExprID], _ code: Frame.Code) -> Frame.Code {
    if case .contextual = function.body { return code }
    guard !Self.free.contains(function.name), function.overloads.contains(where: { Self.mayBeLong($0.result) }),
      function.name == "lists.range" || arguments.contains(where: { Self.mayBeLong(checked.type(of: $0)) })
    else { return code }
    // A sum of lists holds what both hold: what that weighs was not gone through.
    return Self.charging(code, isMade: function.name != "_+_")
  }

  /// - Parameter isMade: the value is the work that is charged; else it is what a function is about to go through.
  private static func charging(_ code: Frame.Code, isMade: Bool = false) -> Frame.Code {
    return Frame.Code { frame in
      // A loop that goes on after the limit pays for no more.
      if frame.cost > frame.costLimit { return frame.costError }
      let value = code(&frame)
      // What is short costs nothing: most is.
      if case .string(let text) = value, text.utf8.count < 16 { return value }
      let weight = value.weight
      if weight < 2 { return value }
      return (isMade ? frame.pay(weight - 1) : frame.spend(weight - 1)) ? value : frame.costError
    }
  }

  private static func mayBeLong(_ type: ValueType) -> Bool {
    switch type {
    case .string, .bytes, .list, .map, .reach, .dyn, .variable: true
    default: false
    }
  }
}
