/// Numbers, strings and bytes with their escapes (language definition: Syntax, String and Bytes Values).
extension Parser {
  /// A literal; the sign before it counts towards its range of values and its place.
  mutating func parseLiteral(minus: Token?) throws(Halt) -> Operand {
    let token = current
    let range = (minus ?? token).lowerBound..<token.upperBound
    let literal: SyntaxTree.Literal? =
      switch token.kind {
      case .true: .bool(true)
      case .false: .bool(false)
      case .null: .null
      case .int: intLiteral(token, range, isNegative: minus != nil)
      case .uint: uintLiteral(token)
      case .double: doubleLiteral(token, range, isNegative: minus != nil)
      case .string: .string(String(decoding: content(of: token), as: UTF8.self))
      case .bytes: .bytes(content(of: token))
      default: nil
      }
    advance()
    return operand(try add(literal.map { .literal($0) } ?? .missing, range), range)
  }

  // MARK: - Numbers

  private mutating func intLiteral(_ token: Token, _ range: Range<Int>, isNegative: Bool) -> SyntaxTree.Literal? {
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    let magnitude = magnitude(token.range)
    guard let magnitude, magnitude <= limit else {
      report(.outOfRange(.int, at: range, fitsUnsigned: magnitude != nil && !isNegative))
      return nil
    }
    if !isNegative { return .int(Int64(magnitude)) }
    return .int(magnitude == limit ? Int64.min : -Int64(magnitude))
  }

  private mutating func uintLiteral(_ token: Token) -> SyntaxTree.Literal? {
    if let magnitude = magnitude(token.lowerBound..<token.upperBound - 1) { return .uint(magnitude) }
    report(.outOfRange(.uint, at: token.range))
    return nil
  }

  private mutating func doubleLiteral(
    _ token: Token, _ range: Range<Int>, isNegative: Bool
  ) -> SyntaxTree.Literal? {
    // The nearest double, ties to even. What is too small becomes zero, as in cel-go.
    guard let value = Double(string(token.range)), value.isFinite else {
      report(.outOfRange(.double, at: range))
      return nil
    }
    return .double(isNegative ? -value : value)
  }

  /// Decimal or `0x` digits; nil beyond 64 bits.
  private func magnitude(_ range: Range<Int>) -> UInt64? {
    let isHex = range.count > 2 && text[range.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
    let base: UInt64 = isHex ? 16 : 10
    var value: UInt64 = 0
    for byte in text[(range.lowerBound + (isHex ? 2 : 0))..<range.upperBound] {
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(UInt64(Lexer.hexValue(byte) ?? 0))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  // MARK: - Strings and bytes

  /// The UTF-8 of a string or the octets of bytes, escapes resolved and line ends made `\n`.
  private mutating func content(of token: Token) -> [UInt8] {
    var start = token.lowerBound
    var isRaw = false
    while Lexer.isNameStart(text[start]) {
      if text[start] | 0x20 == UInt8(ascii: "r") { isRaw = true }
      start += 1
    }
    let quote = text[start]
    let isTriple = token.upperBound - start >= 6 && text[start + 1] == quote && text[start + 2] == quote
    let end = token.upperBound - (isTriple ? 3 : 1)
    start += isTriple ? 3 : 1

    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    while start < end {
      let byte = text[start]
      if byte == UInt8(ascii: "\\"), !isRaw {
        start = appendEscape(at: start, before: end, isBytes: token.kind == .bytes, to: &result)
      } else if byte == 0x0D {
        // Only triple quotes hold line breaks; cel-go and cel-cpp read each as one line feed.
        result.append(0x0A)
        start += start + 1 < end && text[start + 1] == 0x0A ? 2 : 1
      } else {
        result.append(byte)
        start += 1
      }
    }
    return result
  }

  /// Resolves the escape whose backslash stands at `start`; the offset after it.
  private mutating func appendEscape(
    at start: Int, before end: Int, isBytes: Bool, to result: inout [UInt8]
  ) -> Int {
    guard start + 1 < end else {
      reportEscape(.unknown, start..<end)
      return end
    }
    let letter = text[start + 1]
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      result.append(letter)
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      return appendHex(2, at: start, before: end, isBytes: isBytes, to: &result)
    case UInt8(ascii: "u"):
      return appendHex(4, at: start, before: end, isBytes: isBytes, to: &result)
    case UInt8(ascii: "U"):
      return appendHex(8, at: start, before: end, isBytes: isBytes, to: &result)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return appendOctal(at: start, before: end, isBytes: isBytes, to: &result)
    case 0x0A, 0x0D:
      reportEscape(.lineBreak, start..<start + 1)
    default:
      let after = min(Lexer.endOfCharacter(in: text, at: start + 1), end)
      reportEscape(.unknown, start..<after)
      return after
    }
    return start + 2
  }

  private mutating func appendHex(
    _ count: Int, at start: Int, before end: Int, isBytes: Bool, to result: inout [UInt8]
  ) -> Int {
    var value: UInt32 = 0
    var after = start + 2
    while after < min(start + 2 + count, end), let digit = Lexer.hexValue(text[after]) {
      value = value << 4 | digit
      after += 1
    }
    if after < start + 2 + count {
      reportEscape(.short, start..<after)
    } else if isBytes, count > 2 {
      reportEscape(.codePointInBytes, start..<after)
    } else if isBytes {
      result.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else {
      reportEscape(value > 0x10FFFF ? .beyondUnicode : .surrogate, start..<after)
    }
    return after
  }

  private mutating func appendOctal(
    at start: Int, before end: Int, isBytes: Bool, to result: inout [UInt8]
  ) -> Int {
    var value: UInt32 = 0
    var after = start + 1
    while after < min(start + 4, end), text[after] >= UInt8(ascii: "0"), text[after] <= UInt8(ascii: "7") {
      value = value << 3 | UInt32(text[after] - UInt8(ascii: "0"))
      after += 1
    }
    guard after == start + 4, value <= 0xFF, let scalar = Unicode.Scalar(value) else {
      after = max(after, start + 2)
      reportEscape(.octal, start..<after)
      return after
    }
    if isBytes {
      result.append(UInt8(truncatingIfNeeded: value))
    } else {
      result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return after
  }

  private mutating func reportEscape(_ fault: ExpressionProblem.EscapeFault, _ range: Range<Int>) {
    report(.invalidEscape(string(range), fault, at: range))
  }
}
