import Catalogue
import Governance
import Testing

@testable import Diagrams

@Suite struct InitiativeDiagramTests {
  private func drawn(
    _ initiatives: String, isSideBySide: Bool = false, _ options: DiagramOptions = DiagramOptions()
  ) async throws -> InitiativeDiagram {
    let estate = await MovedShop.read(initiatives)
    #expect(estate.diagnostics.isEmpty, "\(estate.diagnostics.map(\.summary))")
    let (seen, findings) = try await MovedShop.check(estate)
    return try InitiativeDiagram(of: seen, findings: findings, isSideBySide: isSideBySide, options)
  }

  @Test("before and after in one picture is that of the snapshot")
  func snapshot() async throws {
    expectSnapshot(try await drawn(MovedShop.move).drawing.dot, "initiative.dot")
  }

  @Test("two frames are those of the snapshot")
  func frames() async throws {
    expectSnapshot(try await drawn(MovedShop.move, isSideBySide: true).drawing.dot, "initiative-frames.dot")
  }

  @Test("a box and a line say what becomes of them, with a sign, a word and a day")
  func marks() async throws {
    let diagram = try #require(try await drawn(MovedShop.move).drawing.diagram)
    let boxes = diagram.nodes.map { "\($0.key) \($0.change?.lines.joined(separator: "; ") ?? "as it is")" }
    #expect(
      boxes == [
        "box:vault + added 2027-03-01", "door:side + added 2027-03-01",
        "box:ledger ~ changed; grade: CLOSED → OPEN; back: 4h → 3d; stands: + Yard",
        "box:till ~ changed; base: + New vault, − Ledger (from 2027-05-01)", "box:archive − retired 2027-06-30",
        "box:next as it is",
      ])
    let lines = diagram.edges.map { edge in
      "\(diagram.nodes[edge.from].key) > \(diagram.nodes[edge.to].key) \(edge.change?.head ?? "as it is")"
    }
    #expect(
      lines == [
        "box:vault > box:ledger + added 2027-03-01", "box:ledger > box:archive − ends with Archive",
        "box:ledger > box:next as it is", "box:till > box:vault + added 2027-03-01", "box:till > box:ledger as it is",
        "door:side > box:vault + house", "box:till > box:vault + base from 2027-05-01",
        "box:till > box:ledger − base from 2027-05-01",
      ])
    #expect(
      Set(diagram.legend.map(\.name)).isSuperset(of: ["added", "changed", "retired", "added line", "retired line"]))
  }

  @Test("a finding has a number in the box that it is about, and the list says what it is")
  func findings() async throws {
    let diagram = try #require(try await drawn(MovedShop.move).drawing.diagram)
    let words = diagram.nodes.flatMap { node in node.pointedOut.map { "\(node.key): \($0)" } }
    #expect(words == ["box:vault: ⚠ 1 introduced (major)", "box:ledger: ✔ 2 resolved (major)"])
    #expect(diagram.lists.map(\.title) == ["Findings, by the numbers above"])
    #expect(diagram.lists.first?.items.map(\.sign) == ["⚠ 1", "✔ 2"])
    #expect(diagram.lists.first?.items.first?.text.hasPrefix("introduced, major: New vault rests on Floor (f-") == true)
    #expect(diagram.scope.contains("introduces 1, resolves 1 findings"))
  }

  @Test("two frames hold the same boxes in the same order, and none that is not there")
  func sameOrder() async throws {
    let diagram = try #require(try await drawn(MovedShop.move, isSideBySide: true).drawing.diagram)
    let frames = [0, 1].map { frame in diagram.nodes.filter { $0.cluster == frame } }
    let names = frames.map { $0.map { $0.key.split(separator: " ").last ?? "" } }
    #expect(names[0] == names[1] && names[0].count == 6)
    #expect(frames[0].filter(\.isAbsent).map(\.name) == ["New vault", "Side door"])
    #expect(frames[1].filter(\.isAbsent).map(\.name) == ["Archive"])
    #expect(frames[0].allSatisfy { $0.change == nil && $0.emphasised.isEmpty })
    let lines = [0, 1].map { frame in diagram.edges.count { diagram.nodes[$0.from].cluster == frame } }
    #expect(lines == [4, 6])
    #expect(diagram.layers?.joined().sorted() == Array(0..<12))
  }

  @Test("what is not in an initiative's view, and one that does nothing, is a sentence")
  func nothing() async throws {
    let estate = await MovedShop.read("kind: initiative\nid: talk\nname: Talk\nstage: design\ngoLive: 2027-03-01")
    let plain = #expect(throws: DiagramFailure.self) { try InitiativeDiagram(of: estate, findings: []) }
    #expect(plain?.sentence == "what is looked at is no initiative's view: there is no before and after")
    let (seen, findings) = try await MovedShop.check(estate)
    let idle = #expect(throws: DiagramFailure.self) { try InitiativeDiagram(of: seen, findings: findings) }
    #expect(idle?.sentence == "initiative:talk adds, changes and retires nothing")
  }

  @Test("a context in the view of an initiative marks what it does")
  func context() async throws {
    let estate = await MovedShop.read(MovedShop.move)
    let (seen, _) = try await MovedShop.check(estate)
    let diagram = try #require(try ContextDiagram(of: ShopEstate.row("till", seen), in: seen).drawing.diagram)
    #expect(diagram.nodes.compactMap { $0.change?.head } == ["~ changed", "~ changed", "+ added 2027-03-01"])
    #expect(diagram.edges.compactMap { $0.change?.head } == ["+ added 2027-03-01"])
    let plain = try #require(try ContextDiagram(of: ShopEstate.row("till", estate), in: estate).drawing.diagram)
    #expect(plain.nodes.allSatisfy { $0.change == nil } && plain.edges.allSatisfy { $0.change == nil })
  }

  @Test("what an initiative retires on the day of its view is drawn and marked, not left out")
  func retiredAtOnce() async throws {
    let estate = await MovedShop.read(
      "kind: initiative\nid: end\nname: End\nstage: design\ngoLive: 2027-03-01\nretires: [{ref: \"box:archive\"}]")
    let (seen, _) = try await MovedShop.check(estate)
    let diagram = try #require(try ContextDiagram(of: ShopEstate.row("ledger", seen), in: seen).drawing.diagram)
    #expect(diagram.nodes.contains { $0.key == "box:archive" && $0.change?.head == "− retired 2027-03-01" })
    #expect(diagram.edges.compactMap { $0.change?.head } == ["− ends with Archive"])
  }

  @Test("very many boxes are drawn by what becomes of them and by owner, and the picture says so")
  func folding() async throws {
    let adds = (10..<60).map { index in
      "{kind: box, id: n\(index), name: New \(index), keeper: \(index % 2 == 0 ? "tax" : "care"), base: [], lifecycle: {running: 2027-03-01}, wires: [{end: till, way: call, takes: []}]}"
    }
    let text =
      "kind: initiative\nid: many\nname: Many\nstage: design\ngoLive: 2027-03-01\nadds: [\(adds.joined(separator: ", "))]"
    let diagram = try #require(try await drawn(text).drawing.diagram)
    #expect(diagram.nodes.map(\.name) == ["Tax", "Care and cure", "Till"])
    #expect(diagram.nodes.compactMap { $0.change?.head } == ["+ 25 added 2027-03-01", "+ 25 added 2027-03-01"])
    #expect(diagram.edges.map { $0.change?.head } == ["+ 25 added", "+ 25 added"])
    #expect(diagram.notes.contains { $0.hasPrefix("51 boxes are drawn in 3") })
    let whole = try #require(try await drawn(text, DiagramOptions(expand: true)).drawing.diagram)
    #expect(whole.nodes.count == 51 && whole.edges.count == 50)
    let frames = try #require(try await drawn(text, isSideBySide: true).drawing.diagram)
    #expect(frames.nodes.count == 6 && frames.nodes.filter(\.isAbsent).count == 2)
  }

  @Test("the order of documents changes no byte, of this picture nor of the roadmap")
  func shuffled() async throws {
    var documents = ShopEstate.documents + [MovedShop.move, MovedShop.other, MovedShop.rule]
    var references: [[String]] = []
    for turn in 0..<4 {
      let estate = await ShopEstate.read(documents)
      let (seen, findings) = try await MovedShop.check(estate)
      references.append([
        try InitiativeDiagram(of: seen, findings: findings).drawing.dot,
        try InitiativeDiagram(of: seen, findings: findings, isSideBySide: true).drawing.dot,
        try RoadmapDiagram(of: estate).drawing.dot,
      ])
      documents.append(documents.removeFirst())
      documents.swapAt(turn, 9 + turn)
    }
    #expect(references.allSatisfy { $0 == references[0] })
  }
}
