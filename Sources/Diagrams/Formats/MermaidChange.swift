/// How Mermaid shows what becomes of a thing: where an initiative changes it, and where two revisions differ in it.
public struct MermaidChange: Sendable {
  public static let added = MermaidChange("added", .added)
  public static let changed = MermaidChange("changed", .changed)
  /// Its document is gone.
  public static let removed = MermaidChange("removed", .retired)

  /// Of the class of boxes, too.
  public let name: String
  private let kind: Diagram.Change.Kind

  private init(_ name: String, _ kind: Diagram.Change.Kind) {
    self.name = name
    self.kind = kind
  }

  init(_ kind: Diagram.Change.Kind) { self.init(kind.rawValue, kind) }

  /// `+ added`, for a label: no box tells it by its colour alone.
  public var label: String { MermaidText.label("\(kind.sign) \(name)") }

  /// The line that gives its boxes their look.
  public var style: String {
    "  classDef \(name) fill:\(kind.fill.hex),stroke:\(kind.colour.hex),color:\(Colour.ink.hex),stroke-width:3px"
  }

  /// The same for boxes of which nothing is said.
  public static func plainStyle(_ name: String) -> String {
    "  classDef \(name) fill:\(Colour.paper.hex),stroke:\(Colour.groupLine.hex),color:\(Colour.ink.hex)"
  }
}
