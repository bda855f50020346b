import Catalogue
import Governance
import Testing

@testable import Diagrams

/// Saved diagrams that choose, colour, and tell what rules found.
@Suite struct SavedFindingsTests {
  private static func read(_ diagrams: String...) async throws -> (Estate, RuleBook, [SavedDiagram]) {
    let documents = ShopEstate.documents + [MovedShop.move, MovedShop.rule]
    let estate = await ShopEstate.read(documents + diagrams.map { "kind: diagram\n\($0)" })
    let book = RuleBook(estate)
    #expect(estate.diagnostics == [] && SavedDiagramCheck.diagnostics(estate, book) == [])
    return (estate, book, SavedDiagram.all(in: estate))
  }

  @Test("a landscape is chosen by its condition and coloured by its word, a map by its heat")
  func choices() async throws {
    let (estate, book, saved) = try await Self.read(
      "id: a\nname: A\nview: landscape\nwhere: self.weight == \"heavy\"\ncolourBy: criticality\nlink: /{id}",
      "id: b\nname: B\nview: capabilities\nexpand: true")
    var options = Landscape.Options(title: "A")
    options.colouring = .role("criticality")
    options.selection = try Landscape.selection("self.weight == \"heavy\"", in: estate, book).selection
    options.links = LinkTemplate("/{id}")
    #expect(try saved[0].drawing(in: estate, sight: nil, book).dot == Landscape(estate, options).dot)
    #expect(options.selection?.undecided.isEmpty == false && saved.allSatisfy { $0.need == .nothing })
  }

  @Test("what tells findings says so, and is not drawn where nobody looked")
  func needs() async throws {
    let (estate, book, saved) = try await Self.read(
      "id: a\nname: A\nview: landscape\ncolourBy: findings", "id: b\nname: B\nview: initiative\nwith: move",
      "id: c\nname: C\nview: roadmap")
    #expect(saved.map(\.need) == [.check, .check, .roadmap])
    #expect(saved.map(\.takesInitiative) == [true, true, false])
    for diagram in saved {
      let failure = #expect(throws: DiagramFailure.self) { try diagram.drawing(in: estate, sight: nil, book) }
      #expect(failure == .nothingToDraw("it tells findings, and no rule was run"))
    }
  }

  @Test("findings stand in the pictures as in those of their views' commands")
  func findings() async throws {
    let (estate, book, saved) = try await Self.read(
      "id: a\nname: A\nview: landscape\ncolourBy: findings", "id: b\nname: B\nview: initiative\nwith: move",
      "id: c\nname: C\nview: roadmap")
    let assessment = await Assessment.run(book.rules, on: estate)
    let (seen, found) = try await MovedShop.check(estate)
    let checked = DiagramFindings(estate: assessment.findings, view: found)
    let landscape = try saved[0].drawing(in: estate, sight: nil, book, DiagramFindings(estate: assessment.findings))
    #expect(landscape.dot.contains("1 major"))
    let options = DiagramOptions(title: "B", sight: "so")
    #expect(
      try saved[1].drawing(in: seen, sight: "so", book, checked).dot
        == InitiativeDiagram(of: seen, findings: found, options).drawing.dot)
    let roadmap = await Roadmap.run(book.rules, on: estate)
    #expect(
      try saved[2].drawing(in: estate, sight: nil, book, DiagramFindings(roadmap: roadmap)).dot
        == RoadmapDiagram(of: estate, findings: roadmap, DiagramOptions(title: "C")).drawing.dot)
  }

  @Test("a mistake that only an answer shows is told in the document")
  func evaluation() async throws {
    let (estate, book, saved) = try await Self.read(
      "id: a\nname: A\nview: landscape\nwhere: 1 / (self.spares.size() - self.spares.size()) > 0")
    let mistakes = #expect(throws: DrawingMistakes.self) { try saved[0].drawing(in: estate, sight: nil, book) }
    #expect(mistakes?.diagnostics.first?.range?.source.name.hasPrefix("catalogue/") == true)
  }
}
