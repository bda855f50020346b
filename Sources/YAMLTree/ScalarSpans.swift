/// Where in the source each byte of a scalar's value comes from, found by reading the scalar again as libyaml does.
///
/// libyaml 0.2.5 says only where a token begins and ends. The rules are those of its scanner, U+0085, U+2028 and U+2029
/// as line breaks included.
struct ScalarSpans {
  /// One for each byte of the value: the source bytes that it was read from.
  private(set) var spans: [Range<Int>] = []
  /// The value as read again; equal to the node's own.
  private(set) var value: [UInt8] = []
  private let bytes: [UInt8]
  private var index: Int
  private let end: Int

  init(of node: YAMLNode) {
    bytes = node.source.bytes
    let range = node.utf8Range
    index = range.lowerBound
    switch node.style {
    case .plain:
      end = range.upperBound
      readFlow(quote: nil)
    case .singleQuoted, .doubleQuoted:
      index += 1
      end = max(index, range.upperBound - 1)
      readFlow(quote: node.style == .singleQuoted ? UInt8(ascii: "'") : UInt8(ascii: "\""))
    case .literal, .folded:
      end = bytes.count
      let wanted = node.utf8
      readBlock(isLiteral: node.style == .literal, wanted: wanted, from: index)
      let excess = value.count - wanted.count
      if excess > 0 {
        value.removeLast(excess)
        spans.removeLast(excess)
      }
    }
  }

  /// A byte of a value that is not yet known to count, or of a line break.
  private typealias Piece = (byte: UInt8, span: Range<Int>)

  private mutating func append(_ byte: UInt8, _ span: Range<Int>) {
    value.append(byte)
    spans.append(span)
  }

  private mutating func append(_ pieces: [Piece]) {
    for piece in pieces { append(piece.byte, piece.span) }
  }

  private mutating func copyByte() {
    append(bytes[index], index..<index + 1)
    index += 1
  }

  private func byte(at offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  private var isAtBlank: Bool { index < end && (bytes[index] == 0x20 || bytes[index] == 0x09) }

  /// Bytes of the line break at the index; 0 where there is none.
  private var breakLength: Int {
    guard index < end else { return 0 }
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return byte(at: index + 1) == 0x0A ? 2 : 1
    case 0xC2: return byte(at: index + 1) == 0x85 ? 2 : 0
    case 0xE2: return byte(at: index + 1) == 0x80 && byte(at: index + 2) & 0xFE == 0xA8 ? 3 : 0
    default: return 0
    }
  }

  /// U+2028 and U+2029 stay themselves; every other break becomes a line feed.
  private mutating func readBreak() -> [Piece] {
    let length = breakLength
    let span = index..<index + length
    index += length
    guard length == 3 else { return [(0x0A, span)] }
    return span.map { (bytes[$0], $0..<$0 + 1) }
  }

