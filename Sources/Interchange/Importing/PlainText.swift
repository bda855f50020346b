/// Texts in YAML that people go on writing.
enum PlainText {
  /// A text as it is where it is made of words, else in double quotes, on one line, whatever is in it.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case 0x41...0x5A, 0x61...0x7A: true
      case 0x30...0x39, 0x20, 0x2D, 0x5F: index > 0
      default: false
      }
    }
    let words = ["true", "false", "null", "unknown", "yes", "no", "on", "off", "y", "n"]
    if isPlain, !text.isEmpty, !text.hasSuffix(" "), !words.contains(text.lowercased()) { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        let isUnsafe =
          scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || (0x200B...0x200F).contains(scalar.value)
          || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          || scalar.value == 0xFEFF || (0xFFFE...0xFFFF).contains(scalar.value)
        if isUnsafe {
          let digits = String(scalar.value, radix: 16)
          result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
