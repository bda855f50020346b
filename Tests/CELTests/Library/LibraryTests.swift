import CEL
import Testing

@Suite struct LibraryTests {
  @Test(
    "Numbers convert within their ranges and are errors outside",
    arguments: [
      Expectation("int(9223372036854775807u)", is: "9223372036854775807"),
      Expectation("int(9223372036854775808u)", is: "error overflow"), Expectation("int(-1.9)", is: "-1"),
      Expectation("int(9.3e18)", is: "error overflow"), Expectation("int(0.0 / 0.0)", is: "error overflow"),
      Expectation("int('+5')", is: "5"), Expectation("int('5 ')", is: "error invalidArgument"),
      Expectation("int('')", is: "error invalidArgument"), Expectation("int('0x10')", is: "error invalidArgument"),
      Expectation("uint('5')", is: "5"), Expectation("uint('-5')", is: "error invalidArgument"),
      Expectation("uint('+5')", is: "error invalidArgument"), Expectation("uint(-0.5)", is: "error overflow"),
      Expectation("uint(18446744073709551616.0)", is: "error overflow"),
      Expectation("double('1e400')", is: "error invalidArgument"),
      Expectation("double('inf') > 1e308", is: "true"), Expectation("double('nan') == double('nan')", is: "false"),
      Expectation("double('nan(1)')", is: "error invalidArgument"),
      Expectation("bool('yes')", is: "error invalidArgument"), Expectation("bool('T')", is: "true"),
      Expectation("1 / 0", is: "error divisionByZero"), Expectation("1.0 / 0.0 > 1e308", is: "true"),
      Expectation("-9223372036854775808 / -1", is: "error overflow"),
      Expectation("-9223372036854775808 % -1", is: "error overflow"),
      Expectation("9223372036854775807 + 1", is: "error overflow"), Expectation("0u - 1u", is: "error overflow"),
    ])
  func numbers(item: Expectation) { item.verify() }

  @Test(
    "`string` writes scalars as CEL does",
    arguments: [
      Expectation("string(1.0)", is: "'1'"), Expectation("string(-4.5e-3)", is: "'-0.0045'"),
      Expectation("string(0.00001)", is: "'1e-05'"), Expectation("string(123456789.25)", is: "'1.2345678925e+08'"),
      Expectation("string(999999.5)", is: "'999999.5'"), Expectation("string(1e6)", is: "'1e+06'"),
      Expectation("string(100000.0)", is: "'100000'"), Expectation("string(-1234567.0)", is: "'-1.234567e+06'"),
      Expectation("string(0.0001)", is: "'0.0001'"), Expectation("string(1e15)", is: "'1e+15'"),
      Expectation("string(6.02214e23)", is: "'6.02214e+23'"),
      Expectation("string(1e21)", is: "'1e+21'"), Expectation("string(-0.0)", is: "'-0'"),
      Expectation("string(0.1 + 0.2)", is: "'0.30000000000000004'"),
      Expectation("string(1.0 / 0.0)", is: "'+Inf'"), Expectation("string(5e-324)", is: "'5e-324'"),
      Expectation("string(1.7976931348623157e308)", is: "'1.7976931348623157e+308'"),
      Expectation("string(duration('1h30m'))", is: "'5400s'"), Expectation("string(duration('-1.5s'))", is: "'-1.5s'"),
      Expectation("string(duration('1ns'))", is: "'0.000000001s'"), Expectation("string(duration('0'))", is: "'0s'"),
      Expectation("string(timestamp('2024-02-29T23:59:59.120Z'))", is: "'2024-02-29T23:59:59.12Z'"),
      Expectation("string(timestamp(-1))", is: "'1969-12-31T23:59:59Z'"),
      Expectation("string(date)", is: "'2026-06-15'"),
      Expectation("string(period('18m'))", is: "'1y6m'"), Expectation("string(b'\\xc3\\xa9')", is: "'é'"),
      Expectation("string(b'\\xff')", is: "error invalidArgument"),
      Expectation("string(true) + string(1u)", is: "'true1'"),
    ])
  func printing(item: Expectation) { item.verify() }

