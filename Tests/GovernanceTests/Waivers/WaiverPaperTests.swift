import CEL
import Catalogue
import Testing

@testable import Governance

/// What is told of waivers themselves.
@Suite struct WaiverPaperTests {
  @Test func `A waiver that ends soon is told of, as early as the settings say`() async throws {
    let text = failing + waiver() + decision()
    #expect(await Resolving([text], asOf: "2026-08-01").paper == [])
    let soon = await Resolving([text], asOf: "2026-08-02")
    #expect(soon.paper == ["waiver-expires-soon|waiver:w"])
    #expect(soon.finding("waiver-expires-soon|waiver:w")?.severity == .minor)
    #expect(
      soon.finding("waiver-expires-soon|waiver:w")?.message
        == "waiver:w ends on 2026-09-01, in 30 days; what it covers is back then")
    #expect(soon.result.ending.map(\.name) == ["waiver:w"])
    let settings = "---\n{kind: settings, id: s, name: S, values: {waiverNotice: 7d}}\n"
    #expect(await Resolving([text + settings], asOf: "2026-08-02").paper == [])
    #expect(await Resolving([text + settings], asOf: "2026-08-25").paper == ["waiver-expires-soon|waiver:w"])
  }

  @Test func `The heavier the failure, the shorter the waiver`() async {
    let year = waiver("from: 2026-01-01\nuntil: 2027-01-01")
    #expect(await Resolving([failing + year + decision()]).paper == ["waiver-too-long|waiver:w"])
    #expect(
      await Resolving([failing + waiver("from: 2026-01-01\nuntil: 2026-06-30") + decision()], asOf: "2026-02-01").paper
        == [])
    let major = """
      {kind: system, id: a, name: A, classification: official, mfa: true, cost: 20}

      """
    #expect(
      await Resolving([major + waiver("rule: cheap\nfrom: 2026-01-01\nuntil: 2027-01-01") + decision()]).paper == [])
    #expect(
      await Resolving([major + waiver("rule: cheap\nfrom: 2026-01-01\nuntil: 2027-01-02") + decision()]).paper == [
        "waiver-too-long|waiver:w"
      ])
    let minor = "{kind: asset, id: a, name: A, safe: false}\n"
    let forAsset = "rule: owned\ntargets: ['asset:a']\nfrom: 2026-01-01\nuntil: 2036-01-01"
    #expect(await Resolving([minor + waiver(forAsset) + decision()]).paper == [])
  }

  @Test func `A rule that cannot be waived is not`() async {
    let result = await Resolving([
      "{kind: asset, id: a, name: A, safe: false}\n" + waiver("rule: safe\ntargets: ['asset:a']") + decision()
    ])
    #expect(result.standings == ["open safe|asset:a", "open owned|asset:a"])
    #expect(result.paper == ["waiver-of-unwaivable|waiver:w"])
    #expect(
      result.finding("safe|asset:a")?.remarks == ["waiver:w names it, but its rule cannot be waived"])
  }

  @Test func `A waiver that is renewed again and again is told of, whether it says so or not`() async {
    let all = (1...4).map { number in
      waiver("from: 2026-0\(number)-01\nuntil: 2026-0\(number + 1)-01", id: "w\(number)")
    }.joined()
    let text = failing + all + decision(targets: "['waiver:w1', 'waiver:w2', 'waiver:w3', 'waiver:w4']")
    let third = await Resolving([text], asOf: "2026-03-15")
    #expect(
      third.paper
        == ["waiver-expires-soon|waiver:w3", "waiver-renewed-too-often|waiver:w4"].filter {
          !$0.contains("soon")
        })
    let two = await Resolving(
      [text + "---\n{kind: settings, id: s, name: S, values: {waiverRenewals: 3}}\n"], asOf: "2026-03-15")
    #expect(two.paper == [])
  }

  @Test func `A waiver that covers much is told of`() async {
    let systems = (1...6).map { "---\n{kind: system, id: s\($0), name: S, classification: official, mfa: false}\n" }
    let targets = "[" + (1...6).map { "'system:s\($0)'" }.joined(separator: ", ") + "]"
    let result = await Resolving([failing + systems.joined() + waiver("targets: \(targets)") + decision()])
    #expect(result.paper == ["waiver-too-broad|waiver:w"])
    #expect(result.finding("waiver-too-broad|waiver:w")?.message == "waiver:w covers 6 findings; more than 5 is broad")
  }

  @Test func `Nobody approves a waiver for what they own`() async {
    let text = """
      {kind: organisation, id: o, name: Owners}
      ---
      {kind: organisation, id: p, name: Others}
      ---
      {kind: asset, id: a, name: A, safe: false, owner: o}

      """
    func paper(by: String) async -> [String] {
      await Resolving([
        text + waiver("rule: owned\ntargets: ['asset:a']") + decision("yes", "date: 2026-01-01\nby: \(by)")
      ]).paper
    }
    #expect(await paper(by: "o") == ["waiver-approved-by-owner|waiver:w"])
    #expect(await paper(by: "p") == [])
  }

  @Test func `What is about waivers cannot be waived`() async {
    let fine = "{kind: system, id: a, name: A, classification: official, mfa: true}\n"
    let self1 = await Resolving([
      fine + waiver() + waiver("builtIn: waiver-unused\ntargets: ['waiver:w']", id: "v")
        + decision(targets: "['waiver:w', 'waiver:v']")
    ])
    #expect(self1.diagnostics.map(\.id) == ["waiver-mistake"])
  }

  @Test func `Every rule about waivers has a page and every one but of severity minor counts by default`() {
    #expect(PaperRule.registry.map(\.id) == PaperRule.registry.map(\.id).sorted())
    #expect(PaperRule.allCases.allSatisfy { !$0.page.title.isEmpty && !$0.page.why.isEmpty && !$0.page.remedy.isEmpty })
    #expect(
      PaperRule.allCases.filter { $0.page.severity == .minor }
        == [.baselineStale, .waiverExpiresSoon, .waiverTooBroad, .waiverUnused])
  }
}
