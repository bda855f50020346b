import Diagnostics

extension BrokenDocument {
  /// Reads what the lines at the left margin tell.
  init(_ range: Range<Int>, in source: SourceText, _ lines: TextLines) {
    var kind: String?
    var id: String?
    var aliases: [String] = []
    var isInAliases = false
    var line = lines.lineStart(at: range.lowerBound)
    if range.lowerBound < 4 { line = range.lowerBound }
    while line < range.upperBound {
      let text = source.text(in: line..<min(lines.lineEnd(at: line), range.upperBound))
      line = lines.nextLine(after: line)
      if let value = Self.value(of: "kind", in: text) {
        kind = kind ?? Self.word(value)
      } else if let value = Self.value(of: "id", in: text) {
        id = id ?? Self.word(value)
      } else if let value = Self.value(of: "aliases", in: text) {
        isInAliases = true
        aliases += Self.words(value)
        continue
      } else if isInAliases, let dash = text.firstIndex(where: { $0 != " " }), text[dash...].hasPrefix("- ") {
        if let word = Self.word(text[dash...].dropFirst(2)) { aliases.append(word) }
        continue
      }
      isInAliases = false
    }
    self.init(range: SourceRange(source, range), kind: kind, id: id, aliases: aliases)
  }

  private static func value(of key: String, in line: String) -> Substring? {
    let start = "\(key):"
    guard line.hasPrefix(start) else { return nil }
    let value = line.dropFirst(start.count)
    return value.isEmpty || value.first == " " ? value : nil
  }

  /// One word of letters, digits, `-`, `_`, `.` and `/`, in quotes or not, a comment left out.
  private static func word(_ text: Substring) -> String? {
    var text = text.drop { $0 == " " }
    if let quote = text.first, quote == "'" || quote == "\"" {
      text = text.dropFirst()
      guard let close = text.firstIndex(of: quote) else { return nil }
      text = text[..<close]
    } else if let end = text.firstIndex(where: { $0 == " " || $0 == "\t" }) {
      guard text[end...].drop(while: { $0 == " " || $0 == "\t" }).first.map({ $0 == "#" }) ?? true else { return nil }
      text = text[..<end]
    }
    let isWord = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "_"): true
      default: false
      }
    }
    return isWord && !text.isEmpty ? String(text) : nil
  }

  /// `[a, b]`.
  private static func words(_ text: Substring) -> [String] {
    let text = text.drop { $0 == " " }
    guard text.first == "[" else { return [] }
    return text.dropFirst().prefix { $0 != "]" }.split(separator: ",").compactMap { word($0) }
  }
}
