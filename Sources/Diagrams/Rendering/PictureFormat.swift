/// What a picture is written as.
public enum PictureFormat: String, CaseIterable, Sendable {
  case svg, png, pdf
  /// The drawing's own DOT, without a layout.
  case dot
  /// A flow chart for a forge's comments, which lays it out itself.
  case mermaid
  /// What is drawn as data, with the places that a layout gave it.
  case json

  /// The ending of a file's name.
  public var ending: String { self == .mermaid ? "mmd" : rawValue }

  /// What the renderer makes for it; nil for what is written without a layout.
  var laidOut: String? {
    switch self {
    case .svg, .png, .pdf: rawValue
    case .json: "places"
    case .dot, .mermaid: nil
    }
  }

  /// Whether it can be scaled onto a sheet.
  public var takesPaper: Bool { self == .svg || self == .pdf }
}
