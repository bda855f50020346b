import Catalogue
import Testing

@testable import Diagrams

@Suite struct CapabilityMapTests {
  @Test("boxes in boxes with who provides each: the snapshot")
  func snapshot() async throws {
    let estate = await SkillEstate.read()
    #expect(estate.diagnostics.isEmpty)
    expectSnapshot(try CapabilityMap(estate).dot, "capabilities.dot")
  }

  private func facts(_ heat: CapabilityHeat) async throws -> [String: [String]] {
    let diagram = try #require(try CapabilityMap(await SkillEstate.read(), heat: heat).drawing.diagram)
    return diagram.nodes.reduce(into: [:]) { $0[$1.name] = $1.facts }
  }

  @Test("a box says how many live ones provide it, which, and what is planned, ending or not recorded")
  func words() async throws {
    let facts = try await facts(.systems)
    #expect(facts["Boiling"] == ["2 tools: Kettle and Stove"])
    #expect(facts["Frying"] == ["1 tool: Pan (winding down)"])
    #expect(facts["Cutting"] == ["common", "no live tool", "planned: Robot"])
    #expect(facts["Peeling"] == ["common", "no live tool", "phase not recorded: Stray"])
    #expect(facts["Serving"] == ["no live tool"])
    #expect(facts["Heating"] == ["common", "1 tool: Stove", "2 parts, all provided"])
    #expect(facts["Cooking"] == ["4 parts, 2 without a live tool"])
  }

  @Test("each heat tells in words what its fills tell")
  func heats() async throws {
    let gaps = try await facts(.gaps)
    #expect(gaps["Serving"]?.first == "✖ gap")
    #expect(gaps["Washing"]?.first == "✖ gap until then")
    #expect(gaps["Frying"]?.first == "▲ all of it is ending")
    #expect(gaps["Peeling"]?.first == "not recorded if live")
    #expect(gaps["Boiling"]?.first == "2 tools: Kettle and Stove")
    let common = try await facts(.common)
    #expect(common["Heating"]?.first == "common" && common["Heating"]?.count == 3)
    #expect(common["Cutting"]?.first == "✖ common, provided by nobody")
    #expect(common["Boiling"]?.first == "not common")
    #expect(common["Cooking"]?.first == "not recorded if common")
    let duplicates = try await facts(.duplicates)
    #expect(duplicates["Boiling"]?.first == "▲ more than once")
    #expect(duplicates["Frying"] == ["1 tool: Pan (winding down)"])
    let maturity = try await facts(.maturity)
    #expect(maturity["Heating"]?.first == "ripe" && maturity["Boiling"]?.first == "green")
    #expect(maturity["Frying"]?.first == "Ripeness: not recorded")
  }

  @Test("every fill that is drawn is in the legend with its number, and no other", arguments: CapabilityHeat.allCases)
  func legend(heat: CapabilityHeat) async throws {
    let model = try CapabilityReader.read(await SkillEstate.read(), heat, DiagramOptions())
    let sheet = CapabilitySheet(model, heat, levels: 6, isFolded: false, namesAll: false, title: "Skills")
    #expect(sheet.legend.reduce(0) { $0 + $1.count } == model.capabilities.count)
    let dot = CapabilityDOT(sheet).text
    for (tone, _) in sheet.legend {
      #expect(dot.contains((tone?.fill ?? .headFill).hex))
      #expect(dot.contains(tone?.title ?? "made of others"))
    }
    let filled = model.capabilities.indices.compactMap { sheet.tone(of: $0)?.title }
    #expect(Set(filled) == Set(sheet.legend.compactMap { $0.tone?.title }))
  }

  @Test("gaps, retired providers and what a box does not name are counted in the notes")
  func notes() async throws {
    let description = try CapabilityMap(await SkillEstate.read()).drawing.description
    #expect(description.contains("8 skills in 3 areas | provided by 3 live tools"))
    #expect(description.contains("4 of 6 skills that are not made of others have no live tool."))
    #expect(description.contains("Not shown: 1 tool that has ended."))
    var documents = SkillEstate.documents
    documents += (1...5).map { "kind: tool\nid: t\($0)\nname: Tool \($0)\ndoes: [serve]\nlifecycle: running" }
    let estate = await SkillEstate.read(documents)
    let map = try CapabilityMap(estate)
    #expect(map.drawing.description.contains("Of more than 3 tools a box counts the rest; tooltips name all."))
    #expect(map.dot.contains("Tool 1, Tool 2") && map.dot.contains("Serving: 5 tools: Tool 1, Tool 2, Tool 3, Tool 4"))
    let all = try CapabilityMap(estate, DiagramOptions(expand: true)).drawing
    #expect(!all.description.contains("counts the rest"))
  }

