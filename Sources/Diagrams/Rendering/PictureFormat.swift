/// What a picture is written as.
public enum PictureFormat: String, CaseIterable, Sendable {
  case svg, png, pdf
  /// The drawing's own DOT, without a layout.
  case dot
  /// A flow chart for a forge's comments, and what is drawn as data: neither is laid out here.
  case mermaid, json

  /// Whether the renderer makes it.
  var isLaidOut: Bool {
    switch self {
    case .svg, .png, .pdf: true
    case .dot, .mermaid, .json: false
    }
  }
}
