import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What stands before findings from day to day.
@Suite struct RoadmapStandingTests {
  private static func days(_ text: String, baseline: String? = nil) async -> [String] {
    let settings = """
      kind: metamodel
      id: dates
      name: Dates
      settings: {horizon: {type: period, default: 36m}}
      """
    let checked = await Checked([Resolving.rules, settings, text], asOf: "2026-06-01")
    #expect(checked.diagnostics.map(\.line) == [])
    let waivers = WaiverBook(checked.estate, checked.book)
    #expect(waivers.diagnostics.map(\.line) == [])
    let read = baseline.map { BaselineReader.read(SourceText(name: "baseline.yaml", text: $0), checked.estate) }
    let roadmap = await Roadmap.run(checked.book.rules, on: checked.estate, tasks: 1)
    return roadmap.standing(waivers, read?.0).spans.map { span in
      "\(span.from.text)-\(span.until?.text ?? "") \(span.finding.standing.word) \(span.finding.identity)"
    }
  }

  @Test func `A span is two where a waiver begins, and where it ends`() async {
    #expect(
      await Self.days(failing + waiver("from: 2026-08-01\nuntil: 2027-01-01") + decision()) == [
        "2026-06-01-2026-08-01 open mfa|system:a", "2026-08-01-2027-01-01 waived mfa|system:a",
        "2027-01-01- open mfa|system:a",
      ])
  }

  @Test func `One that does not hold divides nothing`() async {
    #expect(
      await Self.days(
        failing + waiver("from: 2026-08-01\nuntil: 2027-01-01")
          + decision("yes", "date: 2026-01-01\noutcome: rejected")) == ["2026-06-01- open mfa|system:a"])
    #expect(
      await Self.days(failing + waiver("from: 2026-01-01\nuntil: 2026-02-01") + decision()) == [
        "2026-06-01- open mfa|system:a"
      ])
  }

  @Test func `Waivers that follow one another are told one by one`() async {
    let text =
      failing + waiver("until: 2027-01-01", id: "w") + waiver("from: 2027-01-01\nuntil: 2027-06-01", id: "x")
      + decision(targets: "['waiver:w', 'waiver:x']")
    #expect(
      await Self.days(text) == [
        "2026-06-01-2027-01-01 waived mfa|system:a", "2027-01-01-2027-06-01 waived mfa|system:a",
        "2027-06-01- open mfa|system:a",
      ])
  }

  @Test func `An approved initiative's own waiver covers what it builds, before it is built, too`() async {
    let text = """
      {kind: initiative, id: i, name: I, stage: design, goLive: 2026-09-01, adds: [{kind: system, id: new, name: New, mfa: false}]}

      """
    let own = waiver("initiative: i\ntargets: ['system:new']\nfrom: 2026-09-01\nuntil: 2027-01-01")
    #expect(
      await Self.days(text + own + decision(targets: "['initiative:i', 'waiver:w']")) == [
        "2026-06-01-2027-01-01 waived mfa|system:new", "2027-01-01- open mfa|system:new",
      ])
  }

  @Test func `The baseline holds on every day`() async {
    let baseline = "format: 1\ntaken: 2026-01-01\nfindings: [{finding: mfa|system:a, severity: blocker}]\n"
    #expect(await Self.days(failing, baseline: baseline) == ["2026-06-01- baselined mfa|system:a"])
  }
}