  @Test(
    "Durations and timestamps are read strictly and keep within their ranges",
    arguments: [
      Expectation("duration('1h1m1s1ms1us1ns') == duration('3661.001001001s')", is: "true"),
      Expectation("duration('.5s')", is: "0.5s"), Expectation("duration('1.5h')", is: "5400s"),
      Expectation("duration(string(''))", is: "error invalidArgument"),
      Expectation("duration(string('-'))", is: "error invalidArgument"),
      Expectation("duration(string('1'))", is: "error invalidArgument"),
      Expectation("duration(string('1d'))", is: "error invalidArgument"),
      Expectation("duration(string('.s'))", is: "error invalidArgument"),
      Expectation("duration(string('1s '))", is: "error invalidArgument"),
      Expectation("duration('9223372036s') > duration('1s')", is: "true"),
      Expectation("duration(string('9223372037s'))", is: "error overflow"),
      Expectation("duration(string('99999999999999999999s'))", is: "error overflow"),
      Expectation("-duration(string('-9223372036.854775808s'))", is: "error overflow"),
      Expectation("timestamp(string('2024-02-30T00:00:00Z'))", is: "error invalidArgument"),
      Expectation("timestamp(string('2024-02-29T24:00:00Z'))", is: "error invalidArgument"),
      Expectation("timestamp(string('2024-02-29 00:00:00Z'))", is: "error invalidArgument"),
      Expectation("timestamp(string('2024-02-29T00:00:00'))", is: "error invalidArgument"),
      Expectation("timestamp(string('2024-02-29T00:00:00.Z'))", is: "error invalidArgument"),
      Expectation("timestamp('2024-02-29T00:00:00+02:00')", is: "2024-02-28T22:00:00Z"),
      Expectation(
        "timestamp('2024-02-29T00:00:00.1234567899999999999999Z')", is: "2024-02-29T00:00:00.123456789Z"),
      Expectation("timestamp(string('0001-01-01T00:00:00+01:00'))", is: "error overflow"),
      Expectation(
        "timestamp(0).getHours(string('Europe/Nowhere'))", is: "error invalidArgument"),
      Expectation("timestamp('2023-12-31T23:30:00Z').getDayOfYear('+01:00')", is: "0"),
      Expectation("timestamp('1969-12-31T23:59:59Z').getDayOfWeek()", is: "3"),
      Expectation("date('2024-12-31').getDayOfYear()", is: "365"), Expectation("date.getMonth()", is: "5"),
      Expectation("self.lifecycle.retired.getFullYear()", of: "caesar", is: "error invalidArgument"),
      Expectation("date('2024-01-31') + period('1m')", is: "2024-02-29"),
      Expectation("days(date('2024-01-01'), date('2025-01-01'))", is: "366"),
    ])
  func time(item: Expectation) { item.verify() }

