import Catalogue
import Testing

@testable import Governance

@Suite struct OutcomeTests {
  static let systems = """
    {kind: system, id: good, name: Good, mfa: true}
    ---
    {kind: system, id: bad, name: Bad, mfa: false}
    ---
    {kind: system, id: gap, name: Gap}
    """

  @Test func `a target passes, fails or is undecided`() async {
    let result = await checked(Self.systems, rule("r", "require: self.mfa"))
    #expect(result.outcomes == ["failed system:bad", "undecided system:gap"])
    #expect(result.count(.passed) == 1)
    #expect(result.count(.failed) == 1)
    #expect(result.count(.undecided) == 1)
    #expect(result.findings[1].missing.map(\.name) == ["system:gap.mfa"])
    #expect(result.findings[1].message == "not decided for Gap: a fact is not recorded")
  }

  @Test func `where the condition is false the rule does not apply`() async {
    let result = await checked(Self.systems, rule("r", "when: self.mfa\nrequire: false"))
    #expect(result.outcomes == ["failed system:good", "undecided system:gap"])
    #expect(result.count(.notApplicable) == 1)
  }

  /// `!when || require`.
  @Test(arguments: [("true", Outcome.passed), ("false", .undecided), ("self.cost > 1", .undecided)])
  func `where the condition is unknown the requirement decides`(requirement: String, outcome: Outcome) async {
    let result = await checked(
      "{kind: system, id: gap, name: Gap}", rule("r", "when: self.mfa\nrequire: \(requirement)"))
    #expect(result.count(outcome) == 1)
    #expect(result.assessment.counts.total == 1)
    if outcome == .undecided { #expect(result.findings[0].missing.map(\.name).contains("system:gap.mfa")) }
  }

  @Test func `nothing to look at is a pass of its own`() async {
    let result = await checked(
      "{kind: system, id: a, name: A}", rule("r", "each: d in self.holds\nrequire: d.classification == \"public\""))
    #expect(result.count(.passedWithNothing) == 1)
    #expect(result.count(.passed) == 0)
  }

  @Test func `each element that fails is a finding`() async {
    let result = await checked(
      """
      {kind: dataset, id: d1, name: One, classification: public}
      ---
      {kind: dataset, id: d2, name: Two, classification: secret}
      ---
      {kind: dataset, id: d3, name: Three}
      ---
      {kind: dataset, id: d4, name: Four, classification: secret}
      ---
      {kind: system, id: a, name: A, holds: [d1, d2, d3, d4]}
      """,
      rule("r", "each: d in self.holds\nrequire: d.classification == \"public\""))
    #expect(
      result.outcomes == [
        "failed system:a | dataset:d2", "failed system:a | dataset:d4", "undecided system:a | dataset:d3",
      ])
    #expect(result.count(.failed) == 1, "counters count targets: the worst of its elements")
    #expect(result.assessment.counts.total == 1)
  }

  @Test func `a possible element passes or is undecided, never failed`() async {
    let documents = """
      {kind: dataset, id: d1, name: One, classification: secret}
      ---
      {kind: dataset, id: d2, name: Two}
      ---
      {kind: system, id: a, name: A, holds: [d1, d2]}
      """
    let fails = await checked(
      documents, rule("r", "each: d in self.holds.filter(d, d.classification >= \"official\")\nrequire: false"))
    #expect(fails.outcomes == ["failed system:a | dataset:d1", "undecided system:a | dataset:d2"])
    let passes = await checked(
      documents, rule("r", "each: d in self.holds.filter(d, d.classification >= \"official\")\nrequire: true"))
    #expect(passes.outcomes == [])
    #expect(passes.count(.passed) == 1)
  }

