import CEL
import Catalogue
import Testing

@testable import Diagrams

/// A landscape in the view of an initiative marks what that does.
@Suite struct LandscapeChangesTests {
  private func seen(at day: String? = nil) async throws -> Estate {
    let estate = await MovedShop.read(MovedShop.move)
    let view = try #require(estate.initiativeViews().first)
    return estate.seen(in: view.view, at: try day.map { try #require(CivilDate($0)) } ?? view.date)
  }

  @Test("what is added, changed and retired bears its sign, word and day, in boxes, Mermaid, JSON and the legend")
  func marks() async throws {
    let drawing = try Landscape(try await seen()).drawing
    let diagram = try #require(drawing.diagram)
    let marked = diagram.nodes.compactMap { node in node.change.map { "\(node.key) \($0.head)" } }
    #expect(
      marked == [
        "box:archive − retired 2027-06-30", "box:ledger ~ changed", "box:till ~ changed",
        "box:vault + added 2027-03-01",
      ])
    #expect(drawing.dot.contains("<B>+ added 2027-03-01</B>") && drawing.dot.contains("grade: CLOSED → OPEN"))
    for colour in [Colour.added, .changed, .retired] { #expect(drawing.dot.contains("color=\"\(colour.hex)\"")) }
    for word in ["+\u{A0}added", "~\u{A0}changed", "−\u{A0}retired"] {
      #expect(drawing.dot.contains("\(word) by the"), "the legend lacks \(word)")
    }
    #expect(diagram.legend.map(\.name).filter { ["added", "changed", "retired"].contains($0) }.count == 3)
    #expect(DiagramMermaid(diagram).text.contains("#43; added 2027-03-01"))
    #expect(DiagramJSON(diagram).text.contains("\"kind\": \"retired\""))
    #expect(
      drawing.description.contains(
        "Of the boxes that are drawn, by the initiative: + 1 added, ~ 2 changed, − 1 retired."))
    #expect(!drawing.description.contains("over by then"))
    #expect(drawing.description.contains("bear no mark here: `draw initiative` shows what becomes of each."))
  }

  @Test("what is over by the day of the view is drawn as retired where the initiative ends it, else counted")
  func over() async throws {
    let drawing = try Landscape(try await seen(at: "2027-07-01")).drawing
    let keys = drawing.diagram?.nodes.map(\.key) ?? []
    #expect(keys.contains("box:archive") && !keys.contains("box:past"))
    #expect(drawing.description.contains("Not shown: 1 retired box"))
    #expect(drawing.description.contains("What joined a box that is over by then is not drawn."))
  }

  @Test("a folded group names what is changed before all else, and counts it in its head")
  func folded() async throws {
    var options = Landscape.Options(boxLimit: 1)
    options.colouring = .role("criticality")
    let dot = try Landscape(try await seen(), options).dot
    #expect(dot.contains("+\u{A0}1\u{A0}added") && dot.contains("<B>− retired 2027-06-30</B>"))
    #expect(dot.contains("+\u{A0}added by the"))
  }

  @Test("without an initiative nothing is marked, and nothing said")
  func plain() async throws {
    let drawing = try Landscape(await ShopEstate.read()).drawing
    #expect(drawing.diagram?.nodes.allSatisfy { $0.change == nil } == true)
    #expect(!drawing.description.contains("initiative"))
  }
}
