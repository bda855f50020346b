/// Something that Graphviz or a library under it said while it drew.
struct DrawingMessage: Equatable {
  enum Severity: String {
    case warning, error
  }

  var severity: Severity
  /// One line, without control characters.
  var text: String

  /// The line for standard error.
  var line: String { "render: \(severity.rawValue): \(text)" }
}

extension DrawingMessage {
  private static let limit = 100

  /// The messages in a log, repetitions left out, at most a hundred and a count of the rest.
  ///
  /// The shim puts a mark before each message of Graphviz's own; a line without one is a library's, and a warning.
  static func messages(inLog log: [UInt8]) -> [DrawingMessage] {
    var messages: [DrawingMessage] = []
    for line in log.split(separator: UInt8(ascii: "\n")) {
      for piece in pieces(of: line) {
        guard let text = printable(piece.text) else { continue }
        if piece.continues, let last = messages.indices.last {
          messages[last].text += " \(text)"
        } else {
          messages.append(DrawingMessage(severity: piece.isError ? .error : .warning, text: text))
        }
      }
    }
    var kept: [DrawingMessage] = []
    for message in messages {
      // Graphviz reports an HTML error twice, the second time with the place.
      if let last = kept.last, message.text.hasPrefix(last.text) { kept.removeLast() }
      if !kept.contains(message) { kept.append(message) }
    }
    guard kept.count > limit else { return kept }
    let more = DrawingMessage(severity: .warning, text: "\(kept.count - limit) more messages are left out")
    return kept.prefix(limit) + [more]
  }

  /// The message as it stands when there is a picture all the same: a warning, and what a bad HTML label became.
  var withPictureDrawn: DrawingMessage {
    let replaced = severity == .error && text.contains(" in label of ") && !text.hasPrefix("No or improper image")
    return DrawingMessage(severity: .warning, text: replaced ? "\(text): its name is drawn instead" : text)
  }

  private struct Piece {
    var isError = false
    var continues = false
    var text: [UInt8] = []
  }

  private static func pieces(of line: ArraySlice<UInt8>) -> [Piece] {
    var pieces = [Piece()]
    for byte in line {
      switch byte {
      case 1, 2, 3: pieces.append(Piece(isError: byte == 1, continues: byte == 3))
      default: pieces[pieces.endIndex - 1].text.append(byte)
      }
    }
    return pieces.filter { !$0.text.isEmpty }
  }

  /// A line fit for a terminal: repaired UTF-8, at most 500 characters, control and direction characters as their
  /// code points; without the program names, process numbers and times that some libraries put in. Nil when nothing is
  /// left.
  private static func printable(_ bytes: [UInt8]) -> String? {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(500) {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\t": text.unicodeScalars.append(" ")
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    if text.hasPrefix("(null): ") { text.removeFirst("(null): ".count) }
    var words = text.split(separator: " ")
    // GLib: `(process:4711): Pango-WARNING **: 12:30:00.123: …`
    if words.first?.hasPrefix("(process:") == true { words.removeFirst() }
    if let stars = words.firstIndex(of: "**:"), words.indices.contains(stars + 1), isTime(words[stars + 1]) {
      words.remove(at: stars + 1)
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private static func isTime(_ word: Substring) -> Bool {
    word.hasSuffix(":") && word.allSatisfy { $0.isNumber || $0 == ":" || $0 == "." }
  }
}
