import CEL
import Catalogue
import Diagnostics
import Testing
import YAMLTree

@testable import Governance

/// `rules` and `overrides` of triglyph.yaml.
@Suite struct RuleChoiceTests {
  private static let documents = """
    {kind: metamodel, id: small, name: Small, kinds: {system: {plural: systems, fields: {cost: {type: integer}, size: {type: integer, default: 1}}}}}
    ---
    kind: rule
    id: cheap
    aliases: [thrifty]
    name: Cheap
    title: A system is cheap
    for: system
    severity: [{when: self.cost > 100, is: major}, {is: minor}]
    stage: design
    params: {limit: {type: integer, default: 10}}
    require: self.cost < params.limit
    message: ${self} costs ${self.cost}
    remedy: Pay less.
    ---
    {kind: rule, id: free, name: Free, title: T, for: system, severity: minor, stage: build, require: self.cost == 0, message: M, remedy: R}
    ---
    {kind: rule, id: small, name: Small, title: T, for: system, severity: minor, stage: build, require: self.size == 1, message: M, remedy: R}
    ---
    {kind: rule, id: sketch, name: Sketch, title: T, for: system, severity: minor, stage: build, status: draft, require: self.cost == 1, message: M, remedy: R}
    ---
    {kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ["rule:cheap", "rule:free", "rule:small"]}
    ---
    {kind: decision, id: later, name: L, date: 2026-03-01, outcome: approved, targets: ["rule:cheap"]}
    ---
    {kind: decision, id: nay, name: N, date: 2025-12-01, outcome: rejected, targets: ["rule:cheap"]}
    ---
    {kind: decision, id: other, name: O, date: 2025-12-01, outcome: approved, targets: ["rule:free"]}
    ---
    {kind: system, id: dear, name: Dear, cost: 20}
    """

  private struct Read {
    var estate: Estate
    var choice: RuleChoice
    var book: RuleBook
    /// Of the choice and of the rules.
    var diagnostics: [Diagnostic]

    var told: [String] {
      diagnostics.map { "\($0.range?.start.line ?? 0): \(([$0.summary] + $0.notes).joined(separator: "; "))" }
    }
  }

