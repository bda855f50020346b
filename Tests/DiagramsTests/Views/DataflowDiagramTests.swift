import Catalogue
import Testing

@testable import Diagrams

@Suite struct DataflowDiagramTests {
  private func row(_ identity: String, _ estate: Estate) -> Int32 {
    if case .found(let row) = estate.find(identity) { row } else { -1 }
  }

  @Test("where a dataset goes is that of the snapshot")
  func snapshot() async throws {
    let estate = await ShopEstate.read()
    expectSnapshot(try DataflowDiagram(of: row("fact:bill", estate), in: estate).drawing.dot, "dataflow.dot")
  }

  @Test("each hop is a line; what crosses a zone, and what nobody recorded the zone of, are told apart")
  func zones() async throws {
    let estate = await ShopEstate.read(
      ShopEstate.documents + [
        "kind: box\nid: kiosk\nname: Kiosk\ngrade: closed\nstands: [yard]\nlifecycle: running\nwires: [{end: ledger, takes: [bill]}]",
        "kind: box\nid: later\nname: Later\nstands: [yard]\nlifecycle: coming\nwires: [{end: ledger, way: call, takes: [bill]}]",
      ])
    let diagram = try #require(try DataflowDiagram(of: row("fact:bill", estate), in: estate).drawing.diagram)
    let lines = diagram.edges.map { edge in
      "\(diagram.nodes[edge.from].name) \(edge.style) \(diagram.nodes[edge.to].name) \(edge.labels)"
    }
    #expect(
      lines == [
        #"Kiosk double Ledger [["wire"], ["from street to vault"]]"#,
        #"Later dashed Ledger [["call (coming)"], ["from street to vault"]]"#,
        #"Ledger dotted Post room [["parcel"]]"#, #"Post room dotted Archive [["parcel"]]"#,
        #"Till solid Ledger [["call"]]"#,
      ])
    #expect(diagram.clusters.map(\.name) == ["street", "vault", "zone not recorded"])
    let frames = diagram.nodes.map { "\($0.name): \($0.cluster.map { diagram.clusters[$0].name } ?? "")" }
    #expect(
      frames == [
        "Archive: street", "Kiosk: street", "Later: street", "Ledger: vault", "Post room: zone not recorded",
        "Till: vault",
      ])
    #expect(diagram.nodes.filter { $0.marks.contains(.lower) }.map(\.name) == ["Archive"])
    #expect(diagram.nodes[3].facts == ["keeps it", "rated CLOSED", "owner: Tax"])
    #expect(diagram.scope.contains("Bills: CLOSED | 6 places | 2 ways cross a zone's border | 1 is rated lower"))
    #expect(
      diagram.notes == [
        "1 wire does not say what it carries, which may be this.",
        "The zone of 1 place was not recorded, so more ways may cross a border.",
        "The rating of 3 places was not recorded, so more may be rated lower.",
      ])
  }

  @Test("what goes nowhere is a sentence, and so is what is no data")
  func nothing() async throws {
    let estate = await ShopEstate.read()
    let nowhere = #expect(throws: DiagramFailure.self) {
      try DataflowDiagram(of: row("fact:hearsay", estate), in: estate)
    }
    #expect(
      nowhere?.sentence
        == "fact:hearsay travels and rests nowhere on 2026-12-01: no wire carries it and nothing holds it")
    let wrong = #expect(throws: DiagramFailure.self) { try DataflowDiagram(of: row("crew:tax", estate), in: estate) }
    #expect(wrong?.sentence == "`draw dataflow` is about facts; crew:tax is none of them")
  }
}
