import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Ways in which a rule or a fact could get lost on the way to the verdict.
@Suite struct SilenceTests {
  private static let systems = """
    {kind: system, id: a, name: A, feeds: [b, c], cost: 1}
    ---
    {kind: system, id: b, name: B}
    ---
    {kind: system, id: c, name: C}
    """

  @Test(arguments: [
    ("status", "unknown"), ("stage", "unknown"), ("for", "[]"), ("severity", "unknown"),
  ])
  func `a rule that says too little is an error, not nothing`(key: String, value: String) async {
    var lines = [
      "kind: rule", "id: r", "name: R", "title: T", "for: system", "severity: major", "stage: idea", "status: active",
      "require: self.cost < 3", "message: M", "remedy: R",
    ]
    lines.removeAll { $0.hasPrefix("\(key):") }
    lines.append("\(key): \(value)")
    let result = await Checked([Self.systems, lines.joined(separator: "\n")])
    #expect(result.book.rules.isEmpty)
    #expect(result.diagnostics.contains { $0.severity == .error }, "\(key): \(value)")
  }

  @Test func `a field that an authority adds to rules does not silence them`() async {
    let result = await Checked([
      "kind: metamodel\nid: more\nname: More\nkinds:\n  rule: {fields: {team: {type: string}}}", Self.systems,
      rule("r", "require: self.cost < 1\nteam: x"),
    ])
    #expect(result.diagnostics.map(\.summary) == [])
    #expect(result.outcomes.contains("failed system:a"))
  }

  @Test func `a measure that is alone must be there`() async {
    let unknown = await checked(Self.systems, rule("r", "measure: self.cost"))
    #expect(unknown.outcomes == ["undecided system:b", "undecided system:c"])
    let wrong = await checked(Self.systems, rule("r", "measure: 1 / (self.feeds.size() * 0)"))
    #expect(wrong.count(.error) == 3)
  }

  /// A name that holds what comes of a path is worked out without the hops' names while findings are weighed; the next
  /// element must not see that.
  @Test func `weighing one finding does not change the next`() async {
    func run(_ path: String) async -> [String] {
      await checked(
        Self.systems,
        rule(
          "r",
          """
          let:
            way: 'self.closure(v, v.feeds).pathTo(x, x.id == "b")'
            n: way.vias
          each: u in self.feeds
          require: 'u.name == "Z" && n.size() == 0'
          \(path)
          """)
      ).outcomes
    }
    #expect(await run("path: 'n.size() > 9 ? way : way'") == run(""))
  }

  @Test func `a rule whose lists are all empty looked at nothing`() async throws {
    let result = await checked(
      Self.systems, rule("r", "each: x in self.feeds.filter(u, u.name == \"typo\")\nrequire: false"))
    #expect(try #require(result.result(of: "r")).isIdle)
  }

  /// `common` of more lists is less: a relation that decides how many there are is no fixpoint.
  @Test func `a recursive relation that can shrink is refused, and ends`() async {
    let result = await Checked([
      """
      kind: metamodel
      id: more
      name: More
      kinds:
        thing:
          plural: things
          relations: {uses: {to: thing, many: true, inverse: usedBy}}
          derived:
            r: {to: thing, recursive: true, is: "([[self]] + self.uses.filter(s, self.r.size() > 0).map(s, [s])).common()"}
      """, "{kind: thing, id: a, name: A, uses: [b]}\n---\n{kind: thing, id: b, name: B}",
    ])
    #expect(result.diagnostics.map(\.id) == ["not-monotone"])
  }

  @Test(arguments: [
    "flag: {type: boolean, is: \"1 / (self.uses.size() * 0) == 1 || true\"}\n      again: {type: boolean, is: self.flag}",
    "head: {to: thing, inverse: heads, is: \"[self.uses[5]]\"}",
  ])
  func `an error in a derived field is told, not stored as a gap`(derived: String) async {
    let result = await Checked([
      """
      kind: metamodel
      id: more
      name: More
      kinds:
        thing:
          plural: things
          relations: {uses: {to: thing, many: true, inverse: usedBy}}
          derived:
            \(derived)
      """, "{kind: thing, id: a, name: A}",
    ])
    #expect(result.diagnostics.map(\.id).contains("derivation-error"))
  }

  @Test func `examples of a rule that is no longer active are run`() async {
    let result = await Checked([
      Self.systems,
      rule(
        "r",
        """
        status: deprecated
        require: self.cost < 3
        examples:
          - {title: it does not fail, given: [{kind: system, id: q, cost: 1}], finds: [q]}
        """),
    ])
    let report = await ExampleRunner(result.estate, result.book).run()
    #expect(report.failures.count == 1)
  }

  @Test func `a default behind a derived field is refused in a blocker too`() async {
    let result = await Checked([
      """
      kind: metamodel
      id: more
      name: More
      kinds:
        thing:
          plural: things
          fields: {tier: {type: string, default: low}}
          derived:
            level: {type: string, is: self.tier}
      """, "{kind: thing, id: a, name: A}",
      rule("r", "for: thing\nseverity: blocker\nrequire: 'self.level == \"low\"'"),
    ])
    #expect(result.diagnostics.map(\.id) == ["default-in-blocker"])
  }
}
