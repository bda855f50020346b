import Foundation
import Testing

/// `draw landscape` and `draw capabilities`, as a shell runs them.
@Suite struct DrawLandscapeCommandTests {
  private static let files = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    enums:
      tier: {ordered: true, values: [low, high]}
    kinds:
      crew: {plural: crews, role: organisation}
      skill:
        plural: skills
        role: capability
        fields: {shared: {type: boolean, role: common}}
        relations: {whole: {to: skill, absent: none, inverse: pieces, role: partOf}}
      box:
        plural: boxes
        role: component
        lifecycle: true
        fields: {tier: {type: tier, role: criticality}, size: {type: integer}}
        relations: {keeper: {to: crew, absent: none, role: owner}, can: {to: skill, many: true, role: provides}}
        parts: {wires: {kind: wire, key: end, inverse: start}}
      wire:
        plural: wires
        role: integration
        lifecycle: {follows: [start, end]}
        relations: {end: {to: box, role: target}}
    """,
    "catalogue/boxes.yaml": """
    {kind: crew, id: east, name: East}
    ---
    {kind: skill, id: trade, name: Trade}
    ---
    {kind: skill, id: sell, name: Selling, whole: trade, shared: true}
    ---
    {kind: skill, id: buy, name: Buying, whole: trade, shared: false}
    ---
    {kind: box, id: floor, name: Floor, tier: low, size: 7, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, tier: high, keeper: east, can: [sell], wires: [{end: floor}], lifecycle: {active: 2020-01-01}}
    ---
    {kind: initiative, id: annexe, name: Annexe, stage: design, goLive: 2026-06-01, adds: [{kind: box, id: hall, name: Hall, tier: high, size: 9, can: [sell], lifecycle: {active: 2026-06-01}}]}
    """,
    "rules/keeper.yaml": """
    kind: rule
    id: kept
    name: Kept
    title: Somebody keeps each box
    for: box
    severity: major
    stage: design
    require: self.keeper.size() > 0
    message: nobody keeps ${self}
    remedy: Name a keeper.
    examples:
      - {title: nobody, given: [{kind: box, id: a}], finds: [a]}
      - {title: somebody, given: [{kind: box, id: a, keeper: b}, {kind: crew, id: b}], finds: []}
    """,
  ]

  private func run(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["draw"] + arguments + ["--repository", repository.path, "--as-of", "2026-01-01"])
  }

  @Test func `a condition chooses, what it cannot decide is drawn and told`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let high = try await run(repository, "landscape", "--where", "tier == 'high'", "-f", "json")
    #expect(high.status == 0 && high.errors == "")
    #expect(high.output.contains("1 box where tier == 'high' in 1 group") && !high.output.contains("\"Floor\""))
    #expect(high.output.contains("Not shown: 1 box that does not meet the condition, and 1 wire to or through them."))
    let size = try await run(repository, "landscape", "--where", "size > 3", "-f", "json")
    #expect(size.status == 0 && size.output.contains("\"undecided if chosen\""))
    #expect(size.errors == "triglyph: 1 box; 1 more is undecided (?); not recorded: box:shop.size\n")
  }

  @Test func `a mistake in a condition stands at its place, and nothing is written`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let path = "\(repository.path)/out.svg"
    let name = try await run(repository, "landscape", "--where", "teir == 'high'", "-o", path)
    #expect(name.status == 2 && name.errors.contains("--where:1:1") && name.errors.contains("did you mean `tier`?"))
    let type = try await run(repository, "landscape", "--where", "size", "-o", path)
    #expect(type.status == 2 && type.errors.contains("--where:1:1"))
    let syntax = try await run(repository, "landscape", "--where", "size >", "-o", path)
    #expect(syntax.status == 2 && syntax.errors.contains("--where:1:"))
    let failing = try await run(repository, "landscape", "--where", "size / 0 > 1", "-o", path)
    #expect(failing.status == 2 && failing.errors.contains("--where"))
    let nothing = try await run(repository, "landscape", "--where", "tier == 'low' && tier == 'high'", "-o", path)
    #expect(
      nothing.status == 2
        && nothing.errors == "triglyph: none of the boxes on 2026-01-01 meets tier == 'low' && tier == 'high'\n")
    #expect(repository.contents(of: "out.svg") == nil)
    let twice = try await run(repository, "landscape", "--where", "true", "--where", "true")
    #expect(twice.status == 2)
  }

  @Test func `fills tell a role, a field or what a check finds`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let role = try await run(repository, "landscape", "--colour-by", "criticality", "-f", "json")
    #expect(role.status == 0 && role.output.contains("coloured by tier") && role.output.contains("\"high\""))
    let field = try await run(repository, "landscape", "--color-by", "size", "-f", "json")
    #expect(field.output.contains("\"Size: 7\"") && field.output.contains("\"Size: not recorded\""))
    let found = try await run(repository, "landscape", "--colour-by", "findings", "-f", "json")
    #expect(found.status == 0 && found.output.contains("\"1 major\"") && found.output.contains("\"no open findings\""))
    let near = try await run(repository, "landscape", "--colour-by", "tierr")
    #expect(near.status == 2 && near.errors.contains("coloured by `tierr`") && near.errors.contains("`tier`?"))
    let missing = try await run(repository, "landscape", "--colour-by", "classification")
    #expect(missing.status == 2 && missing.errors.contains("needs the role `classification`"))
  }

  @Test func `with an initiative the findings and the condition are those of its view`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let view = try await run(
      repository, "landscape", "--with", "annexe", "--colour-by", "findings", "--where", "tier == 'high'", "-f", "json")
    #expect(view.status == 0 && view.output.contains("Hall") && view.output.contains("2026-06-01 with initiative"))
    #expect(view.output.components(separatedBy: "\"1 major\"").count == 2)
  }

  @Test func `the map of capabilities is drawn in every format, and each heat says its words`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let paths = ["svg", "mmd", "json", "png", "pdf", "dot"].map { "\(repository.path)/out.\($0)" }
    let all = try await BuiltCommand.run(
      list: ["draw", "capabilities", "--repository", repository.path, "--as-of", "2026-01-01", "--quiet"]
        + ["--link", "https://x.example/{kind}/{id}"] + paths.flatMap { ["-o", $0] })
    #expect(all.status == 0 && all.errors == "")
    #expect(repository.contents(of: "out.svg")?.contains("https://x.example/skill/sell") == true)
    #expect(repository.contents(of: "out.mmd")?.contains("1 box: Shop") == true)
    let gaps = try await run(repository, "capabilities", "--heat", "gaps", "-f", "json")
    #expect(gaps.output.contains("\"✖ gap\"") && gaps.output.contains("\"view\": \"capabilities\""))
    let maturity = try await run(repository, "capabilities", "--heat", "maturity")
    #expect(maturity.status == 2 && maturity.errors.contains("needs the role `maturity`"))
    let heat = try await run(repository, "capabilities", "--heat", "heat")
    #expect(heat.status == 2 && heat.errors.contains("gaps"))
    let with = try await run(repository, "capabilities", "--with", "annexe", "--heat", "duplicates", "-f", "json")
    #expect(with.output.contains("2 boxes: Hall and Shop") && with.output.contains("▲ common, more than once"))
  }
}
