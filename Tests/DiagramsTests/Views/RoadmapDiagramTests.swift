import CEL
import Catalogue
import Governance
import Testing

@testable import Diagrams

@Suite struct RoadmapDiagramTests {
  @Test("a roadmap is that of the snapshot")
  func snapshot() async throws {
    let estate = await MovedShop.read(MovedShop.move, MovedShop.other, MovedShop.approval)
    #expect(estate.diagnostics.isEmpty, "\(estate.diagnostics.map(\.summary))")
    let roadmap = await Roadmap.run(RuleBook(estate).rules, on: estate)
    expectSnapshot(try RoadmapDiagram(of: estate, findings: roadmap).drawing.dot, "roadmap.dot")
  }

  @Test("each day says who does what, how many live, and what collides")
  func cards() async throws {
    let estate = await MovedShop.read(MovedShop.move, MovedShop.other, MovedShop.approval)
    let diagram = try #require(try RoadmapDiagram(of: estate).drawing.diagram)
    let cards = diagram.nodes.map { card in
      "\(card.name): "
        + card.sections.map { "\($0.title): \($0.lines.joined(separator: ", "))" }.joined(separator: "; ")
    }
    #expect(
      cards == [
        "2026-12-01: Live boxes: 9 with what is approved",
        "2027-03-01: Move of the ledger (approved): + New vault, + Side door (door), + 1 wire, ~ Ledger; Live boxes: 10 with what is approved (+1), 10 with all that is open (+1)",
        "2027-04-01: Second hall (not decided): + Second hall, ~ Ledger, ⚠ collides with Move of the ledger over back of Ledger, ⚠ collides with Move of the ledger over grade of Ledger; Live boxes: 10 with what is approved, 11 with all that is open (+1)",
        "2027-05-01: Move of the ledger (approved): ~ Till; Live boxes: 10 with what is approved, 11 with all that is open",
        "2027-06-30: Move of the ledger (approved): − Archive; Live boxes: 9 with what is approved (−1), 10 with all that is open (−1)",
        "2028-01-01: Second hall (not decided): − Second hall; Live boxes: 9 with what is approved, 9 with all that is open (−1)",
      ])
    #expect(diagram.scope.hasPrefix("2026-12-01 on | 2 open initiatives, 1 of them approved | 2 boxes come, 2 go"))
  }

  @Test("what is later than the last day is counted")
  func until() async throws {
    let estate = await MovedShop.read(MovedShop.move, MovedShop.approval)
    let end = try #require(CivilDate("2027-03-31"))
    let diagram = try #require(try RoadmapDiagram(of: estate, until: end).drawing.diagram)
    #expect(diagram.nodes.map(\.name) == ["2026-12-01", "2027-03-01"])
    #expect(diagram.notes == ["Not drawn: 2 changes after 2027-03-31."])
  }

  @Test("an entry that was due stands on the first day, one without a day at the end")
  func undated() async throws {
    let estate = await MovedShop.read(
      "kind: initiative\nid: late\nname: Late\nstage: build\ngoLive: 2026-10-01\nchanges: [{ref: \"box:till\", set: {grade: open}}]",
      "kind: initiative\nid: some-day\nname: Some day\nstage: idea\nchanges: [{ref: \"box:till\", set: {back: 1h}}]")
    let diagram = try #require(try RoadmapDiagram(of: estate).drawing.diagram)
    #expect(diagram.nodes.map(\.name) == ["2026-12-01", "No day recorded"])
    #expect(diagram.nodes[0].sections[0].lines == ["~ Till, was due 2026-10-01"])
    #expect(diagram.nodes[1].sections.map(\.title) == ["Some day (not decided)"])
  }

  @Test("many days are drawn by quarter, very many by year, and the picture says so")
  func folding() async throws {
    for (count, months, first, cards) in [(40, 1, "October to December 2026", 15), (200, 3, "2026", 51)] {
      let documents = (0..<count).map { index in
        let month = index * months
        let date = "\(2027 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-01"
        return "kind: box\nid: b\(index)\nname: Box \(index)\nlifecycle: {running: \(date)}"
      }
      let estate = await ShopEstate.read(documents)
      let diagram = try #require(try RoadmapDiagram(of: estate).drawing.diagram)
      #expect(diagram.nodes.count == cards)
      #expect(diagram.notes.contains { $0.hasPrefix("\(count) days on which something changes are drawn by") })
      #expect(diagram.nodes[0].name == first || diagram.nodes[0].name == "2026-12-01")
    }
  }

  @Test("where nothing changes there is a sentence")
  func nothing() async throws {
    let estate = await ShopEstate.read()
    let failure = #expect(throws: DiagramFailure.self) { try RoadmapDiagram(of: estate) }
    #expect(failure?.sentence == "nothing comes, changes or goes from 2026-12-01 on")
  }
}
