extension Function {
  static let conversions: [Function] = [
    Function("string", [Overload([.string], .string), Overload([.int], .string), Overload([.bool], .string)],
      .unary { value in
        switch value {
        case .string: return value
        case .int(let number): return .string(String(number))
        case .bool(let flag): return .string(flag ? "true" : "false")
        default: return noOverload("string")
        }
      })
  ]
}
