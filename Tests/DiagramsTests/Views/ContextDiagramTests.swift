import Catalogue
import Testing

@testable import Diagrams

@Suite struct ContextDiagramTests {
  @Test("a system among its neighbours is that of the snapshot")
  func snapshot() async throws {
    let estate = await ShopEstate.read()
    #expect(estate.diagnostics.isEmpty && estate.derivationErrors.isEmpty)
    let context = try ContextDiagram(of: ShopEstate.row("ledger", estate), in: estate)
    expectSnapshot(context.drawing.dot, "context.dot")
  }

  @Test("a line says how it goes, what it sends and fetches, what it passes, and what nobody recorded")
  func labels() async throws {
    let estate = await ShopEstate.read()
    let diagram = try #require(try ContextDiagram(of: ShopEstate.row("ledger", estate), in: estate).drawing.diagram)
    let texts = diagram.edges.map { edge in
      "\(diagram.nodes[edge.from].key) \(edge.style) \(diagram.nodes[edge.to].key) \(edge.labels)"
    }
    #expect(
      texts == [
        #"box:ledger solid box:archive [["parcel: sends Bills and Sums", "via Post room"]]"#,
        #"box:ledger dashed box:next [["call (coming)"]]"#,
        #"box:till solid box:ledger [["parcel: what it carries is not recorded"], ["call: sends Bills; fetches Sums"]]"#,
      ])
    let subject = diagram.nodes[0]
    #expect(subject.key == "box:ledger" && subject.marks == [.subject])
    #expect(subject.facts == ["owner: Tax"])
    #expect(diagram.notes == ["Not drawn: 1 wire of it that is over."])
    #expect(subject.sections.map(\.title) == ["can", "doors"])
    #expect(subject.sections.map(\.lines) == [["Counting"], ["Front door (1 caller)"]])
    let post = try #require(try ContextDiagram(of: ShopEstate.row("archive", estate), in: estate).drawing.diagram)
    #expect(post.nodes.map(\.key) == ["box:archive", "box:ledger"])
  }

  @Test("more hops, more neighbours; what has ended is none")
  func hops() async throws {
    let estate = await ShopEstate.read()
    let row = ShopEstate.row("archive", estate)
    for (hops, keys) in [
      (1, ["box:archive", "box:ledger"]), (2, ["box:archive", "box:ledger", "box:next", "box:till"]),
      (9, ["box:archive", "box:ledger", "box:next", "box:till"]),
    ] {
      let diagram = try ContextDiagram(of: row, in: estate, hops: hops).drawing.diagram
      #expect(diagram?.nodes.map(\.key) == keys)
    }
  }

  @Test("many on one side are drawn by owner, and the picture says so; each when it is asked for")
  func folding() async throws {
    let estate = await ShopEstate.star(30)
    let hub = ShopEstate.row("hub", estate)
    let diagram = try #require(try ContextDiagram(of: hub, in: estate).drawing.diagram)
    #expect(diagram.nodes.map(\.name) == ["Hub", "Side", "Crew 1", "Crew 2", "Crew 0"])
    #expect(diagram.nodes.map { $0.sections.first?.lines.count ?? 0 } == [0, 0, 10, 10, 10])
    #expect(diagram.nodes[2].facts == ["10 × call"])
    #expect(diagram.nodes[2].members.first == "box:b10" && diagram.nodes[2].members.count == 10)
    let more = await ShopEstate.star(33)
    let later = try #require(try ContextDiagram(of: ShopEstate.row("hub", more), in: more).drawing.diagram)
    #expect(later.nodes.map(\.key) == diagram.nodes.map(\.key))
    #expect(diagram.edges.reduce(0) { $0 + $1.count } == 31)
    #expect(diagram.notes.contains { $0.hasPrefix("30 neighbours are drawn by owner in 3 boxes") })
    #expect(diagram.legend.contains { $0.name == "stack" })
    let whole = try ContextDiagram(of: hub, in: estate, DiagramOptions(expand: true)).drawing.diagram
    #expect(whole?.nodes.count == 32 && whole?.notes == [])
  }

  @Test("what nearly all are joined to is no way to a neighbour's neighbour")
  func hubs() async throws {
    let estate = await ShopEstate.star(30)
    let side = ShopEstate.row("side", estate)
    let diagram = try #require(try ContextDiagram(of: side, in: estate, hops: 2).drawing.diagram)
    #expect(diagram.nodes.map(\.key) == ["box:side", "box:b10", "box:hub"])
    #expect(diagram.nodes[2].facts.contains("joined to 31, not followed"))
    #expect(
      diagram.notes == ["Not drawn: 1 wire of neighbours with what is joined to more than 20; --expand draws them."])
    let whole = try ContextDiagram(of: side, in: estate, hops: 2, DiagramOptions(expand: true)).drawing.diagram
    #expect(whole?.nodes.count == 32)
  }

  @Test("an integration that leads nobody recorded where is counted, not left out in silence")
  func openEnds() async throws {
    let estate = await ShopEstate.read(
      ShopEstate.documents + [
        "kind: box\nid: odd\nname: Odd\nlifecycle: running\nwires: [{id: a, end: till}, {id: b, end: unknown}]"
      ])
    let diagram = try ContextDiagram(of: ShopEstate.row("odd", estate), in: estate).drawing.diagram
    #expect(diagram?.notes == ["Not drawn: 1 wire of it that nobody recorded the other end of."])
  }

  @Test("of very many lines the words are left to tooltips, and the picture says so")
  func terse() async throws {
    var documents = (10..<53).map { index in
      "kind: box\nid: b\(index)\nname: Box \(index)\nlifecycle: running\nwires: [{end: b\(index + 1), way: call, takes: []}, {id: x, end: a, way: call}]"
    }
    documents += ["kind: box\nid: b53\nname: Box 53\nlifecycle: running"]
    documents += ["kind: box\nid: a\nname: A\nlifecycle: running"]
    let estate = await ShopEstate.read(documents)
    let row = ShopEstate.row("a", estate)
    let drawing = try ContextDiagram(of: row, in: estate, hops: 2).drawing
    #expect(drawing.description.contains("So many lines that they bear no words"))
    #expect(
      !drawing.dot.contains(
        "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\" COLOR=\"#55626e\"><TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\" COLOR=\"#1a1a1a\">call"
      ))
    #expect(drawing.dot.contains("Box 10 → Box 11\\ncall"))
    #expect(
      try !ContextDiagram(of: row, in: estate, hops: 2, DiagramOptions(expand: true)).drawing.description.contains(
        "So many"))
  }

  @Test("with nothing to draw there is a sentence, and for what is no system another")
  func failures() async throws {
    let estate = await ShopEstate.read()
    let alone = #expect(throws: DiagramFailure.self) {
      try ContextDiagram(of: ShopEstate.row("lonely", estate), in: estate)
    }
    #expect(
      alone?.sentence
        == "nothing is joined to box:lonely on 2026-12-01: no wire that is planned or live leads to it or from it")
    guard case .found(let crew) = estate.find("crew:tax") else { return }
    let other = #expect(throws: DiagramFailure.self) { try ContextDiagram(of: crew, in: estate) }
    #expect(other?.sentence == "`draw context` is about boxes; crew:tax is none of them")
  }

  @Test("the order of documents changes no byte")
  func shuffled() async throws {
    let first = await ShopEstate.read()
    let reference = try ContextDiagram(of: ShopEstate.row("ledger", first), in: first, hops: 3).drawing.dot
    var documents = ShopEstate.documents
    for _ in 0..<4 {
      documents.append(documents.removeFirst())
      documents.swapAt(1, 7)
      let estate = await ShopEstate.read(documents)
      #expect(try ContextDiagram(of: ShopEstate.row("ledger", estate), in: estate, hops: 3).drawing.dot == reference)
    }
  }
}
