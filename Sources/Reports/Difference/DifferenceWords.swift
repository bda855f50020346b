internal import Catalogue
internal import Diagnostics

/// What differs, in the words that text and Markdown share. Nothing here is escaped.
enum DifferenceWords {
  /// Texts of catalogues are cut at so many code points; JSON has them whole.
  private static let longest = 120

  static func cut(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.unicodeScalars.count <= longest
      ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(longest - 1))) + "…"
  }

  /// `gains system:a; loses system:b`, `false; was true`, `no longer written; was 4h`.
  static func value(_ field: EntityChange.Field) -> String {
    if !field.gained.isEmpty || !field.lost.isEmpty {
      func shown(_ items: [String]) -> String { EntityChange.Field.shown(items, limit: longest) }
      let gained = field.gained.isEmpty ? nil : "gains \(shown(field.gained))"
      let lost = field.lost.isEmpty ? nil : "loses \(shown(field.lost))"
      return [gained, lost].compactMap(\.self).joined(separator: "; ")
    }
    switch field.shown(limit: longest) {
    case (let before?, let after?): return "\(after); was \(before)"
    case (let before?, nil): return "no longer written; was \(before)"
    case (nil, let after?): return "\(after); was not written"
    case (nil, nil): return ""
    }
  }

  static func edit(_ edit: EntityChange.Edit) -> String {
    switch (edit.before, edit.after) {
    case (let before?, let after?): "now \(cut(after)); was \(cut(before))"
    case (nil, let after?): "now also \(cut(after))"
    case (let before?, nil): "no more \(cut(before))"
    case (nil, nil): ""
    }
  }

  /// `file:line`.
  static func place(_ range: SourceRange) -> String { "\(range.source.name):\(range.start.line)" }

  /// Where it stands and, where that is another file or line, where it stood.
  static func places(_ after: SourceRange?, _ before: SourceRange?) -> String {
    [after.map(place), before.map { "was \(place($0))" }].compactMap(\.self).joined(separator: ", ")
  }

  static func followed(_ count: Int) -> String {
    "\(count) \(count == 1 ? "reference follows its" : "references follow their") new id"
  }
}
