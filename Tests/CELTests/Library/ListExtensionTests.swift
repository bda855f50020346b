import CEL
import Testing

@Suite struct ListExtensionTests {
  @Test(
    "Slices, ranges and sorted lists",
    arguments: [
      Expectation("[1, 2, 3, 4].slice(1, 3)", is: "[2, 3]"), Expectation("[1].slice(1, 1)", is: "[]"),
      Expectation("[1].slice(0, 2)", is: "error indexOutOfRange"),
      Expectation("[1].slice(-1, 1)", is: "error indexOutOfRange"),
      Expectation("[1, 2].slice(2, 1)", is: "error indexOutOfRange"),
      Expectation("[1].slice(0, 9223372036854775807)", is: "error indexOutOfRange"),
      Expectation("self.uses.slice(0, 1) == [self.uses[0]]", is: "true"),
      Expectation("lists.range(3)", is: "[0, 1, 2]"), Expectation("lists.range(0)", is: "[]"),
      Expectation("lists.range(-1)", is: "error invalidArgument"),
      Expectation("lists.range(1000001)", is: "error costLimit"),
      Expectation("lists.range(1000000).size()", is: "1000000"),
      Expectation("[3, 1, 2].sort()", is: "[1, 2, 3]"), Expectation("[].map(x, 1).sort()", is: "[]"),
      Expectation("['b', 'B', 'é', 'a'].sort()", is: "['B', 'a', 'b', 'é']"),
      Expectation("[true, false].sort()", is: "[false, true]"), Expectation("[b'b', b'a'].sort()[0]", is: "a"),
      Expectation("[duration('1m'), duration('1s')].sort()", is: "[1s, 60s]"),
      Expectation("[0.0 / 0.0, 1.0].sort()", is: "error invalidArgument"),
      Expectation("[self.classification, other.classification].sort()", is: "[public, official]"),
    ])
  func lists(item: Expectation) { item.verify() }

