import CEL
import Testing

/// Types that follow from an expression alone: what is not known yet, what is `dyn`, and what does not agree.
@Suite struct InferenceTests {
  /// With `dyn`, as the specification has it.
  private static let bench: Workbench = {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    bench.environment.variables["p"] = .constant(.bool(true), .bool)
    bench.environment.variables["d"] = .constant(.duration(1_000_000_000), .duration)
    bench.environment.variables["s"] = .constant(.string("s"), .dyn)
    return bench
  }()

  @Test(
    "The sides of `?:` agree",
    arguments: [
      ("p ? 1 : 2", "int"), ("p ? null : d", "duration"), ("p ? [] : [1]", "list(int)"),
      ("p ? 1 : s", "dyn"), ("p ? s : 1", "dyn"), ("p ? [1] : [s]", "list(dyn)"),
      ("p ? optional.none() : optional.of(1)", "optional(int)"), ("p ? {}.a : 1", "int"),
      ("p ? 1 : 'a'", "choice-types-differ"), ("p ? 1 : null", "choice-types-differ"),
      ("p ? [1] : ['a']", "choice-types-differ"), ("p ? 1 : 1u", "choice-types-differ"),
      ("p ? {'a': 1} : {'a': 'a'}", "choice-types-differ"),
    ])
  func choices(text: String, expected: String) { expect(text, expected) }

  @Test("Without `dyn` the sides of `?:` and of `+` agree as well")
  func choicesOfTheHost() {
    let bench = Workbench()
    #expect(bench.check("true ? 1 : 'a'").problems.map(\.id) == ["choice-types-differ"])
    #expect(bench.check("[1] + ['a']").problems.map(\.id) == ["no-overload"])
    #expect(bench.type("true ? self.uses : []") == "list(system)")
  }

  @Test(
    "A type that is still free takes that of its place",
    arguments: [
      ("[true] + {}.a", "list(bool)"), ("{}.a + [true]", "list(bool)"), ("[] + [][0]", "list(dyn)"),
      ("[b''] + optional.none().value()", "list(bytes)"), ("'a' + {}[0]", "string"), ("[1, {}.a]", "list(int)"),
      ("{}.a.optMap(v, 1)", "optional(int)"), ("[][0].optFlatMap(v, optional.none())", "optional(dyn)"),
      ("optional.of(1).optFlatMap(v, {}.a)", "optional(dyn)"),
      ("optional.of(1).optFlatMap(v, optional.none().value())", "optional(dyn)"),
      ("optional.of(1).optFlatMap(v, s)", "dyn"), ("optional.of(1).optMap(v, s)", "optional(dyn)"),
      ("s.optFlatMap(v, optional.of(1))", "optional(int)"), ("[?{}.a, 1]", "list(int)"),
      ("{}.a.flatten(1)", "list(dyn)"), ("math.abs({}.a) % 1", "int"),
    ])
  func freeTypes(text: String, expected: String) { expect(text, expected) }

  @Test(
    "Of several signatures that fit a type that is not known none is chosen",
    arguments: [
      ("{}[0] - d", "dyn"), ("({}[0] - d) <= duration('0s')", "bool"),
      ("d - ({}[0] - d)", "duration"), ("{}[0u].reverse().indexOf('a', 0)", "int"),
      ("optional.none().value().reverse().startsWith('')", "bool"), ("-{}[0]", "dyn"),
      ("size({}[0])", "int"), ("[].reverse()", "list(dyn)"), ("s + 1", "int"), ("s - d", "dyn"),
      ("cel.bind(x, {}[0], [x - d, x].size())", "int"), ("null[0]", "dyn"), ("optional.of(s)[0]", "dyn"),
    ])
  func ambiguity(text: String, expected: String) { expect(text, expected) }

  @Test(
    "The sum of two lists has the more general type of elements",
    arguments: [
      ("[0u] + [0u, s]", "list(dyn)"), ("[0u, s] + [0u]", "list(dyn)"), ("[[0u]] + [[s]]", "list(list(dyn))"),
      ("[1] + s", "list(int)"), ("[] + [1]", "list(int)"), ("[1] + []", "list(int)"), ("[1] + ['a']", "no-overload"),
    ])
  func sums(text: String, expected: String) { expect(text, expected) }

  @Test(
    "An optional select gives an optional of the value, whatever that is",
    arguments: [
      ("{'a': optional.of(1)}.?a", "optional(optional(int))"),
      ("{'a': optional.of(1)}[?'a']", "optional(optional(int))"),
      ("optional.of({'a': optional.of(1)}).a", "optional(optional(int))"),
      ("{'a': 1}.?a", "optional(int)"), ("optional.of({'a': 1}).?a", "optional(int)"),
      ("{'a': {'b': 1}}.?a.b", "optional(int)"), ("optional.of(optional.of({'a': 1})).a", "no-field"),
    ])
  func optionalSelects(text: String, expected: String) { expect(text, expected) }

