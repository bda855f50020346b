import CEL
import Catalogue
import Testing

@testable import Governance

/// Waivers of one initiative.
@Suite struct OwnWaiverTests {
  private static let fine = "{kind: system, id: a, name: A, classification: official, mfa: true}\n"

  private static func initiative(_ id: String, _ entries: String, stage: String = "design") -> String {
    "---\nkind: initiative\nid: \(id)\nname: I\nstage: \(stage)\ngoLive: 2026-07-01\n\(entries)\n"
  }

  private static let breaks = initiative("i", "changes: [{ref: 'system:a', set: {mfa: false}}]")
  private static let adds = initiative(
    "i", "adds: [{kind: system, id: new, name: New, classification: official, mfa: false}]")

  @Test func `An initiative's own waiver covers what it introduces, and nothing of others`() async {
    let others = Self.breaks.replacing("id: i\n", with: "id: j\n")
    let result = await Resolving([Self.fine + Self.breaks + others + waiver("initiative: i") + decision()])
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.lines.contains("waived initiative:i mfa|system:a"))
    #expect(result.lines.contains("open initiative:j mfa|system:a"))
    #expect(result.paper == [])
  }

  @Test func `It may name what the initiative adds`() async {
    let text = Self.fine + Self.adds + waiver("initiative: i\ntargets: ['system:new']") + decision()
    let result = await Resolving([text])
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.lines == ["waived initiative:i mfa|system:new"])
    // Without `initiative` there is no such thing.
    let estate = await Resolving([text.replacing("initiative: i\n", with: "")])
    #expect(
      estate.lines == [
        "open dangling-reference|waiver:w|targets|system:new", "open waiver-unused|waiver:w",
        "open initiative:i mfa|system:new",
      ])
  }

  @Test func `A waiver of the estate does not cover what an initiative introduces`() async {
    let result = await Resolving([Self.fine + Self.breaks + waiver() + decision()])
    #expect(result.lines == ["open waiver-unused|waiver:w", "open initiative:i mfa|system:a"])
    #expect(
      result.finding("waiver-unused|waiver:w")?.message.hasSuffix(
        "which only a waiver with `initiative` covers") == true)
  }

  @Test func `An initiative's own waiver does not cover the estate before it is live`() async {
    let text = failing + Self.breaks + waiver("initiative: i") + decision()
    #expect(await Resolving([text]).lines == ["open mfa|system:a", "open waiver-unused|waiver:w"])
    let live = await Resolving([text.replacing("stage: design", with: "stage: live")])
    #expect(live.lines == ["waived mfa|system:a"])
  }

  @Test func `It has to hold on the day on which the initiative goes live`() async {
    let early = await Resolving([
      Self.fine + Self.breaks + waiver("initiative: i\nuntil: 2026-07-01") + decision()
    ])
    #expect(early.lines == ["open initiative:i mfa|system:a"])
    let remarks = early.result.portfolio?.checks.first?.findings.first?.remarks
    #expect(remarks == ["waiver:w does not hold: it ends on 2026-07-01, before 2026-07-01"])
    let later = await Resolving([
      Self.fine + Self.breaks + waiver("initiative: i\nfrom: 2026-07-01") + decision()
    ])
    #expect(later.lines == ["waived initiative:i mfa|system:a"])
  }

  @Test func `Its conditions are looked at in the initiative's view`() async {
    let text =
      Self.fine + Self.adds.replacing("mfa: false", with: "mfa: false, cost: 5")
      + waiver("initiative: i\ntargets: ['system:new']\nconditions: ['self.targets.of(system).all(s, s.cost < 10)']")
      + decision()
    #expect(await Resolving([text]).lines == ["waived initiative:i mfa|system:new"])
    let dear = await Resolving([text.replacing("s.cost < 10", with: "s.cost < 5")])
    #expect(dear.lines == ["open waiver-condition-not-met|waiver:w", "open initiative:i mfa|system:new"])
  }

  @Test func `An initiative brings no waiver and changes none`() async {
    let adds = Self.initiative(
      "i",
      "adds: [{kind: waiver, id: v, name: V, rule: mfa, targets: ['system:a'], reason: So., from: 2026-01-01, until: 2027-01-01}]"
    )
    let added = await Resolving([failing + adds])
    #expect(added.diagnostics.map(\.summary) == ["an initiative cannot add a waiver"])
    #expect(added.standings == ["open mfa|system:a"])
    let changes = Self.initiative("i", "changes: [{ref: 'waiver:w', set: {until: 2030-01-01}}]")
    let changed = await Resolving([failing + changes + waiver() + decision()])
    #expect(changed.diagnostics.map(\.summary) == ["an initiative cannot change a waiver"])
  }

  @Test func `What is worse than it was is not covered by what was granted before`() async {
    let dear = "{kind: system, id: a, name: A, classification: official, mfa: true, cost: 20}\n"
    let worse = Self.initiative("i", "changes: [{ref: 'system:a', set: {cost: 30}}]")
    let granted = waiver("rule: cheap") + decision()
    let result = await Resolving([dear + worse + granted])
    #expect(result.lines == ["waived cheap|system:a", "open initiative:i cheap|system:a"])
  }

  @Test func `Looking at some targets or at all makes no difference`() async {
    let text =
      Self.fine + Self.breaks + Self.adds.replacing("id: i\n", with: "id: j\n") + waiver("initiative: i") + decision()
    let (some, all) = (await Resolving([text]), await Resolving([text], isIncremental: false))
    #expect(some.lines == all.lines)
    #expect(some.lines.contains("waived initiative:i mfa|system:a"))
  }
}
