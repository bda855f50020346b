import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Waivers that mean nothing: each is told at its place, and waives nothing.
@Suite struct WaiverMistakeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var waiver: String
    /// The id of the mistake or of the finding, and the text at its place.
    var wanted: String
    var place: String
  }

  static let rows = [
    Row(
      testDescription: "an impossible date", waiver: waiver("until: 2026-02-30"), wanted: "wrong-value",
      place: "2026-02-30"),
    Row(
      testDescription: "an end before the beginning", waiver: waiver("until: 2026-05-01"), wanted: "waiver-mistake",
      place: "2026-05-01"),
    Row(testDescription: "a blank reason", waiver: waiver("reason: ' '"), wanted: "waiver-mistake", place: "' '"),
    Row(
      testDescription: "no rule", waiver: waiver("").replacing("rule: mfa\n", with: ""), wanted: "waiver-mistake",
      place: "w"),
    Row(
      testDescription: "two rules", waiver: waiver("rule: mfa\nbuiltIn: alias-used"), wanted: "waiver-mistake",
      place: "alias-used"),
    Row(
      testDescription: "an unknown built-in rule", waiver: waiver("builtIn: alias-use"), wanted: "waiver-mistake",
      place: "alias-use"),
    Row(
      testDescription: "an unknown key", waiver: waiver("untill: 2026-09-01"), wanted: "unknown-key", place: "untill"),
    Row(
      testDescription: "an unknown expectation", waiver: waiver("expects: error"), wanted: "wrong-value", place: "error"
    ),
    Row(
      testDescription: "itself renewed", waiver: waiver("renews: w"), wanted: "waiver-mistake", place: "w"),
    Row(
      testDescription: "an unknown rule", waiver: waiver("rule: mfaa"), wanted: "dangling-reference", place: "mfaa"),
    Row(
      testDescription: "a target that is not there", waiver: waiver("targets: ['system:b']"),
      wanted: "dangling-reference", place: "'system:b'"),
    Row(
      testDescription: "an initiative that is not there", waiver: waiver("initiative: none"),
      wanted: "dangling-reference", place: "none"),
    Row(
      testDescription: "no end", waiver: waiver("").replacing("until: 2026-09-01\n", with: ""),
      wanted: "required-field-missing", place: "w"),
    Row(
      testDescription: "an end that nobody knows", waiver: waiver("until: unknown"), wanted: "waiver-mistake",
      place: "unknown"),
    Row(
      testDescription: "targets that nobody knows", waiver: waiver("targets: unknown"), wanted: "waiver-mistake",
      place: "unknown"),
    Row(
      testDescription: "no reason", waiver: waiver("").replacing("reason: It takes time.\n", with: ""),
      wanted: "required-field-missing", place: "w"),
  ]

  @Test(arguments: rows) func `It is told, and waives nothing`(_ row: Row) async {
    let result = await Resolving([failing + row.waiver + decision()])
    let told =
      result.diagnostics.map { ($0.id, $0.range?.text ?? "") }
      + result.result.findings.filter { $0.rule == row.wanted }.map { ($0.rule, $0.place?.range.text ?? "") }
    #expect(told.contains { $0 == (row.wanted, row.place) }, "\(told)")
    if row.testDescription != "an unknown key", row.testDescription != "no reason" {
      #expect(result.standings.contains("open mfa|system:a"), "\(result.standings)")
    }
  }

  @Test func `A built-in rule under the wrong key is told what to write`() async {
    let result = await Resolving([failing + waiver("rule: alias-used") + decision()])
    #expect(result.diagnostics.map(\.summary) == ["`alias-used` is built in: write `builtIn` instead of `rule`"])
  }

  @Test func `Two of one thing at one time are a mistake, on whatever day one looks`() async {
    let twice =
      failing + waiver() + waiver("from: 2026-08-31\nuntil: 2026-12-01", id: "x")
      + decision(targets: "['waiver:w', 'waiver:x']")
    for day in ["2025-01-01", "2026-06-01", "2030-01-01"] {
      let result = await Resolving([twice], asOf: day)
      #expect(result.diagnostics.map(\.id) == ["waived-twice"])
      #expect(result.diagnostics.first?.range?.text == "x")
    }
    let after = twice.replacing("2026-08-31", with: "2026-09-01")
    #expect(await Resolving([after]).diagnostics.map(\.line) == [])
    let other = twice.replacing("id: x\n", with: "id: x\nexpects: undecided\n")
    #expect(await Resolving([other]).diagnostics.map(\.line) == [])
  }

  @Test func `A renewal is of the same rule and begins later`() async {
    let base = failing + waiver() + decision(targets: "['waiver:w', 'waiver:x']")
    let other = waiver("rule: cheap\nrenews: w\nfrom: 2026-09-01\nuntil: 2026-10-01", id: "x")
    #expect(await Resolving([base + other]).diagnostics.map(\.summary) == ["waiver:w is of another rule, mfa"])
    let early = waiver("renews: w\nfrom: 2026-01-01\nuntil: 2026-05-01", id: "x")
    #expect(
      await Resolving([base + early]).diagnostics.map(\.summary) == ["waiver:w does not begin before this one"])
  }
}
