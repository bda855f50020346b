import Foundation
import Testing

/// `draw all` and `draw saved`, as a shell runs them.
@Suite struct DrawSavedCommandTests {
  private static let files = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    kinds:
      crew: {plural: crews, role: organisation}
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
    {kind: box, id: floor, name: Floor, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, base: [floor], wires: [{end: floor}], lifecycle: {active: 2020-01-01}}
    ---
    {kind: initiative, id: annexe, name: Annexe, stage: design, goLive: 2026-06-01, adds: [{kind: box, id: hall, name: Hall, base: [floor], wires: [{end: floor}], lifecycle: {active: 2026-06-01}}]}
    """,
    "catalogue/diagrams/board.yaml": """
    {kind: diagram, id: all-of-it, name: All of it, view: landscape}
    ---
    {kind: diagram, id: hall, name: Hall, view: context, of: "box:hall", with: annexe}
    ---
    {kind: diagram, id: then, name: Then, view: dependencies, of: "box:shop", asOf: 2024-02-29}
    """,
  ]

  private func draw(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["draw"] + arguments + ["--repository", repository.path])
  }

  @Test func `every saved diagram is drawn into the folder, each on its own day`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let run = try await draw(
      repository, "all", "-o", "\(repository.path)/out", "-f", "json", "-f", "svg", "-f", "mermaid")
    #expect(run.status == 0 && run.output == "")
    #expect(run.errors.hasSuffix("drew 3 of 3 diagrams into \(repository.path)/out: svg, mermaid, json\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(repository.path)/out").sorted()
    #expect(
      names == ["all-of-it", "hall", "then"].flatMap { id in ["json", "mmd", "svg"].map { "\(id).\($0)" } })
    #expect(repository.contents(of: "out/then.json")?.contains("\"date\": \"2024-02-29\"") == true)
    #expect(repository.contents(of: "out/hall.json")?.contains("with initiative Annexe") == true)
    let one = try await draw(repository, "saved", "then", "--as-of", "2025-01-01", "-f", "json")
    #expect(one.status == 0 && one.output.contains("\"date\": \"2025-01-01\""))
    let own = try await draw(repository, "saved", "then", "-f", "dot", "--theme", "dark")
    #expect(own.status == 0 && own.output.contains("bgcolor=\"#161616\"") && !own.output.contains("#ffffff"))
  }

  @Test func `nothing is written outside the folder, and what stands there is replaced whole`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let files = FileManager.default
    try files.createDirectory(atPath: "\(repository.path)/out", withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(repository.path)/secret.txt"))
    try files.createSymbolicLink(atPath: "\(repository.path)/out/then.svg", withDestinationPath: "../secret.txt")
    try Data("kept".utf8).write(to: URL(fileURLWithPath: "\(repository.path)/out/other.svg"))
    let run = try await draw(repository, "all", "-o", "\(repository.path)/out", "--quiet")
    #expect(run.status == 0 && run.errors == "")
    #expect(repository.contents(of: "secret.txt") == "mine" && repository.contents(of: "out/other.svg") == "kept")
    #expect(repository.contents(of: "out/then.svg")?.contains("<svg") == true)
    #expect(try files.contentsOfDirectory(atPath: "\(repository.path)/out").count == 4)
    let file = try await draw(repository, "all", "-o", "\(repository.path)/secret.txt")
    #expect(file.status == 2 && file.errors.contains("secret.txt"))
  }

  @Test func `a mistake is told at its place by check and by draw all, and the others are drawn`() async throws {
    let repository = try TemporaryRepository(
      Self.files.merging([
        "catalogue/diagrams/wrong.yaml": """
        kind: diagram
        id: wrong
        name: Wrong
        view: context
        of: "box:shop"
        hops: 7
        ---
        kind: diagram
        id: worse
        name: Worse
        view: panorama
        """
      ]) { $1 })
    let check = try await BuiltCommand.run(list: ["check", "--repository", repository.path, "--as-of", "2026-01-01"])
    #expect(check.status == 2)
    for told in [check.output + check.errors] {
      #expect(told.contains("wrong.yaml:6:7") && told.contains("`hops` is between 1 and 4"))
      #expect(told.contains("wrong.yaml:11:7") && told.contains("panorama"))
    }
    let run = try await draw(repository, "all", "-o", "\(repository.path)/out")
    #expect(run.status == 2 && run.errors.contains("wrong.yaml:6:7") && run.errors.contains("wrong.yaml:11:7"))
    #expect(run.errors.contains("drew 3 of 5 diagrams"))
    let one = try await draw(repository, "saved", "wrong")
    #expect(one.status == 2 && one.errors.contains("wrong.yaml:6:7") && !one.errors.contains("wrong.yaml:11:7"))
    let none = try await draw(repository, "saved", "wrnog")
    #expect(none.status == 2 && none.errors == "triglyph: there is no diagram wrnog; did you mean `wrong`?\n")
  }

  @Test func `paper and theme are refused where they mean nothing`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let paper = try await draw(repository, "landscape", "-f", "dot", "--paper", "a3")
    #expect(paper.status == 2 && paper.errors.contains("--paper is for svg and pdf"))
    let letter = try await draw(repository, "landscape", "--paper", "letter")
    #expect(letter.status == 2 && letter.errors.contains("--paper is a3, a4 or none, and not letter"))
    let sheet = try await draw(repository, "landscape", "--paper", "a4", "--as-of", "2026-01-01")
    #expect(sheet.status == 0 && sheet.output.contains("width=\"842pt\" height=\"595pt\""))
    let empty = try await BuiltCommand.run(
      list: ["draw", "all", "-o", "/tmp/nothing", "--repository", try TemporaryRepository([:]).path])
    #expect(empty.status == 2)
  }
}

/// The README's pictures say what the catalogue says.
@Suite struct ReadmePictureTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: ["estate-by-owner", "payments-and-neighbours"], ["light", "dark"])
  func `each is shown, and describes today's catalogue on the README's day`(id: String, theme: String) async throws {
    let name = "docs/pictures/\(id)-\(theme).svg"
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(readme.contains("\"\(name)\""))
    let svg = try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
    let run = try await BuiltCommand.run(
      list: [
        "draw", "saved", id, "--as-of", "2026-12-01", "--theme", theme, "--repository", Self.root.path, "-f", "svg",
      ])
    func told(_ text: String) -> [Substring] {
      text.matches(of: /<(?:title|desc) id="[a-z]+">([^<]*)</).map(\.1)
    }
    #expect(told(run.output).count == 2)
    #expect(told(svg) == told(run.output), "`make pictures` draws \(name) anew")
  }
}
