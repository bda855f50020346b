import CEL
import Testing

/// An expression and the problems that it must have, as the workbench shows them.
struct CheckExpectation: CustomTestStringConvertible, Sendable {
  var text: String
  var problems: [String]

  init(_ text: String, _ problems: String...) {
    self.text = text
    self.problems = problems
  }

  var testDescription: String { text }

  func verify(in bench: Workbench = Workbench(), sourceLocation: SourceLocation = #_sourceLocation) {
    let found = bench.problems(text)
    #expect(found == problems, "\(text)", sourceLocation: sourceLocation)
  }
}

@Suite struct NamedLiteralTests {
  private static var bench: Workbench {
    var bench = Workbench()
    bench.define("atLeast", [("c", .enumeration(SmallEstate.classification))], "c >= 'public'")
    bench.define("uses", [("s", .entity(SmallEstate.system))], "s.uses")
    bench.define("anyOf", [("s", .list(.entity(SmallEstate.system)))], "s.exists(x, x == 'hub')")
    return bench
  }

  private static let wrongValue =
    "unknown-enum-value at \"'oficial'\": `oficial` is no value of classification (did you mean `official`?; it has: public, official, official-sensitive, secret)"

  @Test(
    "A value of an enumeration is checked wherever it stands",
    arguments: [
      CheckExpectation("self.classification == 'oficial'", wrongValue),
      CheckExpectation("'oficial' == self.classification", wrongValue),
      CheckExpectation("self.classification != 'oficial'", wrongValue),
      CheckExpectation("self.classification < 'oficial'", wrongValue),
      CheckExpectation("'oficial' >= self.classification", wrongValue),
      CheckExpectation("self.classification in ['public', 'oficial']", wrongValue),
      CheckExpectation("'oficial' in self.uses.map(s, s.classification)", wrongValue),
      CheckExpectation("self.classification == (self.mfa ? 'official' : 'oficial')", wrongValue),
      CheckExpectation("(self.mfa ? 'oficial' : self.classification) == other.classification", wrongValue),
      CheckExpectation("(self.mfa ? self.classification : 'oficial') == other.classification", wrongValue),
      CheckExpectation("[self.classification, 'oficial'].size() > 1", wrongValue),
      CheckExpectation("['oficial', self.classification].size() > 1", wrongValue),
      CheckExpectation("{self.classification: 1, 'oficial': 2}.size() > 1", wrongValue),
      CheckExpectation("{'oficial': 2, self.classification: 1}.size() > 1", wrongValue),
      CheckExpectation("{'a': self.classification, 'b': 'oficial'}.size() > 1", wrongValue),
      CheckExpectation("{self.classification: 1}['oficial'] == 1", wrongValue),
      CheckExpectation("'oficial' in {self.classification: 1}", wrongValue),
      CheckExpectation("atLeast('oficial')", wrongValue),
      CheckExpectation("atLeast(self.mfa ? 'oficial' : 'public')", wrongValue),
      CheckExpectation("self.?classification.orValue('oficial') == other.classification", wrongValue),
      CheckExpectation("self.?classification == optional.of('oficial')", wrongValue),
      CheckExpectation("self.uses.map(s, s.classification) == ['oficial']", wrongValue),
      CheckExpectation("self.uses.map(s, s.classification) + ['oficial'] == []", wrongValue),
      CheckExpectation("self.uses.map(s, s.classification).max('oficial') == 'public'", wrongValue),
      CheckExpectation("self.uses.groupBy(s, s.classification).exists(g, g.key == 'oficial')", wrongValue),
      CheckExpectation("cel.bind(c, self.classification, c == 'oficial')", wrongValue),
      CheckExpectation("(self.classification) == ('oficial')", wrongValue),
      CheckExpectation("self.mfa ? self.classification == 'oficial' : true", wrongValue),
      CheckExpectation(
        "self.type == 'busines'",
        "unknown-enum-value at \"'busines'\": `busines` is no value of systemType (did you mean `business`?; it has: business, external)"
      ),
      CheckExpectation(
        "self.classification == 'Official'",
        "unknown-enum-value at \"'Official'\": `Official` is no value of classification (did you mean `official`?; it has: public, official, official-sensitive, secret)"
      ),
      CheckExpectation(
        "self.classification == 1",
        "no-overload at \"self.classification == 1\": `==` cannot compare classification with int"),
      CheckExpectation(
        "self.classification == self.type",
        "no-overload at \"self.classification == self.type\": `==` cannot compare classification with systemType"),
      CheckExpectation(
        "self.classification == self.id",
        "no-overload at \"self.classification == self.id\": `==` cannot compare classification with string"),
      CheckExpectation(
        "self.type < 'external'",
        "unordered at \"self.type < 'external'\": the values of systemType have no order"),
      CheckExpectation(
        "self.uses.map(s, s.type).max() == 'external'",
        "unordered at \"max\": the values of systemType have no order"),
      CheckExpectation(
        "self.uses.sortBy(s, s.type) == []",
        "unordered at \"s.type\": the values of systemType have no order"),
    ])
  func values(item: CheckExpectation) { item.verify(in: Self.bench) }

