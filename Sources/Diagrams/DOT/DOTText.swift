internal import Diagnostics

/// The one place where text from outside becomes part of DOT: as a quoted string or as the text of an HTML-like label.
///
/// Whatever a name holds, it is drawn as it is, but for what has no picture: line breaks and tabs become spaces, control
/// characters, bidirectional controls and noncharacters become U+FFFD, which can be seen.
enum DOTText {
  /// The most code points of a text that are drawn; what is longer ends in an ellipsis.
  static let limit = 160
  /// The same for a tooltip.
  static let tooltipLimit = 1_000

  /// A quoted string of lines. Graphviz reads `\N` and entities in it: backslashes and ampersands are doubled or named.
  static func quoted(_ lines: [String], limit: Int = limit) -> String {
    var result = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { result += "\\n" }
      for scalar in cleaned(line, limit: limit).unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        // Doubled, it would still be read as an escape in a tooltip.
        case "\\": result += "&#92;"
        case "&": result += "&amp;"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// The text of an HTML-like label. Graphviz reads `\N` even there.
  static func markup(_ text: String, limit: Int = limit) -> String {
    var result = ""
    for scalar in cleaned(text, limit: limit).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text of an XML document that is not DOT's: the title and the description of an SVG.
  static func xml(_ text: String) -> String {
    var result = ""
    for scalar in cleaned(text, limit: tooltipLimit).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// What can be drawn of a text.
  static func cleaned(_ text: String, limit: Int) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        result += "…"
        break
      }
      count += 1
      switch scalar {
      case "\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}": result += " "
      default: result.unicodeScalars.append(isDrawable(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return result
  }

  private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return true
    // The joiners, which scripts and emoji need, and signs that stand before a number.
    case 0x200C, 0x200D, 0x0600...0x0605, 0x06DD, 0x070F, 0x08E2, 0x110BD: return true
    case 0xFDD0...0xFDEF: return false
    default: break
    }
    if scalar.value & 0xFFFE == 0xFFFE { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate: return false
    default: return true
    }
  }

  /// The size of the smallest text of labels in DOT that `DOTMarkup` wrote, in points. No text from outside holds a quote
  /// that is not escaped, so none is taken for it.
  static func leastPoints(in dot: String) -> Int? {
    let bytes = Array(dot.utf8)
    let key = Array("POINT-SIZE=\"".utf8)
    var least: Int?
    var searched = 0
    while let found = bytes[searched...].firstRange(of: key) {
      searched = found.upperBound
      let digits = bytes[searched...].prefix(4).prefix { $0 != UInt8(ascii: "\"") }
      if let points = Int(String(decoding: digits, as: UTF8.self)) { least = min(least ?? points, points) }
    }
    return least
  }

  /// Lines of at most `width` columns, broken at spaces, and inside a word that is longer; at most `maximum` lines, the
  /// last of them with an ellipsis where there would be more.
  static func wrapped(_ text: String, width: Int, maximum: Int = 4, limit: Int = limit) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    func flush() {
      if !line.isEmpty { lines.append(line) }
      (line, lineWidth) = ("", 0)
    }
    for word in cleaned(text, limit: limit).split(separator: " ") {
      let wordWidth = displayWidth(of: word)
      if !line.isEmpty, lineWidth + 1 + wordWidth <= width {
        line += " " + word
        lineWidth += 1 + wordWidth
        continue
      }
      flush()
      // By characters, so that no mark is parted from its letter.
      for character in word {
        let characterWidth = displayWidth(of: String(character))
        if lineWidth + characterWidth > width { flush() }
        line.append(character)
        lineWidth += characterWidth
      }
    }
    flush()
    if lines.isEmpty { return ["\u{FFFD}"] }
    guard lines.count > maximum else { return lines }
    return lines.prefix(maximum - 1) + [lines[maximum - 1] + "…"]
  }
}
