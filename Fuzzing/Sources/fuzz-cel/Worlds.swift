import CEL
import FuzzDriver

/// An environment to check expressions in, and what its variables hold at each target.
struct World {
  let environment: Environment
  let targets: [[Value]]

  /// Over the small host, everything typed: what rules of a catalogue are checked in.
  static func typed(isPlain: Bool) -> World {
    var environment = Environment(host: SmallHost())
    environment.isPlain = isPlain
    environment.variables = [
      "self": .slot(0, SmallHost.system), "other": .slot(1, SmallHost.system), "data": .slot(2, SmallHost.dataset),
      "f": .slot(3, SmallHost.flow), "thing": .slot(4, .entity(KindSet([0, 1]))), "today": .viewDate,
    ]
    environment.namespaces = ["settings": ["limit": .constant(.int(3), .int)]]
    environment.firstFreeSlot = 5
    define(&environment, "near", [("n", SmallHost.system)], "(n.uses + [n.leader]).distinct()")
    define(&environment, "twice", [("n", .int)], "n + n")
    bind(&environment, "friends", "near(self)")
    bind(&environment, "reached", "self.closure(s, s.uses)")
    return World(
      environment: environment,
      targets: (0..<3).map { row in
        [.entity(row), .entity(row + 1), .entity(4 + row % 2), .entity(6 + row), .entity(row * 2)]
      })
  }

  /// With `dyn` and a variable of every type.
  static func open(isPlain: Bool) -> World {
    let variables: [(String, ValueType, Value)] = [
      ("b", .bool, .bool(true)), ("i", .int, .int(.max)), ("u", .uint, .uint(7)), ("d", .double, .double(2.5)),
      ("s", .string, .string("Aé漢\u{1F600} b")), ("y", .bytes, .bytes(BytesBox([0, 0xFF, 0x41]))),
      ("t", .timestamp, .timestamp(seconds: 1_780_000_000, nanoseconds: 5)),
      ("p", .duration, .duration(-90_000_000_001)),
      ("day", .date, .date(CivilDate(days: 20_000))), ("span", .period, .period(Period(months: 13, days: 40))),
      ("l", .list(.int), .list([.int(3), .int(-1), .int(.min)])),
      ("ll", .list(.list(.string)), .list([.list([.string("a")]), .list([])])),
      ("m", .map(key: .string, value: .int), map([(.string("a"), .int(1)), (.string("é"), .int(2))])),
      ("o", .optional(.int), .optional(.int(4))), ("none", .optional(.string), .optional(nil)),
      ("x", .dyn, map([(.int(1), .list([.string("z"), .null])), (.string("k"), .double(.nan))])),
      ("q", .int, .unknown(Fact(row: 0, field: 5))),
      (
        "perhaps", .list(.string),
        .list(
          ListBox(
            [.string("v"), .string("w")], possible: [1: Unknown(Fact(row: 1, field: 10))],
            open: Unknown(Fact(row: 2, field: 10))))
      ),
      ("e", SmallHost.system, .entity(1)), ("c", .type(.dyn), .type(TypeBox(.list(.dyn)))), ("n", .null, .null),
    ]
    var environment = Environment(host: SmallHost(), allowsDyn: true)
    environment.isPlain = isPlain
    for (slot, variable) in variables.enumerated() { environment.variables[variable.0] = .slot(slot, variable.1) }
    environment.firstFreeSlot = variables.count
    return World(environment: environment, targets: [variables.map(\.2)])
  }

  private static func map(_ entries: [(Value, Value)]) -> Value {
    var builder = MapBuilder()
    for (key, value) in entries { _ = builder.insert(key, value) }
    return .map(builder.finished())
  }

  private static func define(
    _ environment: inout Environment, _ name: String, _ parameters: [(name: String, type: ValueType)], _ body: String
  ) {
    environment.functions[name] = SharedFunction(
      name: name, parameters: parameters, body: Parser.parse(body, macros: environment.macros))
  }

  private static func bind(_ environment: inout Environment, _ name: String, _ text: String) {
    let slot = environment.firstFreeSlot
    environment.firstFreeSlot += 1
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    FuzzDriver.require(checked.problems.isEmpty, "\(checked.problems)")
    let compiled = CompiledExpression(checked, in: environment)
    environment.firstFreeSlot = max(environment.firstFreeSlot, compiled.slotCount)
    environment.variables[name] = .lazy(slot, compiled)
  }
}
