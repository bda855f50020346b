/// Why there is no picture.
enum RenderFailure: Error, Equatable {
  /// What was asked for cannot be drawn: bad DOT, an unknown format, more work than the limits allow.
  case notDrawn(String)
  /// The machine or a library failed: no file could be written, Graphviz crashed.
  case broken(String)

  var sentence: String {
    switch self {
    case .notDrawn(let sentence), .broken(let sentence): sentence
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .notDrawn: 1
    case .broken: 3
    }
  }
}
