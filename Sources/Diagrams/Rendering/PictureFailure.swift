/// Why there is no picture.
public enum PictureFailure: Error, Equatable, Sendable {
  /// There is no renderer where it was looked for.
  case rendererMissing(path: String)
  /// The renderer could not be started, or did not behave as one.
  case rendererBroken(String)
  /// Every layout took too long.
  case tooSlow(seconds: Int)
  /// The renderer refused the drawing, in its words.
  case notDrawn(String)
  /// The picture is there, but not in the file.
  case notWritten(path: String, reason: String)

  /// One sentence, with what to do.
  public var sentence: String {
    switch self {
    case .rendererMissing(let path):
      return
        "cannot draw: there is no triglyph-render at \(path); install it beside triglyph, or write DOT, which needs none (--format dot)"
    case .rendererBroken(let reason): return "cannot draw: triglyph-render failed: \(reason)"
    case .tooSlow(let seconds):
      return "cannot draw: no layout was found within \(seconds) s each; draw less of it, or allow more time"
    case .notDrawn(let reason): return "cannot draw: \(reason)"
    case .notWritten(let path, let reason): return "cannot write \(path): \(reason)"
    }
  }
}