  private func read(_ settings: String) async -> Read {
    let result = await RepositoryReader.read(
      [SourceText(name: "all.yaml", text: Self.documents)], asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0),
      tasks: 1)
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.summary))")
    let root = YAMLFile.parse(SourceText(name: "triglyph.yaml", text: settings)).documents.first?.root
    var diagnostics: [Diagnostic] = []
    let choice = RuleChoiceReader.read(
      rules: root?.first("rules"), overrides: root?.first("overrides"), result.estate, &diagnostics)
    let book = RuleBook(result.estate, choice)
    return Read(estate: result.estate, choice: choice, book: book, diagnostics: diagnostics + book.diagnostics)
  }

  @Test func `without a word every rule is adopted`() async {
    let all = await read("format: 1\n")
    #expect(all.book.rules.map(\.id) == ["cheap", "free", "sketch", "small"])
    #expect(all.book.adoption.isWhole && all.book.adoption.totalCount == 3)
    #expect(all.told == [])
  }

  @Test func `only what is listed is adopted, the others are there and judge nothing`() async {
    let some = await read("rules: {only: [thrifty, sketch]}\n")
    #expect(some.told == [])
    #expect(some.book.rules.map(\.id) == ["cheap", "sketch"])
    #expect(some.book.allRules.count == 4)
    let adoption = some.book.adoption
    // A draft does not run, listed or not.
    #expect((adoption.adoptedCount, adoption.totalCount) == (1, 3))
    #expect(adoption.exclusions.map(\.rule) == ["free", "small"])
    #expect(adoption.idle.map(\.rule) == ["sketch"])
    let found = await Assessment.run(some.book.rules, on: some.estate.deriving(), tasks: 1)
    #expect(found.findings.map(\.rule) == ["cheap"])
  }

  @Test func `all but what is listed is adopted, and each exclusion has its reason`() async {
    let some = await read("rules:\n  except:\n    - rule: free\n      reason: >-\n        Not\n        yet\n")
    #expect(some.told == [])
    #expect(some.book.rules.map(\.id) == ["cheap", "sketch", "small"])
    #expect(some.choice.exclusion(of: "free")?.reason == "Not yet")
    #expect(some.choice.exclusion(of: "free")?.range.start == SourcePosition(line: 3, column: 13))
  }

  @Test(arguments: [
    (
      "rules: {only: [free], except: [{rule: free, reason: R}]}",
      "1: `rules` says `only` or `except`, not both; what `only` does not list is not adopted"
    ),
    ("rules: {}", "1: `rules` says which rules are adopted: `only` or `except`"),
    ("rules: all", "1: `rules` is a mapping, and this is a single value"),
    ("rules: {only: []}", "1: `only` adopts no rule, and without one nothing would be checked"),
    ("rules: {only: free}", "1: `only` is a list, and this is a single value"),
    ("rules: {only: [fre]}", "1: there is no rule `fre`; did you mean `free`?"),
    ("rules: {only: [\"system:dear\"]}", "1: there is no rule `system:dear`"),
    ("rules: {only: [free,\n  free]}", "2: free stands here already"),
    ("rules: {only: [{rule: free}]}", "1: an entry of `only` is the id of a rule, and this is a mapping"),
    ("rules: {except: [free]}", "1: a rule that is not adopted has a reason: `{rule: free, reason: …}`"),
    ("rules: {except: [{rule: free}]}", "1: a rule that is not adopted has a reason; `reason` is missing"),
    ("rules: {except: [{rule: free, reason: ' '}]}", "1: a rule that is not adopted has a reason; `reason` is empty"),
    ("rules: {except: [{reason: R}]}", "1: an entry of `except` needs `rule`"),
    (
      "rules: {except: [{rule: dangling-reference, reason: R}]}",
      "1: there is no rule `dangling-reference`; `dangling-reference` is built in: it is always there, and its findings can be waived or baselined at most"
    ),
    (
      "rules: {except: [{rule: cheap, reason: R}, {rule: free, reason: R}, {rule: small, reason: R}, {rule: sketch, reason: R}]}",
      "1: `except` leaves no rule, and without one nothing would be checked"
    ),
    ("rules: {onyl: [free]}", "1: `rules` has no `onyl`; did you mean `only`?"),
  ])
  func `a slip is told at its place, and hides nothing`(settings: String, told: String) async {
    let read = await read(settings + "\n")
    #expect(read.told == [told])
    #expect(read.book.rules.count == 4)
  }

  @Test func `a choice that leaves drafts only is a mistake`() async {
    let read = await read("rules: {only: [sketch]}\n")
    #expect(read.told == ["1: `only` adopts no active rule, and without one nothing would be checked"])
  }

  // MARK: Overrides

  @Test func `an override sets severity, stage and parameters`() async throws {
    let read = await read(
      "overrides:\n  - {rule: cheap, set: {severity: blocker, stage: build, params: {limit: 30}}, reason: R., decision: yes}\n"
    )
    #expect(read.told == [])
    let rule = try #require(read.book.rules.first { $0.id == "cheap" })
    #expect(rule.severity == .blocker)
    let found = await Assessment.run(read.book.rules.filter { $0.id == "cheap" }, on: read.estate.deriving(), tasks: 2)
    #expect(found.findings.isEmpty)
    #expect(
      read.book.adoption.changes.map { "\($0.key) \($0.value) \($0.former ?? "-")" } == [
        "severity blocker major at most", "stage build design", "params.limit 30 10",
      ])
    // With several tasks a rule is compiled anew.
    #expect(rule.recompiled(for: read.estate).severity == .blocker)
    #expect(rule.recompiled(for: read.estate).stage == rule.stage)
    // The examples ask the rule as it is written.
    let (plain, _) = RuleBook.compile(rule, functions: [:], for: read.estate)
    #expect(plain?.severity == .major)
  }

  @Test(arguments: [
    ("{rule: cheap, set: {severity: blocker}, reason: R}", "an override rests on a decision; `decision` is missing"),
    ("{rule: cheap, set: {severity: blocker}, decision: yes}", "an override has a reason; `reason` is missing"),
    ("{rule: cheap, reason: R, decision: yes}", "an override says what it sets: `severity`, `stage` or `params`"),
    ("{rule: cheap, set: {}, reason: R, decision: yes}", "an override sets `severity`, `stage` or `params`"),
    (
      "{rule: chaep, set: {severity: blocker}, reason: R, decision: yes}",
      "there is no rule `chaep`; did you mean `cheap`?"
    ),
    (
      "{rule: cheap, set: {severity: bloker}, reason: R, decision: yes}",
      "`bloker` is no severity; did you mean `blocker`?"
    ),
    ("{rule: cheap, set: {stage: biuld}, reason: R, decision: yes}", "`biuld` is no stage; did you mean `build`?"),
    (
      "{rule: cheap, set: {require: 'true'}, reason: R, decision: yes}",
      "`set` has no `require`; known here: severity, stage, params"
    ),
    (
      "{rule: cheap, set: {params: {limt: 3}}, reason: R, decision: yes}",
      "cheap has no parameter `limt`; did you mean `limit`?"
    ),
    ("{rule: free, set: {params: {limt: 3}}, reason: R, decision: yes}", "free has no parameter `limt`; it has none"),
    ("{rule: cheap, set: {params: {limit: much}}, reason: R, decision: yes}", "a whole number"),
    (
      "{rule: cheap, set: {severity: minor}, reason: R, decision: yess}",
      "there is no decision `yess`; did you mean `yes`?"
    ),
    (
      "{rule: cheap, set: {severity: minor}, reason: R, decision: later}",
      "decision:later, on which this override of cheap rests, does not approve"
    ),
    (
      "{rule: cheap, set: {severity: minor}, reason: R, decision: nay}",
      "decision:nay, on which this override of cheap rests, does not approve"
    ),
    (
      "{rule: cheap, set: {severity: minor}, reason: R, decision: other}",
      "decision:other, on which this override rests, does not name rule:cheap"
    ),
  ])
  func `an override with a mistake leaves the rule as it is`(entry: String, told: String) async throws {
    let read = await read("overrides:\n  - \(entry)\n")
    #expect(read.told.count == 1 && read.told.first?.contains(told) == true, "\(read.told)")
    #expect(read.told.first?.hasPrefix("2: ") == true)
    let found = await Assessment.run(read.book.rules.filter { $0.id == "cheap" }, on: read.estate.deriving(), tasks: 1)
    #expect(found.findings.map(\.severity) == [.minor])
  }

  @Test func `one rule has one override`() async {
    let entry = "{rule: free, set: {severity: major}, reason: R, decision: yes}"
    let read = await read("overrides: [\(entry), \(entry)]\n")
    #expect(read.told == ["1: free stands here already"])
  }

  @Test func `an override makes no blocker of what rests on a default`() async {
    let read = await read("overrides: [{rule: small, set: {severity: blocker}, reason: R, decision: yes}]\n")
    #expect(read.told.count == 1 && read.diagnostics.first?.id == "default-in-blocker", "\(read.told)")
  }
}
