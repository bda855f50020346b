extension Function {
  /// A text in a message, in quotes; of a long one the beginning.
  static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count <= 80 ? "`\(text)`" : "`\(String(String.UnicodeScalarView(scalars.prefix(79))))…`"
  }
}