  @Test(
    "The value of an optional select is of that type",
    arguments: [
      Expectation("{'a': optional.of(1)}.?a.value().value()", is: "1"),
      Expectation("{'a': optional.of(1)}.?a.orValue(optional.of(0))", is: "optional(1)"),
      Expectation("{'b': optional.of(1)}.?a.orValue(optional.of(0))", is: "optional(0)"),
      Expectation("optional.of({'a': optional.of(1)}).a", is: "optional(optional(1))"),
      Expectation("optional.of({'a': optional.of(1)}).?a", is: "optional(optional(1))"),
      Expectation("optional.of({'b': 1}).a", is: "none"), Expectation("optional.of({'a': 1}).?a", is: "optional(1)"),
    ])
  func optionalSelectValues(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "Behind `?` in a literal stands an optional",
    arguments: [
      ("{?'a': null}", "wrong-type"), ("[?null]", "wrong-type"), ("[?1]", "wrong-type"), ("{?'a': 1}", "wrong-type"),
      ("[?optional.none(), 1]", "list(int)"), ("[?s]", "list(dyn)"),
    ])
  func optionalElements(text: String, expected: String) { expect(text, expected) }

  @Test(
    "What is no optional behind `?` is an error when it is found there",
    arguments: [
      Expectation("[?dyn(1)]", is: "error noSuchOverload"), Expectation("{?'a': dyn(1)}", is: "error noSuchOverload"),
      Expectation("[?dyn(optional.of(1))]", is: "[1]"), Expectation("{?'a': dyn(optional.none())}", is: "{}"),
      Expectation("[1].map(x, [?dyn(x)])", is: "error noSuchOverload"),
    ])
  func optionalElementValues(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "A leading dot stands before functions too",
    arguments: [
      Expectation(".size([1])", is: "1"), Expectation(".int('1')", is: "1"),
      Expectation("[1].map(int, .int('2') + int)", is: "[3]"),
      Expectation("[1].map(optional, .optional.of(optional))", is: "[optional(1)]"),
      Expectation("[1].map(math, .math.greatest(math, 2))", is: "[2]"),
      Expectation(
        ".sise(1)", is: "unknown-function at \"sise\": there is no function `sise` (did you mean `size` or `slice`?)"),
    ])
  func leadingDot(item: Expectation) { item.verify(in: Self.bench) }

  @Test("A leading dot stands before shared functions")
  func leadingDotOfShared() {
    var bench = Workbench()
    bench.define("twice", [("x", .int)], "x * 2")
    #expect(bench.value(".twice(4)") == "8")
  }

  @Test(
    "Numbers and durations have a negative, null has none",
    arguments: [
      ("-d", "duration"), ("-(1)", "int"), ("-null", "no-overload"), ("-(p ? null : null)", "no-overload"),
      ("-'a'", "no-overload"), ("-s", "dyn"),
    ])
  func negatives(text: String, expected: String) { expect(text, expected) }

  /// The type, or the ids of the problems.
  private func expect(_ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let checked = Self.bench.check(text)
    let ids = checked.problems.map(\.id).joined(separator: " ")
    let found = ids.isEmpty ? Self.bench.environment.description(of: checked.type) : ids
    #expect(found == expected, "\(text)", sourceLocation: sourceLocation)
  }
}

/// What the checker passes must have a meaning when it runs.
@Suite struct SoundCheckTests {
  @Test(
    "What can be no map's key is refused when it is checked",
    arguments: [
      "{[self]: 1}", "{1.5: 1}", "{duration('1s'): 1}", "{null: 1}", "{optional.of(1): 2}", "{{'a': 1}: 2}",
      "{}[type(1)] == 1", "{}[?1.0] == optional.of(1)", "type(1) in {}", "{}[[1]] == 1",
    ])
  func keys(text: String) {
    let problems = Workbench().problems(text)
    #expect(problems.count == 1 && problems[0].hasPrefix("wrong-key"), "\(problems)")
  }

  @Test(
    "Entities, enumerations and dates are keys, and everything has a type",
    arguments: [
      ("{self: 1}[self]", "1"), ("{self.classification: 2}[self.classification]", "2"), ("{date: 3}[date]", "3"),
      ("type(self) == type(other)", "true"), ("type(self.classification) == type(self.type)", "true"),
      ("type(self.uses[0]) == type(self)", "true"),
    ])
  func values(text: String, expected: String) { #expect(Workbench().value(text) == expected) }

  @Test(
    "Of a range of any type the keys are of any type, and a sum is one of numbers or durations",
    arguments: [
      ("dyn({'a': 1}).transformMap(k, v, v)", "map(dyn, dyn)", "{'a': 1}"),
      ("[3].transformMap(k, v, v)", "map(int, int)", "{0: 3}"),
      ("[dyn([1]), dyn([2])].sum()", "dyn", "error noSuchOverload"),
      ("[dyn('a')].sum()", "dyn", "error noSuchOverload"),
      ("[dyn(1), dyn(2)].sum()", "dyn", "3"),
    ])
  func dynamic(text: String, type: String, value: String) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    #expect(bench.type(text) == type)
    #expect(bench.value(text) == value)
  }
}
