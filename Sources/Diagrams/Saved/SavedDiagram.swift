public import CEL
public import Catalogue
public import Governance

/// A document of `kind: diagram`: a picture that is drawn again and again, and never stored.
public struct SavedDiagram: Sendable {
  /// Its document.
  public let row: Int32
  public let id: String
  /// The word of the view.
  public let view: String
  let title: String?
  let groupBy: String?
  let colourBy: String?
  /// The text of `where`.
  let condition: String?
  let hops: Int?
  let expand: Bool
  let links: LinkTemplate?
  /// The initiative in whose view it looks.
  public let initiative: Int32?
  public let asOf: CivilDate?

  /// All that an estate has, in the order of their ids, mistaken ones too: `SavedDiagramCheck` tells those.
  public static func all(in estate: Estate) -> [SavedDiagram] {
    estate.rows(ofKind: "diagram").compactMap { SavedDiagram($0, estate) }
  }

  /// Nil where nobody could tell what is to be drawn.
  private init?(_ row: Int32, _ estate: Estate) {
    func text(_ path: String) -> String? {
      if case .string(let text) = estate.value(path, of: row), !text.isEmpty { text } else { nil }
    }
    guard case .enumeration(let type, let ordinal) = estate.value("view", of: row) else { return nil }
    self.row = row
    id = estate.entity(row).id
    view = estate.metamodel.enums[Int(type)].values[Int(ordinal)]
    title = text("title") ?? text("name")
    groupBy = text("groupBy")
    colourBy = text("colourBy")
    condition = estate.entity(row).node?.first("where").flatMap { $0.isScalar ? $0.text : nil }
    hops = if case .int(let number) = estate.value("hops", of: row) { Int(number) } else { nil }
    expand = if case .bool(true) = estate.value("expand", of: row) { true } else { false }
    links = text("link").flatMap { LinkTemplate($0) }
    initiative = EstateSight.rows(estate.value("with", of: row)).first
    asOf = if case .date(let date) = estate.value("asOf", of: row) { date } else { nil }
  }

  private var maker: DiagramView? { DiagramView.all.first { $0.word == view } }

  /// What must be run before it can be drawn.
  public var need: DiagramFindings.Need { maker?.need(self) ?? .nothing }

  /// Whether it can look in an initiative's view.
  public var takesInitiative: Bool { maker?.sight != DiagramView.Sight.none }

  /// Draws it.
  ///
  /// - Parameters:
  ///   - estate: where it looks: the estate as it stands or the view of an initiative, at its day.
  ///   - sight: what is looked at instead of the catalogue as it stands, in words.
  ///   - book: whose functions its condition may call; no rule of it is run.
  ///   - found: what was found, where it has a need for that.
  /// - Throws: the views' own failures, and `DrawingMistakes`.
  public func drawing(
    in estate: Estate, sight: String?, _ book: RuleBook, _ found: DiagramFindings? = nil
  ) throws -> Drawing {
    guard let maker else { throw DiagramFailure.nothingToDraw("no view is called `\(view)`") }
    let subjects = EstateSight.rows(estate.value("of", of: row)).filter(estate.graph.members.contains).sorted()
    guard maker.subjects.count.contains(subjects.count) else {
      throw DiagramFailure.nothingToDraw(
        "of what it is about \(LandscapeWords.count(subjects.count, "is", "are")) there on \(estate.graph.date.text), and `\(view)` takes \(SavedDiagramCheck.words(maker.subjects.count))"
      )
    }
    let options = DiagramOptions(title: title, links: links, expand: expand, sight: sight)
    let scene = DiagramView.Scene(estate: estate, options: options, subjects: subjects, book: book, found: found)
    do {
      return try maker.make(self, scene)
    } catch let mistakes as DrawingMistakes {
      // What was typed stands in the document.
      guard let node = estate.entity(row).node?.first("where") else { throw mistakes }
      throw DrawingMistakes(mistakes.diagnostics.map { SavedDiagramCheck.placed($0, in: node) })
    }
  }
}