  @Test func `an open list is one undecided outcome of the target, beside what is certain`() async {
    let result = await checked(
      """
      {kind: location, id: here, name: Here, country: JE}
      ---
      {kind: system, id: a, name: A}
      ---
      {kind: system, id: b, name: B, locations: [here]}
      ---
      {kind: system, id: c, name: C, feeds: [a, b]}
      """,
      rule("r", "each: l in (self.locations + self.feeds.map(f, f.locations).flatten())\nrequire: l.country != \"JE\""))
    #expect(
      result.outcomes == [
        "failed system:b | location:here", "failed system:c | location:here", "undecided system:a",
        "undecided system:c",
      ])
    #expect(result.findings[3].missing.map(\.name).contains("system:a.locations"))
  }

  @Test func `an initiative is looked at in its own view, and from the rule's stage on`() async {
    let result = await checked(
      """
      {kind: initiative, id: early, name: Early, stage: proposal}
      ---
      {kind: initiative, id: due, name: Due, stage: design}
      ---
      {kind: initiative, id: late, name: Late, stage: build}
      """,
      rule("r", "for: initiative\nstage: design\nrequire: has(self.goLive)"))
    #expect(result.outcomes == [])
    let portfolio = await Portfolio.run(result.book.rules, on: result.estate, tasks: 1)
    #expect(portfolio.checks.map(\.upcomingCount) == [0, 1, 0])
    #expect(
      portfolio.checks.map { $0.findings(.introduced).map(\.identity) } == [
        ["r|initiative:due"], [], ["r|initiative:late"],
      ])
  }

  @Test func `in the estate every active rule is in force, whatever its stage`() async {
    let result = await checked(
      "{kind: system, id: a, name: A, mfa: false}", rule("r", "stage: live\nrequire: self.mfa"))
    #expect(result.count(.failed) == 1)
  }

  @Test func `a rule about the view runs once`() async {
    let result = await checked(
      Self.systems, rule("r", "for: view\nrequire: every(system).size() > 3\nmessage: only ${every(system)}"))
    #expect(result.count(.failed) == 1)
    #expect(result.findings.first?.target == nil)
    #expect(result.findings.first?.message == "only Bad, Gap and Good")
  }

  @Test func `a division by zero is an error and not a failure`() async {
    let result = await checked("{kind: system, id: a, name: A, cost: 0}", rule("r", "require: 1 / self.cost > 0"))
    #expect(result.outcomes == ["error system:a"])
    #expect(result.count(.error) == 1)
    #expect(result.findings.first?.message.contains("zero") == true)
  }

  @Test(arguments: [
    "require: 1 / self.cost > 0 || true",
    "require: '!(1 / self.cost > 0 && false)'",
    "when: 1 / self.cost > 0 || true\nrequire: true",
    "when: 1 / self.cost > 0 && false\nrequire: true",
    "let: {bad: 1 / self.cost > 0}\nrequire: bad || true",
    "each: t in self.tags.filter(t, 1 / self.cost > 0 || true)\nrequire: true",
    "require: 'self.tags.exists(t, t == \"x\" ? 1 / self.cost > 0 : true)'",
    "require: 1 / self.cost > 0 || self.mfa",
  ])
  func `an error that another operand would hide is an error all the same`(text: String) async {
    let result = await checked("{kind: system, id: a, name: A, cost: 0, tags: [x, y]}", rule("r", text))
    #expect(result.count(.error) == 1, "\(result.outcomes)")
  }

  @Test func `an error that only a message meets changes no verdict`() async {
    let result = await checked(
      "{kind: system, id: a, name: A, cost: 0, mfa: false}\n---\n{kind: system, id: b, name: B, cost: 0, mfa: true}",
      rule("r", "require: self.mfa\nmessage: ${1 / self.cost} and ${1 / self.cost > 0 || true}"))
    #expect(result.outcomes == ["failed system:a"])
    #expect(result.findings.first?.message == "? and true")
    #expect(result.count(.passed) == 1)
  }

  @Test func `the cost limit is an error, hidden or not`() async {
    let systems = (0..<30).map { "{kind: system, id: s\($0), name: S}" }.joined(separator: "\n---\n")
    let loop = "every(system).all(a, every(system).all(b, every(system).all(c, a.name == c.name)))"
    for text in ["for: view\nrequire: \(loop)", "for: view\nrequire: \(loop) || true"] {
      let result = await checked(systems, rule("r", text), costLimit: 2_000)
      #expect(result.count(.error) == 1)
      #expect(result.findings.first?.message.contains("2000") == true)
    }
    let enough = await checked(systems, rule("r", "for: view\nrequire: \(loop)"))
    #expect(enough.count(.passed) == 1)
  }

  @Test func `a rule that is too dear for some targets is not tried at all of them`() async {
    let systems = (0..<30).map { "{kind: system, id: s\($0), name: S}" }.joined(separator: "\n---\n")
    let pairs = "every(system).all(a, every(system).all(b, a.name == b.name || a.name == self.name))"
    let result = await checked(systems, rule("r", "require: \(pairs)"), costLimit: 600)
    #expect(result.count(.error) == 30)
    let messages = result.findings.map(\.message)
    #expect(messages.filter { $0.contains("visits more than 600") }.count == 3)
    #expect(messages.filter { $0.contains("not evaluated, as 3 targets before it") }.count == 27)
    #expect(await checked(systems, rule("r", "require: \(pairs)"), costLimit: 2_000).count(.passed) == 30)
    // What is just below the limit at each target is too much for all.
    let together = await checked(systems, rule("r", "require: \(pairs)"), costLimit: 950)
    #expect(together.count(.passed) == 21 && together.count(.error) == 9)
    #expect(together.findings.first?.message.contains("visited 19530 elements together") == true)
  }

  @Test func `what all targets share costs none of them anything`() async {
    let systems = (0..<30).map { "{kind: system, id: s\($0), name: S\($0), mfa: true}" }.joined(separator: "\n---\n")
    let shared = "every(system).filter(s, s.mfa).map(s, s.name).size() == 30 && self.name != ''"
    #expect(await checked(systems, rule("r", "require: \(shared)"), costLimit: 70).count(.passed) == 30)
    #expect(await checked(systems, rule("r", "require: \(shared)"), costLimit: 20).count(.error) == 30)
  }

  @Test func `draft, preview and deprecated rules do not run`() async {
    let result = await checked(
      Self.systems, rule("a", "status: draft\nrequire: false"), rule("b", "status: deprecated\nrequire: false"),
      rule("c", "status: preview\nrequire: false"), rule("d", "status: active\nrequire: true"))
    #expect(result.findings.isEmpty)
    #expect(result.assessment.results.map(\.rule.id) == ["d"])
    #expect(result.book.documentCount == 4)
  }

  @Test func `a rule that selects nothing is told, unless it may`() async {
    let documents = "{kind: system, id: a, name: A, mfa: true}"
    let idle = await checked(
      documents, rule("never", "when: self.mfa == false\nrequire: true"), rule("none", "for: dataset\nrequire: true"),
      rule("allowed", "allowEmpty: true\nfor: dataset\nrequire: true"), rule("runs", "require: true"))
    #expect(idle.assessment.results.filter(\.isIdle).map(\.rule.id) == ["never", "none"])
  }

  @Test func `a measure alone never fails in the estate`() async {
    let result = await checked("{kind: system, id: a, name: A, cost: 9}", rule("r", "measure: self.cost"))
    #expect(result.findings.isEmpty)
    #expect(result.count(.passed) == 1)
  }
}