  private mutating func readFlow(quote: UInt8?) {
    while index < end {
      var isAfterBreak = false
      while index < end, !isAtBlank, breakLength == 0 {
        if quote == UInt8(ascii: "'"), bytes[index] == UInt8(ascii: "'"), byte(at: index + 1) == UInt8(ascii: "'") {
          append(UInt8(ascii: "'"), index..<index + 2)
          index += 2
        } else if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") {
          index += 1
          if breakLength > 0 {
            index += breakLength
            isAfterBreak = true
            break
          }
          readEscape(from: index - 1)
        } else {
          copyByte()
        }
      }
      readFlowSpace(isAfterBreak: isAfterBreak)
    }
  }

  /// Blanks and line breaks inside a plain or quoted scalar: blanks around a break go, one break becomes a space, of
  /// several the first goes.
  private mutating func readFlowSpace(isAfterBreak: Bool) {
    var isAfterBreak = isAfterBreak
    var blanks: [Piece] = []
    var first: [Piece] = []
    var others: [Piece] = []
    while index < end {
      if isAtBlank {
        if !isAfterBreak { blanks.append((bytes[index], index..<index + 1)) }
        index += 1
      } else if breakLength > 0 {
        if isAfterBreak {
          others += readBreak()
        } else {
          blanks = []
          first = readBreak()
          isAfterBreak = true
        }
      } else {
        break
      }
    }
    if !isAfterBreak {
      append(blanks)
    } else if let head = first.first, head.byte == 0x0A {
      if others.isEmpty { append(0x20, head.span) } else { append(others) }
    } else {
      append(first)
      append(others)
    }
  }

  private mutating func readEscape(from start: Int) {
    let letter = byte(at: index)
    index = min(index + 1, end)
    let digits: Int
    let scalar: UInt32
    switch letter {
    case UInt8(ascii: "x"): (digits, scalar) = (2, 0)
    case UInt8(ascii: "u"): (digits, scalar) = (4, 0)
    case UInt8(ascii: "U"): (digits, scalar) = (8, 0)
    case UInt8(ascii: "0"): (digits, scalar) = (0, 0)
    case UInt8(ascii: "a"): (digits, scalar) = (0, 0x07)
    case UInt8(ascii: "b"): (digits, scalar) = (0, 0x08)
    case UInt8(ascii: "t"), 0x09: (digits, scalar) = (0, 0x09)
    case UInt8(ascii: "n"): (digits, scalar) = (0, 0x0A)
    case UInt8(ascii: "v"): (digits, scalar) = (0, 0x0B)
    case UInt8(ascii: "f"): (digits, scalar) = (0, 0x0C)
    case UInt8(ascii: "r"): (digits, scalar) = (0, 0x0D)
    case UInt8(ascii: "e"): (digits, scalar) = (0, 0x1B)
    case UInt8(ascii: "N"): (digits, scalar) = (0, 0x85)
    case UInt8(ascii: "_"): (digits, scalar) = (0, 0xA0)
    case UInt8(ascii: "L"): (digits, scalar) = (0, 0x2028)
    case UInt8(ascii: "P"): (digits, scalar) = (0, 0x2029)
    default: (digits, scalar) = (0, UInt32(letter))
    }
    var result = scalar
    for _ in 0..<digits where index < end {
      result = result << 4 | UInt32(hexadecimalDigit(bytes[index]))
      index += 1
    }
    for byte in String(Unicode.Scalar(result) ?? "\u{FFFD}").utf8 { append(byte, start..<index) }
  }

  private func hexadecimalDigit(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: 0
    }
  }
}

extension ScalarSpans {
  /// How a block scalar treats the line breaks at its end.
  private enum Chomping { case strip, clip, keep }

  /// A block scalar whose indentation is written counts it from its parent's, which the node does not know: each
  /// possible one is tried until the value comes out.
  private mutating func readBlock(isLiteral: Bool, wanted: ArraySlice<UInt8>, from start: Int) {
    index = start + 1
    var chomping = Chomping.clip
    var written = 0
    header: while index < end {
      switch bytes[index] {
      case UInt8(ascii: "+"): chomping = .keep
      case UInt8(ascii: "-"): chomping = .strip
      case UInt8(ascii: "1")...UInt8(ascii: "9"): written = Int(bytes[index] - UInt8(ascii: "0"))
      default: break header
      }
      index += 1
    }
    while index < end, breakLength == 0 { index += 1 }
    index += breakLength
    let body = index
    guard written > 0 else {
      readBlockLines(isLiteral: isLiteral, chomping: chomping, indentation: nil, limit: wanted.count)
      return
    }
    for parent in 0...1_000 {
      index = body
      value = []
      spans = []
      readBlockLines(
        isLiteral: isLiteral, chomping: chomping, indentation: parent + written, limit: wanted.count)
      if value.prefix(wanted.count) == wanted { return }
    }
  }

  /// Reads lines until one is less indented, or the value has more than `limit` bytes.
  private mutating func readBlockLines(isLiteral: Bool, chomping: Chomping, indentation: Int?, limit: Int) {
    var others: [Piece] = []
    var first: [Piece] = []
    let (found, firstColumn) = readIndentation(indentation, &others)
    var column = firstColumn
    var wasBlank = false
    while index < end, column == found, value.count <= limit {
      let isBlank = isAtBlank
      if !isLiteral, let head = first.first, head.byte == 0x0A, !wasBlank, !isBlank {
        if others.isEmpty { append(0x20, head.span) }
      } else {
        append(first)
      }
      append(others)
      others = []
      wasBlank = isAtBlank
      while index < end, breakLength == 0 { copyByte() }
      first = breakLength > 0 ? readBreak() : []
      (_, column) = readIndentation(found, &others)
    }
    if chomping != .strip { append(first) }
    if chomping == .keep { append(others) }
  }

  /// Reads indentation and empty lines; gives the indentation and the column reached.
  private mutating func readIndentation(_ known: Int?, _ breaks: inout [Piece]) -> (Int, Int) {
    var widest = 0
    while true {
      let lineStart = index
      while index < end, bytes[index] == 0x20, known.map({ index - lineStart < $0 }) ?? true { index += 1 }
      widest = max(widest, index - lineStart)
      if breakLength == 0 { return (known ?? max(widest, 1), index - lineStart) }
      breaks += readBreak()
    }
  }
}