  @Test(
    "Strings are compared, counted and cut by code points",
    arguments: [
      Expectation("'e\\u0301' == '\\u00e9'", is: "false"), Expectation("'e\\u0301'.size()", is: "2"),
      Expectation("'e\\u0301'.contains('e')", is: "true"),
      Expectation("'\\U0001F468\\u200D\\U0001F469'.startsWith('\\U0001F468')", is: "true"),
      Expectation("'a' < 'B'", is: "false"), Expectation("'\\uFFFF' < '\\U00010000'", is: "true"),
      Expectation("'abc'.contains('')", is: "true"), Expectation("''.endsWith('a')", is: "false"),
      Expectation("'aXbXc'.split('X')", is: "['a', 'b', 'c']"),
      Expectation("'aXbXc'.split('X', 2)", is: "['a', 'bXc']"),
      Expectation("''.split(',')", is: "['']"), Expectation("'ab'.split('')", is: "['a', 'b']"),
      Expectation("['a', 'b'].join(', ')", is: "'a, b'"), Expectation("[].join()", is: "''"),
      Expectation("'banana'.replace('an', 'o', 1)", is: "'boana'"), Expectation("'ab'.replace('', '-')", is: "'-a-b-'"),
      Expectation("'tacocat'.substring(4)", is: "'cat'"),
      Expectation("'tacocat'.substring(0, 9)", is: "error indexOutOfRange"),
      Expectation("''.indexOf('', 1)", is: "1"), Expectation("'abc'.lastIndexOf('', 5)", is: "5"),
      Expectation("'abc'.indexOf('', 2)", is: "2"), Expectation("''.indexOf('', -1)", is: "error indexOutOfRange"),
      Expectation("'tacocat'.indexOf('c', 3)", is: "4"), Expectation("'tacocat'.lastIndexOf('t')", is: "6"),
      Expectation("'éx'.charAt(1)", is: "'x'"), Expectation("'ÀÉab'.upperAscii()", is: "'ÀÉAB'"),
      Expectation("' \\ta '.trim()", is: "'a'"),
      Expectation("plural(1, 'system') + ', ' + plural(2, 'entry', 'entries')", is: "'1 system, 2 entries'"),
    ])
  func text(item: Expectation) { item.verify() }

  @Test(
    "Optionals hold a value or none",
    arguments: [
      Expectation("optional.of(1).or(optional.of(1 / 0)).value()", is: "1"),
      Expectation("optional.none().value()", is: "error emptyOptional"),
      Expectation("optional.of(1).orValue(1 / 0)", is: "1"),
      Expectation("optional.ofNonZeroValue('').hasValue()", is: "false"),
      Expectation("optional.ofNonZeroValue(optional.none())", is: "optional(none)"),
      Expectation("optional.ofNonZeroValue(self.uses).hasValue()", of: "ledger", is: "false"),
      Expectation("[1, 2][?5].orValue(7)", is: "7"), Expectation("{'a': 1}[?'b'].hasValue()", is: "false"),
      Expectation("optional.of(self.users)", of: "vault", is: "unknown(vault.users)"),
      Expectation("self.uses.first().optMap(s, s.id).orValue('none')", is: "'archive'"),
      Expectation("self.uses.last().value().id", is: "'permits'"),
      Expectation("self.uses.first().?leader", is: "optional(hub)"),
      Expectation("[].map(x, 1).first()", is: "none"),
    ])
  func optionals(item: Expectation) { item.verify() }

  @Test(
    "Sums and extremes keep the type of their elements, also of an empty list",
    arguments: [
      Expectation("self.uses.map(s, s.rto).sum()", of: "ledger", is: "0s"),
      Expectation("self.uses.map(s, s.rto).sum()", of: "portal", is: "7200s"),
      Expectation("self.uses.map(s, s.rto).sum() > duration('1h')", of: "ledger", is: "false"),
      Expectation("self.uses.map(s, 1.5).sum()", of: "ledger", is: "0"), Expectation("[1, 2, 3].sum()", is: "6"),
      Expectation("self.uses.map(s, 1.5).sum() < 1.0", of: "ledger", is: "true"),
      Expectation("[1, 9223372036854775807].sum()", is: "error overflow"),
      Expectation("[].map(x, 1).max()", is: "error invalidArgument"), Expectation("['b', 'a'].min()", is: "'a'"),
      Expectation("[date('2024-01-01'), date('2025-01-01')].max()", is: "2025-01-01"),
      Expectation("[duration('1s'), duration('1m')].min()", is: "1s"),
      Expectation("math.greatest([1, 3, 2])", is: "3"),
      Expectation("math.least(1.5, -2.0)", is: "-2"),
    ])
  func sums(item: Expectation) { item.verify() }
}

