import Catalogue
import Testing

@testable import Governance

/// The names of `let` and `each`, and parameters.
@Suite struct NameTests {
  static let estate = """
    {kind: dataset, id: d1, name: One, classification: public}
    ---
    {kind: dataset, id: d2, name: Two, classification: secret}
    ---
    {kind: system, id: a, name: A, cost: 1, holds: [d1, d2], feeds: [b, c]}
    ---
    {kind: system, id: b, name: B, cost: 0, holds: [d2]}
    ---
    {kind: system, id: c, name: C, cost: 3, holds: [d1]}
    """

  @Test func `a name is evaluated only where it is read`() async {
    let result = await checked(
      Self.estate, rule("r", "let: {rate: 10 / self.cost}\nrequire: 'self.cost == 0 ? true : rate < 5'"))
    #expect(result.outcomes == ["failed system:a"], "b's division is never read")
  }

  @Test func `a name is evaluated once a target`() async {
    // 3 systems times 3 elements; without the name twice that.
    let once = rule(
      "r", "let: {n: 'every(system).filter(s, s.cost >= self.cost).size()'}\nrequire: n + n + n + n + n + n + n >= 0")
    let result = await checked(Self.estate, once, costLimit: 6)
    #expect(result.count(.error) == 0)
    let inline = rule(
      "r",
      "require: 'every(system).filter(s, s.cost >= self.cost).size() + every(system).filter(s, s.cost >= self.cost).size() + every(system).filter(s, s.cost >= self.cost).size() >= 0'"
    )
    let twice = await checked(Self.estate, inline, costLimit: 6)
    #expect(twice.count(.error) == 3, "the limit tells once from more")
  }

  @Test func `a name that uses an element is new for each element, through other names too`() async {
    let result = await checked(
      Self.estate,
      rule(
        "r",
        """
        when: self.id == "a"
        let:
          twice: level + level
          level: 'd.classification == "secret" ? 1 : 0'
        each: d in self.holds
        require: twice == 0
        message: ${d} has ${twice}
        """))
    #expect(result.outcomes == ["failed system:a | dataset:d2"])
    #expect(result.findings.first?.message == "Two has 2")
  }

  @Test func `a name is new for each target, through other names too`() async {
    let result = await checked(
      Self.estate, rule("r", "let: {b: a + 0, a: self.cost}\nrequire: b == self.cost && b != 3\nmessage: ${b}"))
    #expect(result.outcomes == ["failed system:c"])
    #expect(result.findings.first?.message == "3")
  }

  @Test func `generators nest, and a later one may use a name of an earlier element`() async {
    let result = await checked(
      Self.estate,
      rule(
        "r",
        """
        let: {theirs: s.holds}
        each: [s in self.feeds, d in theirs]
        require: d.classification == "public"
        message: ${self} feeds ${s}, which holds ${d}
        """))
    #expect(result.outcomes == ["failed system:a | system:b | dataset:d2"])
    #expect(result.findings.first?.message == "A feeds B, which holds Two")
    #expect(result.count(.passedWithNothing) == 2)
  }

  @Test func `parameters are typed values`() async {
    let result = await checked(
      Self.estate,
      rule(
        "r",
        """
        params:
          least: {type: integer, default: 2}
          word: {type: string, default: "no"}
          level: {type: classification, default: secret}
          one: {type: system, default: c}
        require: self.cost >= params.least || self == params.one
        message: ${params.least} ${params.word} ${params.level} ${params.one}
        """))
    #expect(result.outcomes == ["failed system:a", "failed system:b"])
    #expect(result.findings.first?.message == "2 no SECRET C")
  }

  @Test func `of severities the first whose condition holds counts`() async {
    let result = await checked(
      Self.estate,
      rule(
        "r",
        """
        require: false
        severity:
          - {when: self.cost > 2, is: blocker}
          - {when: self.cost > 0, is: minor}
          - {is: advisory}
        """))
    #expect(
      result.findings.map { "\($0.severity.name) \($0.key[0])" } == [
        "blocker system:c", "minor system:a", "advisory system:b",
      ])
  }

  @Test func `where nobody knows which severity counts, the heaviest that may does`() async {
    let severities = """
      require: false
      severity:
        - {when: self.mfa, is: minor}
        - {when: self.cost > 5, is: blocker}
        - {is: major}
      """
    let first = await checked("{kind: system, id: a, name: A, cost: 1}", rule("r", severities))
    #expect(first.findings.map(\.severity) == [.major])
    let both = await checked("{kind: system, id: a, name: A}", rule("r", severities))
    #expect(both.findings.map(\.severity) == [.blocker])
    let known = await checked("{kind: system, id: a, name: A, mfa: true}", rule("r", severities))
    #expect(known.findings.map(\.severity) == [.minor])
  }
}
