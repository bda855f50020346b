internal import Diagnostics

/// Text inside a SARIF message (sections 3.11.5 and 3.11.6): brackets cannot become a link, braces no placeholder; what a
/// reader could not see is made visible.
func escapedForSARIF(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in escapedForTerminal(text).unicodeScalars {
    switch scalar {
    case "[", "]", "\\":
      result += "\\"
      result.unicodeScalars.append(scalar)
    case "{": result += "{{"
    case "}": result += "}}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
