extension Function {
  static let textFunctions: [Function] = [
    Function("plural", [Overload([.int, .string], .string), Overload([.int, .string, .string], .string)],
      .variadic { values in
        guard case .int(let count) = values[0], case .string(let one) = values[1] else { return noOverload("plural") }
        if count == 1 { return .string("1 \(one)") }
        if values.count == 3, case .string(let many) = values[2] { return .string("\(count) \(many)") }
        return .string("\(count) \(one)s")
      })
  ]
}
