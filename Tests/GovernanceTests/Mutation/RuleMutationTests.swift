import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What is told of a rule's mutants.
@Suite struct RuleMutationTests {
  static func report(
    _ text: String, _ depth: MutationReport.Depth = .mutants, tasks: Int = 1,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async -> MutationReport {
    let result = await Checked([rule("r", text)])
    #expect(result.diagnostics.map(\.line) == [], sourceLocation: sourceLocation)
    return await MutationRunner(result.estate, result.book).run(depth, tasks: tasks)
  }

  static func lines(_ report: MutationReport) -> [String] { report.rules.flatMap(\.diagnostics).map(\.line) }

  static let cheap = """
    require: self.cost < 3
    examples:
      - {title: cheap, given: [{kind: system, id: a, cost: 1}], finds: []}
      - {title: dear, given: [{kind: system, id: a, cost: 9}], finds: [a]}
    """

  @Test func `a survivor is told at its place, with what was there and what was put there`() async throws {
    let report = await Self.report(Self.cheap)
    let first = try #require(report.rules.first?.diagnostics.first)
    #expect(first.summary == "r: survived: `self.cost <= 3` for `self.cost < 3`")
    #expect(first.range?.text == "<")
    #expect(first.range.map { "\($0.source.name):\($0.start.line):\($0.start.column)" } == "1.yaml:10:20")
    #expect(
      report.rules[0].diagnostics.map(\.summary) == [
        "r: survived: `self.cost <= 3` for `self.cost < 3`", "r: survived: `2` for `3`", "r: survived: `4` for `3`",
      ])
    // What is left: `>=` and `true`.
    #expect(report.counts.killed == 2)
    #expect(report.counts.survived == 3)
    #expect(!report.isSuccess)
  }

  @Test func `an example on either side of the border kills them`() async {
    let report = await Self.report(
      """
      require: self.cost < 3
      examples:
        - {title: cheap, given: [{kind: system, id: a, cost: 2}], finds: []}
        - {title: dear, given: [{kind: system, id: a, cost: 3}], finds: [a]}
      """)
    #expect(Self.lines(report) == [])
    #expect(report.counts.killed == 5)
    #expect(report.isSuccess)
  }

  @Test func `the severity that an example tells is judged, too`() async {
    func report(_ severity: String) async -> [String] {
      Self.lines(
        await Self.report(
          """
          severity: [{when: self.cost < 3, is: minor}, {is: blocker}]
          require: self.mfa
          examples:
            - {title: passes, given: [{kind: system, id: a, mfa: true, cost: 2}], finds: []}
            - {title: light, given: [{kind: system, id: a, mfa: false, cost: 2}], finds: [a]\(severity)minor}
            - {title: grave, given: [{kind: system, id: a, mfa: false, cost: 3}], finds: [a]\(severity)blocker}
          """.replacing("]minor", with: "]").replacing("]blocker", with: "]")))
    }
    #expect(await report("") != [])
    #expect(await report(", severity: ") == [])
  }

  @Test func `a kind that no example misses is told`() async {
    let report = await Self.report(
      """
      for: [system, dataset]
      require: 'self.classification == "public"'
      examples:
        - {title: passes, given: [{kind: system, id: a, classification: public}], finds: []}
        - {title: fails, given: [{kind: system, id: a, classification: official}], finds: [a]}
        - {title: again, given: [{kind: system, id: a, classification: secret}], finds: [a]}
      """)
    #expect(Self.lines(report) == ["mutant-survived 9:15 r: survived: without `dataset`"])
  }

  // MARK: Parts

  static let branches = """
    require: 'self.redundant ? self.mfa : self.cost > 3 && self.cost < 9'
    examples:
      - {title: passes, given: [{kind: system, id: a, mfa: true, redundant: true}], finds: []}
      - {title: fails, given: [{kind: system, id: a, mfa: false, redundant: true}], finds: [a]}
    """

