/// cel-go's extension of mathematics. Written without functions of the mathematical library, which a program without
/// Foundation does not link.
extension Function {
  static let mathFunctions: [Function] = [
    Function(
      "math.abs", numbers,
      .unary { value in
        switch value {
        case .int(let number): return number == .min ? overflow : .int(abs(number))
        case .uint: return value
        case .double(let number): return .double(number.magnitude)
        default: return noOverload("math.abs")
        }
      }),
    bitwise("math.bitAnd", { $0 & $1 }, { $0 & $1 }),
    Function(
      "math.bitNot", [Overload([.int], .int), Overload([.uint], .uint)],
      .unary { value in
        switch value {
        case .int(let number): return .int(~number)
        case .uint(let number): return .uint(~number)
        default: return noOverload("math.bitNot")
        }
      }),
    bitwise("math.bitOr", { $0 | $1 }, { $0 | $1 }),
    shift("math.bitShiftLeft") { $0 << $1 },
    // Without the sign: what comes in on the left is zero.
    shift("math.bitShiftRight") { $0 >> $1 },
    bitwise("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
    rounding("math.ceil") { number, whole in whole < number ? whole + 1 : whole },
    rounding("math.floor") { number, whole in whole > number ? whole - 1 : whole },
    extreme("math.greatest") { $0 > 0 },
    test("math.isFinite", \.isFinite),
    test("math.isInf", \.isInfinite),
    test("math.isNaN", \.isNaN),
    extreme("math.least") { $0 < 0 },
    // Half goes away from zero. The difference is exact: a double that has a fraction is small.
    rounding("math.round") { number, whole in
      let rest = number - whole
      return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
    },
    Function(
      "math.sign", numbers,
      .unary { value in
        switch value {
        case .int(let number): return .int(number.signum())
        case .uint(let number): return .uint(number == 0 ? 0 : 1)
        case .double(let number): return .double(number > 0 ? 1 : number < 0 ? -1 : number.isNaN ? number : 0)
        default: return noOverload("math.sign")
        }
      }),
    Function(
      "math.sqrt", [.double, .int, .uint].map { Overload([$0], .double) },
      .unary { value in
        switch value {
        case .int(let number): return .double(root(of: Double(number)))
        case .uint(let number): return .double(root(of: Double(number)))
        case .double(let number): return .double(root(of: number))
        default: return noOverload("math.sqrt")
        }
      }),
    rounding("math.trunc") { _, whole in whole },
  ]

  private static let numbers: [Overload] = [.double, .int, .uint].map { Overload([$0], $0) }

  /// Of one to eight numbers, or of a list of them. A NaN has no order and is an error.
  private static func extreme(_ name: String, _ isBetter: @escaping @Sendable (Int) -> Bool) -> Function {
    let a = ValueType.variable(1)
    let overloads = [Overload([.list(a)], a)] + (1...8).map { Overload(Array(repeating: a, count: $0), a) }
    return Function(
      name, overloads,
      .variadic { values in
        var values = values
        if values.count == 1, let view = values[0].listView { values = (0..<view.count).map { view[$0] } }
        guard var best = values.first else { return .error(.invalidArgument, "`\(name)` of an empty list") }
        if let reasons = values.reduce(nil, { Unknown.merge($0, $1.undecided) }) { return .unknown(reasons) }
        guard values.allSatisfy(isNumber) else { return noOverload(name) }
        for value in values.dropFirst() {
          guard let order = Value.order(value, best) else { return unordered(name, value, best) }
          if isBetter(order) { best = value }
        }
        return best
      }
    ).of(.numbers)
  }

  private static func isNumber(_ value: Value) -> Bool {
    switch value {
    case .int, .uint, .double: true
    default: false
    }
  }

  /// The square root, rounded to the nearest double; NaN of what is negative. `squareRoot()` refers to a function of the
  /// mathematical library.
  private static func root(of number: Double) -> Double {
    if number == 0 || number.isNaN || number == .infinity { return number }
    if number < 0 { return .nan }
    // The number is `significand × 2^exponent`, with an even exponent and 53 or 54 bits.
    let isSubnormal = number.exponentBitPattern == 0
    var significand = number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    var exponent = Int(max(1, number.exponentBitPattern)) - 1075
    let shift = significand.leadingZeroBitCount - 11
    significand <<= UInt64(shift)
    exponent -= shift
    if exponent % 2 != 0 {
      significand <<= 1
      exponent -= 1
    }
    // The whole root of 105 or 106 bits has 53: it is found bit by bit.
    let square = UInt128(significand) << 52
    var root: UInt128 = 0
    for bit in (0..<53).reversed() {
      let trial = root | 1 << UInt128(bit)
      if trial * trial <= square { root = trial }
    }
    // Nearer to the next one; it is never just between.
    if square - root * root > root { root += 1 }
    return Double(UInt64(root)) * Double(bitPattern: UInt64((exponent - 52) / 2 + 1023) << 52)
  }

  /// - Parameter change: of a number and its whole part.
  private static func rounding(_ name: String, _ change: @escaping @Sendable (Double, Double) -> Double) -> Function {
    Function(
      name, [Overload([.double], .double)],
      .unary { value in
        guard case .double(let number) = value else { return noOverload(name) }
        // From 2^52 on every double is whole; infinities and NaN stay what they are.
        guard number.magnitude < 0x1p52 else { return value }
        let result = change(number, Double(Int64(number)))
        // Zero keeps the sign: -0.2 rounds to -0.0.
        return .double(result == 0 && number.sign == .minus ? -0.0 : result)
      })
  }

  private static func test(_ name: String, _ holds: @escaping @Sendable (Double) -> Bool) -> Function {
    Function(
      name, [Overload([.double], .bool)],
      .unary { value in
        guard case .double(let number) = value else { return noOverload(name) }
        return .bool(holds(number))
      })
  }

  private static func bitwise(
    _ name: String, _ ofInts: @escaping @Sendable (Int64, Int64) -> Int64,
    _ ofUInts: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> Function {
    Function(
      name, [Overload([.int, .int], .int), Overload([.uint, .uint], .uint)],
      .binary { x, y in
        switch (x, y) {
        case (.int(let p), .int(let q)): return .int(ofInts(p, q))
        case (.uint(let p), .uint(let q)): return .uint(ofUInts(p, q))
        default: return noOverload(name)
        }
      })
  }

  /// By 64 bits or more: zero. By a negative number: an error.
  private static func shift(_ name: String, _ change: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
    Function(
      name, [Overload([.int, .int], .int), Overload([.uint, .int], .uint)],
      .binary { x, y in
        guard case .int(let count) = y else { return noOverload(name) }
        if count < 0 { return .error(.invalidArgument, "`\(name)` by a negative number of bits") }
        switch x {
        case .int(let number): return .int(Int64(bitPattern: change(UInt64(bitPattern: number), count)))
        case .uint(let number): return .uint(change(number, count))
        default: return noOverload(name)
        }
      })
  }
}
