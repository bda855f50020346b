public import Catalogue

/// The capabilities of an estate as boxes in boxes, with who provides each; the fills tell what `CapabilityHeat` asks.
///
/// Areas stand in columns that make a sheet like A3 landscape. Beyond `boxLimit` capabilities what is deeper than two
/// levels is counted in its box, unless the options say that all are drawn.
public struct CapabilityMap: Sendable {
  public let drawing: Drawing
  /// More boxes than this cannot be read on one sheet.
  static let boxLimit = 400
  /// Boxes in boxes in boxes; what is deeper stands in the last.
  static let levelLimit = 6
  static let foldedLevels = 2

  /// Linear in the estate, but for sorting.
  public init(
    _ estate: Estate, heat: CapabilityHeat = .systems, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    try self.init(estate, heat: heat, options, boxLimit: Self.boxLimit)
  }

  init(
    _ estate: Estate, heat: CapabilityHeat, _ options: DiagramOptions, boxLimit: Int
  ) throws(DiagramFailure) {
    let model = try CapabilityReader.read(estate, heat, options)
    let isFolded = !options.expand && model.capabilities.count > boxLimit
    let sheet = CapabilitySheet(
      model, heat, levels: isFolded ? Self.foldedLevels : Self.levelLimit, isFolded: isFolded, namesAll: options.expand,
      title: options.title ?? "Capabilities")
    let (writer, diagram) = (CapabilityDOT(sheet), sheet.diagram)
    drawing = Drawing(
      title: sheet.title, description: ([sheet.scope + "."] + sheet.notes).joined(separator: " "),
      layouts: [.init(dot: writer.text, engine: .osage, name: "boxes in columns")],
      diagram: diagram, names: writer.names(of: diagram))
  }

  /// DOT of the drawing as it is meant to be.
  public var dot: String { drawing.dot }
}