  @Test func `a part that no example evaluates is told once, with what survives in it`() async throws {
    let report = await Self.report(Self.branches)
    #expect(
      Self.lines(report) == [
        "unreached 10:39 r: no example evaluates `self.cost > 3 && self.cost < 9`; 11 changes in it survive"
      ])
    #expect(report.counts.parts == 4)
    #expect(report.counts.unreached == 2)
    #expect(report.counts.survived == 11)
  }

  @Test func `coverage tells the parts alone`() async throws {
    let report = await Self.report(Self.branches, .coverage)
    #expect(
      Self.lines(report) == ["unreached 10:39 r: no example evaluates `self.cost > 3 && self.cost < 9`"])
    #expect(report.counts.mutants == 0)
    #expect(!report.isSuccess)
    #expect(await Self.report(Self.cheap, .coverage).isSuccess)
  }

  // MARK: Equivalents

  struct Entry: Sendable, CustomTestStringConvertible {
    var name: String
    var entries: String
    var says: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Entry(
      name: "explained", entries: "- {text: self.cost < 3, put: self.cost <= 3, why: w}",
      says: ["`2` for `3`", "`4` for `3`"]),
    Entry(
      name: "whole",
      entries: "- {text: self.cost  <\\n 3, put: self.cost < 2, why: w}".replacing("\\n", with: "")
        + "\n  - {text: \"3\", put: \"4\", why: w}", says: ["`self.cost <= 3` for `self.cost < 3`"]),
    Entry(
      name: "killed", entries: "- {text: self.cost < 3, put: self.cost >= 3, why: w}",
      says: [
        "the example “dear” tells this mutant", "`self.cost <= 3`", "`2` for `3`", "`4` for `3`",
      ]),
    Entry(
      name: "no such text", entries: "- {text: self.cost < 4, put: self.cost <= 4, why: w}",
      says: ["no such mutant", "`self.cost <= 3`", "`2` for `3`", "`4` for `3`"]),
  ])
  func `what the rule says of a mutant is held against it`(entry: Entry) async {
    let lines = Self.lines(await Self.report(Self.cheap + "\nequivalents:\n  " + entry.entries))
    #expect(lines.count == entry.says.count, "\(lines)")
    for says in entry.says { #expect(lines.contains { $0.contains(says) }, "\(says): \(lines)") }
  }

  @Test func `an entry of two places says of neither which`() async {
    let report = await Self.report(
      """
      require: self.cost < 3 || self.cost < 3 && self.mfa
      examples:
        - {title: cheap, given: [{kind: system, id: a, cost: 1, mfa: true}], finds: []}
        - {title: dear, given: [{kind: system, id: a, cost: 9, mfa: true}], finds: [a]}
      equivalents:
        - {text: self.cost < 3, put: self.cost <= 3, why: w}
      """)
    #expect(Self.lines(report).contains { $0.contains("2 places read so: write more of the text") })
  }

  @Test func `a part can be said to be out of reach, and is not when an example evaluates it`() async {
    let entry = "\nequivalents:\n  - {text: self.cost > 3 && self.cost < 9, why: nothing is like that}"
    let report = await Self.report(Self.branches + entry)
    #expect(Self.lines(report) == [])
    #expect(report.counts.unreached == 0)
    #expect(report.counts.equivalent == 11)
    let stale = await Self.report(
      Self.branches + "\n  - {title: other, given: [{kind: system, id: a, cost: 5, redundant: false}], finds: []}"
        + entry)
    #expect(Self.lines(stale).contains { $0.contains("the example “other” evaluates this") }, "\(Self.lines(stale))")
  }

  @Test func `of parts that read alike the text before one tells which`() async {
    let text = """
      require: 'self.redundant ? self.mfa : self.cost > 3 ? self.mfa : self.mfa'
      examples:
        - {title: passes, given: [{kind: system, id: a, mfa: true, redundant: true}], finds: []}
        - {title: fails, given: [{kind: system, id: a, mfa: false, redundant: true}], finds: [a]}
        - {title: dear, given: [{kind: system, id: a, mfa: false, redundant: false, cost: 9}], finds: [a]}
      equivalents:
      """
    let report = await Self.report(text + "\n  - {text: '? self.mfa : self.mfa', why: w}")
    #expect(!Self.lines(report).contains { $0.contains("no example evaluates") }, "\(Self.lines(report))")
    let other = await Self.report(text + "\n  - {text: self.mfa, why: w}")
    #expect(Self.lines(other).contains { $0.contains("3 places read so") }, "\(Self.lines(other))")
  }

  @Test(arguments: [
    ("[]", []), ("{text: x}", ["wrong-shape"]), ("[{text: x, put: y}]", ["missing-key"]),
    ("[{put: y, why: w}]", ["missing-key"]), ("[{text: x, put: y, because: w, why: w}]", ["unknown-key"]),
    ("[{text: [x], put: y, why: w}]", ["wrong-shape"]), ("[{text: x, put: y, why: ''}]", ["missing-key"]),
  ])
  func `an entry with a mistake is a mistake of the test`(list: String, ids: [String]) async {
    let result = await Checked([rule("r", Self.cheap + "\nequivalents: \(list)")])
    #expect(result.diagnostics.map(\.line) == [])
    let report = await ExampleRunner(result.estate, result.book).run()
    #expect(report.mistakes.map(\.id) == ids)
  }

  // MARK: The run

  @Test func `a rule whose examples do not hold is not tried`() async {
    let report = await Self.report(Self.cheap.replacing("cost: 9", with: "cost: 1"))
    #expect(report.rules.map(\.isTried) == [false])
    #expect(!report.isSuccess)
  }

  @Test func `changes that are no expressions are left out and counted`() async {
    let report = await Self.report(
      """
      each: d in self.holds.filter(x, x.name != "n").of(dataset)
      require: d.classification < "secret"
      examples:
        - {title: p, given: [{kind: dataset, id: d, name: D, classification: public}, {kind: system, id: a, holds: [d]}], finds: []}
        - {title: f, given: [{kind: dataset, id: d, name: D, classification: secret}, {kind: system, id: a, holds: [d]}], finds: [a / d]}
      """)
    #expect(report.counts.mutants > 0)
    #expect(report.counts.unchecked == 0)
    let other = await Self.report(
      """
      when: today + period("1m") > date
      require: self.cost < 3
      examples:
        - {title: cheap, given: [{kind: system, id: a, cost: 2}], finds: []}
        - {title: dear, given: [{kind: system, id: a, cost: 3}], finds: [a]}
      """)
    #expect(other.rules[0].isTried)
  }

  @Test func `the number of tasks changes nothing`() async {
    let texts = (0..<6).map { rule("r\($0)", Self.cheap.replacing("< 3", with: "< \($0 + 2)")) }
    let result = await Checked(texts)
    let runner = MutationRunner(result.estate, result.book)
    let one = await runner.run(tasks: 1)
    let eight = await runner.run(tasks: 8)
    #expect(one.rules.map(\.rule) == ["r0", "r1", "r2", "r3", "r4", "r5"])
    #expect(Self.lines(one) == Self.lines(eight))
    #expect(one.counts == eight.counts)
    #expect(await runner.run(only: ["r4"]).rules.map(\.rule) == ["r4"])
  }

  @Test func `a mutant is judged in the initiative's view, as the rule is`() async {
    let report = await Self.report(
      """
      stage: proposal
      when: self.redundant && added(self)
      require: self.mfa
      examples:
        - title: adds one that is not
          given:
            - {kind: system, id: old, mfa: false, redundant: true}
            - kind: initiative
              id: i
              stage: proposal
              adds: [{kind: system, id: a, mfa: false, redundant: true}, {kind: system, id: b, mfa: true, redundant: true}, {kind: system, id: c, mfa: false, redundant: false}]
          finds: [a]
        - title: adds one that is
          given:
            - {kind: initiative, id: i, stage: proposal, adds: [{kind: system, id: a, mfa: true, redundant: true}]}
          finds: []
      """)
    #expect(report.rules.map(\.isTried) == [true])
    #expect(report.counts.killed > 3)
    // What was there before is inherited, added or not: that is what the view tells by itself.
    #expect(Self.lines(report).count == 1, "\(Self.lines(report))")
    #expect(Self.lines(report).first?.contains("`true` for `added(self)`") == true, "\(Self.lines(report))")
  }
}
