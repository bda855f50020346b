internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// A text with holes: `${…}` is any checked expression.
struct MessageTemplate: Sendable {
  enum Segment: Sendable {
    case text(String)
    case hole(CompiledExpression)
  }

  var segments: [Segment]

  static let empty = MessageTemplate(segments: [])

  /// The pieces of a template before they are checked: texts, and holes with their offset in the scalar's value.
  static func pieces(of text: [UInt8]) -> [(isHole: Bool, bytes: [UInt8], offset: Int)] {
    var result: [(isHole: Bool, bytes: [UInt8], offset: Int)] = []
    var start = 0
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "$"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      if index > start { result.append((false, Array(text[start..<index]), start)) }
      let begin = index + 2
      var depth = 1
      var quote: UInt8?
      var end = begin
      while end < text.count {
        let byte = text[end]
        if let open = quote {
          if byte == UInt8(ascii: "\\") { end += 1 } else if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "{") {
          depth += 1
        } else if byte == UInt8(ascii: "}") {
          depth -= 1
          if depth == 0 { break }
        }
        end += 1
      }
      result.append((true, Array(text[min(begin, text.count)..<min(end, text.count)]), begin))
      index = min(end + 1, text.count)
      start = index
    }
    if start < text.count { result.append((false, Array(text[start...]), start)) }
    return result
  }

  /// The text with its holes filled. A hole that fails prints `?`.
  func text(_ frame: inout Frame, _ estate: Estate) -> String {
    var result = ""
    for segment in segments {
      switch segment {
      case .text(let text): result += text
      case .hole(let expression): result += ValueText.message(expression.evaluate(&frame), estate)
      }
    }
    // A folded or literal block ends with a line break, and one line is one sentence.
    while result.last?.isWhitespace == true { result.removeLast() }
    return result.replacing("\n", with: " ")
  }
}
