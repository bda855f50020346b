import Catalogue
import Testing

@testable import Diagrams

@Suite struct IntegrationDiagramTests {
  @Test("what joins some systems is that of the snapshot")
  func snapshot() async throws {
    let estate = await ShopEstate.read()
    let rows = ["till", "ledger", "archive", "lonely"].map { ShopEstate.row($0, estate) }
    let drawing = try IntegrationDiagram(of: rows, in: estate, DiagramOptions(title: "Three of them")).drawing
    expectSnapshot(drawing.dot, "integration.dot")
    #expect(drawing.description.contains("Not drawn, because nothing joins it to the others: Lonely."))
    #expect(drawing.description.contains("Not drawn: 1 wire with systems that were not chosen."))
    #expect(drawing.dot.contains("interface Front door"))
  }

  @Test("one alone, or some that nothing joins, are a sentence")
  func nothing() async throws {
    let estate = await ShopEstate.read()
    let till = ShopEstate.row("till", estate)
    let one = #expect(throws: DiagramFailure.self) { try IntegrationDiagram(of: [till, till], in: estate) }
    #expect(one?.sentence.contains("`draw context box:till`") == true)
    let apart = #expect(throws: DiagramFailure.self) {
      try IntegrationDiagram(of: [till, ShopEstate.row("lonely", estate)], in: estate)
    }
    #expect(
      apart?.sentence
        == "no wire joins box:till and box:lonely on 2026-12-01; `draw context` shows what each is joined to")
  }
}
