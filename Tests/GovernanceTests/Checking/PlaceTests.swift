import Catalogue
import Testing

@testable import Governance

/// Where a finding points, what it points at besides, and the way it tells.
@Suite struct PlaceTests {
  static let estate = """
    {kind: dataset, id: d, name: D, classification: secret}
    ---
    kind: system
    id: a
    name: A
    rto: 4h
    cost: 5
    feeds: [b, c]
    ---
    kind: system
    id: b
    name: B
    feeds: [c]
    platform: c
    ---
    kind: system
    id: c
    name: C
    mfa: false
    """

  static func finding(
    _ text: String, _ estate: String = estate, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> Finding {
    let result = await checked(estate, rule("r", text), sourceLocation: sourceLocation)
    return try #require(result.findings.first, sourceLocation: sourceLocation)
  }

  @Test func `a recorded field is the place`() async throws {
    let finding = try await Self.finding("when: self.id == \"a\"\nrequire: self.cost < 3\nat: self.cost")
    #expect(finding.at == "1.yaml:7:7 5")
    #expect(finding.field == "cost")
    #expect(finding.label == "this system")
    #expect(finding.place?.isAbsent == false)
  }

  @Test func `an absent field is told at the entity's id`() async throws {
    let finding = try await Self.finding("when: self.id == \"b\"\nrequire: has(self.rto)\nat: self.rto")
    #expect(finding.at == "1.yaml:11:5 b")
    #expect(finding.label == "no rto here")
    #expect(finding.place?.isAbsent == true)
  }

  @Test func `of a relation the item that an element names is the place`() async throws {
    let finding = try await Self.finding(
      "when: self.id == \"a\"\neach: s in self.feeds\nrequire: s.id != \"c\"\nat: self.feeds")
    #expect(finding.at == "1.yaml:8:12 c")
  }

  @Test func `an entity is a place, of another document too`() async throws {
    let finding = try await Self.finding("when: self.id == \"a\"\neach: s in self.feeds\nrequire: s.id != \"c\"\nat: s")
    #expect(finding.at == "1.yaml:17:5 c")
    let field = try await Self.finding(
      "when: self.id == \"a\"\neach: s in self.feeds\nrequire: s.id != \"c\"\nat: s.mfa")
    #expect(field.at == "1.yaml:19:6 false")
  }

  @Test func `a derived field points at its entity`() async throws {
    let finding = try await Self.finding("when: self.id == \"a\"\nrequire: self.worth < 10\nat: self.worth")
    #expect(finding.at == "1.yaml:4:5 a")
    let inverse = try await Self.finding("when: self.id == \"c\"\nrequire: self.fedBy.size() == 0\nat: self.fedBy")
    #expect(inverse.at == "1.yaml:17:5 c")
  }

  @Test func `without at the target is the place`() async throws {
    let finding = try await Self.finding("when: self.id == \"a\"\nrequire: false")
    #expect(finding.at == "1.yaml:4:5 a")
  }

  @Test func `a place that is nowhere falls back to the target`() async throws {
    let finding = try await Self.finding("when: self.id == \"a\"\nrequire: false\nat: self.platform.cost")
    #expect(finding.at == "1.yaml:4:5 a")
  }

  @Test func `what is undecided points at where the fact belongs`() async throws {
    let finding = try await Self.finding("when: self.id == \"b\"\nrequire: self.platform.cost > 1\nat: self.feeds")
    #expect(finding.outcome == .undecided)
    #expect(finding.at == "1.yaml:17:5 c")
    #expect(finding.label == "no cost here")
    #expect(finding.missing.map { "\($0.name) \($0.range?.described ?? "")" } == ["system:c.cost 1.yaml:17:5"])
  }

  @Test func `a rule about the view points at itself`() async throws {
    let result = await checked("{kind: system, id: a, name: A}", rule("r", "for: view\nrequire: false"))
    #expect(result.findings.first?.at == "2.yaml:2:5 r")
  }

  @Test func `related entities are named at their places, five at most`() async throws {
    let finding = try await Self.finding(
      "when: self.id == \"a\"\nrequire: false\nat: self.cost\nrelated: [self.feeds, self]")
    #expect(
      finding.related.map { "\($0.label) \($0.range.described)" } == [
        "system B 1.yaml:11:5", "system C 1.yaml:17:5", "system A 1.yaml:4:5",
      ])
    let own = try await Self.finding("when: self.id == \"a\"\nrequire: false\nrelated: [self.feeds, self]")
    #expect(own.related.count == 2, "the place itself is not told twice")
    let many = (0..<9).map { "{kind: system, id: s\($0), name: S\($0)}" }.joined(separator: "\n---\n")
    let capped = try await Self.finding("for: view\nrequire: false\nrelated: every(system)", many)
    #expect(capped.related.count == 5)
  }

