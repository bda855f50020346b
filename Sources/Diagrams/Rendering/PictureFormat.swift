/// What a picture is written as.
public enum PictureFormat: String, CaseIterable, Sendable {
  case svg, png, pdf
  /// The drawing's own DOT, without a layout.
  case dot
}
