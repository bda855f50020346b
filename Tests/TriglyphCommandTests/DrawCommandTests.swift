import Foundation
import Testing

/// The command `draw`, as a shell runs it.
@Suite struct DrawCommandTests {
  private static let files = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    kinds:
      crew: {plural: crews, role: organisation}
      skill: {plural: skills, role: capability}
      box:
        plural: boxes
        role: component
        lifecycle: true
        relations: {base: {to: box, many: true, role: dependsOn}, keeper: {to: crew, role: owner}}
        parts: {wires: {kind: wire, key: end, inverse: start}}
      wire:
        plural: wires
        role: integration
        lifecycle: {follows: [start, end]}
        relations: {end: {to: box, role: target}}
    """,
    "catalogue/boxes.yaml": """
    {kind: skill, id: shop, name: Shopping}
    ---
    {kind: box, id: floor, name: Floor, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, base: [floor], wires: [{end: floor}], lifecycle: {active: 2020-01-01}}
    ---
    {kind: initiative, id: annexe, name: Annexe, stage: design, goLive: 2026-06-01, adds: [{kind: box, id: hall, name: Hall, base: [floor], wires: [{end: floor}], lifecycle: {active: 2026-06-01}}]}
    """,
  ]

  private static let rule = """
    kind: rule
    id: no-ground
    name: No ground
    title: Nothing stands on the floor
    for: box
    severity: minor
    stage: design
    each: b in self.base
    require: false
    path: self.closure(x, x.base).pathTo(b)
    message: ${self} stands on ${b}
    remedy: Lift it.
    examples:
      - title: stands
        asOf: 2026-01-01
        given: [{kind: box, id: a, base: [b]}, {kind: box, id: b}]
        finds: [a / b]
      - title: floats
        given: [{kind: box, id: a}]
        finds: []
    """

  @Test func `the way of a finding is drawn, where it was found`() async throws {
    let repository = try TemporaryRepository(Self.files.merging(["rules/ground.yaml": Self.rule]) { $1 })
    let check = try await BuiltCommand.run(
      list: ["check", "--repository", repository.path, "--as-of", "2026-01-01", "-f", "json"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
    let findings = try #require(object["findings"] as? [[String: Any]])
    let names = findings.compactMap { $0["shortName"] as? String }
    try #require(names.count == 2)
    var drawn: [BuiltCommand.Run] = []
    for name in names { drawn.append(try await run(repository, "finding", name, "-f", "json")) }
    #expect(drawn.allSatisfy { $0.status == 0 && $0.errors == "" })
    #expect(
      drawn[0].output.contains("\"title\": \"Shop stands on Floor\"") && drawn[0].output.contains("\"2026-01-01\""))
    #expect(drawn[0].output.contains("\"named by the finding\"") && drawn[0].output.contains("What to do: Lift it."))
    #expect(drawn[1].output.contains("2026-06-01 with initiative Annexe | f-"))
    let none = try await run(repository, "finding", "f-0000000000")
    #expect(none.status == 2 && none.errors.hasPrefix("triglyph: there is no finding f-0000000000 now"))
    let other = try await run(repository, "finding", names[0], "--with", "annexe")
    #expect(other.status == 2 && other.errors.contains("nothing that initiative:annexe brings or changes"))
  }

  private func run(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["draw"] + arguments + ["--repository", repository.path, "--as-of", "2026-01-01"])
  }

  @Test func `each view is written in each text format, and files take theirs from their ending`() async throws {
    let repository = try TemporaryRepository(Self.files)
    for view in [["context", "shop"], ["dependencies", "shop"], ["integration", "shop", "floor"], ["landscape"]] {
      let dot = try await BuiltCommand.run(
        list: ["draw"] + view + ["--repository", repository.path, "--as-of", "2026-01-01", "-f", "dot"])
      #expect(dot.status == 0 && dot.output.hasPrefix("digraph ") && dot.errors == "")
      let paths = ["svg", "mmd", "json", "png", "pdf"].map { "\(repository.path)/out.\($0)" }
      let files = try await BuiltCommand.run(
        list: ["draw"] + view + ["--repository", repository.path, "--as-of", "2026-01-01", "--quiet"]
          + paths.flatMap { ["-o", $0] })
      #expect(files.status == 0 && files.errors == "")
      #expect(repository.contents(of: "out.mmd")?.hasPrefix("flowchart ") == true)
      #expect(repository.contents(of: "out.svg")?.contains("<title id=\"title\">") == true)
      let json = try Data(contentsOf: URL(fileURLWithPath: "\(repository.path)/out.json"))
      let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
      #expect(object["view"] as? String == view[0] && object["date"] as? String == "2026-01-01")
    }
  }

  @Test func `a name that is no system gets near ones, what an initiative adds is drawn with it`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let near = try await run(repository, "context", "flor")
    #expect(near.status == 2 && near.errors == "triglyph: there is no flor; did you mean `floor`?\n")
    let later = try await run(repository, "context", "box:hall")
    #expect(later.status == 2 && later.errors.contains("initiative:annexe adds it; look with --with annexe"))
    let with = try await run(repository, "context", "hall", "--with", "annexe", "-f", "json")
    #expect(with.status == 0 && with.output.contains("2026-06-01 with initiative Annexe | 1 neighbour within 1 hop"))
    let estate = try await run(repository, "landscape", "--with", "annexe", "-f", "dot")
    #expect(estate.output.contains("2026-06-01 with initiative Annexe | 3 boxes"))
    let none = try await run(repository, "context", "hall", "--with", "annex")
    #expect(none.status == 2 && none.errors == "triglyph: there is no initiative annex; did you mean `annexe`?\n")
  }

  @Test func `nothing to draw is a sentence and no file`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let path = "\(repository.path)/none.svg"
    let nothing = try await run(repository, "dependencies", "floor", "-o", path)
    #expect(nothing.status == 2)
    #expect(nothing.errors == "triglyph: box:floor needs nothing else to be up on 2026-01-01\n")
    #expect(repository.contents(of: "none.svg") == nil)
    let skill = try await run(repository, "context", "skill:shop")
    #expect(skill.errors == "triglyph: `draw context` is about boxes; skill:shop is none of them\n")
  }

  @Test func `what cannot be meant is refused before anything is read`() async throws {
    let repository = try TemporaryRepository(Self.files)
    for arguments in [
      ["--hops", "0"], ["--hops", "5"], ["--link", "javascript:x"], ["-o", "x.gif"], ["-f", "png"],
    ] {
      let run = try await BuiltCommand.run(
        list: ["draw", "context", "shop", "--repository", repository.path] + arguments)
      #expect(run.status == 64 || run.status == 2, "\(arguments)")
      #expect(run.output == "")
    }
    let link = try await run(repository, "context", "shop", "--link", "https://x.example/{kind}/{id}", "-f", "svg")
    #expect(link.output.contains("https://x.example/box/floor"))
  }

  @Test func `an initiative is drawn with what its check found, in one picture or in two frames`() async throws {
    let repository = try TemporaryRepository(Self.files.merging(["rules/ground.yaml": Self.rule]) { $1 })
    let whole = try await run(repository, "initiative", "annexe", "-f", "json")
    #expect(whole.status == 0 && whole.errors == "")
    #expect(whole.output.contains("before and after 2026-06-01 | design, not decided | adds 1 box and 1 wire |"))
    #expect(
      whole.output.contains("\"added 2026-06-01\"") && whole.output.contains("introduced, minor: Hall stands on Floor"))
    let frames = try await run(repository, "initiative", "initiative:annexe", "--side-by-side", "-f", "mermaid")
    #expect(frames.status == 0 && frames.output.contains("subgraph c0[\"Before\"]"))
    #expect(frames.output.contains("not there yet"))
    let picture = try await run(repository, "initiative", "annexe", "--side-by-side")
    #expect(picture.status == 0 && picture.output.contains("<title id=\"title\">Annexe: what it changes"))
  }

  @Test func `an initiative that is not there, is over or does nothing is a sentence and no picture`() async throws {
    let more = """
      {kind: initiative, id: done, name: Done, stage: closed, goLive: 2025-06-01}
      ---
      {kind: initiative, id: talk, name: Talk, stage: design, goLive: 2026-06-01}
      """
    let repository = try TemporaryRepository(
      Self.files.merging(["rules/ground.yaml": Self.rule, "catalogue/more.yaml": more]) { $1 })
    let near = try await run(repository, "initiative", "annex")
    #expect(near.status == 2 && near.errors == "triglyph: there is no initiative annex; did you mean `annexe`?\n")
    let over = try await run(repository, "initiative", "done")
    #expect(over.status == 2 && over.errors == "triglyph: initiative done is live or closed: it has no view to check\n")
    let idle = try await run(repository, "initiative", "talk")
    #expect(idle.status == 2 && idle.errors == "triglyph: initiative:talk adds, changes and retires nothing\n")
    let with = try await run(repository, "initiative", "annexe", "--with", "annexe")
    #expect(with.status == 2 && with.errors.contains("draw initiative takes no --with"))
    #expect([near, over, idle, with].allSatisfy { $0.output == "" })
  }

  @Test func `the roadmap is drawn with findings and without, until a day`() async throws {
    let repository = try TemporaryRepository(Self.files.merging(["rules/ground.yaml": Self.rule]) { $1 })
    let whole = try await run(repository, "roadmap", "-f", "json")
    #expect(whole.status == 0 && whole.errors == "")
    #expect(whole.output.contains("\"Annexe (not decided)\"") && whole.output.contains("\"+ Hall\""))
    #expect(whole.output.contains("\"1 minor now\""))
    let plain = try await run(repository, "roadmap", "--no-findings", "-f", "json")
    #expect(plain.status == 0 && !plain.output.contains("minor now"))
    let early = try await run(repository, "roadmap", "--until", "2026-03-01")
    #expect(early.status == 2)
    #expect(early.errors == "triglyph: nothing comes, changes or goes from 2026-01-01 until 2026-03-01\n")
    let past = try await run(repository, "roadmap", "--until", "2025-03-01")
    #expect(past.status == 2 && past.errors.contains("--until is before the day to look at"))
  }
}
