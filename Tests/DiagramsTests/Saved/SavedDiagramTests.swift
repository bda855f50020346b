import Catalogue
import Diagnostics
import Governance
import Testing

@testable import Diagrams

@Suite struct SavedDiagramTests {
  private static let arrivals = """
    kind: initiative
    id: annexe
    name: Annexe
    stage: design
    goLive: 2027-01-01
    adds: [{kind: box, id: hall, name: Hall, lifecycle: {running: 2027-01-01}, wires: [{end: ledger}]}]
    """

  private static func read(_ diagrams: [String]) async -> Estate {
    await ShopEstate.read(ShopEstate.documents + [arrivals] + diagrams.map { "kind: diagram\n\($0)" })
  }

  private static func row(_ identity: String, _ estate: Estate) -> Int32 {
    if case .found(let row) = estate.find(identity) { row } else { -1 }
  }

  @Test("the views that can be saved are those that the vocabulary names, each once, sorted")
  func views() async throws {
    let words = DiagramView.all.map(\.word)
    let estate = await ShopEstate.read()
    #expect(words == words.sorted() && Set(words).count == words.count)
    #expect(words == estate.metamodel.enums.first { $0.name == "diagramView" }?.values)
  }

  @Test("a saved diagram is the picture that the command of its view draws")
  func draws() async throws {
    let estate = await Self.read([
      "id: a\ntitle: One\nview: context\nof: box:ledger\nhops: 2\nlink: https://x.example/{id}",
      "id: b\nname: Two\nview: dependencies\nof: [\"box:till\"]",
      "id: c\nname: C\nview: integration\nof: [\"box:till\", \"box:ledger\"]",
      "id: d\nname: D\nview: dataflow\nof: fact:bill\nexpand: true", "id: e\nname: E\nview: landscape\ngroupBy: weight",
    ])
    let saved = SavedDiagram.all(in: estate)
    let book = RuleBook(estate)
    #expect(SavedDiagramCheck.diagnostics(estate, book) == [] && estate.diagnostics == [])
    let made = try saved.map { try $0.drawing(in: estate, sight: "so", book).dot }
    let rows = ["ledger", "till"].map { ShopEstate.row($0, estate) }
    var landscape = Landscape.Options(grouping: .field("weight"), title: "E")
    landscape.sight = "so"
    let asked = [
      try ContextDiagram(
        of: rows[0], in: estate, hops: 2,
        DiagramOptions(title: "One", links: LinkTemplate("https://x.example/{id}"), sight: "so")
      ).drawing.dot,
      try DependenciesDiagram(of: rows[1], in: estate, DiagramOptions(title: "Two", sight: "so")).drawing.dot,
      try IntegrationDiagram(of: rows.sorted(), in: estate, DiagramOptions(title: "C", sight: "so")).drawing.dot,
      try DataflowDiagram(
        of: Self.row("fact:bill", estate), in: estate, DiagramOptions(title: "D", expand: true, sight: "so")
      ).drawing.dot,
      try Landscape(estate, landscape).drawing.dot,
    ]
    #expect(made == asked)
  }

  @Test(
    "a mistake is told at its own place",
    arguments: [
      ("view: landscape\nhops: 2", "diagram-key: the view `landscape` takes no `hops` @2"),
      ("view: context\nof: box:till\ncolourBy: weight", "diagram-key: the view `context` takes no `colourBy` @weight"),
      (
        "view: landscape\ncolourBy: wieght", "diagram-value: the view `landscape` cannot say `colourBy: wieght` @wieght"
      ),
      (
        "view: capabilities\ncolourBy: weight",
        "diagram-value: the view `capabilities` cannot say `colourBy: weight` @weight"
      ),
      (
        "view: initiative",
        "diagram-subject: the view `initiative` is of an open initiative, which `with` names, and `with` is not there @initiative"
      ),
      (
        "view: initiative\nwith: annexe\nasOf: 2026-12-02",
        "diagram-value: findings of an initiative are of the day of its own view, so `asOf` cannot say another @2026-12-02"
      ),
      (
        "view: roadmap\nwith: annexe",
        "diagram-key: the view `roadmap` takes no `with`: it is of all open initiatives @annexe"
      ),
      ("view: landscape\nof: box:till", "diagram-key: the view `landscape` takes no `of` @box:till"),
      ("view: landscape\ngroupBy: wieght", "diagram-value: the view `landscape` cannot say `groupBy: wieght` @wieght"),
      ("view: context", "diagram-subject: the view `context` is of one thing, and `of` is not there @context"),
      (
        "view: context\nof: [\"box:till\", \"box:ledger\"]",
        "diagram-subject: the view `context` is of one thing, and `of` names 2 @[\"box:till\", \"box:ledger\"]"
      ),
      (
        "view: context\nof: crew:tax",
        "diagram-subject: the view `context` is of boxes, and this is none of them @crew:tax"
      ),
      (
        "view: integration\nof: box:till",
        "diagram-subject: the view `integration` is of 2 things or more, and `of` names 1 @box:till"
      ),
      ("view: context\nof: box:till\nhops: 9", "diagram-value: `hops` is between 1 and 4 @9"),
      (
        "view: context\nof: box:till\nlink: \"javascript:x\"",
        "diagram-value: `link` is an http, https or relative address without spaces and quotes @\"javascript:x\""
      ),
      (
        "view: context\nof: box:hall", "diagram-subject: box:hall is not there yet: initiative:annexe adds it @box:hall"
      ),
    ])
  func mistakes(text: String, expected: String) async throws {
    let estate = await Self.read(["id: a\nname: A\n\(text)"])
    let diagnostics = SavedDiagramCheck.diagnostics(estate, RuleBook(estate))
    let told = diagnostics.map { "\($0.id): \($0.summary) @\($0.range?.text ?? "")" }
    #expect(told == [expected])
  }

  @Test("what an initiative adds is drawn in its view")
  func added() async throws {
    let estate = await Self.read(["id: a\nname: A\nview: context\nof: box:hall\nwith: annexe"])
    #expect(SavedDiagramCheck.diagnostics(estate, RuleBook(estate)) == [])
    let saved = try #require(SavedDiagram.all(in: estate).first)
    let failure = #expect(throws: DiagramFailure.self) { try saved.drawing(in: estate, sight: nil, RuleBook(estate)) }
    #expect(failure?.sentence == "of what it is about 0 are there on 2026-12-01, and `context` takes one thing")
    let view = try #require(estate.initiativeViews().first)
    let drawing = try saved.drawing(in: estate.seen(in: view.view, at: view.date), sight: nil, RuleBook(estate))
    #expect(drawing.diagram?.nodes.contains { $0.key == "box:hall" } == true)
  }

  @Test("a slip in a condition is told inside its scalar, of whichever style it is written in")
  func conditions() async throws {
    for text in [
      "where: self.wieght == \"heavy\"", "where: >-\n  self.wieght\n  == \"heavy\"",
      "where: \"self.wieght == 'heavy'\"",
    ] {
      let estate = await Self.read(["id: a\nname: A\nview: landscape\n\(text)"])
      let told = SavedDiagramCheck.diagnostics(estate, RuleBook(estate))
      #expect(told.count == 1 && told.first?.range?.text == "wieght", "\(told)")
    }
    let fine = await Self.read(["id: a\nname: A\nview: landscape\nwhere: self.weight == \"heavy\""])
    #expect(SavedDiagramCheck.diagnostics(fine, RuleBook(fine)) == [])
  }
}
