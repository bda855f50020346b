public import Catalogue

/// The landscape of an estate at its date: systems in groups, coloured by phase, and what integrates them.
///
/// A pure function of the estate and the options: the same catalogue gives the same DOT, whatever the order of its
/// files. Up to `Options.boxLimit` systems each is a box, beyond that each group is one, with its systems as rows; the
/// picture says what it folds, and what it leaves out.
///
///     let landscape = try Landscape(estate)
///     let picture = try await PictureRenderer().render(landscape.drawing, as: .svg, date: estate.asOf)
public struct Landscape: Sendable {
  public let drawing: Drawing

  /// Linear in the estate, but for sorting.
  public init(_ estate: Estate, _ options: Options = Options()) throws(LandscapeFailure) {
    var model = try LandscapeReader.read(estate, options)
    model.sight = options.sight
    let isFolded = !options.expand && model.systems.count > options.boxLimit
    let sheet = isFolded ? LandscapeSheet(folding: model) : LandscapeSheet(model)
    let words = LandscapeWords(model, sheet, title: options.title)
    let dot = LandscapeDOT(model: model, sheet: sheet, words: words)
    let straight = Drawing.Layout(dot: dot.text(lines: .straight), engine: .osage, name: "straight lines")
    let curved = Drawing.Layout(dot: dot.text(lines: .curved), engine: .osage, name: "curved lines")
    let diagram = LandscapeDiagram.diagram(model, words)
    // Graphviz looks for ways around all boxes (8 s for 200 of them) even where no line needs one.
    let layouts = sheet.isStraight || sheet.links.isEmpty ? [straight] : [curved, straight]
    drawing = Drawing(
      title: words.title, description: words.description, layouts: layouts,
      diagram: diagram, names: PictureNames(landscape: diagram))
  }

  /// DOT of the drawing as it is meant to be.
  public var dot: String { drawing.dot }
}
