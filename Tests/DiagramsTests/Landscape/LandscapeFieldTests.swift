import Catalogue
import Testing

@testable import Diagrams

/// What groups and colours a landscape.
@Suite struct LandscapeFieldTests {
  private func groups(_ field: String) async throws -> [String] {
    let model = try LandscapeReader.read(await ToneEstate.read(), Landscape.Options(grouping: .field(field)))
    return model.groups.map { group in
      "\(group.name): \(group.systems.map { model.systems[$0].name }.joined(separator: " "))"
    }
  }

  @Test("an estate without mistakes")
  func estate() async {
    #expect(await ToneEstate.read().diagnostics.isEmpty)
  }

  @Test("any field or relation groups, in the order of its values; none and not recorded are two things")
  func grouping() async throws {
    #expect(try await groups("rank") == ["low: Beta", "high: Alpha", "Rank: not recorded: Gamma"])
    let twofold = try await groups("twofold")
    #expect(twofold == ["Has a second: yes: Alpha", "Has a second: no: Beta", "Has a second: not recorded: Gamma"])
    #expect(try await groups("size") == ["Size: -3: Alpha", "Size: 3: Gamma", "Size: 20: Beta"])
    #expect(
      try await groups("back") == [
        "Time to be back: 30 minutes: Beta", "Time to be back: 4 hours: Alpha", "Time to be back: not recorded: Gamma",
      ])
    #expect(try await groups("spare") == ["Beta: Alpha", "Spare: none: Beta Gamma"])
    #expect(try await groups("spareOf") == ["Alpha: Beta", "Spare of: none: Alpha Gamma"])
    #expect(try await groups("tags") == ["blue, red: Alpha", "Tags: none: Beta Gamma"])
    #expect(try await groups("spots") == ["East: Beta", "East, West: Alpha", "No spots recorded: Gamma"])
    #expect(try await groups("phase") == ["coming: Gamma", "running: Alpha", "windingDown: Beta"])
  }

  @Test("what has several is in one group that names them, and the picture says so")
  func several() async throws {
    let landscape = try Landscape(await ToneEstate.read(), Landscape.Options(grouping: .field("spots")))
    #expect(
      landscape.drawing.description.contains(
        "1 box has several under “spots”: those with the same ones are one group, which names them all."))
    let diagram = try #require(landscape.drawing.diagram)
    #expect(diagram.clusters.map(\.key) == ["spot:east", "spot:east spot:west", ""])
    #expect(diagram.notes.contains { $0.contains("which names them all") })
  }

  @Test("an unknown field is an error with the near ones; a field that tells nothing apart is unknown, too")
  func unknown() async throws {
    let estate = await ToneEstate.read()
    for (options, words) in [
      (Landscape.Options(grouping: .field("rnk")), ["grouped by `rnk`", "did you mean `rank`?"]),
      (Landscape.Options(grouping: .field("money")), ["grouped by `money`", "back, "]),
      (Self.coloured(.field("fform")), ["coloured by `fform`", "did you mean `form`?"]),
    ] {
      let failure = #expect(throws: LandscapeFailure.self) { try Landscape(estate, options) }
      for word in words { #expect(failure?.sentence.contains(word) == true, "\(failure?.sentence ?? "")") }
    }
    let role = #expect(throws: LandscapeFailure.self) {
      try Landscape(estate, Self.coloured(.role("classification")))
    }
    #expect(role == .missingRole("classification"))
  }

  static func coloured(_ colouring: Landscape.Colouring, boxLimit: Int = 150) -> Landscape.Options {
    var options = Landscape.Options(boxLimit: boxLimit, title: "Tones")
    options.colouring = colouring
    return options
  }

  @Test("fills tell an ordered enumeration by depth, the outline still the phase: the snapshot")
  func ordered() async throws {
    let landscape = try Landscape(await ToneEstate.read(), Self.coloured(.role("criticality")))
    expectSnapshot(landscape.dot, "tones.dot")
  }

  @Test("folded groups colour their rows and count their values: the snapshot")
  func folded() async throws {
    let landscape = try Landscape(await ToneEstate.read(), Self.coloured(.role("criticality"), boxLimit: 1))
    expectSnapshot(landscape.dot, "tones-folded.dot")
  }

  @Test("Mermaid and JSON say in words what fills tell")
  func words() async throws {
    let drawing = try Landscape(await ToneEstate.read(), Self.coloured(.field("twofold"))).drawing
    let diagram = try #require(drawing.diagram)
    #expect(
      diagram.nodes.map(\.facts) == [
        ["Has a second: yes"], ["winding down", "Has a second: no"], ["coming", "Has a second: not recorded"],
      ])
    #expect(diagram.scope.contains("coloured by has a second"))
    #expect(DiagramMermaid(diagram).text.contains("Has a second: not recorded"))
    #expect(DiagramJSON(diagram).text.contains("\"Has a second: yes\""))
  }

  @Test("beyond eight values the rest share a fill, which the legend counts")
  func many() async throws {
    let documents = (10..<22).map { "kind: box\nid: b\($0)\nremark: say \($0 % 11)\nlifecycle: running" }
    let model = try LandscapeReader.read(await ToneEstate.read(documents), Self.coloured(.field("remark")))
    let tones = try #require(model.colouring?.tones)
    #expect(tones.count == 9 && tones.last?.title == "3 other values, as the boxes say")
    #expect(tones.map(\.count).reduce(0, +) == 12)
    #expect(Set(tones.map(\.fill.value)).count == 9)
    #expect(model.systems.allSatisfy { !$0.toneWords.isEmpty })
  }

  @Test("the greatest of an enumeration is the deepest, the least the palest, however long it is")
  func steps() {
    for length in 2...12 {
      let steps = (0..<length).map { LandscapeTones.step($0, of: length) }
      #expect(steps.first == 0 && steps.last == Colour.steps.count - 1 && steps == steps.sorted())
    }
    #expect(LandscapeTones.step(0, of: 1) == Colour.steps.count - 1)
  }

  @Test("hostile values are text in headings, boxes, legend and tooltips")
  func hostile() async throws {
    let estate = await ToneEstate.read()
    var options = Self.coloured(.field("remark"))
    options.grouping = .field("remark")
    for limit in [150, 1] {
      options.boxLimit = limit
      let dot = try Landscape(estate, options).dot
      #expect(!dot.contains("odd <b>&\""))
      #expect(dot.contains("odd &lt;b&gt;&amp;&quot;&#39;"))
    }
  }

  @Test("a large group takes more columns rather than the height of several sheets")
  func wide() async throws {
    let documents = (100..<230).map { "kind: box\nid: b\($0)\nform: round\nlifecycle: running" }
    let model = try LandscapeReader.read(
      await ToneEstate.read(documents), Landscape.Options(grouping: .field("form")))
    let sheet = LandscapeSheet(model)
    #expect(sheet.boxColumns.count == 1 && sheet.boxColumns[0] >= 5 && sheet.boxColumns[0] <= 9)
  }

  @Test("boxes and the headings of entities lead where --link says")
  func links() async throws {
    let estate = await ToneEstate.read()
    var options = Self.coloured(.phase)
    options.links = LinkTemplate("https://pages.example/{kind}?a=1&id={id}")
    // What stands in a cell Graphviz writes as it has read it.
    for (limit, and) in [(150, "&amp;"), (1, "&amp;amp;")] {
      options.boxLimit = limit
      let dot = try Landscape(estate, options).dot
      #expect(dot.contains("https://pages.example/team?a=1\(and)id=tax"))
      #expect(dot.contains("https://pages.example/box?a=1\(and)id=b"))
    }
    #expect(try Landscape(estate, options).drawing.diagram?.nodes.allSatisfy { $0.link != nil } == true)
  }
}
