import Catalogue
import Testing

@testable import Governance

@Suite struct IdentityTests {
  @Test func `an identity is rule and key, and nothing that may change`() async {
    let text = "each: s in self.feeds\nrequire: false\nmessage: as of ${today} ${self.name}"
    let a = await checked(
      "{kind: system, id: a, name: A, feeds: [b]}\n---\n{kind: system, id: b, name: B}", rule("r", text))
    let b = await checked(
      "# moved\n\n\n{kind: system, id: b, name: Another}\n---\n{kind: system, name: Renamed, feeds: [b], id: a}",
      rule("r", text.replacing("message: ", with: "message: other words ") + "\nseverity: blocker"), asOf: "2031-05-05")
    #expect(a.findings.map(\.identity) == ["r|system:a|system:b"])
    #expect(b.findings.map(\.identity) == a.findings.map(\.identity))
    #expect(b.findings.map(\.shortName) == a.findings.map(\.shortName))
    #expect(a.findings.first?.shortName == "f-" + SHA256.hex("r|system:a|system:b").prefix(10))
  }

  @Test func `findings with one key are one: the heaviest, then the greatest measure`() async {
    let result = await checked(
      "{kind: system, id: a, name: A, cost: 2, feeds: [b]}\n---\n{kind: system, id: b, name: B, cost: 7, feeds: [a]}",
      rule(
        "r",
        """
        each: s in self.feeds
        require: false
        key: [self, s]
        measure: self.cost
        severity: [{when: self.cost > 100, is: blocker}, {is: minor}]
        message: from ${self}
        """))
    #expect(result.findings.map(\.identity) == ["r|system:a|system:b"])
    #expect(result.findings.first?.measure == 7)
    #expect(result.findings.first?.message == "from B")
    #expect(result.findings.first?.key == ["system:a", "system:b"])
    #expect(result.count(.failed) == 2, "both targets failed")
  }

  @Test func `a key may be a list of entities`() async {
    let result = await checked(
      """
      {kind: system, id: a, name: A, tags: [x]}
      ---
      {kind: system, id: b, name: B, tags: [x]}
      ---
      {kind: system, id: c, name: C}
      """,
      rule(
        "r",
        """
        let: {same: 'every(system).filter(s, s.tags.exists(t, t in self.tags))'}
        require: same.size() < 2
        key: same
        message: ${same} share a tag
        """))
    #expect(result.findings.map(\.key) == [["system:a", "system:b"]])
    #expect(result.findings.map(\.message) == ["A and B share a tag"])
  }

  @Test func `a separator inside a value makes no two keys equal`() async {
    let result = await checked(
      "{kind: system, id: a, name: A, tags: ['x|y', x, 'y']}",
      rule("r", "each: 't in self.tags.filter(t, t == \"x|y\")'\nrequire: false\nkey: [t]"),
      rule("s", "let: {pair: 'self.tags.filter(t, t != \"x|y\")'}\nrequire: false\nkey: pair"))
    #expect(result.findings.map { $0.identity.dropFirst(2) }.count == 2)
    #expect(Set(result.findings.map { $0.identity.dropFirst(2) }).count == 2, "\(result.findings.map(\.identity))")
  }

  @Test func `a key with a gap in it makes no two targets one`() async {
    let result = await checked(
      "{kind: system, id: a, name: A}\n---\n{kind: system, id: b, name: B}",
      rule("r", "require: false\nkey: [self.platform]"), rule("s", "require: false\nkey: self.feeds"))
    #expect(result.findings.map(\.identity) == ["r|system:a", "r|system:b", "s|system:a", "s|system:b"])
  }

  @Test func `of undecided findings with one key the facts of both are kept`() async {
    let result = await checked(
      "{kind: system, id: a, name: A, feeds: [b]}\n---\n{kind: system, id: b, name: B, feeds: [a]}",
      rule("r", "each: s in self.feeds\nrequire: self.mfa\nkey: [self, s]"))
    #expect(result.findings.map { $0.missing.map(\.name) } == [["system:a.mfa", "system:b.mfa"]])
  }

  @Test(arguments: [("self.cost", 3.0), ("1.5", 1.5), ("double(self.cost) / 2.0", 1.5), ("self.rto", 7200)])
  func `a measure is a number`(expression: String, value: Double) async {
    let result = await checked(
      "{kind: system, id: a, name: A, cost: 3, rto: 2h}",
      rule("r", "require: false\nmeasure: \(expression)\nmessage: it is ${measure}"))
    #expect(result.findings.first?.measure == value)
    #expect(result.findings.first?.message.hasPrefix("it is ") == true)
  }

  @Test func `findings are sorted by outcome, severity, rule and key`() async {
    let result = await checked(
      "{kind: system, id: b, name: B, cost: 0, mfa: false}\n---\n{kind: system, id: a, name: A, cost: 1, mfa: false}\n---\n{kind: system, id: c, name: C, cost: 1}",
      rule("z", "severity: blocker\nrequire: self.mfa"), rule("a", "severity: minor\nrequire: self.mfa"),
      rule("m", "severity: advisory\nrequire: 1 / self.cost > 0"))
    #expect(
      result.findings.map { "\($0.outcome.name) \($0.rule) \($0.key[0])" } == [
        "error m system:b", "failed z system:a", "failed z system:b", "failed a system:a", "failed a system:b",
        "undecided z system:c", "undecided a system:c",
      ])
  }
}
