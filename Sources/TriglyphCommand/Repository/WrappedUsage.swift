internal import Diagnostics

/// The lines of a message that say how a command is used, broken between what belongs together.
enum WrappedUsage {
  static func text(_ message: String, width: Int = 80) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isUsage = line.hasPrefix("Usage: ") || line.hasPrefix("USAGE: ")
      return isUsage && displayWidth(of: String(line)) > width ? wrapped(line, width: width) : String(line)
    }.joined(separator: "\n")
  }

  private static func wrapped(_ line: Substring, width: Int) -> String {
    var lines: [String] = []
    var current = ""
    for part in parts(of: line) {
      if current.isEmpty {
        current = part
      } else if displayWidth(of: current) + 1 + displayWidth(of: part) <= width {
        current += " " + part
      } else {
        lines.append(current)
        current = String(repeating: " ", count: 9) + part
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }

  /// The words of a line; what stands in brackets is one word, and an option goes with its value.
  private static func parts(of line: Substring) -> [String] {
    var result: [String] = []
    var depth = 0
    for word in line.split(separator: " ") {
      let isValue = word.hasPrefix("<") && result.last?.hasPrefix("-") == true
      if depth > 0 || isValue { result[result.count - 1] += " " + word } else { result.append(String(word)) }
      depth += word.count { $0 == "[" } - word.count { $0 == "]" }
    }
    return result
  }
}
