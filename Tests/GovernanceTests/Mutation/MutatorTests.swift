import CEL
import Catalogue
import Testing

@testable import Governance

/// Which changes are made of an expression.
@Suite struct MutatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: Mutant.Kind
    var text: String
    var made: [String]
    var testDescription: String { "\(kind): \(text)" }

    init(_ kind: Mutant.Kind, _ text: String, _ made: [String]) {
      self.kind = kind
      self.text = text
      self.made = made
    }
  }

  /// The expression with each change of a kind in it.
  static func made(_ kind: Mutant.Kind, _ text: String) async -> [String] {
    let result = await Checked([
      rule("r", "let: {n: \(["'", text.replacing("'", with: "''"), "'"].joined())}\nwhen: n\nrequire: self.mfa")
    ])
    #expect(result.diagnostics.map(\.line) == [])
    guard let rule = result.book.allRules.first,
      let expression = DecidingExpression.all(of: rule, functions: [:], for: result.estate).first
    else { return [] }
    return Mutator(expression.checked, isCondition: true).mutants.filter { $0.kind == kind }.map { mutant in
      var bytes = expression.bytes
      bytes.replaceSubrange(mutant.range, with: mutant.replacement)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test(arguments: [
    Case(.comparison, "self.cost == 3", ["self.cost != 3"]),
    Case(.comparison, "self.cost != 3", ["self.cost == 3"]),
    Case(.comparison, "self.cost < 3", ["self.cost <= 3", "self.cost >= 3"]),
    Case(.comparison, "self.cost <= 3", ["self.cost < 3", "self.cost > 3"]),
    Case(.comparison, "self.cost > 3", ["self.cost >= 3", "self.cost <= 3"]),
    Case(.comparison, "self.cost >= 3", ["self.cost > 3", "self.cost < 3"]),
    Case(.logic, "self.mfa && self.redundant", ["self.mfa || self.redundant"]),
    Case(.logic, "self.mfa || self.redundant", ["self.mfa && self.redundant"]),
    Case(.negation, "!self.mfa", ["self.mfa"]),
    Case(.negation, "!(\"a\" in self.tags)", ["(\"a\" in self.tags)"]),
    Case(.negation, "\"a\" in self.tags", ["!(\"a\" in self.tags)"]),
    Case(.negation, "self.mfa", ["!(self.mfa)"]),
    Case(.negation, "self.holds.exists(d, self.mfa)", ["self.holds.exists(d, !(self.mfa))"]),
    Case(
      .condition, "self.mfa && self.redundant && self.cost > 3",
      [
        "true && self.redundant && self.cost > 3", "self.mfa && true && self.cost > 3",
        "self.mfa && self.redundant && true",
      ]
    ),
    Case(.condition, "self.mfa || (self.redundant)", ["false || (self.redundant)", "self.mfa || (false)"]),
    Case(.condition, "self.cost > 3", ["true"]),
    Case(.condition, "self.holds.all(d, d.classification == \"public\")", ["true", "self.holds.all(d, false)"]),
    Case(.arithmetic, "self.cost + 1 > 3", ["self.cost - 1 > 3"]),
    Case(.arithmetic, "self.cost - self.cost > 3", ["self.cost + self.cost > 3"]),
    Case(.arithmetic, "self.cost * 2 > 3", ["self.cost / 2 > 3"]),
    Case(.arithmetic, "self.id + \"x\" == \"ax\"", []),
    Case(
      .operand, "(self.feeds + self.fedBy).size() > 0",
      ["([] + self.fedBy).size() > 0", "(self.feeds + []).size() > 0"]),
    Case(.literal, "self.mfa == true", ["self.mfa == false"]),
    Case(.literal, "self.cost > 3", ["self.cost > 4", "self.cost > 2"]),
    Case(.literal, "self.cost > -1", ["self.cost > 0", "self.cost > -2"]),
    Case(
      .literal, "self.classification == \"public\"", ["self.classification == \"official\""]),
    Case(.literal, "self.classification == \"secret\"", ["self.classification == \"official\""]),
    Case(
      .literal, "self.classification in [\"public\", \"secret\"]",
      ["self.classification in [\"official\", \"secret\"]", "self.classification in [\"public\", \"official\"]"]),
    Case(.literal, "today < date(\"2026-02-28\")", ["today < date(\"2026-03-01\")"]),
    Case(.literal, "self.rto < duration(\"48h\")", ["self.rto < duration(\"72h\")"]),
    Case(.literal, "self.name == \"x\"", []),
    Case(.branches, "self.mfa ? self.redundant : false", ["!(self.mfa) ? self.redundant : false"]),
    Case(.branches, "(self.mfa) ? self.redundant : false", ["(!(self.mfa)) ? self.redundant : false"]),
    Case(.quantifier, "self.holds.all(d, d.name == \"x\")", ["self.holds.exists(d, d.name == \"x\")"]),
    Case(.quantifier, "self.holds.exists(d, d.name == \"x\")", ["self.holds.all(d, d.name == \"x\")"]),
    Case(.quantifier, "self.holds.existsOne(d, d.name == \"x\")", ["self.holds.exists(d, d.name == \"x\")"]),
    Case(.filter, "self.holds.filter(d, d.name == \"x\").size() > 0", ["self.holds.size() > 0"]),
    Case(.filter, "self.closure(x, x.feeds).of(system).size() > 0", ["self.closure(x, x.feeds).size() > 0"]),
    Case(
      .reach, "self.mfa && (self.redundant ? self.cost > 1 : self.holds.exists(d, d.name == \"x\"))",
      [
        "[self.mfa && (self.redundant ? self.cost > 1 : self.holds.exists(d, d.name == \"x\"))][1]",
        "self.mfa && ([self.redundant ? self.cost > 1 : self.holds.exists(d, d.name == \"x\")][1])",
        "self.mfa && (self.redundant ? [self.cost > 1][1] : self.holds.exists(d, d.name == \"x\"))",
        "self.mfa && (self.redundant ? self.cost > 1 : [self.holds.exists(d, d.name == \"x\")][1])",
        "self.mfa && (self.redundant ? self.cost > 1 : self.holds.exists(d, [d.name == \"x\"][1]))",
      ]),
    Case(
      .reach, "self.classification == (self.mfa ? \"secret\" : \"public\")",
      [
        "[self.classification == (self.mfa ? \"secret\" : \"public\")][1]",
        "self.classification == (self.mfa ? (1 / 0 == 0 ? \"secret\" : \"secret\") : \"public\")",
        "self.classification == (self.mfa ? \"secret\" : (1 / 0 == 0 ? \"public\" : \"public\"))",
      ]),
  ])
  func `each kind of change is made where it can be`(item: Case) async {
    let made = await Self.made(item.kind, item.text)
    #expect(made.sorted() == item.made.sorted())
  }

  @Test func `a change keeps to the order of the text`() async throws {
    let result = await Checked([rule("r", "require: self.cost > 3 && self.mfa")])
    let rule = try #require(result.book.allRules.first)
    let expression = try #require(DecidingExpression.all(of: rule, functions: [:], for: result.estate).first)
    let starts = Mutator(expression.checked, isCondition: true).mutants.map(\.range.lowerBound)
    #expect(starts == starts.sorted())
  }

  @Test func `expressions that only the words read are left out`() async throws {
    let result = await Checked([
      rule(
        "r",
        """
        let:
          far: self.closure(x, x.feeds)
          near: self.feeds
          kept: self.holds
        each: n in near
        when: self.mfa
        require: n.mfa
        measure: kept.size()
        key: [n]
        at: self.cost
        related: [self]
        path: far.pathTo(n)
        message: ${self} ${far.size()}
        severity: [{when: n.cost > 3, is: major}, {is: minor}]
        """)
    ])
    #expect(result.diagnostics.map(\.line) == [])
    let rule = try #require(result.book.allRules.first)
    let all = DecidingExpression.all(of: rule, functions: [:], for: result.estate)
    #expect(
      all.map { "\($0.key) \(String(decoding: $0.bytes, as: UTF8.self))" } == [
        "let self.feeds", "let self.holds", "each near", "when self.mfa", "require n.mfa", "measure kept.size()",
        "key n",
        "severity n.cost > 3",
      ])
  }
}