  @Test(
    "Values of enumerations compare by their place",
    arguments: [
      Expectation("self.classification < 'secret'", is: "true"),
      Expectation("'secret' <= self.classification", is: "false"),
      Expectation("self.classification == 'official'", is: "true"),
      Expectation("(self.mfa ? 'official' : 'secret') == self.classification", is: "true"),
      Expectation("(self.mfa ? self.classification : 'secret') > 'public'", is: "true"),
      Expectation("{self.classification: 1}['official']", is: "1"),
      Expectation("'official' in {self.classification: 1}", is: "true"),
      Expectation("self.?classification.orValue('secret') == 'official'", is: "true"),
      Expectation("self.?classification.orValue('secret')", of: "vault", is: "secret"),
      Expectation("[self.classification, 'secret', 'public'].max()", is: "secret"),
      Expectation("self.uses.map(s, s.classification).min('public')", is: "public"),
      Expectation("[].map(s, self.classification).max('secret')", is: "secret"),
      Expectation("self.uses.sortBy(s, s.classification).map(s, s.classification)", is: "[public, official, official]"),
      Expectation("atLeast('secret')", is: "true"), Expectation("self.id == 'hub'", is: "true"),
      Expectation(
        "math.greatest(self.classification, 'secret')",
        is: "no-overload at \"greatest\": `math.greatest` takes numbers, and this is classification "
          + "(`[x, y].min()` and `[x, y].max()` take all values that have an order)"),
    ])
  func meaning(item: Expectation) { item.verify(in: Self.bench) }

  private static let wrongID = "unknown-entity at \"'hubb'\": there is no system `hubb` (did you mean `hub`?)"

  @Test(
    "The id of an entity is checked wherever it stands",
    arguments: [
      CheckExpectation("self == 'hubb'", wrongID), CheckExpectation("'hubb' != self", wrongID),
      CheckExpectation("self in ['hub', 'hubb']", wrongID), CheckExpectation("'hubb' in self.uses", wrongID),
      CheckExpectation("self == (self.mfa ? 'hubb' : 'hub')", wrongID),
      CheckExpectation("(self.mfa ? self : 'hubb').mfa", wrongID),
      CheckExpectation("[self, 'hubb'].size() > 1", wrongID),
      CheckExpectation("{self: 1, 'hubb': 2}.size() > 1", wrongID),
      CheckExpectation("uses('hubb').size() > 1", wrongID),
      CheckExpectation("anyOf(['hub', 'hubb'])", wrongID),
      CheckExpectation("(self.uses + ['hubb']).size() > 1", wrongID),
      CheckExpectation("self.closure(s, s.uses).pathTo('hubb').nodes == []", wrongID),
      CheckExpectation("every(system).exists(s, s.leader == 'hubb')", wrongID),
      CheckExpectation("self == 'cases'", "unknown-entity at \"'cases'\": there is no system `cases`"),
      CheckExpectation(
        "any == 'parkin'",
        "unknown-entity at \"'parkin'\": there is no component `parkin` (did you mean `parking`?)"),
      CheckExpectation("self == self.id", "no-overload at \"self == self.id\": `==` cannot compare system with string"),
      CheckExpectation(
        "self == self.sends[0]",
        "no-overload at \"self == self.sends[0]\": `==` cannot compare system with flow"),
      CheckExpectation(
        "self == self.uses",
        "no-overload at \"self == self.uses\": `==` cannot compare system with list(system)"),
      CheckExpectation(
        "self.uses == self",
        "no-overload at \"self.uses == self\": `==` cannot compare list(system) with system (the left side is a list; `x in list` asks whether it holds something)"
      ),
      CheckExpectation(
        "self.sends[0] in self.uses",
        "no-overload at \"self.sends[0] in self.uses\": `in` cannot compare flow with list(system)"),
      CheckExpectation(
        "self in other", "wrong-type at \"other\": `in` needs a list or a map on its right, and this is system"),
    ])
  func entities(item: CheckExpectation) { item.verify(in: Self.bench) }
}
