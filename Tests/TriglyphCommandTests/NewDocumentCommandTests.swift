import Foundation
import Subprocess
import Testing

/// `triglyph new KIND ID`.
@Suite struct NewDocumentCommandTests {
  private static func place() throws -> TemporaryRepository {
    let place = try TemporaryRepository.clean()
    try place.write(
      """
      kind: metamodel
      id: more
      name: More
      enums: {tone: {values: [{id: high, title: Shrill}, low]}}
      kinds:
        bell:
          plural: bells
          fields:
            tone: {type: tone, required: true, why: Two of one tone are one.}
            weight: {type: integer, default: 10}
            rung: {type: date, many: true}
            case: {record: {wood: {type: string}, made: {type: date}}}
          relations:
            tower: {to: system, required: true, why: It hangs somewhere.}
            near: {to: [bell, system], many: true}
          parts: {ropes: {kind: rope, inverse: bell}}
        rope:
          plural: ropes
          fields: {length: {type: integer, required: true}}
      """, to: "catalogue/metamodel/more.yaml")
    try place.write(
      "{kind: bell, id: tom, name: Tom, tone: low, tower: hub, aliases: [old-tom]}\n", to: "catalogue/towers/tom.yaml")
    return place
  }

  private static func new(_ place: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(list: ["new"] + arguments + ["--repository", place.path, "--as-of", "2026-12-01"])
  }

