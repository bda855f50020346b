import CEL
import Catalogue
import Diagnostics
import Testing
import YAMLTree

@testable import Governance

/// A change that leaves out the rule that it breaks says so.
@Suite struct ChoiceChangeTests {
  private static let documents = """
    {kind: metamodel, id: small, name: Small, kinds: {system: {plural: systems, fields: {cost: {type: integer}}}}}
    ---
    {kind: rule, id: a, name: A, title: T, for: system, severity: major, stage: design, params: {n: {type: integer, default: 3}}, require: self.cost < params.n, message: M, remedy: R}
    ---
    {kind: rule, id: b, name: B, title: T, for: system, severity: minor, stage: design, require: self.cost < 4, message: M, remedy: R}
    ---
    {kind: rule, id: c, name: C, title: T, for: system, severity: minor, stage: design, require: self.cost < 5, message: M, remedy: R}
    ---
    {kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ["rule:a", "rule:b", "rule:c"]}
    ---
    {kind: decision, id: again, name: Y, date: 2025-12-01, outcome: approved, targets: ["rule:a"]}
    """

  private func side(_ settings: String, _ documents: String = documents) async -> GovernanceChanges.Side {
    let result = await RepositoryReader.read(
      [SourceText(name: "all.yaml", text: documents)], asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1)
    let root = YAMLFile.parse(SourceText(name: "triglyph.yaml", text: settings)).documents.first?.root
    var diagnostics: [Diagnostic] = []
    let choice = RuleChoiceReader.read(
      rules: root?.first("rules"), overrides: root?.first("overrides"), result.estate, &diagnostics)
    let book = RuleBook(result.estate, choice)
    #expect((result.diagnostics + diagnostics + book.diagnostics).isEmpty)
    return GovernanceChanges.Side(estate: result.estate, book: book, failOn: .major)
  }

  private func told(_ before: String, _ after: String) async -> [String] {
    GovernanceChanges.all(from: await side(before), to: await side(after)).map {
      "\($0.loosens ? "!" : "")\($0.kind.rawValue) \($0.subject): \($0.summary) @\($0.place?.start.line ?? 0)"
    }
  }

  private static func override(_ set: String, _ decision: String = "yes", _ reason: String = "R") -> String {
    "overrides:\n  - {rule: a, set: \(set), reason: \(reason), decision: \(decision)}\n"
  }

  @Test func `a rule that is left out, and one that comes back`() async {
    let without = "rules:\n  except:\n    - {rule: b, reason: Too hard}\n"
    #expect(await told("format: 1", without) == ["!rule-excluded rule:b: it is no longer adopted: Too hard @3"])
    #expect(await told(without, "format: 1") == ["rule-adopted rule:b: it is adopted now @0"])
    #expect(
      await told(without, without.replacing("Too hard", with: "Later")) == [
        "!setting-changed rule:b: it is not adopted for another reason: Later @3"
      ])
    #expect(await told(without, without) == [])
  }

  @Test func `a list that leaves out one or several`() async {
    #expect(
      await told("format: 1", "rules: {only: [a, c]}") == [
        "!rule-excluded rule:b: it is no longer adopted: `only` does not list it @1",
        "!setting-changed rules: only what it lists is adopted now: a new rule judges when it is listed, too @1",
      ])
    #expect(
      await told("rules: {only: [a, b, c]}", "rules: {only: [a]}") == [
        "!rule-excluded rules: 2 rules are no longer adopted, as `only` does not list them; it lists a @1"
      ])
    #expect(await told("rules: {only: [a]}", "rules: {only: [a, b]}") == ["rule-adopted rule:b: it is adopted now @0"])
  }

  @Test func `a new rule that is not listed, and one that has another name`() async {
    let added =
      Self.documents
      + "\n---\n{kind: rule, id: d, name: D, title: T, for: system, severity: minor, stage: design, require: self.cost < 5, message: M, remedy: R}\n"
    let new = GovernanceChanges.all(
      from: await side("rules: {only: [a]}"), to: await side("rules: {only: [a]}", added))
    #expect(new.map { "\($0.kind.rawValue) \($0.summary)" } == ["rule-added it is new, and not adopted"])
    let renamed = Self.documents.replacing("id: b, name: B", with: "id: e, aliases: [b], name: B")
    let same = GovernanceChanges.all(
      from: await side("rules: {except: [{rule: b, reason: R}]}"),
      to: await side("rules: {except: [{rule: e, reason: R}]}", renamed))
    #expect(same.map(\.kind) == [.ruleRenamed])
  }

  @Test func `of what a list keeps and what it leaves out the shorter is named`() async {
    let rest = ["d", "e"].map {
      "\n---\n{kind: rule, id: \($0), name: D, title: T, for: system, severity: minor, stage: design, require: self.cost < 5, message: M, remedy: R}"
    }.joined()
    let told = GovernanceChanges.all(
      from: await side("format: 1", Self.documents + rest),
      to: await side("rules: {only: [a, b, c]}", Self.documents + rest))
    #expect(told.first?.summary == "2 rules are no longer adopted, as `only` does not list them: d, e")
  }

  @Test func `an override that lowers, delays or moves a threshold`() async {
    #expect(
      await told("format: 1", Self.override("{severity: minor}")) == [
        "!severity-lowered rule:a: its severity is now minor, was major, by an override @2"
      ])
    #expect(
      await told(Self.override("{severity: minor}"), Self.override("{severity: blocker}")) == [
        "rule-tightened rule:a: its severity is now blocker, was minor, by an override @2"
      ])
    #expect(
      await told(Self.override("{severity: blocker}"), "format: 1") == [
        "!severity-lowered rule:a: its severity is now major, was blocker, by an override @0"
      ])
    #expect(
      await told("format: 1", Self.override("{stage: build}")) == [
        "!rule-weakened rule:a: it binds initiatives from build on, was design, by an override @2"
      ])
    #expect(
      await told("format: 1", Self.override("{params: {n: 9}}")) == [
        "!rule-weakened rule:a: its parameter `n` is now `9`, in place of what its document says, by an override @2"
      ])
    #expect(
      await told(Self.override("{params: {n: 9}}"), Self.override("{params: {n: 8}}", "again", "S")) == [
        "!rule-weakened rule:a: its parameter `n` is now `8`, was `9`, by an override @2",
        "!setting-changed rule:a: its override has another reason or decision: S (decision:again) @2",
      ])
  }
}
