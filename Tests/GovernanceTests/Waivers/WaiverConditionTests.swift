import CEL
import Catalogue
import Testing

@testable import Governance

/// What a waiver depends on: conditions, and an approval.
@Suite struct WaiverConditionTests {
  private static func resolved(_ facts: String, _ conditions: String) async -> Resolving {
    await Resolving([
      "{kind: system, id: a, name: A, classification: official, mfa: false\(facts)}\n"
        + waiver("conditions: \(conditions)") + decision()
    ])
  }

  @Test func `A condition that holds lets it hold`() async {
    let result = await Self.resolved(", rto: 4h", "[\"self.targets.of(system).all(s, s.rto <= duration('8h'))\"]")
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.lines == ["waived mfa|system:a"])
  }

  @Test func `One that is false is a finding, and the failure is back`() async {
    let result = await Self.resolved(", rto: 12h", "[\"self.targets.of(system).all(s, s.rto <= duration('8h'))\"]")
    #expect(result.standings == ["open mfa|system:a"])
    #expect(result.paper == ["waiver-condition-not-met|waiver:w"])
    #expect(
      result.finding("mfa|system:a")?.remarks == [
        "waiver:w does not hold: `self.targets.of(system).all(s, s.rto <= duration('8h'))` is false"
      ])
    #expect(result.finding("waiver-condition-not-met|waiver:w")?.severity == .major)
  }

  @Test func `One that nobody can decide waives nothing, and names the fact`() async {
    let result = await Self.resolved("", "[\"self.targets.of(system).all(s, s.rto <= duration('8h'))\"]")
    #expect(result.standings == ["open mfa|system:a"])
    #expect(result.paper == ["undecided waiver-condition-not-met|waiver:w"])
    #expect(result.finding("waiver-condition-not-met|waiver:w")?.missing.map(\.name) == ["system:a.rto"])
  }

  @Test func `One that cannot be worked out is an error`() async {
    for condition in ["1 / 0 > 1", "1 / 0 > 1 || true"] {
      let result = await Self.resolved("", "['\(condition)']")
      #expect(result.standings == ["open mfa|system:a"])
      #expect(result.paper == ["error waiver-condition-not-met|waiver:w"])
    }
  }

  @Test func `A mistake in a condition is told at its place, and nothing is waived`() async {
    let result = await Self.resolved("", "[\"self.targets.of(system).all(s, s.rtoo <= duration('8h'))\"]")
    #expect(result.diagnostics.map(\.id) == ["unknown-field"])
    #expect(result.diagnostics.first?.range?.text == "rtoo")
    #expect(result.standings == ["open mfa|system:a"])
    #expect(await Self.resolved("", "['self.name']").diagnostics.map(\.id) == ["wrong-type"])
    #expect(await Self.resolved("", "[{a: b}]").diagnostics.map(\.id) == ["wrong-shape"])
    #expect(await Self.resolved("", "[]").diagnostics.map(\.id) == ["waiver-mistake"])
  }

  /// What is said of the decision, and why the waiver does not hold.
  static let decisions: [(decision: String, waiver: String, why: String?)] = [
    (decision(), "", nil),
    (decision(targets: "['system:a']"), "", "decision:yes, on which it rests, does not name it"),
    (decision(targets: "[]"), "", "decision:yes, on which it rests, does not name it"),
    (
      decision(targets: "['decision:yes']"), "",
      "decision:yes, on which it rests, does not name it"
    ),
    (decision("yes", "date: 2026-06-02"), "", "decision:yes, on which it rests, has no outcome or no day yet"),
    (decision("yes", "date: 2026-01-01\noutcome: deferred"), "", "decision:yes, on which it rests, does not approve"),
    (decision("yes", "date: 2026-01-01\noutcome: approved-with-conditions"), "", nil),
    (
      decision() + decision("no", "date: 2026-02-01\noutcome: rejected"), "", "decision:no takes it back"
    ),
    (decision() + decision("no", "date: 2025-02-01\noutcome: rejected"), "", nil),
    (
      decision("other"), "decision: unknown",
      "decision:other approves it, but it does not name that under `decision`"
    ),
    (decision("other", "date: 2026-01-01\noutcome: rejected"), "decision: unknown", "no decision approves it"),
    (decision("other", targets: "[]"), "decision: unknown", "no decision approves it"),
  ]

  @Test(arguments: decisions)
  func `A waiver holds only with an approval`(_ row: (decision: String, waiver: String, why: String?)) async {
    let result = await Resolving([failing + waiver(row.waiver) + row.decision])
    #expect(result.diagnostics.map(\.line) == [])
    if let why = row.why {
      #expect(result.standings == ["open mfa|system:a"])
      #expect(result.finding("mfa|system:a")?.remarks == ["waiver:w does not hold: \(why)"])
      #expect(result.paper == ["waiver-not-approved|waiver:w"])
    } else {
      #expect(result.lines == ["waived mfa|system:a"])
    }
  }
}
