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
    ("require: 1 < 2 || self.mfa", ["`require` is always true, so the rule can find nothing"]),
    ("require: \"false\"", ["`require` is never true, so the rule finds everything"]),
    ("each: d in self.holds\nrequire: \"false\"", []),
    ("params: {n: {type: integer, default: 3}}\nwhen: params.n > 2\nrequire: self.mfa", []),
  ])
  func `a condition that is the same whatever is recorded`(text: String, says: [String]) async {
    let lines = await Self.lines(text)
    #expect(lines.count == says.count, "\(lines)")
    for words in says { #expect(lines.contains { $0.contains(words) }, "\(lines)") }
  }
}
