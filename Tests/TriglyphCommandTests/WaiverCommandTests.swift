import Foundation
import Testing

/// new waiver and baseline, as somebody uses them.
@Suite struct WaiverCommandTests {
  private static let systems =
    "{kind: system, id: hub, name: Hub, mfa: false}\n---\n{kind: system, id: gap, name: Gap, mfa: true}\n"

  static func repository(_ more: [String: String] = [:]) throws -> TemporaryRepository {
    try TemporaryRepository(
      TemporaryRepository.base.merging(["catalogue/systems.yaml": systems]) { $1 }.merging(more) { $1 })
  }

  static func run(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(list: arguments + ["--repository", repository.path, "--as-of", "2026-06-01"])
  }

  /// Of the finding of `sec-mfa` at the hub.
  static func shortName(_ repository: TemporaryRepository) async throws -> String {
    let run = try await run(repository, "check")
    let match = try #require(run.output.firstMatch(of: /\[sec-mfa\] (f-[0-9a-f]{10})/))
    return String(match.1)
  }

  static let decision = """
    {kind: decision, id: board-1, name: Board, date: 2026-05-01, outcome: approved, targets: ["waiver:sec-mfa-hub"]}

    """

  @Test func `a failing check, a waiver, a decision, a passing check`() async throws {
    let repository = try Self.repository()
    let name = try await Self.shortName(repository)
    let made = try await Self.run(repository, "new", "waiver", "--for", name, "--reason", "It's being built: soon")
    #expect(made.status == 0)
    #expect(made.errors == "")
    #expect(
      made.output.hasPrefix(
        """
        wrote catalogue/governance/waiver-sec-mfa-hub.yaml
        waiver:sec-mfa-hub covers \(name) from 2026-06-01 until 2027-06-01

        """))
    #expect(
      made.output.hasSuffix("\ntriglyph new decision --for waiver:sec-mfa-hub --outcome approved\n"), "\(made.output)")
    let path = "catalogue/governance/waiver-sec-mfa-hub.yaml"
    #expect(
      repository.contents(of: path) == """
        kind: waiver
        id: sec-mfa-hub
        name: 'More than one factor: Hub'
        rule: sec-mfa
        targets: ['system:hub']
        reason: 'It''s being built: soon'
        from: 2026-06-01
        until: 2027-06-01

        """)
    let unapproved = try await Self.run(repository, "check")
    #expect(unapproved.status == 1)
    #expect(unapproved.output.contains("major[waiver-not-approved]"))
    try repository.write(Self.decision, to: "catalogue/decisions.yaml")
    let waiver = try #require(repository.contents(of: path))
    try repository.write(waiver + "decision: board-1\n", to: path)
    let passing = try await Self.run(repository, "check")
    #expect(passing.status == 0, "\(passing.output)")
    #expect(passing.output.contains(", 1 waived, 0 undecided\nnothing counts\n"))
    let again = try await Self.run(repository, "new", "waiver", "--for", name, "--reason", "Again")
    #expect(again.status == 2)
    #expect(again.errors.contains("waived already until 2027-06-01 by waiver:sec-mfa-hub"))
    let renewed = try await Self.run(
      repository, "new", "waiver", "--for", name, "--reason", "Again", "--renews", "sec-mfa-hub", "--decision",
      "board-1", "--dry-run")
    #expect(renewed.status == 0)
    #expect(renewed.output.contains("id: sec-mfa-hub-2\n") && renewed.output.contains("from: 2027-06-01\n"))
    #expect(renewed.output.contains("decision: board-1\nrenews: sec-mfa-hub\n"))
    #expect(repository.contents(of: "catalogue/governance/waiver-sec-mfa-hub-2.yaml") == nil)
  }

  @Test func `what cannot be waived is refused in a sentence, and nothing is written`() async throws {
    let repository = try Self.repository()
    let name = try await Self.shortName(repository)
    let typo = String(name.dropLast()) + (name.hasSuffix("0") ? "1" : "0")
    for (arguments, says) in [
      (["--for", typo, "--reason", "So"], "there is no finding \(typo) now; did you mean `\(name)`?"),
      (["--for", name, "--reason", " "], "a waiver without a reason cannot be reviewed"),
      (["--for", name], "--reason"),
      (["--for", name, "--reason", "So", "--id", "No Id"], "an id is made of"),
      (["--for", name, "--reason", "So", "--until", "2026-06-01"], "it would never hold"),
      (["--for", name, "--reason", "So", "--until", "2026-02-30"], "2026-02-30"),
      (["--for", name, "--reason", "So", "--decision", "none"], "there is no decision none"),
      (["--for", name, "--reason", "So", "--remedy", "none"], "there is no initiative none"),
      (["--for", name, "--reason", "So", "--renews", "none"], "there is no waiver none"),
      (["--for", name, "--reason", "So", "--initiative", "none"], "initiative:none does not bring \(name)"),
    ] {
      let run = try await BuiltCommand.run(
        list: ["new", "waiver"] + arguments + ["--repository", repository.path, "--as-of", "2026-06-01"])
      #expect(run.status == 2, "\(arguments)")
      #expect(run.errors.contains(says), "\(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/catalogue/governance"))
    let rule = try #require(TemporaryRepository.base["rules/mfa.yaml"])
    try repository.write(rule + "\nunwaivable: true\n", to: "rules/mfa.yaml")
    let unwaivable = try await Self.run(repository, "new", "waiver", "--for", name, "--reason", "So")
    #expect(unwaivable.status == 2)
    #expect(unwaivable.errors == "triglyph: sec-mfa cannot be waived: its document says so\n")
  }

  @Test func `of a finding that is not there it is said what became of it, or what to do`() async throws {
    let repository = try Self.repository()
    let name = try await Self.shortName(repository)
    func told(_ finding: String) async throws -> Set<String> {
      var result: Set<String> = []
      for arguments in [
        ["new", "waiver", "--for", finding, "--reason", "So"], ["explain", finding],
        ["baseline", "--grow", "--decision", "board-1", finding],
      ] {
        let run = try await BuiltCommand.run(
          list: arguments + ["--repository", repository.path, "--as-of", "2026-06-01"])
        #expect(run.status == 2)
        result.insert(run.errors)
      }
      return result
    }
    try repository.write(
      "{kind: decision, id: board-1, name: B, date: 2026-05-01, outcome: approved, baseline: [sec-mfa]}\n",
      to: "catalogue/d.yaml")
    #expect(try await Self.run(repository, "baseline", "--create").status == 0)
    #expect(
      try await told("f-0000000000") == [
        "triglyph: there is no finding f-0000000000 now; `triglyph check --verbose` lists those that there are\n"
      ])
    #expect(
      try await told("f-12") == [
        "triglyph: f-12 is no finding's name, which is f- and ten hexadecimal digits; `triglyph check --verbose` lists those that there are\n"
      ])
    let typo = String(name.dropLast()) + (name.hasSuffix("0") ? "1" : "0")
    #expect(try await told(typo) == ["triglyph: there is no finding \(typo) now; did you mean `\(name)`?\n"])
    try await repository.commit()
    let commit = try await repository.git("rev-parse", "HEAD").prefix(10)
    try repository.replace("name: Hub, mfa: false", with: "name: Hub, mfa: true", in: "catalogue/systems.yaml")
    #expect(
      try await told(name) == [
        "triglyph: there is no finding \(name) now: the baseline holds it, and it is put right; `triglyph baseline` takes it out\n"
      ])
    #expect(try await Self.run(repository, "baseline").status == 0)
    #expect(
      try await told(name) == [
        "triglyph: there is no finding \(name) now: it was there at HEAD (\(commit)), and the working tree puts it right\n"
      ])
    try await repository.commit()
    #expect(
      try await told(name) == [
        "triglyph: there is no finding \(name) now; `triglyph check --verbose` lists those that there are\n"
      ])
  }

  @Test func `a waiver for what an initiative brings is the initiative's own`() async throws {
    let repository = try Self.repository([
      "catalogue/i.yaml":
        "{kind: initiative, id: i, name: I, stage: design, goLive: 2026-09-01, adds: [{kind: system, id: new, name: New, mfa: false}]}\n",
      "catalogue/systems.yaml": "{kind: system, id: hub, name: Hub, mfa: true}\n",
      "catalogue/d.yaml":
        "{kind: decision, id: board-1, name: Board, date: 2026-05-01, outcome: approved-with-conditions, targets: ['initiative:i', 'waiver:sec-mfa-new']}\n",
    ])
    let name = try await Self.shortName(repository)
    let made = try await Self.run(
      repository, "new", "waiver", "--for", name, "--reason", "So", "--decision", "board-1", "--remedy", "i")
    #expect(made.status == 0)
    let text = try #require(repository.contents(of: "catalogue/governance/waiver-sec-mfa-new.yaml"))
    #expect(text.contains("targets: ['system:new']\n") && text.contains("from: 2026-09-01\n"))
    #expect(text.contains("initiative: i\ndecision: board-1\nremedy: i\n"))
    for arguments in [["check"], ["check", "--initiative", "i"]] {
      let run = try await BuiltCommand.run(
        list: arguments + ["--repository", repository.path, "--as-of", "2026-06-01"])
      #expect(run.status == 0, "\(run.output)")
      #expect(run.output.contains("initiative i (design, approved) on 2026-09-01: 1 waived\n"))
    }
    // What is approved is in the roadmap, with its waiver and without it when that ends.
    let roadmap = try await Self.run(repository, "check", "--roadmap")
    #expect(roadmap.status == 0, "\(roadmap.output)")
  }

  @Test func `a baseline is taken, shrinks, and grows by a decision only`() async throws {
    let repository = try Self.repository()
    let none = try await Self.run(repository, "baseline")
    #expect(none.status == 2)
    #expect(none.errors.contains("--create takes one of the 1 findings"))
    let dry = try await Self.run(repository, "baseline", "--create", "--dry-run")
    #expect(dry.status == 0 && repository.contents(of: "baseline.yaml") == nil)
    let made = try await Self.run(repository, "baseline", "--create", "--revision", "abc123")
    #expect(made.status == 0)
    #expect(made.output == "added: major sec-mfa|system:hub\n")
    #expect(made.errors == "wrote baseline.yaml: 1 finding\n")
    #expect(try await Self.run(repository, "baseline", "--create").status == 2)
    let check = try await Self.run(repository, "check")
    #expect(check.status == 0)
    #expect(check.output.contains("baseline of 1 finding, taken on 2026-06-01 at abc123"))
    #expect(check.output.contains(", 1 baselined, 0 undecided\n"))
    let kept = try await Self.run(repository, "baseline")
    #expect(kept.status == 0 && kept.errors == "baseline.yaml holds 1 finding, and all are still there\n")

    try repository.write(Self.systems.replacing("true", with: "false"), to: "catalogue/systems.yaml")
    let more = try await Self.run(repository, "check")
    #expect(more.status == 1)
    // Without a decision nothing is added.
    #expect(try await Self.run(repository, "baseline").status == 0)
    #expect(try await Self.run(repository, "check").status == 1)
    #expect(try await Self.run(repository, "baseline", "--grow").status == 2)
    let unknown = try await Self.run(repository, "baseline", "--grow", "--decision", "board-2")
    #expect(unknown.status == 2 && unknown.errors.contains("there is no decision board-2"))
    try repository.write(
      "{kind: decision, id: board-1, name: B, date: 2026-07-01, outcome: approved, targets: ['system:gap']}\n",
      to: "catalogue/d.yaml")
    #expect(try await Self.run(repository, "baseline", "--grow", "--decision", "board-1").status == 2)
    try repository.write(
      "{kind: decision, id: board-1, name: B, date: 2026-05-01, outcome: approved, targets: ['system:gap']}\n",
      to: "catalogue/d.yaml")
    // One that approves something else lets nothing in.
    let other = try await Self.run(repository, "baseline", "--grow", "--decision", "board-1")
    #expect(other.status == 2)
    #expect(
      other.errors.hasSuffix(
        "; it has to name the rule: `baseline: [sec-mfa]`, or the finding: `baseline: ['sec-mfa|system:gap']`\n"),
      "\(other.errors)")
    try repository.replace("targets: ['system:gap']", with: "baseline: ['sec-mfa|system:gap']", in: "catalogue/d.yaml")
    #expect(try await Self.run(repository, "baseline", "--grow", "--decision", "board-1", "f-0000000000").status == 2)
    let grown = try await Self.run(repository, "baseline", "--grow", "--decision", "board-1")
    #expect(grown.status == 0)
    #expect(grown.output == "added: major sec-mfa|system:gap\n")
    #expect(try await Self.run(repository, "check").status == 0)
    #expect(
      repository.contents(of: "baseline.yaml")?.hasSuffix(
        """
        findings:
          - {finding: 'sec-mfa|system:gap', severity: major, decision: 'decision:board-1', added: 2026-06-01}
          - {finding: 'sec-mfa|system:hub', severity: major}

        """) == true)

    try repository.write("{kind: system, id: gap, name: Gap, mfa: false}\n", to: "catalogue/systems.yaml")
    let stale = try await Self.run(repository, "check")
    #expect(stale.status == 0)
    #expect(stale.output.contains("minor[baseline-stale]") && stale.output.contains("Run `triglyph baseline`"))
    let shrunk = try await Self.run(repository, "baseline")
    #expect(shrunk.output == "gone: major sec-mfa|system:hub\n")
    #expect(try await Self.run(repository, "check").output.contains("baseline-stale") == false)
  }

  @Test func `a decision lets in what it names, and its entries count where it does so no more`() async throws {
    let repository = try Self.repository()
    #expect(try await Self.run(repository, "baseline", "--create").status == 0)
    try repository.write(Self.systems.replacing("true", with: "false"), to: "catalogue/systems.yaml")
    try repository.write(
      "{kind: system, id: late, name: Late, mfa: false}\n---\n{kind: decision, id: board-1, name: B, date: 2026-05-01, outcome: approved, baseline: ['sec-mfa|system:gap']}\n",
      to: "catalogue/d.yaml")
    let grown = try await Self.run(repository, "baseline", "--grow", "--decision", "board-1")
    #expect(grown.status == 0 && grown.output == "added: major sec-mfa|system:gap\n")
    #expect(grown.errors.hasPrefix("1 finding is not added: decision:board-1 does not name it\n"))
    let rest = try await Self.run(repository, "check")
    #expect(rest.status == 1 && rest.output.contains("1 of these counts"))
    // The rule's name lets in all that it finds.
    try repository.replace("['sec-mfa|system:gap']", with: "[sec-mfa]", in: "catalogue/d.yaml")
    let all = try await Self.run(repository, "baseline", "--grow", "--decision", "board-1")
    #expect(all.status == 0 && all.output == "added: major sec-mfa|system:late\n")
    #expect(try await Self.run(repository, "check").status == 0)
    try repository.replace("[sec-mfa]", with: "[sec-other]", in: "catalogue/d.yaml")
    let check = try await Self.run(repository, "check")
    #expect(check.status == 1)
    #expect(check.output.contains("major[baseline-not-approved]"))
    #expect(check.output.contains("but decision:board-1 does not name it, or its rule, under `baseline`"))
  }

  @Test func `a decision and its waivers name one another, whatever the waivers look like`() async throws {
    let repository = try Self.repository()
    let name = try await Self.shortName(repository)
    #expect(try await Self.run(repository, "new", "waiver", "--for", name, "--reason", "So").status == 0)
    try repository.write(
      "# Flow, and a comment.\n{kind: waiver, id: two, name: Two, rule: sec-mfa, targets: ['system:gap'], reason: R., from: 2026-06-01, until: 2026-09-01}  # kept\n",
      to: "catalogue/two.yaml")
    let dry = try await Self.run(
      repository, "new", "decision", "--for", "waiver:sec-mfa-hub", "--outcome", "approved", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("+decision: on-sec-mfa-hub\n"), "\(dry.errors)")
    #expect(repository.contents(of: "catalogue/governance/decision-on-sec-mfa-hub.yaml") == nil)
    let made = try await Self.run(
      repository, "new", "decision", "--for", "waiver:sec-mfa-hub", "--for", "two", "--outcome", "approved", "--id",
      "board-7", "--name", "The board: seventh", "--date", "2026-05-30")
    #expect(made.errors == "")
    #expect(
      made.output == """
        wrote catalogue/governance/decision-board-7.yaml
        changed catalogue/governance/waiver-sec-mfa-hub.yaml
        changed catalogue/two.yaml
        waiver:sec-mfa-hub rests on decision:board-7: approved on 2026-05-30
        waiver:two rests on decision:board-7: approved on 2026-05-30

        """)
    #expect(
      repository.contents(of: "catalogue/governance/decision-board-7.yaml") == """
        kind: decision
        id: board-7
        name: 'The board: seventh'
        date: 2026-05-30
        outcome: approved
        targets: ['waiver:sec-mfa-hub', 'waiver:two']

        """)
    let two = try #require(repository.contents(of: "catalogue/two.yaml"))
    #expect(two.hasPrefix("# Flow, and a comment.\n{kind: waiver") && two.hasSuffix("}  # kept\n"))
    #expect(two.contains("decision: board-7"))
    let check = try await Self.run(repository, "check")
    #expect(check.status == 0 && check.output.contains(", 1 waived"), "\(check.output)")
    #expect(!check.output.contains("waiver-not-approved"))
    // Written once; and nothing where something is wrong.
    for (arguments, says) in [
      (["--for", "two", "--outcome", "approved"], "waiver:two rests on decision:board-7 already"),
      (["--for", "tow", "--outcome", "approved"], "there is no waiver tow; did you mean `two`?"),
      (["--for", "two", "--outcome", "aproved"], "aproved is no outcome; did you mean `approved`?"),
      (["--for", "two"], "--outcome"), (["--outcome", "approved"], "--for"),
      (["--for", "two", "--outcome", "approved", "--id", "No Id"], "an id is made of"),
    ] {
      let run = try await BuiltCommand.run(
        list: ["new", "decision"] + arguments + ["--repository", repository.path, "--as-of", "2026-06-01"])
      #expect(run.status == 2 && run.errors.contains(says), "\(arguments): \(run.errors)")
    }
  }

  @Test func `the decision that a waiver names already is the one that is written`() async throws {
    let waiver = { (decision: String) in
      "{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:hub'], reason: R., from: 2026-06-01, until: 2026-09-01, decision: \(decision)}\n"
    }
    let repository = try Self.repository(["catalogue/w.yaml": waiver("board-9")])
    let wrong = try await Self.run(
      repository, "new", "decision", "--for", "w", "--outcome", "approved", "--id", "board-8")
    #expect(wrong.status == 2 && wrong.errors == "triglyph: waiver:w names decision:board-9, not decision:board-8\n")
    let made = try await Self.run(repository, "new", "decision", "--for", "w", "--outcome", "rejected")
    #expect(
      made.status == 0 && made.output.hasPrefix("wrote catalogue/governance/decision-board-9.yaml\nwaiver:w rests"))
    #expect(repository.contents(of: "catalogue/w.yaml") == waiver("board-9"))
    // Turned down, it covers nothing.
    let check = try await Self.run(repository, "check")
    #expect(check.status == 1 && check.output.contains("on which it rests, does not approve"), "\(check.output)")
  }

  @Test func `where the input is not understood the baseline stays as it is`() async throws {
    let repository = try Self.repository()
    _ = try await Self.run(repository, "baseline", "--create")
    let before = repository.contents(of: "baseline.yaml")
    try repository.write("{kind: system, id: hub", to: "catalogue/systems.yaml")
    let run = try await Self.run(repository, "baseline")
    #expect(run.status == 2 && run.errors.contains("not evaluated completely"))
    #expect(repository.contents(of: "baseline.yaml") == before)
  }

  @Test func `a broken baseline is 2, and so is one under another name or behind a link`() async throws {
    let broken = try Self.repository(["baseline.yaml": "format: 1\nfindings: {}\n"])
    let run = try await Self.run(broken, "check")
    #expect(run.status == 2)
    #expect(run.output.contains("baseline.yaml:2:11") && run.output.contains("error[missing-key]"))
    let other = try Self.repository(["baseline.yml": "format: 1\n"])
    #expect(try await Self.run(other, "check").output.contains("the baseline stands in baseline.yaml"))
    let linked = try Self.repository(["elsewhere": "format: 1\ntaken: 2026-01-01\nfindings: []\n"])
    try FileManager.default.createSymbolicLink(
      atPath: "\(linked.path)/baseline.yaml", withDestinationPath: "elsewhere")
    let link = try await Self.run(linked, "check")
    #expect(link.status == 2)
    #expect(link.errors == "triglyph: baseline.yaml is no file; links are not followed\n")
  }
}
