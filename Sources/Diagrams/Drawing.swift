/// A picture that is ready to be laid out: DOT, and what to try when the layout takes too long.
public struct Drawing: Sendable {
  /// One way of laying it out.
  public struct Layout: Sendable {
    /// DOT in UTF-8.
    public let dot: String
    public let engine: LayoutEngine
    /// What a warning calls it.
    public let name: String

    public init(dot: String, engine: LayoutEngine, name: String) {
      self.dot = dot
      self.engine = engine
      self.name = name
    }
  }

  public let title: String
  /// What the picture shows, in sentences.
  public let description: String
  /// The one that is meant first, then simpler ones; never empty.
  public let layouts: [Layout]
  /// What is drawn, for formats that are not laid out here; nil where there is only DOT.
  public let diagram: Diagram?
  /// What the diagram's parts are called in every layout; nil where there is only DOT.
  let names: PictureNames?

  /// - Precondition: there is a layout.
  public init(title: String, description: String, layouts: [Layout], diagram: Diagram? = nil) {
    self.init(title: title, description: description, layouts: layouts, diagram: diagram, names: nil)
  }

  init(title: String, description: String, layouts: [Layout], diagram: Diagram?, names: PictureNames?) {
    precondition(!layouts.isEmpty, "a drawing has a layout")
    self.title = title
    self.description = description
    self.layouts = layouts
    self.diagram = diagram
    self.names = names
  }

  /// Lays a diagram out in ranks, with curved lines, or straight ones where those take too long.
  init(_ diagram: Diagram) {
    let writer = DiagramDOT(diagram)
    self.init(
      title: diagram.title, description: diagram.description,
      layouts: [
        Layout(dot: writer.text(lines: .curved), engine: .dot, name: "curved lines"),
        Layout(dot: writer.text(lines: .straight), engine: .dot, name: "straight lines"),
      ],
      diagram: diagram, names: PictureNames(diagram))
  }

  /// DOT of the drawing as it is meant.
  public var dot: String { layouts[0].dot }
}

/// Graphviz's ways of placing nodes, by Graphviz's own names.
public enum LayoutEngine: String, CaseIterable, Sendable {
  case dot, neato, fdp, sfdp, twopi, circo, osage
}
