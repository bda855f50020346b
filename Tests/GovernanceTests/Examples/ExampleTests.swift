import Catalogue
import Diagnostics
import Testing

@testable import Governance

@Suite struct ExampleTests {
  static let given = """
        given:
          - {kind: dataset, id: d, classification: secret}
          - {kind: dataset, id: e}
          - {kind: system, id: a, holds: [d]}
          - {kind: system, id: b, holds: [e]}
          - {kind: system, id: c}
    """

  static func report(
    _ examples: String, _ text: String = "each: d in self.holds\nrequire: d.classification == \"public\""
  )
    async -> ExampleReport
  {
    let result = await Checked([rule("r", text + "\nexamples:\n" + examples), "{kind: system, id: unrelated, name: U}"])
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.line))")
    return await ExampleRunner(result.estate, result.book).run()
  }

  @Test func `exact keys hold`() async {
    let report = await Self.report(
      """
        - title: both
      \(Self.given)
          finds: [a / d]
          undecided: [b / e]
        - title: passes
          given: [{kind: dataset, id: d, classification: public}, {kind: system, id: a, holds: [d]}]
          finds: []
      """)
    #expect(report.isSuccess, "\(report.failures.map(\.diagnostic.line)) \(report.incomplete.map(\.line))")
    #expect((report.ruleCount, report.exampleCount, report.passedCount) == (1, 2, 2))
  }

  @Test func `what is missing and what is too much is told, at its place`() async throws {
    let report = await Self.report(
      """
        - title: both
      \(Self.given)
          finds: [a / e, c]
          undecided: [b / e]
        - title: passes
          given: [{kind: system, id: a}]
          finds: []
      """)
    let failure = try #require(report.failures.first)
    #expect(report.failures.count == 1)
    #expect(report.passedCount == 1)
    #expect(failure.rule == "r")
    #expect(failure.title == "both")
    #expect(failure.diagnostic.range?.text == "[a / e, c]")
    #expect(failure.diagnostic.notes == ["it should find: a / e, c", "it should not find: a / d"])
  }

  @Test func `an undecided outcome that the example does not name is told`() async {
    let report = await Self.report(
      """
        - title: both
      \(Self.given)
          finds: [a / d]
        - title: passes
          given: [{kind: system, id: a}]
          finds: []
      """)
    #expect(report.failures.map(\.diagnostic.notes) == [["it should not leave undecided: b / e"]])
  }

  @Test func `a rule without a passing or without a failing example is told`() async {
    let passing = await Self.report("  - title: passes\n    given: [{kind: system, id: a}]\n    finds: []")
    #expect(passing.incomplete.map(\.summary) == ["r has no example that fails"])
    let failing = await Self.report(
      "  - title: fails\n    given: [{kind: dataset, id: d, classification: secret}, {kind: system, id: a, holds: [d]}]\n    finds: [a / d]"
    )
    #expect(failing.incomplete.map(\.summary) == ["r has no example that passes"])
    let none = await Checked([rule("r", "require: true")])
    let report = await ExampleRunner(none.estate, none.book).run()
    #expect(report.incomplete.count == 2)
    #expect(!report.isSuccess)
  }

  @Test func `a date, a name or a metamodel of its own is the example's`() async {
    let report = await Self.report(
      """
        - title: late
          asOf: 2026-06-01
          given: [{kind: system, id: a}]
          finds: [a]
        - title: early
          given: [{kind: system, id: a}]
          finds: []
      """, "require: today < date(\"2026-03-01\")")
    #expect(report.isSuccess, "\(report.failures.map(\.diagnostic.line))")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var example: String
    var says: String
    var at: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Mistake(name: "a key", example: "  - {title: x, given: [], find: [], finds: []}", says: "find", at: "find"),
    Mistake(name: "no expectation", example: "  - {title: x, given: []}", says: "`finds`", at: "{title: x, given: []}"),
    Mistake(name: "a date", example: "  - {title: x, asOf: soon, given: [], finds: []}", says: "date", at: "soon"),
    Mistake(
      name: "a finding that is no text", example: "  - {title: x, given: [], finds: [[a, d]]}", says: "single value",
      at: "[a, d]"),
    Mistake(
      name: "undecided that is no text", example: "  - {title: x, given: [], finds: [], undecided: {a: d}}",
      says: "single value",
      at: "{a: d}"),
    Mistake(
      name: "what is worse that is no text", example: "  - {title: x, given: [], worsens: [[a]]}", says: "single value",
      at: "[a]"),
    Mistake(name: "no given", example: "  - {title: x, finds: []}", says: "`given`", at: "{title: x, finds: []}"),
    Mistake(name: "no title", example: "  - {given: [], finds: []}", says: "`title`", at: "{given: [], finds: []}"),
  ])
  func `a mistake in an example is told at its place`(mistake: Mistake) async throws {
    let report = await Self.report(mistake.example)
    let first = try #require(report.mistakes.first)
    #expect(report.mistakes.count == 1, "\(report.mistakes.map(\.line))")
    #expect(first.line.contains(mistake.says), "\(first.line)")
    #expect(first.range?.text == mistake.at)
    #expect(!report.isSuccess)
  }

  @Test(arguments: [
    ("[{kind: system, id: a, hold: [d]}]", "unknown-key"),
    ("[{kind: system, id: a, holds: [d]}]", "dangling-reference"),
    ("[{kind: system, id: a}, {kind: system, id: a}]", "duplicate"), ("[a]", "wrong-shape"),
    ("[{kind: system, id: a, classification: oficial}]", "wrong-value"),
  ])
  func `a mistake in what an example gives is told`(given: String, id: String) async {
    let report = await Self.report("  - title: x\n    given: \(given)\n    finds: []")
    #expect(report.failures.map(\.diagnostic.id) == [id])
  }

  @Test func `an example in which the rule looks at nothing does not hold`() async {
    let report = await Self.report(
      "  - title: empty\n    given: [{kind: dataset, id: d}]\n    finds: []\n  - title: fails\n    given: [{kind: dataset, id: d, classification: secret}, {kind: system, id: a, holds: [d]}]\n    finds: [a / d]"
    )
    #expect(report.failures.map(\.title) == ["empty"])
    #expect(report.failures.first?.diagnostic.summary.contains("nothing") == true)
  }

  @Test func `a run-time error is no pass`() async {
    let report = await Self.report(
      "  - title: x\n    given: [{kind: system, id: a, cost: 0}]\n    finds: []", "require: 1 / self.cost > 0 || true")
    #expect(report.failures.count == 1)
    #expect(report.failures.first?.diagnostic.summary.contains("zero") == true)
  }

  @Test func `what an example does not give may be compared by its id all the same`() async {
    let examples =
      "  - {title: x, given: [{kind: system, id: a}], finds: []}\n  - {title: y, given: [{kind: system, id: unrelated}], finds: [unrelated]}"
    let report = await Self.report(examples, "require: self.id != \"unrelated\"")
    #expect(report.isSuccess, "\(report.failures.map(\.diagnostic.line))")
  }

  @Test func `only the rules that are named run`() async {
    let result = await Checked([rule("one", "require: true"), rule("two", "require: true")])
    let report = await ExampleRunner(result.estate, result.book).run(only: ["two"])
    #expect(report.ruleCount == 1)
    #expect(report.incomplete.allSatisfy { $0.summary.hasPrefix("two") })
  }
}