  @Test(
    "Elements of different types are not sorted",
    arguments: [
      Expectation("[dyn(1), 2.0].sort()", is: "error noSuchOverload"),
      Expectation("[dyn(1), 'a'].sort()", is: "error noSuchOverload"),
      Expectation("[dyn([1]), [0]].sort()", is: "error noSuchOverload"),
      Expectation("[dyn(null)].sort()", is: "error noSuchOverload"),
    ])
  func mixed(item: Expectation) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    item.verify(in: bench)
  }

  @Test(
    "A list of which not all is known is not sorted or cut",
    arguments: [
      Expectation("every(system).filter(s, s.mfa).map(s, s.id).sort()", is: "unknown(portal.mfa)"),
      Expectation("self.holds.map(d, d.id).sort()", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.slice(0, 1)", of: "permits", is: "unknown(permits.holds)"),
      Expectation("[self.users, 1].sort()", of: "vault", is: "unknown(vault.users)"),
      Expectation("UNORDERED.map(s, s.id)[0]", of: "archive", is: "unknown(archive.perhaps)"),
      Expectation(
        "UNORDERED.map(s, s.id).sort() == UNORDERED.map(s, s.id).reverse().sort()", of: "archive", is: "true"),
    ])
  func partial(item: Expectation) {
    var item = item
    item.text = item.text.replacing("UNORDERED", with: UndecidedElementTests.unordered)
    item.verify()
  }

  @Test(
    "Lists are flattened to a depth",
    arguments: [
      Expectation("[[1], [2, 3], []].flatten()", is: "[1, 2, 3]"),
      Expectation("[[1], [2]].flatten(0)", is: "[[1], [2]]"),
      Expectation("[[[1]], [[2], [3]]].flatten(1)", is: "[[1], [2], [3]]"),
      Expectation("[[[1]], [[2], [3]]].flatten(2)", is: "[1, 2, 3]"),
      Expectation("[[[1]], [[2], [3]]].flatten(9223372036854775807)", is: "[1, 2, 3]"),
      Expectation("[1, 2].flatten(self.uses.size())", is: "[1, 2]"),
      Expectation("[[self.holds], [self.holds]].flatten(2).size() >= 2", of: "permits", is: "true"),
      Expectation("[[self.holds]].flatten(2).size() > 1", of: "permits", is: "unknown(permits.holds)"),
    ])
  func flattening(item: Expectation) { item.verify() }

  @Test("The depth decides the type")
  func types() {
    var bench = Workbench()
    #expect(bench.type("[[[1]]].flatten(0)") == "list(list(list(int)))")
    #expect(bench.type("[[[1]]].flatten(1)") == "list(list(int))")
    #expect(bench.type("[[[1]]].flatten(7)") == "list(int)")
    #expect(bench.type("[[self.uses]].flatten(2)") == "list(system)")
    #expect(
      bench.problems("[[[1]]].flatten(self.users)") == [
        "wrong-type at \"self.users\": the depth must be written as a number: the type depends on it"
      ])
    #expect(
      bench.problems("[[1]].flatten(-1)") == [
        "wrong-arguments at \"-1\": the depth of `flatten` cannot be negative"
      ])
    #expect(
      bench.problems("[[1]].flatten('a')") == [
        "wrong-type at \"'a'\": the depth of `flatten` is an int, and this is string"
      ])
    #expect(bench.problems("self.flatten(1)").count == 1)
    bench.environment.allowsDyn = true
    #expect(bench.type("[dyn(1), [2]].flatten(1)") == "list(dyn)")
    #expect(bench.value("[1, [2, [3, [4]]]].flatten(2)") == "[1, 2, 3, [4]]")
    #expect(bench.value("[1, [2, [3, [4]]]].flatten(dyn(-1))") == "error invalidArgument")
    #expect(bench.value("[1, [2, 3], [4]].flatten()") == "[1, 2, 3, 4]")
  }

  @Test(
    "Sums and extremes at their edges",
    arguments: [
      Expectation("[1, 9223372036854775807, -1].sum()", is: "error overflow"), Expectation("[1u, 2u].sum()", is: "3"),
      Expectation("[0.1, 0.2].sum()", is: "0.30000000000000004"), Expectation("[].map(x, 1u).sum()", is: "0"),
      Expectation("[1.0, 0.0 / 0.0].max()", is: "error invalidArgument"),
      Expectation("[0.0 / 0.0, 1.0].min()", is: "error invalidArgument"),
      Expectation("[].map(x, 1).min(7)", is: "7"), Expectation("[9].min(7)", is: "9"),
      Expectation("[1, 2].min(1 / 0)", is: "error divisionByZero"),
      Expectation("every(system).filter(s, s.mfa).map(s, 1).sum()", is: "unknown(portal.mfa)"),
      Expectation("[b'b', b'a'].max()", is: "b"),
    ])
  func totals(item: Expectation) { item.verify() }

  @Test(
    "Lists of optionals are unwrapped, and maps merged",
    arguments: [
      Expectation("optional.unwrap([optional.of(1), optional.none(), optional.of(2)])", is: "[1, 2]"),
      Expectation("[optional.of(1)].unwrapOpt()", is: "[1]"),
      Expectation("[].map(x, optional.of(1)).unwrapOpt()", is: "[]"),
      Expectation(
        "every(system).filter(s, s.mfa && s == 'portal').map(s, optional.of(s)).unwrapOpt()",
        is: "[portal?(portal.mfa)]"),
      Expectation("{'a': 1, 'b': 2}.merge({'c': 3, 'a': 4})", is: "{'a': 4, 'b': 2, 'c': 3}"),
      Expectation("{1: 'a'}.merge({})", is: "{1: 'a'}"), Expectation("{}.merge({1: 'a'})", is: "{1: 'a'}"),
    ])
  func others(item: Expectation) { item.verify() }
}
