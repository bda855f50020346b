import Catalogue
import Testing

@testable import Governance

/// What rules read about rules.
@Suite struct RuleScopeTests {
  static let systems = """
    {kind: system, id: asked, name: A, mfa: true}
    ---
    {kind: system, id: spared, name: B, mfa: false}
    ---
    {kind: system, id: gap, name: C}
    """

  /// A rule about rules that fails with what they look at.
  static func about(_ name: String, _ text: String = "") -> String {
    rule("meta", "for: rule\nwhen: self.name == '\(name)'\nrequire: false\nmessage: '${self.scope}'\n\(text)")
  }

  static func scope(_ text: String, _ documents: String = systems) async -> String? {
    let result = await checked(documents, rule("r", "name: Looked at\n\(text)"), about("Looked at"))
    return result.findings.first { $0.rule == "meta" }?.message
  }

  @Test func `What is no business of a rule is out of its scope, and what is not known is in it`() async {
    #expect(await Self.scope("when: self.mfa\nrequire: true") == "A and C")
  }

  @Test func `Without a condition it is all of its kinds`() async {
    #expect(await Self.scope("require: true") == "A, C and B")
    #expect(await Self.scope("for: [system, dataset]\nrequire: true", "{kind: dataset, id: d, name: D}") == "D")
    #expect(await Self.scope("for: view\nrequire: true") == "nothing")
  }

  @Test func `A condition may read names and derived fields`() async {
    let documents = """
      {kind: system, id: dear, name: Dear, cost: 6}
      ---
      {kind: system, id: cheap, name: Cheap, cost: 1}
      """
    #expect(await Self.scope("let: {double: self.worth}\nwhen: double > 10\nrequire: true", documents) == "Dear")
  }

  @Test func `Rules that ask each other are told nothing`() async {
    let result = await checked(
      Self.systems, Self.about("Rule"),
      rule("other", "for: rule\nname: Rule\nwhen: self.scope.size() > 0\nrequire: true"))
    #expect(result.findings.map(\.message).contains("(not recorded)"))
    #expect(result.count(.error) == 0)
  }

  @Test func `An open initiative is in nobody's scope in the estate`() async {
    let documents = """
      {kind: initiative, id: open, name: Open, stage: design}
      ---
      {kind: initiative, id: done, name: Done, stage: live}
      """
    #expect(await Self.scope("for: initiative\nrequire: true", documents) == "Done")
  }

  @Test func `A view has a scope of its own, with all targets looked at or with some`() async {
    let texts = [
      "{kind: system, id: a, name: A, mfa: true}", "{kind: system, id: b, name: B, mfa: true}",
      """
      {kind: initiative, id: i, name: I, stage: design, goLive: 2026-06-01,
        adds: [{kind: system, id: c, name: C, mfa: true}], changes: [{ref: 'system:a', set: {mfa: false}}]}
      """,
      rule("r", "name: Looked at\nwhen: self.mfa\nrequire: true"),
      rule("meta", "for: rule\nwhen: self.name == 'Looked at'\nrequire: '!self.scope.exists(x, x.id == \"c\")'"),
    ]
    let result = await Checked(texts)
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.findings.map(\.identity) == [])
    for isIncremental in [true, false] {
      let portfolio = await Portfolio.run(
        result.book.rules, on: result.estate, tasks: 1, isIncremental: isIncremental)
      #expect(portfolio.checks.flatMap(\.findings).map(\.identity) == ["meta|rule:r"])
    }
  }

  @Test(arguments: [
    ("severity: minor", "minor"), ("severity: [{when: self.mfa, is: advisory}, {is: blocker}]", "blocker"),
    ("severity: [{when: self.mfa, is: major}, {is: minor}]", "major"),
  ])
  func `The highest severity of a rule is a field`(_ text: String, _ expected: String) async {
    let result = await checked(
      Self.systems, rule("r", "name: Looked at\nrequire: true\n\(text)"),
      Self.about("Looked at", "at: self").replacing("${self.scope}", with: "${self.highestSeverity}"))
    #expect(result.findings.map(\.message) == [expected])
  }
}
