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

  @Test(
    "Where `dyn` lets entities of another kind into a list, their fields are not there; nothing traps",
    arguments: [
      "(dyn(every(system)) + every(flow)).map(f, f.destination)", "(dyn(every(flow)) + every(system)).map(s, s.users)",
      "(dyn(every(flow)) + every(system)).filter(s, s.mfa)", "(dyn(every(system)) + every(dataset)).map(d, d.id)",
      "(dyn(every(flow)) + every(system)).filter(s, s.leader == self)",
      "(dyn(every(flow)) + every(system)).map(s, s.uses).flatten()",
      "(dyn(every(dataset)) + every(system)).closure(s, s.uses)",
      "(dyn(every(flow)) + every(system)).exists(s, s.classification > self.classification)",
    ])
  func entitiesOfOtherKinds(text: String) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    #expect(bench.check(text).problems.isEmpty)
    #expect(!bench.value(text).isEmpty)
  }
}