  @Test func `the way of a closure that each walks is told`() async throws {
    let finding = try await Self.finding(
      "when: self.id == \"a\"\neach: s in self.closure(s, s.feeds)\nrequire: s.id != \"c\"\nmessage: by ${path}",
      Self.estate.replacing("[b, c]", with: "[b]"))
    #expect(finding.path.map { "\($0.from) \($0.relation ?? "-") \($0.to)" } == ["a feeds b", "b feeds c"])
  }

  @Test func `where no closure leads a message prints a question mark`() async throws {
    let finding = try await Self.finding(
      "when: self.id == \"a\"\nlet: {all: 'self.closure(s, s.feeds)'}\neach: [s in all, t in s.feeds]\nrequire: false\nmessage: by ${path}",
      Self.estate.replacing("[b, c]", with: "[b]"))
    #expect(finding.message == "by A -> B")
  }

  @Test func `a path of its own is told, and in the message by names`() async throws {
    let finding = try await Self.finding(
      "when: self.id == \"a\"\nrequire: false\npath: self.closure(s, s.feeds).pathTo(s, s.id == \"c\")\nmessage: by ${path}"
    )
    #expect(finding.path.map { "\($0.from) \($0.relation ?? "-") \($0.to)" } == ["a feeds c"])
    #expect(finding.message == "by A -> C")
  }

  @Test func `the clause that comes first is the finding's`() async throws {
    let standard = """
      kind: standard
      id: data
      name: Data
      clauses:
        - {id: "1", name: First, level: must, requirement: One.}
        - {id: "2", name: Second, level: should, requirement: Two.}
      """
    let result = await checked(
      "{kind: system, id: a, name: A}", standard, rule("r", "clauses: [data/2, data/1]\nrequire: false"))
    #expect(result.findings.first?.clause?.described == "data/2 (should) Second")
  }

  @Test func `a default that decided is named, wherever it was read`() async throws {
    for text in [
      "require: self.redundant", "let: {safe: self.redundant}\nrequire: safe",
      "when: '!self.redundant'\nrequire: false",
      "each: s in [self].filter(s, !s.redundant)\nrequire: false",
      "let: {weak: '[self].filter(s, !s.redundant)'}\neach: s in weak\nrequire: false",
    ] {
      let finding = try await Self.finding(text, "{kind: system, id: a, name: A}")
      #expect(finding.defaults == ["system:a.redundant"], "\(text)")
      let written = try await Self.finding(text, "{kind: system, id: a, name: A, redundant: false}")
      #expect(written.defaults == [], "\(text)")
    }
  }

  @Test func `of many ways through one hub each names what carries it`() async {
    let links = ["x", "y", "z"].map { "{id: to-\($0), to: \($0), rank: 1}, {id: again-\($0), to: \($0), rank: 2}" }
    let documents =
      ["x", "y", "z"].map { "{kind: node, id: \($0), name: N}" } + [
        randomVocabulary, "{kind: node, id: a, name: A, links: [{id: to-hub, to: hub, rank: 2}]}",
        "{kind: node, id: hub, name: H, links: [\(links.joined(separator: ", "))]}",
        """
        kind: rule
        id: r
        for: node
        when: self.id == "a"
        let: {reached: 'self.closure(s, s.links.filter(l, l.rank == 2).map(l, l.to))'}
        each: x in reached
        require: x.id == "hub"
        path: reached.pathTo(x)
        """,
      ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
    let ways = checked.assessment.findings.filter { $0.rule == "r" }.flatMap(\.paths).map { hops in
      hops.map { "\($0.from) \($0.relation ?? "-") \($0.carrier ?? "-") \($0.to)" }.joined(separator: "; ")
    }
    #expect(ways.sorted() == ["x", "y", "z"].map { "a links a/to-hub hub; hub links hub/again-\($0) \($0)" })
  }

  @Test(
    arguments: [
      "b.vias.exists(v, true) ? b : c", "[c, b].filter(p, p.vias.exists(v, v.id == \"a/first\"))",
      "[self.closure(s, s.links.map(l, l.to)).pathTo(x, x.id == \"b\")].map(p, p.vias.exists(v, true) ? p : c)",
    ])
  func `which path is told may depend on what carries it`(_ path: String) async {
    let documents = [
      randomVocabulary,
      "{kind: node, id: a, name: A, links: [{id: first, to: b, rank: 1}, {id: second, to: c, rank: 2}]}",
      "{kind: node, id: b, name: B}", "{kind: node, id: c, name: C}",
      """
      kind: rule
      id: r
      for: node
      when: self.id == "a"
      let:
        reached: self.closure(s, s.links.map(l, l.to))
        b: reached.pathTo(x, x.id == "b")
        c: reached.pathTo(x, x.id == "c")
      require: false
      path: '\(path)'
      """,
    ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
    let ways = checked.assessment.findings.filter { $0.rule == "r" }.flatMap(\.paths).map { hops in
      hops.map { "\($0.from) \($0.relation ?? "-") \($0.carrier ?? "-") \($0.to)" }.joined(separator: "; ")
    }
    #expect(ways == ["a links a/first b"], "\(checked.book.diagnostics.map(\.summary))")
  }
}
