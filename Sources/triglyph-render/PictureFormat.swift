/// What a picture is written as.
enum PictureFormat: String, CaseIterable {
  case svg, png, pdf, dot
  /// Where everything stands, as lines of words and numbers.
  case places

  /// The format in Graphviz's own words, with the renderer that must write it: left to itself Graphviz takes whichever
  /// plugin is installed, and GD's pictures are other ones. Nil for what Graphviz has no writer of.
  var graphvizName: String? {
    switch self {
    case .svg: "svg:svg:core"
    case .png: "png:cairo:cairo"
    case .pdf: "pdf:cairo:cairo"
    case .dot: "dot:dot:core"
    case .places: nil
    }
  }
}
