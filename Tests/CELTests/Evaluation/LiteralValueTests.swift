import CEL
import Testing

/// What lists and maps that are written out hold, and what they refuse.
@Suite struct LiteralValueTests {
  private static let bench: Workbench = {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    return bench
  }()

  @Test(
    "An error in a list is the list's error, also where everything is constant",
    arguments: [
      Expectation("[int('x')]", is: "error invalidArgument"),
      Expectation("[1, int(uint('7') - 8u)]", is: "error overflow"),
      Expectation("[[1][5]]", is: "error indexOutOfRange"),
      Expectation("[duration(string(''))]", is: "error invalidArgument"),
      Expectation("[optional.none().value()]", is: "error emptyOptional"),
      Expectation("size([int('x')])", is: "error invalidArgument"),
      Expectation("[[int('x')]].size()", is: "error invalidArgument"),
      Expectation("{'a': int('x')}", is: "error invalidArgument"),
      Expectation("{int('x'): 1}", is: "error invalidArgument"),
      Expectation("[self.users, int('x')]", is: "error invalidArgument"),
      Expectation("1 in [1, int('x')]", is: "error invalidArgument"),
      Expectation("[?optional.of(1), ?optional.none(), 2]", is: "[1, 2]"),
    ])
  func errors(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "A map's key is no double; one may be looked up by a double",
    arguments: [
      Expectation("{0.0: 0}", is: "error noSuchOverload"), Expectation("{dyn(1.0): 1}", is: "error noSuchOverload"),
      Expectation("{0.5: 0}", is: "error noSuchOverload"), Expectation("{null: 0}", is: "error noSuchOverload"),
      Expectation("{[1]: 0}", is: "error noSuchOverload"),
      Expectation("['a'].transformMapEntry(i, x, {1.0: x})", is: "error noSuchOverload"),
      Expectation("{1: 2}[dyn(1.0)]", is: "2"), Expectation("dyn(1.0) in {1: 2}", is: "true"),
      Expectation("dyn(1.5) in {1: 2}", is: "false"), Expectation("{1: 2}[?dyn(1.5)]", is: "none"),
    ])
  func keys(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "What cannot be a key is not looked for in a map",
    arguments: [
      Expectation("dyn({1: 1}) in dyn({1: 1})", is: "error noSuchOverload"),
      Expectation("dyn([1]) in dyn({1: 1})", is: "error noSuchOverload"),
      Expectation("dyn(null) in dyn({1: 1})", is: "error noSuchOverload"),
      Expectation("dyn({1: 1})[dyn(null)]", is: "error noSuchOverload"),
      Expectation("dyn({1: 1})[?dyn([])]", is: "error noSuchOverload"),
      Expectation("dyn('1') in dyn({1: 1})", is: "false"), Expectation("dyn({1: 1}) in [{1: 1}]", is: "true"),
    ])
  func noKeys(item: Expectation) { item.verify(in: Self.bench) }
}
