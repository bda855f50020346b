import Testing

@testable import CEL

@Suite struct MathTests {
  @Test(
    "Doubles are rounded to whole doubles",
    arguments: [
      Expectation("math.ceil(-0.5)", is: "-0"), Expectation("math.ceil(0.1)", is: "1"),
      Expectation("math.ceil(3.0)", is: "3"),
      Expectation("math.floor(-0.1)", is: "-1"), Expectation("math.floor(2.9)", is: "2"),
      Expectation("math.round(0.5)", is: "1"), Expectation("math.round(-0.5)", is: "-1"),
      Expectation("math.round(2.5)", is: "3"), Expectation("math.round(0.49999999999999994)", is: "0"),
      Expectation("math.round(-0.2)", is: "-0"),
      Expectation("math.round(4503599627370495.5) == 4503599627370496.0", is: "true"),
      Expectation("math.trunc(-1.9)", is: "-1"), Expectation("math.trunc(1e300)", is: "1e+300"),
      Expectation("math.floor(-1.0 / 0.0)", is: "-Inf"), Expectation("math.isNaN(math.ceil(0.0 / 0.0))", is: "true"),
    ])
  func rounding(item: Expectation) { item.verify() }

  @Test(
    "Bits are those of 64-bit numbers",
    arguments: [
      Expectation("math.bitAnd(-3, -5)", is: "-7"), Expectation("math.bitAnd(6u, 3u)", is: "2"),
      Expectation("math.bitOr(-2, -4)", is: "-2"), Expectation("math.bitOr(1u, 2u)", is: "3"),
      Expectation("math.bitXor(-1, 1)", is: "-2"), Expectation("math.bitNot(0u)", is: "18446744073709551615"),
      Expectation("math.bitShiftLeft(1, 63)", is: "-9223372036854775808"),
      Expectation("math.bitShiftLeft(1, 64)", is: "0"), Expectation("math.bitShiftLeft(-1, 1)", is: "-2"),
      Expectation("math.bitShiftRight(-1, 63)", is: "1"), Expectation("math.bitShiftRight(-1, 64)", is: "0"),
      Expectation("math.bitShiftRight(-1, 0)", is: "-1"),
      Expectation("math.bitShiftRight(8u, 9223372036854775807)", is: "0"),
      Expectation("math.bitShiftLeft(1, -1)", is: "error invalidArgument"),
      Expectation("math.bitShiftRight(1u, -9223372036854775808)", is: "error invalidArgument"),
    ])
  func bits(item: Expectation) { item.verify() }

  @Test(
    "Signs, magnitudes and roots keep to their types and ranges",
    arguments: [
      Expectation("math.abs(-9223372036854775807)", is: "9223372036854775807"),
      Expectation("math.abs(-9223372036854775808)", is: "error overflow"), Expectation("math.abs(-0.0)", is: "0"),
      Expectation("math.sign(-7)", is: "-1"), Expectation("math.sign(0u)", is: "0"),
      Expectation("math.sign(-0.5)", is: "-1"),
      Expectation("math.isNaN(math.sign(0.0 / 0.0))", is: "true"), Expectation("math.sqrt(81)", is: "9"),
      Expectation("math.sqrt(2.25)", is: "1.5"), Expectation("math.sqrt(16u)", is: "4"),
      Expectation("math.isNaN(math.sqrt(-1))", is: "true"), Expectation("math.isFinite(1.0 / 0.0)", is: "false"),
      Expectation("math.isInf(-1.0 / 0.0)", is: "true"), Expectation("math.isFinite(1e308)", is: "true"),
    ])
  func signs(item: Expectation) { item.verify() }

  @Test(
    "The greatest and the least of numbers are exact across their kinds",
    arguments: [
      Expectation("math.greatest([9007199254740993, dyn(9007199254740992.0)])", is: "9007199254740993"),
      Expectation("math.least(dyn(-1), 0u)", is: "-1"),
      Expectation("math.greatest(dyn([]))", is: "error invalidArgument"),
      Expectation("math.greatest(1.0, 0.0 / 0.0)", is: "error invalidArgument"),
      Expectation("math.greatest(dyn({}))", is: "error noSuchOverload"),
      Expectation("math.greatest([self.users, 1])", of: "vault", is: "unknown(vault.users)"),
      Expectation("math.floor(dyn(1))", is: "error noSuchOverload"),
    ])
  func extremes(item: Expectation) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    item.verify(in: bench)
  }

  @Test(
    "The greatest and the least are those of numbers only",
    arguments: [
      ("math.least(duration('1s'))", "duration"),
      ("math.least(date('2024-01-01'), date('2025-01-01'))", "date"),
      ("math.greatest('a', 'b')", "string"), ("math.greatest(['a'].map(x, x))", "string"),
      ("math.greatest(true)", "bool"),
      ("math.greatest(dyn(1), 'b')", "string"),
    ])
  func orderedOnly(text: String, type: String) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    Expectation(
      text,
      is: "no-overload at \"\(text.contains("least") ? "least" : "greatest")\": "
        + "`math.\(text.contains("least") ? "least" : "greatest")` takes numbers, and this is \(type) "
        + "(`[x, y].min()` and `[x, y].max()` take all values that have an order)"
    ).verify(in: bench)
  }

  @Test(
    "The greatest and the least mix numbers of different kinds",
    arguments: [
      Expectation(
        "math.greatest([[1]].map(x, x))",
        is: "no-overload at \"greatest\": `math.greatest` takes numbers, and this is list(int)"),
      Expectation(
        "math.greatest(null)", is: "no-overload at \"greatest\": `math.greatest` takes numbers, and this is null"),
      Expectation(
        "math.greatest([1, 'a'])", is: "no-overload at \"'a'\": `math.greatest` takes numbers, and this is string"),
      Expectation("math.greatest([])", is: "no-overload at \"[]\": `math.greatest` of an empty list"),
      Expectation("math.greatest(dyn('a'))", is: "error noSuchOverload"),
      Expectation("math.greatest(dyn(['a', 'b']))", is: "error noSuchOverload"),
      Expectation("math.least(dyn(duration('1s')), dyn(duration('2s')))", is: "error noSuchOverload"),
      Expectation("math.least([dyn(1), 2.5, 0u])", is: "0"),
      Expectation("math.least(dyn(1), 2.5, 0u)", is: "0"),
      Expectation("math.least(1, 2.5, 0u)", is: "0"),
      Expectation("math.least(0.0 / 0.0) > 0.0", is: "false"),
      Expectation("math.least({'a': 1}.a, 2)", is: "1"),
      // Nobody knows which number it is.
      Expectation("optional.none().hasValue() ? math.least(1, optional.none().value()).a : 2", is: "2"),
    ])
  func numbersOnly(item: Expectation) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    item.verify(in: bench)
  }

  @Test("A square root is the nearest double")
  func roots() throws {
    let root = try #require(Function.library["math.sqrt"])
    guard case .unary(let body) = root.body else {
      Issue.record("it is a function of one value")
      return
    }
    var numbers = SeededNumbers(seed: 7)
    var samples = [
      0, -0.0, 1, 2, 3, .leastNonzeroMagnitude, .leastNormalMagnitude, Double.leastNormalMagnitude.nextDown,
      .greatestFiniteMagnitude, .infinity,
    ]
    for _ in 0..<20_000 { samples.append(Double(bitPattern: numbers.next() & .max >> 1)) }
    for number in samples where !number.isNaN {
      guard case .double(let found) = body(.double(number)) else {
        Issue.record("no double of \(number)")
        continue
      }
      #expect(found.bitPattern == number.squareRoot().bitPattern, "\(number)")
    }
  }
}
