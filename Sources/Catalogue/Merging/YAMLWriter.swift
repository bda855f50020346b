/// Writes values as YAML: as plain as they can be, on one line where they fit.
package struct YAMLWriter {
  var lineBreak = "\n"
  var width = 120

  // MARK: On one line

  func flow(_ tree: PlainTree) -> String {
    switch tree {
    case .scalar(let bytes, let isGap):
      return isGap ? "unknown" : Self.scalar(String(decoding: bytes, as: UTF8.self), isInFlow: true)
    case .sequence(let items): return "[\(items.map(flow).joined(separator: ", "))]"
    case .mapping(let entries):
      return "{\(entries.map { "\(key($0, isInFlow: true)): \(flow($0.value))" }.joined(separator: ", "))}"
    }
  }

  private func key(_ entry: PlainTree.Entry, isInFlow: Bool) -> String {
    Self.scalar(String(decoding: entry.key, as: UTF8.self), isInFlow: isInFlow)
  }

  /// On one line for a place outside brackets and braces.
  private func line(_ tree: PlainTree) -> String {
    if case .scalar(let bytes, isGap: false) = tree {
      return Self.scalar(String(decoding: bytes, as: UTF8.self), isInFlow: false)
    }
    return flow(tree)
  }

  // MARK: On several lines

  /// What follows the colon of a key: a space and a line, or line breaks and lines that are indented more than the key.
  /// - Parameter column: of the place behind the colon.
  func afterColon(_ tree: PlainTree, indentation: Int, column: Int) -> String {
    let line = line(tree)
    if column + 1 + line.unicodeScalars.count <= width { return " " + line }
    let margin = String(repeating: " ", count: indentation + 2)
    switch tree {
    case .scalar(let bytes, _):
      guard let lines = folded(String(decoding: bytes, as: UTF8.self), width: width - indentation - 2) else {
        return " " + line
      }
      return " >-" + lines.map { lineBreak + margin + $0 }.joined()
    case .sequence(let items) where !items.isEmpty:
      return items.map { "\(lineBreak)\(margin)- \(self.line($0))" }.joined()
    case .mapping(let entries) where !entries.isEmpty:
      return entries.map { entry in
        let name = margin + key(entry, isInFlow: false) + ":"
        return lineBreak + name
          + afterColon(entry.value, indentation: indentation + 2, column: name.unicodeScalars.count)
      }.joined()
    default: return " " + line
    }
  }

  /// The lines of a long text that a folded block joins again; nil where it would join them to another text.
  private func folded(_ text: String, width: Int) -> [String]? {
    let scalars = text.unicodeScalars
    guard scalars.allSatisfy({ $0.value >= 0x20 && !Self.isSpecial($0) }), scalars.first != " ", scalars.last != " ",
      !scalars.isEmpty
    else { return nil }
    let words = scalars.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if words.contains("") { return nil }
    var lines: [String] = []
    var current = ""
    var length = 0
    for word in words {
      let count = word.unicodeScalars.count
      if length > 0, length + 1 + count > width {
        lines.append(current)
        (current, length) = (word, count)
      } else {
        current += length > 0 ? " " + word : word
        length += length > 0 ? count + 1 : count
      }
    }
    return lines + [current]
  }

  // MARK: Scalars

  /// A text without quotes where nothing can take it for something else; else in quotes.
  package static func scalar(_ text: String, isInFlow: Bool) -> String {
    if isPlain(text, isInFlow: isInFlow) { return text }
    let scalars = text.unicodeScalars
    if scalars.allSatisfy({ $0.value >= 0x20 && !isSpecial($0) }) {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    var result = "\""
    for scalar in scalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value >= 0x20, !isSpecial(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          result += "\\U" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        }
      }
    }
    return result + "\""
  }

  /// Control characters and what some readers take for a line break or a mark.
  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
      || scalar.value == 0xFEFF || (0xFFFE...0xFFFF).contains(scalar.value)
  }

  private static func isPlain(_ text: String, isInFlow: Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, first != " ", scalars.last != " ", scalars.last != ":" else { return false }
    if !(first.value >= 0x80 || isWordCharacter(first) || first == "/" || first == "(") { return false }
    for (index, scalar) in scalars.enumerated() {
      if scalar.value < 0x20 || isSpecial(scalar) { return false }
      switch scalar {
      case ":": if isInFlow || scalars[index + 1] == " " { return false }
      case "#": if scalars[index - 1] == " " { return false }
      case ",", "[", "]", "{", "}": if isInFlow { return false }
      default: break
      }
    }
    return !isTakenForSomethingElse(text)
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  /// Words that are no text to this product or to readers of YAML 1.1; `true` and `false` are what they say.
  private static func isTakenForSomethingElse(_ text: String) -> Bool {
    ["null", "unknown", "yes", "no", "on", "off", "y", "n"].contains { word in
      text.utf8.count == word.utf8.count && zip(text.utf8, word.utf8).allSatisfy { $0 | 0x20 == $1 }
    }
  }
}