  @Test("circles are cut, of several wholes the first holds the box, and both are said")
  func circles() async throws {
    let documents = [
      "kind: skill\nid: a\nname: A\nwhole: [c]", "kind: skill\nid: b\nname: B\nwhole: [a]",
      "kind: skill\nid: c\nname: C\nwhole: [b]", "kind: skill\nid: d\nname: D\nwhole: [d]",
      "kind: skill\nid: e\nname: E\nwhole: [d, b]",
    ]
    let model = try CapabilityReader.read(await SkillEstate.read(documents), .systems, DiagramOptions())
    #expect(model.capabilities.map(\.parent) == [nil, 0, 1, nil, 1])
    #expect(
      model.notes == [
        "1 skill is part of more than one: the first of them holds the box.",
        "Parts of themselves, and drawn as if they were not: A.",
      ])
  }

  @Test("a chain of any depth is drawn: what is below the last level stands in its box, and the picture says so")
  func deep() async throws {
    let documents = (0..<2_000).map { index in
      "kind: skill\nid: s\(10_000 + index)\nname: Level \(index)"
        + (index == 0 ? "" : "\nwhole: [s\(10_000 + index - 1)]")
    }
    let estate = await SkillEstate.read(documents)
    let map = try CapabilityMap(estate, heat: .systems, DiagramOptions(), boxLimit: 3_000)
    #expect(map.drawing.description.contains("1994 skills deeper than 6 levels stand beside the boxes of that level."))
    #expect((0..<2_000).allSatisfy { map.dot.contains("<B>Level \($0)</B>") })
    let folded = try CapabilityMap(estate).drawing
    #expect(folded.description.contains("1998 skills below the second level are counted in the boxes"))
    #expect(!folded.dot.contains("<B>Level 2</B>"))
    #expect(folded.diagram?.nodes.count == 2_000)
  }

  @Test("more areas without parts than fit stand in one box for each fill, and the picture says so")
  func gathered() async throws {
    let documents =
      (100..<200).map { "kind: skill\nid: s\($0)\nname: Skill \($0)" }
      + ["kind: tool\nid: t\nname: T\nlifecycle: running\ndoes: [s150]"]
    let estate = await SkillEstate.read(documents)
    let drawing = try CapabilityMap(estate).drawing
    #expect(drawing.description.contains("More areas without parts than fit: 100 stand in one box for each fill"))
    #expect(drawing.dot.contains("<B>no live tool</B>") && drawing.dot.contains("and 59 more"))
    #expect(drawing.dot.contains("<B>1 live tool</B>") && !drawing.dot.contains("<B>Skill 150</B>"))
    #expect(drawing.diagram?.nodes.count == 100)
    #expect(try CapabilityMap(estate, DiagramOptions(expand: true)).dot.contains("<B>Skill 199</B>"))
  }

  @Test("the order of documents changes no byte")
  func shuffled() async throws {
    let reference = try CapabilityMap(await SkillEstate.read()).dot
    #expect(try CapabilityMap(await SkillEstate.read(SkillEstate.documents.reversed())).dot == reference)
  }

  @Test("hostile names are text")
  func hostile() async throws {
    let name = #""<b>&\\\"' ]]> \u202E x | y""#
    let estate = await SkillEstate.read([
      "kind: skill\nid: a\nname: \(name)", "kind: skill\nid: b\nwhole: [a]\nname: \(name)",
      "kind: tool\nid: t\nlifecycle: running\ndoes: [b]\nname: \(name)",
    ])
    let drawing = try CapabilityMap(estate, DiagramOptions(links: LinkTemplate("/{kind}/{id}"))).drawing
    #expect(!drawing.dot.contains("><b>") && !drawing.dot.contains("\u{202E}"))
    #expect(drawing.dot.contains("&lt;b&gt;&amp;") && drawing.dot.contains("HREF=\"/skill/b\""))
    let diagram = try #require(drawing.diagram)
    #expect(!DiagramMermaid(diagram).text.contains("<b>"))
  }

  @Test("a vocabulary without the roles says which one it lacks; without a whole every skill is an area")
  func roles() async throws {
    for (role, heat) in [
      ("capability", CapabilityHeat.gaps), ("common", .common), ("maturity", .maturity), ("provides", .systems),
    ] {
      let metamodel = SkillEstate.metamodel.replacing(", role: \(role)", with: "").replacing(
        "role: \(role)\n", with: "\n")
      let estate = await SkillEstate.read(metamodel: metamodel)
      let failure = #expect(throws: DiagramFailure.self) { try CapabilityMap(estate, heat: heat) }
      #expect(failure == .missingRole(view: "capabilities", role: role))
    }
    let flat = await SkillEstate.read(metamodel: SkillEstate.metamodel.replacing(", role: partOf", with: ""))
    let description = try CapabilityMap(flat).drawing.description
    #expect(description.contains("8 skills in 8 areas") && description.contains("no relation has the role `partOf`"))
    let none = await SkillEstate.read([])
    let failure = #expect(throws: DiagramFailure.self) { try CapabilityMap(none) }
    #expect(failure == .nothingToDraw("there are no skills on 2026-12-01"))
  }
}
