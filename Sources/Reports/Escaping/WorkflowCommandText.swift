internal import Diagnostics

/// Text for the message of a GitHub workflow command: the runner undoes three codes, so these are all that a message needs to
/// stay one command on one line; what a reader could not see is made visible before.
func escapedForWorkflowMessage(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in escapedForTerminal(text, keepingLineBreaks: true).unicodeScalars {
    switch scalar {
    case "%": result += "%25"
    case "\n": result += "%0A"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text for a property of a workflow command, where a colon and a comma end something, too.
func escapedForWorkflowProperty(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in escapedForTerminal(text).unicodeScalars {
    switch scalar {
    case "%": result += "%25"
    case ":": result += "%3A"
    case ",": result += "%2C"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
