internal import Diagnostics

/// Text from outside inside Mermaid's quotes.
public enum MermaidText {
  /// Letters, digits and what no parser of Mermaid's reads as more stay, all else is a code. Cut at `limit` code points.
  public static func label(_ text: String, limit: Int = 40) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "_", ".", ",", "/", ":": result.unicodeScalars.append(scalar)
      case _ where scalar.properties.isAlphabetic: result.unicodeScalars.append(scalar)
      // Codes of controls and of what has no picture show nothing, or reorder: they are written as their numbers.
      case _ where escapedForTerminal(String(scalar)) != String(scalar):
        result += "U+\(String(scalar.value, radix: 16, uppercase: true))"
      default: result += "#\(scalar.value);"
      }
    }
    return text.unicodeScalars.count > limit ? result + "…" : result
  }
}
