import CEL
import Testing

@testable import Catalogue

@Suite struct InitiativeTests {
  static let base =
    "kind: system\nid: a\nname: A\nclassification: public\naliases: [old]\n---\nkind: dataset\nid: d\nname: D\n---\n"

  /// Lines of an initiative; they begin at 15.
  static func load(_ lines: String, after: String = "") async throws -> TestEstate {
    try await TestEstate(base + "kind: initiative\nid: i\nname: I\nstage: idea\n\(lines)\n\(after)")
  }

  @Test(arguments: [
    ("adds: {kind: system}", "wrong-shape a.yaml:15:7 `adds` is a list, and this is a mapping"),
    ("adds: [x]", "wrong-shape a.yaml:15:8 an entry of `adds` is a mapping, and this is a single value"),
    ("adds: [{id: x}]", "missing-key a.yaml:15:8 an entry of `adds` needs `kind`"),
    ("adds: [{kind: sistem, id: x}]", "unknown-kind a.yaml:15:15 there is no kind `sistem`"),
    ("adds: [{kind: system, name: X}]", "missing-key a.yaml:15:9 a system needs `id`"),
    ("adds: [{kind: system, id: X}]", "bad-id a.yaml:15:27 `X` cannot be an id"),
    ("adds: [{kind: system, id: x, nam: X}]", "unknown-key a.yaml:15:30 a system has no `nam`"),
    ("adds: [{kind: system, id: x, count: y}]", "wrong-value a.yaml:15:37 `y` is not a whole number"),
    (
      "adds: [{kind: integration, id: x, to: a}]",
      "missing-key a.yaml:15:32 an integration that stands as a document of its own needs `from`"
    ),
    (
      "adds: [{kind: system, id: x, integrations: [{too: a}]}]",
      "missing-key a.yaml:15:46 an integration needs `id` or `to`"
    ),
    (
      "adds: [{kind: decision, id: x, name: X, date: 2025-01-01, outcome: approved, targets: ['initiative:i']}]",
      "own-judge a.yaml:15:15 an initiative brings no decision of its own"
    ),
    ("changes: [{set: {count: 1}}]", "missing-key a.yaml:15:11 an entry of `changes` needs `ref`"),
    ("changes: [{ref: a}]", "wrong-value a.yaml:15:17 `a` is not a reference"),
    ("changes: [{ref: 'system:b'}]", "unknown-entity a.yaml:15:17 there is no system `b` to change"),
    ("changes: [{ref: 'system:a', sett: {}}]", "unknown-key a.yaml:15:29 an entry of `changes` has no `sett`"),
    ("changes: [{ref: 'system:a', date: soon}]", "wrong-value a.yaml:15:35 `soon` is not a date"),
    ("changes: [{ref: 'system:a', set: {cuont: 1}}]", "unknown-key a.yaml:15:35 a system has no `cuont`"),
    ("changes: [{ref: 'system:a', set: {count: x}}]", "wrong-value a.yaml:15:42 `x` is not a whole number"),
    (
      "changes: [{ref: 'system:a', set: {id: x}}]",
      "wrong-value a.yaml:15:35 `id` is not something that a change can set"
    ),
    ("changes: [{ref: 'system:a', set: {lifecycle.retired: x}}]", "wrong-value a.yaml:15:54 `x` is not a date"),
    ("changes: [{ref: 'system:a', set: {failsWith: [a]}}]", "unknown-key a.yaml:15:35 a system has no `failsWith`"),
    (
      "changes: [{ref: 'system:a', set: {tags: {x: y}}}]",
      "wrong-shape a.yaml:15:41 `tags` is a single value, and this is a mapping"
    ),
    ("changes: [{ref: 'system:a', link: {owner: x}}]", "wrong-value a.yaml:15:36 `owner` is not a to-many relation"),
    ("changes: [{ref: 'system:a', unset: [cuont]}]", "unknown-key a.yaml:15:37 a system has no `cuont`"),
    ("retires: [{ref: 'system:b'}]", "unknown-entity a.yaml:15:17 there is no system `b` to change"),
    ("retires: [{ref: 'system:a', when: 2026-01-01}]", "unknown-key a.yaml:15:29 an entry of `retires` has no `when`"),
  ])
  func `Entries are checked as documents are`(_ lines: String, _ expected: String) async throws {
    let loaded = try await Self.load(lines)
    let problems = loaded.problems
    // Each of them is reported; a misspelt key of a part costs its id too.
    #expect(problems.contains(expected), "\(problems)")
    #expect(problems.count <= 2, "\(problems)")
  }

