import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What a baseline takes out of what counts, and how it shrinks.
@Suite struct BaselineTests {
  private static func baseline(_ entries: String...) -> String {
    "format: 1\ntaken: 2026-01-01\nfindings:" + (entries.isEmpty ? " []" : "")
      + entries.map { "\n  - {\($0)}" }.joined() + "\n"
  }

  private static let mfa = "finding: mfa|system:a, severity: blocker"
  private static let dear = "{kind: system, id: a, name: A, classification: official, mfa: true, cost: 20}\n"

  @Test func `A finding of the baseline does not count`() async {
    let result = await Resolving([failing], baseline: Self.baseline(Self.mfa))
    #expect(result.diagnostics.map(\.line) == [])
    #expect(result.lines == ["baselined mfa|system:a"])
  }

  @Test func `One that is worse than it was does`() async {
    func remarks(_ documents: String, _ entry: String) async -> [String] {
      let result = await Resolving([documents], baseline: Self.baseline(entry))
      #expect(result.lines.count == 1 && result.lines[0].hasPrefix("open "))
      return result.result.findings.flatMap(\.remarks)
    }
    #expect(
      await remarks(Self.dear, "finding: cheap|system:a, severity: major, measure: 19.5") == [
        "worse than in the baseline: measure 20, was 19.5"
      ])
    #expect(
      await remarks(failing, "finding: mfa|system:a, severity: major") == [
        "worse than in the baseline: it was major"
      ])
    #expect(
      await remarks(failing, "finding: mfa|system:a, outcome: undecided, severity: blocker") == [
        "worse than in the baseline: it was undecided"
      ])
    #expect(
      await Resolving([Self.dear], baseline: Self.baseline("finding: cheap|system:a, severity: blocker, measure: 30"))
        .lines == ["baselined cheap|system:a"])
  }

  @Test func `What is gone is a finding with the command that takes it out`() async {
    let fine = "{kind: system, id: a, name: A, classification: official, mfa: true}\n"
    let result = await Resolving([fine], baseline: Self.baseline(Self.mfa))
    #expect(result.lines == ["open baseline-stale|mfa|system:a"])
    let stale = result.result.findings.first
    #expect(stale?.severity == .minor && stale?.remedy.contains("triglyph baseline") == true)
    #expect(stale?.place?.range.described.hasPrefix("baseline.yaml:4:") == true)
    // Where the input could not be understood, nothing is known to be gone.
    let broken = await Resolving([fine + "---\n{kind: system, id: b, nme: B}\n"], baseline: Self.baseline(Self.mfa))
    #expect(broken.paper == [])
  }

  @Test func `A waiver comes before the baseline, and neither makes the other stale`() async {
    let result = await Resolving([failing + waiver() + decision()], baseline: Self.baseline(Self.mfa))
    #expect(result.standings == ["waived mfa|system:a"])
    #expect(result.paper == [])
  }

  @Test func `What was renamed is found under its name of today`() async throws {
    let renamed = """
      {kind: system, id: a, name: A, aliases: [z], classification: official, mfa: true, holds: [d]}
      ---
      {kind: dataset, id: d, name: D, aliases: [old], classification: secret}
      """
    let text = Self.baseline("finding: fits|dataset:old|system:z, severity: major")
    let result = await Resolving([renamed], baseline: text)
    #expect(result.lines == ["baselined fits|dataset:d|system:a"])
    let update = BaselineUpdate.shrinking(try #require(result.baseline), to: result.result.findings)
    #expect(update.renamed.map(\.identity) == ["fits|dataset:old|system:z"])
    #expect(update.baseline.text.hasSuffix("  - {finding: 'fits|dataset:d|system:a', severity: major}\n"))
  }

  @Test func `What an initiative introduces is not of the baseline`() async {
    let fine = "{kind: system, id: a, name: A, classification: official, mfa: true}\n"
    let breaks = """
      ---
      {kind: initiative, id: i, name: I, stage: design, goLive: 2026-07-01, changes: [{ref: 'system:a', set: {mfa: false}}]}
      """
    let result = await Resolving([fine + breaks], baseline: Self.baseline(Self.mfa))
    #expect(result.lines == ["open baseline-stale|mfa|system:a", "open initiative:i mfa|system:a"])
  }

  @Test func `Taken, written and read it is the same, sorted, one line each`() async throws {
    let texts = [failing + "---\n" + Self.dear.replacing("id: a", with: "id: b"), "{kind: asset, id: x, name: X}"]
    let first = await Resolving(texts)
    let day = try #require(CivilDate("2026-06-01"))
    let taken = BaselineUpdate.taking(first.result.findings, on: day, revision: "a: 'b' #c")
    #expect(
      taken.baseline.text == """
        # What was found when checking began, and is put right one by one. `triglyph baseline` takes out what is gone.
        format: 1
        taken: 2026-06-01
        revision: 'a: ''b'' #c'
        findings:
          - {finding: 'cheap|system:b', severity: major, measure: 20}
          - {finding: 'mfa|system:a', severity: blocker}
          - {finding: 'owned|asset:x', outcome: undecided, severity: minor}
          - {finding: 'safe|asset:x', outcome: undecided, severity: major}

        """)
    let second = await Resolving(texts, baseline: taken.baseline.text)
    #expect(second.diagnostics.map(\.line) == [])
    #expect(second.lines.count == 4 && second.lines.allSatisfy { $0.hasPrefix("baselined") })
    #expect(second.baseline?.revision == "a: 'b' #c")
    let again = BaselineUpdate.shrinking(try #require(second.baseline), to: second.result.findings)
    #expect(again.changesNothing)
    #expect(again.baseline.text == taken.baseline.text)
  }

  @Test func `It shrinks, and never grows by itself`() async throws {
    let result = await Resolving(
      [Self.dear + "---\n" + failing.replacing("id: a", with: "id: b")],
      baseline: Self.baseline(Self.mfa, "finding: cheap|system:a, severity: blocker, measure: 30"))
    let update = BaselineUpdate.shrinking(try #require(result.baseline), to: result.result.findings)
    #expect(update.removed.map(\.identity) == ["mfa|system:a"])
    #expect(update.lowered.map(\.measure) == [30])
    #expect(update.baseline.entries.map(\.identity) == ["cheap|system:a"])
    #expect(update.baseline.entries.map(\.measure) == [20])
    #expect(update.baseline.entries.map(\.severity) == [.major])
    #expect(update.added.isEmpty)
  }

  @Test func `It grows by a decision, which has to approve and to name what it lets in`() async throws {
    func approving(_ names: String) -> String {
      decision(targets: "['system:a']", "date: 2026-01-01\nbaseline: \(names)")
    }
    let result = await Resolving([failing + approving("[mfa]")], baseline: Self.baseline())
    let day = try #require(CivilDate("2026-06-01"))
    let update = BaselineUpdate.shrinking(try #require(result.baseline), to: result.result.findings)
      .growing(by: result.result.findings, decision: "decision:yes", on: day)
    #expect(update.added.map(\.identity) == ["mfa|system:a"])
    #expect(
      update.baseline.text.hasSuffix(
        "  - {finding: 'mfa|system:a', severity: blocker, decision: 'decision:yes', added: 2026-06-01}\n"))
    for names in ["[mfa]", "['mfa|system:a']", "[other, mfa]"] {
      let grown = await Resolving([failing + approving(names)], baseline: update.baseline.text)
      #expect(grown.lines == ["baselined mfa|system:a"])
    }
    for names in ["[other]", "['mfa|system:b']", "unknown", "[]", "['system:a']"] {
      let grown = await Resolving([failing + approving(names)], baseline: update.baseline.text)
      #expect(grown.lines == ["open mfa|system:a", "open baseline-not-approved|mfa|system:a"], "\(names)")
      #expect(
        grown.finding("mfa|system:a")?.remarks == [
          "it is in the baseline, but decision:yes does not name it, or its rule, under `baseline`"
        ])
    }
    let rejected = await Resolving(
      [failing + decision("yes", targets: "['system:a']", "date: 2026-01-01\noutcome: rejected")],
      baseline: update.baseline.text)
    #expect(rejected.lines == ["open mfa|system:a", "open baseline-not-approved|mfa|system:a"])
    #expect(
      rejected.finding("mfa|system:a")?.remarks == ["it is in the baseline, but decision:yes does not approve"])
    let none = await Resolving([failing], baseline: update.baseline.text)
    #expect(none.paper == ["baseline-not-approved|mfa|system:a"])
  }

  @Test func `What is about waivers, errors and what is waived are not taken`() async {
    let text =
      failing + waiver() + decision() + waiver("targets: ['system:b']", id: "v")
      + "---\n{kind: system, id: b, name: B, mfa: true}\n"
    let result = await Resolving([text])
    #expect(result.lines == ["waived mfa|system:a", "open waiver-not-approved|waiver:v"])
    #expect(!result.result.findings.contains(where: BaselineUpdate.takes))
  }

  static let mistakes: [(text: String, id: String, place: String)] = [
    ("", "baseline-mistake", ""),
    ("[1]", "wrong-shape", "[1]"),
    ("format: 2\ntaken: 2026-01-01\nfindings: []", "baseline-mistake", "2"),
    ("taken: 2026-01-01\nfindings: []", "missing-key", "taken: 2026-01-01\nfindings: []"),
    ("format: 1\ntaken: 2026-02-30\nfindings: []", "baseline-mistake", "2026-02-30"),
    ("format: 1\ntaken: 2026-01-01\nfindings: 3", "wrong-shape", "3"),
    ("format: 1\ntaken: 2026-01-01\nfinding: []\nfindings: []", "unknown-key", "finding"),
    (baseline("finding: a|b, severity: huge"), "baseline-mistake", "huge"),
    (baseline("finding: a|b"), "missing-key", "{finding: a|b}"),
    (baseline("severity: major"), "missing-key", "{severity: major}"),
    (baseline("finding: a|b, severity: major, measure: much"), "baseline-mistake", "much"),
    (baseline("finding: a|b, severity: major, measure: nan"), "baseline-mistake", "nan"),
    (baseline("finding: a|b, severity: major, outcome: error"), "baseline-mistake", "error"),
    (baseline("finding: a|b, severity: major, until: 2026-01-01"), "unknown-key", "until"),
    (
      baseline("finding: a|b, severity: major", "finding: a|b, severity: minor"), "duplicate",
      "{finding: a|b, severity: minor}"
    ),
    (
      baseline("finding: waiver-unused|w, severity: minor"), "baseline-mistake", "waiver-unused|w"
    ),
    ("<<<<<<< HEAD\nformat: 1\n", "", ""),
    ("format: 1\ntaken: 2026-01-01\nfindings: []\n---\nformat: 1\n", "baseline-mistake", "format: 1"),
  ]

  @Test(arguments: mistakes)
  func `A mistake in it is told at its place`(_ row: (text: String, id: String, place: String)) async {
    let result = await Resolving([failing], baseline: row.text)
    #expect(!result.diagnostics.isEmpty)
    if row.id.isEmpty { return }
    let told = result.diagnostics.map { ($0.id, $0.range?.text.trimmingSuffix(while: \.isNewline) ?? "") }
    #expect(told.contains { $0 == (row.id, row.place[...]) }, "\(told)")
  }

  @Test func `The parts of an identity are those between bars`() {
    #expect(BaselineReader.parts("r|a|b") == ["r", "a", "b"])
    #expect(BaselineReader.parts(#"r|a\|b|c\\|d"#) == ["r", #"a\|b"#, #"c\\"#, "d"])
    #expect(BaselineReader.parts("") == [""])
  }
}

extension String {
  fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> Substring {
    var result = self[...]
    while let last = result.last, drop(last) { result.removeLast() }
    return result
  }
}
