import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Rules that pass without saying anything.
@Suite struct VacuousRuleTests {
  static func lines(_ text: String) async -> [String] {
    let result = await Checked([rule("r", text)])
    #expect(result.diagnostics.map(\.line) == [])
    return await ExampleRunner(result.estate, result.book).run().vacuous.map(\.line)
  }

  @Test func `a rule whose passing examples leave everything out`() async {
    #expect(
      await Self.lines(
        """
        when: self.mfa
        require: self.cost < 3
        examples:
          - {title: p, given: [{kind: system, id: a, mfa: false}], finds: []}
          - {title: f, given: [{kind: system, id: a, mfa: true, cost: 9}], finds: [a]}
        """) == [
          "vacuous-rule 13:13 r: no example that passes asks the rule anything; in each of them `when` leaves everything out; one is wanted in which what the rule requires is there"
        ])
  }

  @Test func `a rule whose passing examples give each nothing`() async {
    #expect(
      await Self.lines(
        """
        each: s in self.feeds
        require: s.mfa
        examples:
          - {title: p, given: [{kind: system, id: a, mfa: false}], finds: []}
          - {title: f, given: [{kind: system, id: a, feeds: [b]}, {kind: system, id: b, mfa: false}], finds: [a / b]}
        """
      ).map { $0.contains("`each` has nothing to go through") } == [true])
  }

  @Test func `one passing example in which the rule is asked is enough`() async {
    #expect(
      await Self.lines(
        """
        when: self.mfa
        require: self.cost < 3
        examples:
          - {title: p, given: [{kind: system, id: a, mfa: false}], finds: []}
          - {title: q, given: [{kind: system, id: a, mfa: true, cost: 1}], finds: []}
          - {title: f, given: [{kind: system, id: a, mfa: true, cost: 9}], finds: [a]}
        """) == [])
  }

  @Test(arguments: [
    ("when: 1 < 2\nrequire: self.mfa", ["`when` is always true, so it leaves nothing out"]),
    ("when: 2 < 1\nrequire: self.mfa", ["`when` is never true, so the rule looks at nothing"]),
    ("require: 1 < 2 || self.mfa", ["r requires what is always true, so it can find nothing"]),
    ("require: \"false\"", ["`require` is never true, so the rule finds everything"]),
    ("each: d in self.holds\nrequire: \"false\"", []),
    ("params: {n: {type: integer, default: 3}}\nwhen: params.n > 2\nrequire: self.mfa", []),
  ])
  func `a condition that is the same whatever is recorded`(text: String, says: [String]) async {
    let lines = await Self.lines(text)
    #expect(lines.count == says.count, "\(lines)")
    for words in says { #expect(lines.contains { $0.contains(words) }, "\(lines)") }
  }

  /// Requirements that are always true, and some that only look so.
  static let requirements: [(String, Bool)] = [
    ("true", true), ("self.mfa || 1 < 2", true), ("self.cost == self.cost", true), ("1.5 < 2.5", true),
    ("\"a\" < \"b\"", true), ("1 in [1, 2]", true), ("1 + 1 == 2", true), ("self.mfa || 2.0 > 1.0", true),
    ("self.mfa ? true : 2 > 1", true), ("self.mfa", false), ("self.cost in [1]", false), ("1 > 2", false),
    ("1.5 > 2.5", false), ("self.cost == params.n", false), ("params.n == params.n + 0", false),
    ("today < never", false), ("every(system).all(s, s == s)", false),
  ]

  @Test(arguments: requirements)
  func `what a check calls constant an example's run calls so, too, in the same words`(text: String, isConstant: Bool)
    async
  {
    let params = text.contains("params") ? "params: {n: {type: integer, default: 3}}\n" : ""
    let checked = await Checked([rule("r", "\(params)require: '\(text)'")])
    #expect(checked.diagnostics.map(\.line) == [])
    let told = checked.book.rules.map { $0.emptyRequirement(checked.estate) }
    let tested = await ExampleRunner(checked.estate, checked.book).run().vacuous.map(\.summary)
    #expect(told == [isConstant ? "r requires what is always true, so it can find nothing" : nil])
    #expect(tested.filter { $0.hasSuffix("so it can find nothing") } == told.compactMap(\.self))
  }
}
