public import CEL
public import Catalogue

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

  /// Draws it.
  ///
  /// - Parameters:
  ///   - estate: where it looks: the estate as it stands or the view of an initiative, at its day.
  ///   - sight: what is looked at instead of the catalogue as it stands, in words.
  /// - Throws: the views' own failures.
  public func drawing(in estate: Estate, sight: String?) throws -> Drawing {
    guard let maker = DiagramView.all.first(where: { $0.word == view }) else {
      throw DiagramFailure.nothingToDraw("no view is called `\(view)`")
    }
    let subjects = EstateSight.rows(estate.value("of", of: row)).filter(estate.graph.members.contains).sorted()
    guard maker.subjects.count.contains(subjects.count) else {
      throw DiagramFailure.nothingToDraw(
        "of what it is about \(LandscapeWords.count(subjects.count, "is", "are")) there on \(estate.graph.date.text), and `\(view)` takes \(SavedDiagramCheck.words(maker.subjects.count))"
      )
    }
    let options = DiagramOptions(title: title, links: links, expand: expand, sight: sight)
    return try maker.make(self, DiagramView.Scene(estate: estate, options: options, subjects: subjects))
  }
}
