import CEL
import Catalogue
import Testing

@testable import Governance

/// What a waiver covers, and when.
@Suite struct WaiverTests {
  @Test func `A waiver takes its finding out of what counts, for its time`() async throws {
    for (day, wanted) in [
      ("2026-04-30", "open"), ("2026-05-01", "waived"), ("2026-08-31", "waived"), ("2026-09-01", "open"),
    ] {
      let result = await Resolving([failing + waiver() + decision()], asOf: day)
      #expect(result.diagnostics.map(\.line) == [])
      #expect(result.standings == ["\(wanted) mfa|system:a"], "\(day)")
    }
    let waived = await Resolving([failing + waiver() + decision()])
    #expect(
      waived.finding("mfa|system:a")?.standing == .waived(by: "waiver:w", until: try #require(CivilDate("2026-09-01"))))
    #expect(waived.paper == [])
  }

  @Test func `What comes back says which waiver covered it`() async {
    let expired = await Resolving([failing + waiver() + decision()], asOf: "2026-10-01")
    #expect(
      expired.finding("mfa|system:a")?.remarks == ["waived until 2026-09-01 by waiver:w, which has expired"])
    #expect(expired.finding("mfa|system:a")?.severity == .blocker)
    // A record of what was is nothing to complain of.
    #expect(expired.paper == [])
    let early = await Resolving([failing + waiver() + decision()], asOf: "2026-04-01")
    #expect(early.finding("mfa|system:a")?.remarks == ["waiver:w does not hold yet: it begins on 2026-05-01"])
  }

  @Test func `Only what is named whole is covered`() async {
    let two = """
      {kind: dataset, id: d, name: D, classification: secret}
      ---
      {kind: dataset, id: e, name: E, classification: secret}
      ---
      {kind: system, id: a, name: A, classification: official, mfa: true, holds: [d, e]}
      ---
      {kind: system, id: b, name: B, classification: official, mfa: true, holds: [d]}

      """
    func standings(_ targets: String) async -> [String] {
      await Resolving([two + waiver("rule: fits\ntargets: \(targets)") + decision()]).standings
    }
    #expect(
      await standings("['system:a', 'dataset:d']") == [
        "waived fits|dataset:d|system:a", "open fits|dataset:d|system:b", "open fits|dataset:e|system:a",
      ])
    #expect(await standings("['system:a']").allSatisfy { $0.hasPrefix("open") })
    #expect(
      await standings("['system:a', 'dataset:d', 'dataset:e']") == [
        "waived fits|dataset:d|system:a", "open fits|dataset:d|system:b", "waived fits|dataset:e|system:a",
      ])
  }

  @Test func `A waiver expects a failure, or that nothing can be decided, and never both`() async {
    let gap = "{kind: system, id: a, name: A, classification: official}\n"
    let failed = await Resolving([gap + waiver() + decision()])
    #expect(failed.standings == ["open mfa|system:a"])
    #expect(failed.paper == ["waiver-unused|waiver:w"])
    #expect(
      failed.finding("waiver-unused|waiver:w")?.message
        == "waiver:w hides nothing: \(failed.finding("mfa|system:a")?.shortName ?? "") is undecided, and it expects failed"
    )
    let undecided = await Resolving([gap + waiver("expects: undecided") + decision()])
    #expect(undecided.standings == ["waived mfa|system:a"])
    #expect(await Resolving([failing + waiver("expects: undecided") + decision()]).standings == ["open mfa|system:a"])
  }

  @Test func `What is not there is not hidden, and that is a finding`() async {
    let fine = "{kind: system, id: a, name: A, classification: official, mfa: true}\n"
    let result = await Resolving([fine + waiver() + decision()])
    #expect(result.paper == ["waiver-unused|waiver:w"])
    #expect(result.finding("waiver-unused|waiver:w")?.place?.range.text == "['system:a']")
  }

  @Test func `Integrity findings can be waived, with their values`() async {
    let dangling = "{kind: system, id: a, name: A, classification: official, mfa: true, feeds: [gone]}\n"
    let result = await Resolving([
      dangling + waiver("builtIn: dangling-reference\nvalues: [feeds, gone]") + decision()
    ])
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.lines == ["waived dangling-reference|system:a|feeds|gone"])
    let other = await Resolving([
      dangling + waiver("builtIn: dangling-reference\nvalues: [feeds]") + decision()
    ])
    #expect(other.standings == ["open dangling-reference|system:a|feeds|gone"])
  }

  @Test func `An old name works, with a note`() async {
    let renamed = "{kind: system, id: a, name: A, aliases: [old], classification: official, mfa: false}\n"
    let result = await Resolving([renamed + waiver("targets: ['system:old']") + decision()])
    #expect(result.standings == ["waived mfa|system:a", "open alias-used|waiver:w|targets|old"])
  }

  @Test func `Of two that hold, the one that names less covers`() async {
    let text =
      failing + "---\n{kind: system, id: b, name: B, classification: official, mfa: false}\n"
      + waiver("targets: ['system:a', 'system:b']", id: "broad") + waiver(id: "narrow")
      + decision(targets: "['waiver:broad', 'waiver:narrow']")
    // One names all that the other names: that is a mistake, told at the second one.
    let twice = await Resolving([text])
    #expect(twice.diagnostics.map(\.id) == ["waived-twice"])
    let crossed = await Resolving([
      text.replacing("targets: ['system:a']\n", with: "targets: ['system:a', 'dataset:d']\n")
        + "---\n{kind: dataset, id: d, name: D}\n"
    ])
    #expect(crossed.diagnostics.map(\.line) == [])
    #expect(crossed.standings == ["waived mfa|system:a", "waived mfa|system:b"])
    #expect(crossed.paper == ["waiver-unused|waiver:narrow"])
  }

  @Test func `One waiver takes over where another ends`() async throws {
    let text =
      failing + waiver(id: "w") + waiver("from: 2026-09-01\nuntil: 2026-12-01\nrenews: w", id: "x")
      + decision(targets: "['waiver:w', 'waiver:x']")
    for (day, by) in [("2026-08-31", "waiver:w"), ("2026-09-01", "waiver:x")] {
      let result = await Resolving([text], asOf: day)
      #expect(result.diagnostics.map(\.line) == [])
      guard case .waived(by, _) = try #require(result.finding("mfa|system:a")).standing else {
        Issue.record("not by \(by) on \(day)")
        continue
      }
      // Its end is nothing to tell of: somebody saw to it.
      #expect(result.paper == [])
    }
  }
}
