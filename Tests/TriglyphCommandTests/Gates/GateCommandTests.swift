import Foundation
import Testing

/// check --gate: what is missing for an initiative to enter a stage.
@Suite struct GateCommandTests {
  static func check(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["check", "--repository", repository.path, "--as-of", "2026-07-01", "--initiative", "renewal"] + arguments)
  }

  @Test func `a gate lists what is missing, who acts, what to do and where, in the order of what to do next`()
    async throws
  {
    let repository = try GateRepository.make()
    let run = try await Self.check(repository, "--gate", "build")
    #expect(run.status == 1)
    #expect(run.errors == "")
    #expect(
      run.output == """
        gate build of Renewal (initiative:renewal), which is at design, as of 2026-07-01; fails on major and above
        Sound design: Is the design sound?
        lane: light is claimed, but its facts ask for thorough: one factor

        record what nobody recorded:
          1. undecided[factor]: not decided for Door: a fact is not recorded
             who: The team
             do: Record system:door.mfa (catalogue/renewal.yaml:15).
             where: catalogue/renewal.yaml:15:24
             note: not asked yet at design

        mend:
          2. major[factor]: Desk asks for one factor only
             who: The team
             do: Ask for a second one.
             where: catalogue/renewal.yaml:14:47
             note: not asked yet at design

        be reviewed in the lane that the facts ask for:
          3. major[lane]: Renewal claims light, but one factor
             who: The team
             do: Record the lane that the facts ask for.
             where: catalogue/renewal.yaml:6:7

        bring evidence:
          4. major[evidence]: Renewal has no design-review
             who: The team
             do: Have it written.
             where: catalogue/renewal.yaml:2:5

        have it vouched for:
          5. major[word]: the word of The team on Risk held until 2026-06-15
             who: The team
             do: Have it given again.
             where: catalogue/renewal.yaml:12:45

        meet a condition:
          6. blocker[due]: The team had to meet “Budget agreed” by 2026-06-01
             who: The team
             do: Meet it.
             where: catalogue/all.yaml:27:57

        have it decided:
          7. blocker[entered]: nobody let Renewal into build by 2026-07-01
             who: who decides in the lane thorough
             do: Have it decided.
             where: catalogue/renewal.yaml:10:49

        open, and no hindrance here: the condition “Old one ended” (The team, by 2027-06-01, before closed)
        done already: 0 of the 6 rules that bind there hold; of the board's papers: 0 of 1 attestations, 1 of 2 conditions, 1 of 2 demands, 1 of 1 passages
        7 things stand between Renewal and build

        """)
    // Nothing is written.
    #expect(repository.contents(of: "catalogue/renewal.yaml") == GateRepository.files["catalogue/renewal.yaml"])
  }

  /// Everything that the gate to build asks for.
  static let done = GateRepository.changing(
    "catalogue/renewal.yaml", ("mfa: false", "mfa: true"), ("name: Door", "name: Door, mfa: true"),
    ("2026-06-15", "2026-07-02")
  ).merging(
    GateRepository.changing(
      "catalogue/all.yaml", ("due: 2026-06-01, met: false", "due: 2026-06-01, met: true"))
  ) { $1 }.merging([
    "catalogue/papers.yaml": """
    {kind: evidence, id: review, name: Review, type: design-review, date: 2026-06-01, targets: ["initiative:renewal"]}
    ---
    {kind: decision, id: second, name: Go, by: board, date: 2026-07-01, outcome: approved, gate: build, targets: ["initiative:renewal"]}

    """
  ]) { $1 }

  @Test func `a gate at which nothing is missing can be passed`() async throws {
    let run = try await Self.check(try GateRepository.make(Self.done), "--gate", "build")
    #expect(run.status == 0)
    #expect(
      run.output == """
        gate build of Renewal (initiative:renewal), which is at design, as of 2026-07-01; fails on major and above
        Sound design: Is the design sound?
        lane: light, as its facts ask (nothing asks for more)

        open, and no hindrance here: the condition “Old one ended” (The team, by 2027-06-01, before closed)
        done already: 6 of the 6 rules that bind there hold; of the board's papers: 1 of 1 attestations, 2 of 2 conditions, 2 of 2 demands, 1 of 1 passages
        nothing is missing: Renewal can pass the gate build

        """)
  }

  @Test(arguments: [
    ("design-review, date: 2026-06-01", "other, date: 2026-06-01", "major[evidence]"),
    ("gate: build", "gate: design", "blocker[entered]"), ("date: 2026-07-01", "date: 2026-07-02", "blocker[entered]"),
  ])
  func `one thing that is missing is told`(_ old: String, _ new: String, _ told: String) async throws {
    var files = Self.done
    files["catalogue/papers.yaml"] = files["catalogue/papers.yaml"]?.replacing(old, with: new)
    let run = try await Self.check(try GateRepository.make(files), "--gate", "build")
    #expect(run.status == 1)
    #expect(run.output.contains(told))
    #expect(run.output.hasSuffix("1 thing stands between Renewal and build\n"))
  }

  @Test func `a waived finding stands in no way, and is counted`() async throws {
    var files = Self.done
    files["catalogue/renewal.yaml"] = files["catalogue/renewal.yaml"]?.replacing(
      "Desk, mfa: true", with: "Desk, mfa: false"
    )
    .replacing("lane: light", with: "lane: thorough")
    files["catalogue/waiver.yaml"] = """
      {kind: waiver, id: one, name: One, reason: Old, from: 2026-07-01, until: 2027-02-01, rule: factor, targets: ["system:desk"], initiative: renewal, decision: third}
      ---
      {kind: decision, id: third, name: Third, by: board, date: 2026-07-01, outcome: approved, targets: ["waiver:one"]}

      """
    let run = try await Self.check(try GateRepository.make(files), "--gate", "build")
    #expect(run.status == 0)
    #expect(run.output.contains("\n1 finding is waived or in the baseline\n"))
    #expect(run.output.contains("lane: thorough, as its facts ask: one factor\n"))
  }

  @Test func `a rule that is not adopted asks for nothing, and that is told`() async throws {
    var files = Self.done
    files["triglyph.yaml"] = "format: 1\nrules: {except: [{rule: entered, reason: The board is new.}]}\n"
    files["catalogue/papers.yaml"] = files["catalogue/papers.yaml"]?.replacing("gate: build", with: "gate: design")
    let run = try await Self.check(try GateRepository.make(files), "--gate", "build")
    #expect(run.status == 0)
    #expect(run.output.contains("\n1 rule is not adopted and asks for nothing\n"))
  }

  @Test func `two gates at once ask for a decision on each`() async throws {
    let run = try await Self.check(try GateRepository.make(Self.done), "--gate", "transition")
    #expect(run.status == 1)
    #expect(run.output.contains("nobody let Renewal into transition by 2026-07-01"))
    #expect(!run.output.contains("into build"))
    #expect(run.output.contains("who: who decides in the lane light\n"))
    let live = try await Self.check(try GateRepository.make(Self.done), "--gate", "live")
    #expect(live.status == 1)
    // What comes first is told first.
    #expect(live.output.contains("  1. blocker[entered]: nobody let Renewal into transition by 2026-07-01\n"))
    #expect(live.output.contains("  2. blocker[entered]: nobody let Renewal into live by 2026-07-01\n"))
    #expect(live.output.hasSuffix("2 things stand between Renewal and live\n"))
    // Where they stand in the documents that are there, merged as the catalogue may be to look.
    #expect(live.output.contains("where: catalogue/renewal.yaml:10:49"))
  }

  @Test func `before it is live it is merged to look, and after that it can be closed`() async throws {
    var files = Self.done
    files["catalogue/papers.yaml"] = files["catalogue/papers.yaml"]?.replacing("gate: build", with: "gate: closed")
    let repository = try GateRepository.make(files)
    #expect(try await Self.check(repository, "--gate", "live").status == 0)
    // The condition guards the last gate.
    let closed = try await Self.check(repository, "--gate", "closed")
    #expect(closed.status == 1)
    #expect(closed.output.contains("blocker[due]: The team had to meet “Old one ended” by 2027-06-01"))
    #expect(closed.output.hasSuffix("1 thing stands between Renewal and closed\n"))
    #expect(!closed.output.contains("no hindrance"))

    let merge = try await BuiltCommand.run(
      "merge", "--repository", repository.path, "--as-of", "2026-07-01", "renewal")
    #expect(merge.status == 0)
    #expect(
      repository.contents(of: "catalogue/renewal.yaml")?.contains(
        "  - {id: design, stage: design, date: 2026-03-02}\n  - {id: live, stage: live, date: 2026-07-01}\n") == true)
    let after = try await Self.check(repository, "--gate", "closed")
    #expect(after.status == 1)
    #expect(after.output.hasPrefix("gate closed of Renewal (initiative:renewal), which is at live, as of"))
    #expect(after.output.hasSuffix("1 thing stands between Renewal and closed\n"))
    let behind = try await Self.check(repository, "--gate", "build")
    #expect(behind.status == 2)
    #expect(behind.errors == "triglyph: initiative renewal is live or closed: the gate build lies behind it\n")
  }

  @Test func `who decides in a lane is told where the catalogue knows`() async throws {
    let files = GateRepository.changing(
      "catalogue/all.yaml", ("name: The board", "name: The board, decides: [thorough]"))
    let repository = try GateRepository.make(files)
    let run = try await Self.check(
      repository, "--gate", "build", "-f", "text", "-f", "json=\(repository.path)/out.json")
    #expect(
      run.output.contains("nobody let Renewal into build by 2026-07-01\n     who: The board, in the lane thorough\n"))
    let json = repository.contents(of: "out.json") ?? ""
    #expect(json.contains("\"step\": \"decision\",\n      \"who\": [\n        \"organisation:board\"\n"))
  }

  @Test func `an initiative that could not be merged cannot go live`() async throws {
    var files = Self.done
    files["catalogue/renewal.yaml", default: ""] += "changes: [{ref: \"system:annex\", set: {mfa: true}}]\n"
    files["catalogue/papers.yaml"] = files["catalogue/papers.yaml"]?.replacing("gate: build", with: "gate: live")
    files["catalogue/other.yaml"] = """
      {kind: initiative, id: other, name: Other, stage: build, goLive: 2026-12-01, adds: [{kind: system, id: annex, name: Annex, mfa: true, owner: team}]}
      ---
      {kind: decision, id: yes-other, name: "Yes", date: 2026-01-01, outcome: approved, targets: ["initiative:other"]}

      """
    let repository = try GateRepository.make(files)
    #expect(try await Self.check(repository, "--gate", "transition").status == 0)
    let run = try await Self.check(repository, "--gate", "live")
    #expect(run.status == 1)
    #expect(
      run.output.contains(
        """
          1. blocker[dangling-reference]: `system:annex` is not there: initiative:other would add it
             who: The team
             do: views have it once that initiative is approved, and the catalogue once it is merged
             where: catalogue/renewal.yaml:16:17

        """))
    #expect(run.output.hasSuffix("1 thing stands between Renewal and live\n"))
  }

  @Test func `what is passed already is judged as it would be now`() async throws {
    let run = try await Self.check(try GateRepository.make(), "--gate", "design")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("gate design of Renewal (initiative:renewal), which is at design already, as of"))
    #expect(!run.output.contains("[entered]") && !run.output.contains("[factor]"))
  }

  @Test func `json tells the same`() async throws {
    let repository = try GateRepository.make()
    let run = try await Self.check(
      repository, "--gate", "build", "-f", "json=\(repository.path)/out.json", "-f", "markdown")
    #expect(run.status == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data((repository.contents(of: "out.json") ?? "").utf8)) as? [String: Any])
    let missing = try #require(json["missing"] as? [[String: Any]])
    #expect(
      missing.compactMap { $0["step"] as? String } == [
        "record", "mend", "lane", "evidence", "attestation", "condition", "decision",
      ])
    #expect(missing.compactMap { $0["dueNow"] as? Bool } == [false, false, true, true, true, true, true])
    #expect((json["gate"] as? [String: Any])?["id"] as? String == "gate:build")
    #expect((json["lane"] as? [String: Any])?["asked"] as? String == "thorough")
    #expect(json["exitStatus"] as? Int == 1)
    #expect(
      (json["openConditions"] as? [[String: Any]])?.compactMap { $0["id"] as? String } == ["condition:first/later"])
    #expect(
      run.output.contains(
        "| 7 | have it decided | **blocker** nobody let Renewal into build by 2026-07-01<br>do: Have it decided. | who decides in the lane thorough | `catalogue/renewal.yaml:10`<br>`entered` |\n"
      ))
  }

  @Test func `markdown escapes what is in it`() async throws {
    let files = GateRepository.changing("catalogue/renewal.yaml", ("name: Desk", "name: '@all <b>|x'"))
    let run = try await Self.check(try GateRepository.make(files), "--gate", "build", "-f", "markdown")
    #expect(run.output.contains("**major** \\@&#8203;all &lt;b&gt;\\|x asks for one factor only"))
  }

  @Test(arguments: [
    (["--gate", "buidl"], "triglyph: there is no gate buidl; did you mean `build`?\n"),
    (
      ["--gate", "idea"], "triglyph: there is no gate idea; gates: proposal, design, build, transition, live, closed\n"
    ),
  ])
  func `what is no gate is a sentence`(_ arguments: [String], _ sentence: String) async throws {
    let repository = try GateRepository.make()
    let run = try await BuiltCommand.run(
      list: ["check", "--repository", repository.path, "--as-of", "2026-07-01", "--initiative", "renewal"] + arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors == sentence)
  }

  @Test func `a gate goes with one initiative, and with neither of the other two ways to look`() async throws {
    let repository = try GateRepository.make()
    for arguments in [
      ["--gate", "build"], ["--gate", "build", "--initiative", "renewal", "--roadmap"],
      ["--gate", "build", "--initiative", "renewal", "--changed-since", "main"],
      ["--gate", "build", "--initiative", "renewal", "-f", "sarif"],
    ] {
      let run = try await BuiltCommand.run(list: ["check", "--repository", repository.path] + arguments)
      #expect(run.status == 2)
      #expect(run.errors.contains("--gate"))
    }
  }

  @Test func `an initiative that was rejected passes no gate`() async throws {
    let files = [
      "catalogue/no.yaml":
        "{kind: decision, id: no, name: \"No\", date: 2026-06-30, outcome: rejected, targets: [\"initiative:renewal\"]}\n"
    ]
    let run = try await Self.check(try GateRepository.make(files), "--gate", "build")
    #expect(run.status == 2)
    #expect(run.errors == "triglyph: initiative renewal was rejected: it passes no gate\n")
  }

  @Test func `the lane is shown with an initiative and with its check`() async throws {
    let repository = try GateRepository.make()
    let line = "\nlane: light is claimed, but its facts ask for thorough: one factor\n"
    let check = try await Self.check(repository)
    #expect(check.output.contains(line))
    let show = try await BuiltCommand.run(
      "show", "--repository", repository.path, "--as-of", "2026-07-01", "initiative:renewal")
    #expect(show.output.contains(line))
    // A fact that nobody recorded might ask for more.
    let open = try GateRepository.make(GateRepository.changing("catalogue/renewal.yaml", ("mfa: false, ", "")))
    #expect(
      try await Self.check(open).output.contains(
        "\nlane: light, as its facts ask; perhaps thorough (not recorded: system:desk.mfa, system:door.mfa)\n"
      ))
  }
}