  @Test func `an end before the start is told with both days`() async throws {
    let loaded = try await Self.load(
      "retires: [{ref: 'system:late', date: 2026-01-09}]",
      after: "---\nkind: system\nid: late\nname: Late\nclassification: public\nlifecycle: {active: 2027-06-01}\n")
    #expect(
      loaded.problems == [
        "retires-before-start a.yaml:15:38 system:late would retire on 2026-01-09, before it starts on 2027-06-01"
      ])
  }

  @Test func `Sound entries pass, and may refer to one another`() async throws {
    let loaded = try await Self.load(
      """
      adds:
        - {kind: system, id: x, name: X, classification: public, needed: [a, x], integrations: [{to: a, carries: [d]}]}
        - {kind: integration, from: x, id: two, to: x}
      changes:
        - {ref: 'system:a', set: {count: 2, lifecycle.phaseOut: 2027-01-01, owner: unknown, dpia: {status: api}}, link: {holds: [d]}, unset: [text]}
        - {ref: 'integration:x/two', set: {style: api}}
      retires: [{ref: 'system:a', date: 2027-06-30}]
      """)
    #expect(loaded.problems.isEmpty)
    #expect(loaded.findings.isEmpty)
    #expect(loaded.estate.rows(ofKind: "system").count == 1)
  }

  @Test func `A reference to what only an initiative adds names the initiative`() async throws {
    let loaded = try await Self.load(
      "adds: [{kind: system, id: x, name: X}]",
      after: "---\nkind: system\nid: c\nname: C\nclassification: public\nneeded: [x]\n")
    #expect(
      loaded.findings == [
        "required-field-missing a.yaml:15:27 system:x does not say its `classification`",
        "dangling-reference a.yaml:21:10 `system:x` is not there: initiative:i would add it",
      ])
    #expect(loaded.estate.integrity.map(\.initiative) == [0, -1])
  }

  @Test(arguments: [
    "changes: [{ref: 'decision:no', set: {outcome: approved}}]", "retires: [{ref: 'decision:no', date: 2027-06-30}]",
    "changes: [{ref: 'initiative:i', set: {stage: live}}]", "adds: [{kind: initiative, id: j, name: J, stage: design}]",
    "adds: [{kind: metamodel, id: m, name: M}]", "adds: [{kind: rule, id: r, name: R}]",
    "stage: live\nadds: [{kind: condition, id: c, name: C, decision: no, due: 2027-01-01}]",
  ])
  func `An initiative allows itself nothing`(lines: String) async throws {
    let loaded = try await TestEstate(
      Self.base
        + "kind: initiative\nid: i\nname: I\n\(lines.hasPrefix("stage") ? "" : "stage: design\n")\(lines)\n---\n"
        + "{kind: decision, id: no, name: No, date: 2025-01-01, outcome: rejected}\n")
    #expect(loaded.problems.contains { $0.hasPrefix("own-judge a.yaml:") }, "\(loaded.problems)")
  }

  @Test func `An entry of changes changes something`() async throws {
    let loaded = try await Self.load("changes: [{ref: 'system:a', why: It is good.}]")
    #expect(loaded.problems == ["missing-key a.yaml:15:17 this entry of `changes` changes nothing"])
  }

  @Test(arguments: [
    ("changes: [{ref: 'system:a', set: {count: 1}}, {ref: 'system:a', set: {count: 2}}]", true),
    ("changes: [{ref: 'system:a', set: {count: 1}}, {ref: 'system:a', date: 2028-01-01, set: {count: 2}}]", false),
    ("changes: [{ref: 'system:a', set: {count: 1}}, {ref: 'system:a', set: {count: 1}}]", false),
    ("changes: [{ref: 'system:a', set: {count: 1}, unset: [count]}]", true),
    ("changes: [{ref: 'system:a', link: {needed: [a]}, unlink: {needed: [a]}}]", true),
    ("changes: [{ref: 'system:a', link: {needed: [a]}, unset: [needed]}]", false),
    ("changes: [{ref: 'system:a', set: {dpia: {status: api}, dpia.date: 2026-01-01}}]", false),
    ("retires: [{ref: 'system:a', date: 2028-01-01}, {ref: 'system:a', date: 2029-01-01}]", true),
    (
      "retires: [{ref: 'system:a', date: 2028-01-01}]\nchanges: [{ref: 'system:a', set: {lifecycle.retired: 2029-01-01}}]",
      true
    ),
  ])
  func `An initiative gives one answer for one day`(lines: String, isClash: Bool) async throws {
    let loaded = try await Self.load(lines)
    #expect(loaded.problems.count == (isClash ? 1 : 0), "\(loaded.problems)")
    #expect(loaded.problems.allSatisfy { $0.hasPrefix("two-answers a.yaml:") }, "\(loaded.problems)")
  }

  @Test(arguments: [
    (
      "unset: [classification]",
      ["required-field-missing a.yaml:15:37 system:a would no longer say its `classification`"]
    ),
    ("set: {classification: unknown}", []), ("set: {classification: secret}", []), ("unset: [count]", []),
  ])
  func `What is required is not taken away without a word`(lines: String, findings: [String]) async throws {
    let loaded = try await Self.load("changes: [{ref: 'system:a', \(lines)}]")
    #expect(loaded.problems == [])
    #expect(loaded.findings == findings)
    #expect(loaded.estate.integrity.map(\.initiative) == findings.map { _ in 0 })
  }

  @Test func `A change by an old name is a finding with the new one`() async throws {
    let loaded = try await Self.load("changes: [{ref: 'system:old', set: {count: 1}}]")
    #expect(loaded.findings == ["alias-used a.yaml:15:17 `old` is called `a` now"])
    #expect(loaded.estate.integrity[0].diagnostic.fixes[0].replacement?.text == "system:a")
  }
}
