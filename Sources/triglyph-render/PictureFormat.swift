/// What a picture is written as.
enum PictureFormat: String, CaseIterable {
  case svg, png, pdf, dot

  /// The format in Graphviz's own words, with the renderer that must write it: left to itself Graphviz takes whichever
  /// plugin is installed, and GD's pictures are other ones.
  var graphvizName: String {
    switch self {
    case .svg: "svg:svg:core"
    case .png: "png:cairo:cairo"
    case .pdf: "pdf:cairo:cairo"
    case .dot: "dot:dot:core"
    }
  }
}
