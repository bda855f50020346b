import CEL
import Testing

@Suite struct AggregateTests {
  @Test(
    "A list or a map with an error in it is that error, whether it is constant or not",
    arguments: [
      Expectation("[1 / 0].size()", is: "error divisionByZero"),
      Expectation("[1, int('x'), 1 / 0].size() == 3", is: "error invalidArgument"),
      Expectation("[string(b'\\xff')].join(',')", is: "error invalidArgument"),
      Expectation("[[], [1 / 0]].size()", is: "error divisionByZero"),
      Expectation("{1: 1 / 0}.size()", is: "error divisionByZero"),
      Expectation("[1 / 0, self.users].size()", is: "error divisionByZero"),
      Expectation("[1 / 0].size() == 1 || true", is: "true"),
    ])
  func errors(item: Expectation) { item.verify() }
}
