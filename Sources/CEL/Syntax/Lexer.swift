/// Cuts an expression's bytes into tokens (language definition: Syntax); the bytes are valid UTF-8, fewer than 2³¹.
///
/// It reports what no token could stand for. Where an unmistakable slip was made (`===`, a typographic quotation mark)
/// it reports that and goes on; elsewhere it ends the tokens with `invalid`.
struct Lexer {
  private let text: [UInt8]
  private var offset = 0
  private(set) var tokens: [Token] = []
  private(set) var problems: [ExpressionProblem] = []

  init(_ text: [UInt8]) {
    self.text = text
    tokens.reserveCapacity(text.count / 3 + 4)
  }

  /// Linear in the text.
  mutating func run() {
    while skipSpace() {
      let start = offset
      guard let kind = scan() else {
        tokens.append(Token(.invalid, start..<max(offset, start)))
        break
      }
      tokens.append(Token(kind, start..<offset))
    }
    // The end lies after the last token, so that a caret does not fall on an empty last line.
    let end = tokens.last?.upperBound ?? 0
    tokens.append(Token(.end, end..<end))
  }

  // MARK: - Bytes

  private func byte(at index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private mutating func report(_ problem: ExpressionProblem) {
    if problems.count < Parser.problemLimit { problems.append(problem) }
  }

  /// Passes white space and comments; false at the end of the text.
  private mutating func skipSpace() -> Bool {
    while offset < text.count {
      switch text[offset] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
        offset += 1
      case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "/"):
        while offset < text.count, text[offset] != 0x0A { offset += 1 }
      default:
        return true
      }
    }
    return false
  }

  // MARK: - Tokens

  /// Reads one token, leaving the offset after it; nil when it reported what stops it.
  private mutating func scan() -> Token.Kind? {
    let first = text[offset]
    if Lexer.isNameStart(first) { return scanWord() }
    if Lexer.isDigit(first) { return scanNumber() }
    let next = byte(at: offset + 1)
    switch first {
    case UInt8(ascii: "."):
      return Lexer.isDigit(next) ? scanNumber() : take(1, .dot)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return scanString(from: offset, raw: false) ? .string : nil
    case UInt8(ascii: "`"):
      return scanQuotedName()
    case UInt8(ascii: ","): return take(1, .comma)
    case UInt8(ascii: ":"): return take(1, .colon)
    case UInt8(ascii: "?"): return take(1, .question)
    case UInt8(ascii: "("): return take(1, .leftParenthesis)
    case UInt8(ascii: ")"): return take(1, .rightParenthesis)
    case UInt8(ascii: "["): return take(1, .leftBracket)
    case UInt8(ascii: "]"): return take(1, .rightBracket)
    case UInt8(ascii: "{"): return take(1, .leftBrace)
    case UInt8(ascii: "}"): return take(1, .rightBrace)
    case UInt8(ascii: "-"): return take(1, .minus)
    case UInt8(ascii: "+"): return take(1, .plus)
    case UInt8(ascii: "*"): return take(1, .star)
    case UInt8(ascii: "/"): return take(1, .slash)
    case UInt8(ascii: "%"): return take(1, .percent)
    case UInt8(ascii: "&"): return next == first ? take(2, .and) : take(1, .ampersand)
    case UInt8(ascii: "|"): return next == first ? take(2, .or) : take(1, .pipe)
    case UInt8(ascii: "="):
      return next == UInt8(ascii: "=") ? takeComparison("==", .equal) : take(1, .assign)
    case UInt8(ascii: "!"):
      return next == UInt8(ascii: "=") ? takeComparison("!=", .notEqual) : take(1, .bang)
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: ">") {
        report(.foreignOperator("<>", at: offset..<offset + 2, instead: "!="))
        return take(2, .notEqual)
      }
      return next == UInt8(ascii: "=") ? take(2, .lessOrEqual) : take(1, .less)
    case UInt8(ascii: ">"):
      return next == UInt8(ascii: "=") ? take(2, .greaterOrEqual) : take(1, .greater)
    default:
      return scanForeign()
    }
  }

  private mutating func take(_ count: Int, _ kind: Token.Kind) -> Token.Kind {
    offset += count
    return kind
  }

  /// `==` or `!=`; a third `=` is reported and passed.
  private mutating func takeComparison(_ written: String, _ kind: Token.Kind) -> Token.Kind {
    if byte(at: offset + 2) == UInt8(ascii: "=") {
      report(.foreignOperator(written + "=", at: offset..<offset + 3, instead: written))
      return take(3, kind)
    }
    return take(2, kind)
  }

  private mutating func scanWord() -> Token.Kind? {
    let start = offset
    while offset < text.count, Lexer.isNamePart(text[offset]) { offset += 1 }
    let count = offset - start
    let quote = byte(at: offset)
    if count <= 2, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let prefix = Lexer.prefix(text[start], count == 2 ? text[start + 1] : 0)
    {
      guard scanString(from: start, raw: prefix.isRaw) else { return nil }
      return prefix.isBytes ? .bytes : .string
    }
    if quote >= 0x80 { return scanForeign(inNameFrom: start) }
    return keyword(start..<offset)
  }

  private func keyword(_ range: Range<Int>) -> Token.Kind {
    func matches(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { $0.elementsEqual(text[range]) }
    }
    // The length comes first: no word longer than `namespace` is looked at.
    switch range.count {
    case 2:
      if matches("in") { return .in }
      return matches("as") || matches("if") ? .reserved : .identifier
    case 3: return matches("for") || matches("let") || matches("var") ? .reserved : .identifier
    case 4:
      if matches("true") { return .true }
      if matches("null") { return .null }
      return matches("else") || matches("loop") || matches("void") ? .reserved : .identifier
    case 5:
      if matches("false") { return .false }
      return matches("break") || matches("const") || matches("while") ? .reserved : .identifier
    case 6: return matches("import") || matches("return") ? .reserved : .identifier
    case 7: return matches("package") ? .reserved : .identifier
    case 8: return matches("continue") || matches("function") ? .reserved : .identifier
    case 9: return matches("namespace") ? .reserved : .identifier
    default: return .identifier
    }
  }

  private mutating func scanNumber() -> Token.Kind? {
    let start = offset
    var kind = Token.Kind.int
    if text[offset] == UInt8(ascii: "0"), byte(at: offset + 1) | 0x20 == UInt8(ascii: "x") {
      offset += 2
      let digits = offset
      while Lexer.hexValue(byte(at: offset)) != nil { offset += 1 }
      if offset == digits { return malformedNumber(start, .hexDigits) }
      if text[start + 1] == UInt8(ascii: "X") {
        report(.capitalHexPrefix(at: start..<start + 2))
      }
    } else {
      while Lexer.isDigit(byte(at: offset)) { offset += 1 }
      if byte(at: offset) == UInt8(ascii: "."), Lexer.isDigit(byte(at: offset + 1)) {
        kind = .double
        offset += 1
        while Lexer.isDigit(byte(at: offset)) { offset += 1 }
      }
      if byte(at: offset) | 0x20 == UInt8(ascii: "e") {
        let sign = byte(at: offset + 1)
        let digits = offset + (sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? 2 : 1)
        if !Lexer.isDigit(byte(at: digits)) { return malformedNumber(start, .exponent) }
        kind = .double
        offset = digits
        while Lexer.isDigit(byte(at: offset)) { offset += 1 }
      }
    }
    if kind == .int, byte(at: offset) | 0x20 == UInt8(ascii: "u") {
      kind = .uint
      offset += 1
    }
    // A letter may follow a number only where it begins the operator `in`.
    if Lexer.isNamePart(byte(at: offset)) {
      let isIn =
        byte(at: offset) == UInt8(ascii: "i") && byte(at: offset + 1) == UInt8(ascii: "n")
        && !Lexer.isNamePart(byte(at: offset + 2))
      if !isIn { return malformedNumber(start, .letters) }
    }
    return kind
  }

  private mutating func malformedNumber(
    _ start: Int, _ reason: ExpressionProblem.NumberFault
  ) -> Token.Kind? {
    while Lexer.isNamePart(byte(at: offset)) { offset += 1 }
    report(.malformedNumber(text(start..<offset), reason, at: start..<offset))
    return nil
  }

  /// Passes a string from its quotation mark to the end; escapes are left to the parser, which knows what they mean.
  private mutating func scanString(from start: Int, raw: Bool) -> Bool {
    let quote = text[offset]
    let isTriple = byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
    offset += isTriple ? 3 : 1
    while offset < text.count {
      let current = text[offset]
      if current == quote {
        if !isTriple {
          offset += 1
          return true
        }
        if byte(at: offset + 1) == quote, byte(at: offset + 2) == quote {
          offset += 3
          return true
        }
      } else if !isTriple, current == 0x0A || current == 0x0D {
        break
      } else if current == UInt8(ascii: "\\"), !raw {
        let next = byte(at: offset + 1)
        if offset + 1 < text.count, isTriple || (next != 0x0A && next != 0x0D) { offset += 1 }
      }
      offset += 1
    }
    var lineEnd = start
    while lineEnd < text.count, text[lineEnd] != 0x0A, text[lineEnd] != 0x0D { lineEnd += 1 }
    report(
      .unterminatedString(
        at: start..<lineEnd, quote: Character(UnicodeScalar(quote)), isTriple: isTriple,
        endsTheText: offset >= text.count))
    offset = lineEnd
    return false
  }

  private mutating func scanQuotedName() -> Token.Kind? {
    let start = offset
    offset += 1
    var firstForeign: Int?
    while offset < text.count, text[offset] != UInt8(ascii: "`"), text[offset] != 0x0A, text[offset] != 0x0D {
      if !Lexer.isQuotedNamePart(text[offset]), firstForeign == nil { firstForeign = offset }
      offset += 1
    }
    guard byte(at: offset) == UInt8(ascii: "`") else {
      report(.unterminatedName(at: start..<offset))
      return nil
    }
    offset += 1
    if let firstForeign {
      let range = firstForeign..<Lexer.endOfCharacter(in: text, at: firstForeign)
      report(.foreignCharacterInQuotedName(text(range), at: range))
    } else if offset == start + 2 {
      report(.emptyQuotedName(at: start..<offset))
    }
    return .quotedName
  }

  /// A character that no token begins with: mended where it can only be a typographic form of one that does.
  private mutating func scanForeign(inNameFrom nameStart: Int? = nil) -> Token.Kind? {
    let start = offset
    offset = Lexer.endOfCharacter(in: text, at: start)
    let character = text(start..<offset)
    let mended: (instead: String, kind: Token.Kind)? =
      switch character {
      case "≠": ("!=", .notEqual)
      case "≤": ("<=", .lessOrEqual)
      case "≥": (">=", .greaterOrEqual)
      case "∧": ("&&", .and)
      case "∨": ("||", .or)
      case "¬": ("!", .bang)
      case "−", "–": ("-", .minus)
      case "×": ("*", .star)
      default: nil
      }
    if let mended, nameStart == nil {
      report(.foreignOperator(character, at: start..<offset, instead: mended.instead))
      return mended.kind
    }
    report(.foreignCharacter(character, at: start..<offset, inName: nameStart.map { text($0..<start) }))
    return nil
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
}

// MARK: - Classes of bytes

extension Lexer {
  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  static func isNameStart(_ byte: UInt8) -> Bool {
    let folded = byte | 0x20
    return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  static func isQuotedNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " "): true
    default: isNamePart(byte)
    }
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// What the letters before a quotation mark mean, each at most once and in either order; 0 for no second letter.
  static func prefix(_ first: UInt8, _ second: UInt8) -> (isRaw: Bool, isBytes: Bool)? {
    switch (first | 0x20, second | 0x20) {
    case (UInt8(ascii: "r"), 0x20): (true, false)
    case (UInt8(ascii: "b"), 0x20): (false, true)
    case (UInt8(ascii: "r"), UInt8(ascii: "b")), (UInt8(ascii: "b"), UInt8(ascii: "r")): (true, true)
    default: nil
    }
  }

  /// The offset after the code point that begins at `start`.
  static func endOfCharacter(in text: [UInt8], at start: Int) -> Int {
    var end = start + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}
