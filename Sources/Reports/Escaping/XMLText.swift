internal import Diagnostics

/// Text for XML 1.0, in an attribute with either quote or between tags: markup becomes entities, and what XML cannot hold or
/// a reader could not see is made visible.
func escapedForXML(_ text: some StringProtocol, keepingLineBreaks: Bool = false) -> String {
  var result = ""
  for scalar in escapedForTerminal(text, keepingLineBreaks: keepingLineBreaks).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&apos;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
