import Catalogue
import Testing

@testable import Diagrams

@Suite struct DependenciesDiagramTests {
  private func diagram(_ id: String) async throws -> Diagram {
    let estate = await ShopEstate.read()
    return try #require(try DependenciesDiagram(of: ShopEstate.row(id, estate), in: estate).drawing.diagram)
  }

  @Test("what it needs is that of the snapshot")
  func snapshot() async throws {
    let estate = await ShopEstate.read()
    expectSnapshot(
      try DependenciesDiagram(of: ShopEstate.row("till", estate), in: estate).drawing.dot, "dependencies.dot")
  }

  @Test("alternatives are dashed, what both of them stand on stops it alone, one of two does not")
  func alternatives() async throws {
    let diagram = try await diagram("till")
    #expect(
      diagram.nodes.map(\.key)
        == ["box:till", "box:ledger", "box:east", "box:floor", "box:west", "box:mains"])
    let lines = diagram.edges.map { "\(diagram.nodes[$0.from].name) \($0.style) \(diagram.nodes[$0.to].name)" }
    #expect(
      lines == [
        "Till solid Ledger", "Ledger dashed East hall", "Ledger thick Floor", "Ledger dashed West hall",
        "East hall solid Mains", "West hall solid Mains",
      ])
    let lethal = diagram.nodes.filter { $0.marks.contains(.single) }
    #expect(lethal.map(\.name) == ["Ledger", "Floor", "Mains"])
    // Till is asked about and counts as "this"; the ledger stops as well, and is of the highest weight.
    #expect(
      lethal.map { $0.emphasised[0].text } == [
        "stops this if it fails alone", "stops this if it fails alone, and 1 more (1 of heavy weight)",
        "stops this if it fails alone, and 3 more (1 of heavy weight)",
      ])
  }

  @Test("what comes back later than anything above it has to is marked, with hours in words")
  func recovery() async throws {
    let diagram = try await diagram("till")
    let slow = diagram.nodes.filter { $0.marks.contains(.slow) }
    #expect(slow.map(\.name) == ["Floor"])
    #expect(slow.first?.emphasised.last?.text == "needed within 4 hours by Ledger")
    #expect(diagram.nodes.first { $0.key == "box:west" }?.facts.contains("back within 1 hour 30 minutes") == true)
    #expect(diagram.nodes.first { $0.key == "box:mains" }?.facts.contains("recovery time not recorded") == true)
    #expect(diagram.edges.first { $0.style == .thick }?.labels == [["4 hours rests on 48 hours"]])
    #expect(
      diagram.scope.contains("needs 5, itself or through others | 3 stop it by failing alone | 1 comes back too late"))
    #expect(diagram.notes.contains("1 recovery time is not recorded, so more may come back too late."))
  }

  @Test("of what nobody recorded wholly, the box and the picture say so")
  func open() async throws {
    let diagram = try await diagram("till")
    #expect(diagram.nodes.last?.facts.contains("may need more: not recorded") == true)
    #expect(diagram.notes.contains("It is not fully recorded what 1 box needs."))
  }

  @Test("the legend explains every mark that is drawn and no other")
  func legend() async throws {
    let names = try await diagram("till").legend.map(\.name)
    #expect(names == ["running", "subject", "single", "slow", "solid", "dashed", "thick"])
    #expect(try await diagram("east").legend.map(\.name) == ["running", "subject", "single", "solid"])
  }

  @Test("with nothing needed there is a sentence")
  func nothing() async throws {
    let estate = await ShopEstate.read()
    let failure = #expect(throws: DiagramFailure.self) {
      try DependenciesDiagram(of: ShopEstate.row("lonely", estate), in: estate)
    }
    #expect(failure?.sentence == "box:lonely needs nothing else to be up on 2026-12-01")
    let open = #expect(throws: DiagramFailure.self) {
      try DependenciesDiagram(of: ShopEstate.row("mains", estate), in: estate)
    }
    #expect(open?.sentence.hasSuffix("on 2026-12-01, and not everything about it is recorded") == true)
  }

  @Test(
    "times in words",
    arguments: [
      (0, "no time"), (1, "less than a minute"), (60_000_000_000, "1 minute"), (3_600_000_000_000, "1 hour"),
      (5_400_000_000_000, "1 hour 30 minutes"), (172_800_000_000_000, "48 hours"), (-1, "a negative time"),
    ] as [(Int64, String)])
  func words(nanoseconds: Int64, text: String) { #expect(EstateSight.words(nanoseconds) == text) }
}
