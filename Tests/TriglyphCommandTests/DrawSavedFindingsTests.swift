import Testing

/// Saved diagrams that tell findings are drawn with the rules run, on their own day.
@Suite struct DrawSavedFindingsTests {
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
        fields: {kept: {type: date}}
        relations: {keeper: {to: crew, role: owner}}
        parts: {wires: {kind: wire, key: end, inverse: start}}
      wire: {plural: wires, role: integration, lifecycle: {follows: [start, end]}, relations: {end: {to: box, role: target}}}
    """,
    "catalogue/boxes.yaml": """
    {kind: crew, id: tax, name: Tax}
    ---
    {kind: box, id: floor, name: Floor, keeper: tax, kept: 2026-01-31, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, keeper: tax, kept: 2030-01-31, wires: [{end: floor}], lifecycle: {active: 2020-01-01}}
    ---
    {kind: initiative, id: annexe, name: Annexe, stage: design, goLive: 2026-06-01, adds: [{kind: box, id: hall, name: Hall, keeper: tax, kept: 2026-01-31, wires: [{end: floor}], lifecycle: {active: 2026-06-01}}]}
    """,
    "rules/kept.yaml": """
    kind: rule
    id: kept
    name: Kept
    title: A box is kept for longer than today
    for: box
    severity: major
    stage: idea
    require: self.kept > today
    message: ${self} is kept until ${self.kept}
    remedy: Keep it for longer.
    """,
    "catalogue/diagrams/board.yaml": """
    {kind: diagram, id: open, name: What stands open, view: landscape, colourBy: findings, where: 'has(self.keeper)'}
    ---
    {kind: diagram, id: early, name: Then, view: landscape, colourBy: findings, asOf: 2026-01-01}
    ---
    {kind: diagram, id: change, name: The annexe, view: initiative, with: annexe}
    ---
    {kind: diagram, id: days, name: The days, view: roadmap}
    """,
  ]

  private func draw(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(list: ["draw"] + arguments + ["--repository", repository.path])
  }

  @Test func `each is what the command of its view draws on its day`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let day = ["--as-of", "2026-02-10"]
    let run = try await draw(repository, "all", "-o", "\(repository.path)/out", "-f", "dot", day[0], day[1])
    #expect(run.status == 0, "\(run.errors)")
    for (id, command) in [
      (
        "open",
        ["landscape", "--colour-by", "findings", "--where", "has(self.keeper)", "--title", "What stands open"]
      ),
      ("change", ["initiative", "annexe", "--title", "The annexe"]), ("days", ["roadmap", "--title", "The days"]),
    ] {
      let asked = try await BuiltCommand.run(
        list: ["draw"] + command + ["-f", "dot", "--repository", repository.path] + day)
      let one = try await draw(repository, "saved", id, "-f", "dot", day[0], day[1])
      #expect(asked.status == 0 && one.status == 0, "\(asked.errors) \(one.errors)")
      #expect(one.output == asked.output && repository.contents(of: "out/\(id).dot") == asked.output, "\(id)")
      #expect(asked.output.contains("1 major") || asked.output.contains("introduced"), "\(id) tells no finding")
    }
    let early = try await draw(repository, "saved", "early", "-f", "dot")
    #expect(early.status == 0 && early.output.contains("2026-01-01 |") && !early.output.contains("1 major"))
    let viewed = try await draw(repository, "saved", "open", "--with", "annexe", "-f", "dot", day[0], day[1])
    #expect(viewed.status == 0 && viewed.output.contains("+ added 2026-06-01"), "\(viewed.errors)")
    let refused = try await draw(repository, "saved", "days", "--with", "annexe", "-f", "dot")
    #expect(refused.status == 2 && refused.errors.contains("the view `roadmap` takes no --with"))
  }
}