  private static func files(_ place: TemporaryRepository) -> [String] {
    (FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".yaml")
    }.sorted()
  }

  @Test func `a document has what is required, with reasons and choices, and the rest as comments`() async throws {
    let place = try Self.place()
    let run = try await Self.new(
      place, "bell", "mary", "--set", "name=Mary: the second", "--set", "tower=hub", "--set", "tone=low", "--set",
      "near=bell:tom", "--set", "near=hub", "--set", "case.made=1850-01-01")
    #expect(run.errors == "")
    #expect(
      run.output == "wrote catalogue/towers/mary.yaml\n7 more fields stand there as comments\nthen: triglyph check\n")
    #expect(
      place.contents(of: "catalogue/towers/mary.yaml") == """
        kind: bell
        id: mary
        name: 'Mary: the second'
        # Two of one tone are one.
        # high (Shrill), low
        tone: low
        # It hangs somewhere.
        tower: hub
        case: {made: 1850-01-01}
        near: ['bell:tom', hub]

        # What else it may say: take the mark away from what you use.
        # summary:  # One or two sentences about it.
        # aliases:  # Ids that it had; references to them keep working. — a list of words
        # notes:  # Anything else; no rule reads it.
        # labels:  # Words to find it by. — a list of words
        # weight:  # a whole number; without it 10
        # rung:  # a list; each a date: 2027-01-31
        # ropes:
        #   - id:
        #     name:
        #     length:  # a whole number

        """)
    let check = try await BuiltCommand.run("check", "--repository", place.path, "--as-of", "2026-12-01")
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `where the repository has schemas, the document names them`() async throws {
    let place = try Self.place()
    _ = try await BuiltCommand.run(
      "schema", "--repository", place.path, "--output", "\(place.path)/.triglyph/schema")
    let run = try await Self.new(
      place, "bell", "mary", "--set", "name=Mary", "--set", "tower=hub", "--set", "tone=low", "--output",
      "catalogue/a/b/m.yaml")
    #expect(run.status == 0)
    let text = try #require(place.contents(of: "catalogue/a/b/m.yaml"))
    #expect(text.hasPrefix("# yaml-language-server: $schema=../../../.triglyph/schema/document.json\nkind: bell\n"))
  }

  @Test func `without a terminal each missing field is named with its reason, and nothing is written`() async throws {
    let place = try Self.place()
    let before = Self.files(place)
    let run = try await Self.new(place, "bell", "mary", "--set", "name=Mary")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(
      run.errors == """
        triglyph: bell mary needs 2 more fields; nothing is written
          tone: Two of one tone are one.
              high (Shrill), low
          tower: It hangs somewhere.
              the id of a system
        give each as --set field=value, or --set field=unknown to admit a gap; a terminal would be asked

        """)
    #expect(Self.files(place) == before)
  }

  @Test(arguments: [
    (["bell", "Mary"], "`Mary` cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes"),
    (["bell", "tom"], "there is a bell:tom already in catalogue/towers/tom.yaml"),
    (["bell", "old-tom"], "bell:tom in catalogue/towers/tom.yaml was called old-tom once; its alias leads there"),
    (["bel", "x"], "there is no kind bel; did you mean `bell`?"),
    (["flow", "x"], "nobody writes a flow: the engine derives it"),
    (
      ["bell", "x", "--set", "tone=hihg"],
      "tone of bell: `hihg` is not a value of tone; did you mean `high`?; it has: high, low; nothing is written"
    ),
    (
      ["bell", "x", "--set", "tower=hbu"],
      "tower of bell: there is no system `hbu`; did you mean `hub`?; nothing is written"
    ),
    (
      ["bell", "x", "--set", "tower=bell:tom"],
      "tower of bell: it does not lead to a bell, but to: system; nothing is written"
    ),
    (["bell", "x", "--set", "tonne=low"], "bell has no `tonne`; did you mean `tone`?; nothing is written"),
    (["bell", "x", "--set", "weight=heavy"], "weight of bell: `heavy` is not a whole number; nothing is written"),
    (
      ["bell", "x", "--set", "rung=2026-02-30"],
      "rung of bell: `2026-02-30` is not a date; a date is written YYYY-MM-DD; nothing is written"
    ),
    (["bell", "x", "--set", "name= "], "name of bell: it is empty; nothing is written"),
    (["bell", "x", "--set", "id=y"], "id of bell: it is the command's own argument; nothing is written"),
    (
      ["bell", "x", "--set", "ropes=one"],
      "ropes of bell: it holds mappings; write them into the file; nothing is written"
    ),
    (["bell", "x", "--set", "tone"], "--set is field=value, and tone is not; nothing is written"),
    (["bell", "x", "--set", "tone=low", "--set", "tone=high"], "tone is given twice; nothing is written"),
  ])
  func `what cannot be is one sentence and status 2`(arguments: [String], sentence: String) async throws {
    let place = try Self.place()
    let before = Self.files(place)
    let run = try await BuiltCommand.run(list: ["new"] + arguments + ["--repository", place.path])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors == "triglyph: \(sentence)\n")
    #expect(Self.files(place) == before)
  }

  @Test func `nothing is written over, nor where the repository does not read`() async throws {
    let place = try Self.place()
    let whole = [
      "bell", "mary", "--set", "name=M", "--set", "tower=hub", "--set", "tone=low", "--repository", place.path,
    ]
    let over = try await BuiltCommand.run(list: ["new"] + whole + ["--output", "catalogue/towers/tom.yaml"])
    #expect(over.status == 2)
    #expect(over.errors == "triglyph: catalogue/towers/tom.yaml is there already; nothing is written\n")
    #expect(place.contents(of: "catalogue/towers/tom.yaml")?.contains("Tom") == true)
    for path in ["towers/mary.yaml", "catalogue/.hidden/mary.yaml", "catalogue/mary.txt", "catalogue/towers/"] {
      let run = try await BuiltCommand.run(list: ["new"] + whole + ["--output", path])
      #expect(run.status == 2, "\(path)")
    }
    try place.write("kind: metamodel\nid: broken\nname: B\nkinds: [a]\n", to: "catalogue/broken.yaml")
    let broken = try await BuiltCommand.run(list: ["new"] + whole)
    #expect(broken.status == 2)
    #expect(broken.errors.hasSuffix("the metamodel has mistakes: put them right first; nothing is written\n"))
    #expect(place.contents(of: "catalogue/towers/mary.yaml") == nil)
  }

  @Test func `a part is free beside its owner's own`() async throws {
    let place = try Self.place()
    let first = try await Self.new(place, "rope", "one", "--set", "bell=tom", "--set", "length=3")
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      place.contents(of: "catalogue/ropes/one.yaml")?.hasPrefix("kind: rope\nid: one\nbell: tom\nlength: 3\n") == true)
    let again = try await Self.new(place, "rope", "one", "--set", "bell=tom", "--set", "length=3")
    #expect(again.errors == "triglyph: there is a rope:tom/one already in catalogue/ropes/one.yaml\n")
  }

  @Test func `a new rule is a draft whose examples hold, and becomes a rule`() async throws {
    let place = try Self.place()
    let run = try await Self.new(place, "rule", "sec-names", "--set", "name=Names", "--set", "for=bell")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("wrote rules/sec-names.yaml\nit is a draft"))
    func test() async throws -> BuiltCommand.Run {
      try await BuiltCommand.run("test", "sec-names", "--repository", place.path)
    }
    #expect(try await test().output.hasSuffix("1 rule, 2 examples: 2 hold, 0 do not\n"))
    let text = try #require(place.contents(of: "rules/sec-names.yaml"))
    try place.write(text.replacingOccurrences(of: "status: draft\n", with: ""), to: "rules/sec-names.yaml")
    let active = try await test()
    #expect(active.status == 0, "\(active.output)")
    let wrong = try await Self.new(place, "rule", "sec-other", "--set", "name=O", "--set", "require=self.nothing")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("triglyph: it would be wrong so; nothing is written"))
    #expect(place.contents(of: "rules/sec-other.yaml") == nil)
  }

  @Test func `standards, initiatives and functions go where they belong, and are sound`() async throws {
    let place = try Self.place()
    for arguments in [
      ["standard", "music", "--set", "name=Music"],
      ["initiative", "ring-more", "--set", "name=More", "--set", "stage=design"],
      ["functions", "helpers", "--set", "name=Helpers"],
      [
        "document", "decision", "on-bells", "--set", "name=On", "--set", "date=2026-01-01", "--set", "outcome=approved",
      ],
    ] {
      let run = try await BuiltCommand.run(list: ["new"] + arguments + ["--repository", place.path])
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(place.contents(of: "standards/music.yaml")?.contains("#   - id:\n#     name:\n#     level:") == true)
    #expect(place.contents(of: "catalogue/initiatives/ring-more.yaml")?.contains("# adds:") == true)
    #expect(place.contents(of: "catalogue/governance/on-bells.yaml") != nil)
    #expect(place.contents(of: "rules/helpers.yaml") != nil)
    let check = try await BuiltCommand.run("check", "--repository", place.path, "--as-of", "2026-12-01")
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `with --dry-run the document is printed and nothing is written`() async throws {
    let place = try Self.place()
    let before = Self.files(place)
    let run = try await Self.new(
      place, "bell", "mary", "--set", "name=M", "--set", "tower=unknown", "--set", "tone=low", "--dry-run")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("kind: bell\nid: mary\n"))
    #expect(run.output.contains("\ntower: unknown\n"))
    #expect(Self.files(place) == before)
  }

  // MARK: On a terminal

  /// Runs the command on a terminal of its own, and types.
  private static func typing(_ answers: [String], _ arguments: [String]) async throws -> (status: Int32, shown: String)
  {
    let triglyph = try #require(BuiltCommand.location())
    let words = ([triglyph, "new"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let result = try await Subprocess.run(
      .path("/usr/bin/script"), arguments: ["--quiet", "--return", "--command", words, "/dev/null"],
      environment: .custom(["PATH": "/usr/bin:/bin", "TERM": "dumb"]),
      input: .string(answers.map { "\($0)\n" }.joined()), output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    guard case .exited(let status) = result.terminationStatus else { return (-1, result.standardOutput) }
    return (status, result.standardOutput.replacingOccurrences(of: "\r", with: ""))
  }

  @Test func `a terminal is asked for what is required, and told what cannot be`() async throws {
    let place = try Self.place()
    let (status, shown) = try await Self.typing(
      ["Mary", "shrill", "1", "", "hbu", "hub"], ["bell", "mary", "--repository", place.path])
    #expect(status == 0, "\(shown)")
    for line in [
      "bell mary needs 3 fields. `unknown` admits a gap; Ctrl-D ends, and nothing is written.\n",
      "\ntone: Two of one tone are one.\n  1  high  Shrill\n  2  low\n",
      "  `shrill` is not a value of tone; it has: high, low\n",
      "  it is required; `unknown` admits a gap\n", "  there is no system `hbu`; did you mean `hub`?\n",
      "wrote catalogue/towers/mary.yaml\n",
    ] { #expect(shown.contains(line), "\(shown)") }
    let text = try #require(place.contents(of: "catalogue/towers/mary.yaml"))
    #expect(text.contains("\ntone: high\n") && text.contains("\ntower: hub\n") && text.contains("\nname: Mary\n"))
  }

  @Test func `where the answers end nothing is written`() async throws {
    let place = try Self.place()
    let before = Self.files(place)
    let (status, shown) = try await Self.typing(["Mary"], ["bell", "mary", "--repository", place.path])
    #expect(status == 2)
    #expect(shown.contains("triglyph: nothing is written\n"))
    #expect(Self.files(place) == before)
  }
}