/// What could take long or much memory within the limits must not.
@Suite struct DearCallTests {
  private static func value(_ text: String, costLimit: Int = 10_000_000) -> String {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    return bench.value(text, costLimit: costLimit)
  }

  @Test("NaNs are neither equal nor dear")
  func notANumber() {
    #expect(Self.value("lists.range(20000).map(i, 0.0 / 0.0).distinct().size()") == "20000")
    #expect(Self.value("lists.range(20000).groupBy(i, 0.0 / 0.0).size()") == "20000")
    #expect(Self.value("lists.range(20000).map(i, [0.0 / 0.0]).distinct().size()") == "20000")
    #expect(Self.value("[[0.0 / 0.0], [0.0 / 0.0]].common().size()") == "0")
    #expect(Self.value("[1.0, 0.0 / 0.0, 1.0].distinct().size()") == "2")
  }

  @Test("A replacement ends at the limit of a text, before it is written")
  func replacement() {
    let long = "lists.range(15).map(i, 'x').join()"
    let doubled = (0..<12).reduce("'0123456789'") { text, _ in "cel.bind(t, \(text), t + t)" }
    #expect(Self.value("regex.replace(\(long), '.*', '[\\\\0]').size()") == "17")
    let groups = (0..<10).reduce("'\\\\0'") { text, _ in "cel.bind(g, \(text), g + g)" }
    #expect(Self.value("regex.replace(\(doubled), '(?s).*', \(groups)).size()") == "error costLimit")
  }

  @Test("The smallest and the largest doubles are written exactly")
  func digits() {
    #expect(Self.value("'%.3e'.format([5e-324])") == "'4.941e-324'")
    #expect(
      Self.value("'%.0f'.format([1e22]) + ' ' + '%.1f'.format([123456789.25])")
        == "'10000000000000000000000 123456789.2'")
    #expect(Self.value("'%.0f'.format([1.7976931348623157e308]).size()") == "309")
    #expect(Self.value("'%.5f'.format([0.1])") == "'0.10000'")
    #expect(
      Self.value("lists.range(2000).map(i, '%.2f'.format([5e-324 * double(i)])).size()", costLimit: 10_000)
        == "error costLimit")
  }

  @Test("A pattern in a value costs each target the same, whoever met it first")
  func patterns() {
    let bench = Workbench()
    let checked = bench.check("self.id.matches('^' + self.id)")
    let compiled = CompiledExpression(checked, in: bench.environment)
    var frame = Frame(graph: SmallEstate.graph, slotCount: 8)
    let costs = ["hub", "hub", "billing", "hub"].map { id in
      frame.beginTarget()
      frame.slots[0] = .entity(SmallEstate.row(id))
      _ = compiled.evaluate(&frame)
      return frame.cost
    }
    #expect(costs[0] == costs[1] && costs[0] == costs[3] && costs[0] > 10)
  }
}

@Suite struct NotANumberTests {
  @Test(
    "What orders values says that a NaN has no order",
    arguments: [
      "[1.0, 0.0 / 0.0].min()", "[0.0 / 0.0, 1.0].max()", "[1.0, 0.0 / 0.0].sortBy(x, x)",
      "[2.0, 0.0 / 0.0, 1.0].sort()",
      "math.least(0.0 / 0.0, 1.0)", "math.greatest([1.0, 0.0 / 0.0])",
    ])
  func unordered(text: String) {
    let bench = Workbench()
    let checked = bench.check(text)
    #expect(checked.problems.isEmpty)
    guard checked.problems.isEmpty else { return }
    var frame = Frame(graph: .empty, slotCount: 4)
    guard case .error(let error) = CompiledExpression(checked, in: bench.environment).evaluate(&frame) else {
      Issue.record("\(text) is no error")
      return
    }
    #expect(error.code == .invalidArgument && error.message.contains("NaN"), "\(error.message)")
  }
}
