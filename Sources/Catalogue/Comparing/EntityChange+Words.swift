extension EntityChange.Field {
  /// What was and is written, each on one line of at most so many code points. Where both are long, what is told begins
  /// shortly before the first difference, so that it can be seen.
  public func shown(limit: Int) -> (before: String?, after: String?) {
    let texts = (before.map { Self.line($0.words) }, after.map { Self.line($0.words) })
    guard let old = texts.0, let new = texts.1, max(old.count, new.count) > limit else {
      return (texts.0.map { Self.cut($0[...], limit) }, texts.1.map { Self.cut($0[...], limit) })
    }
    let common = zip(old, new).prefix { $0 == $1 }.count
    let start = min(max(0, common - limit / 4), old.count, new.count)
    return (Self.cut(old[start...], limit, isCut: start > 0), Self.cut(new[start...], limit, isCut: start > 0))
  }

  /// A list of what came or went on one line of at most so many code points.
  public static func shown(_ items: [String], limit: Int) -> String {
    cut(line(items.joined(separator: ", "))[...], limit)
  }

  private static func line(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if !scalar.properties.isWhitespace {
        result.append(scalar)
      } else if let last = result.last, last != " " {
        result.append(" ")
      }
    }
    if result.last == " " { result.removeLast() }
    return result
  }

  private static func cut(_ scalars: ArraySlice<Unicode.Scalar>, _ limit: Int, isCut: Bool = false) -> String {
    var result = isCut ? "…" : ""
    result.unicodeScalars.append(contentsOf: scalars.prefix(limit))
    return scalars.count > limit ? result + "…" : result
  }
}
