/// What libyaml's failure means for the one who wrote the file.
struct SyntaxMistake {
  enum Kind {
    case unclosedQuote, unclosedBracket(close: String), indentation, textAfterValue, colonInValue, indentedUnderValue
    case misplacedItem, missingColon, complexKey, tab, reservedCharacter(String), escape, anchor, tag, directive
    case blockHeader, missingItem, textAfterDocument, other
  }

  let kind: Kind
  let failure: ParserFailure
  /// Byte offsets in the file.
  let problem: Range<Int>
  let context: Int?
  /// Where the line at fault looks like an expression without quotes.
  let expression: UnquotedExpression?

  /// Inside brackets or braces, where nothing tells where an expression would end.
  let isInFlow: Bool

  init(_ failure: ParserFailure, problem: Int, context: Int?, isInFlow: Bool, _ lines: TextLines) {
    self.failure = failure
    self.isInFlow = isInFlow
    var kind = Self.kind(failure, at: problem, context: context, lines)
    var context = context
    if case .indentedUnderValue = kind, let line = Self.lineWithoutColon(above: problem, lines) {
      kind = .missingColon
      context = line
    }
    self.kind = kind
    self.context = context
    self.problem = Self.extent(kind, from: problem, lines)
    switch kind {
    case .tab, .unclosedQuote, .indentation, .misplacedItem, .directive, .complexKey, .escape: expression = nil
    default: expression = isInFlow ? nil : UnquotedExpression(at: problem, lines)
    }
  }

  private static func kind(_ failure: ParserFailure, at offset: Int, context opener: Int?, _ lines: TextLines) -> Kind {
    let context = failure.context ?? ""
    let byte = offset < lines.bytes.count ? lines.bytes[offset] : 0x0A
    switch failure.problem {
    case "found unexpected end of stream", "found unexpected document indicator": return .unclosedQuote
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      let isOnOneLine = opener.map { $0 >= lines.lineStart(at: offset) } ?? false
      if byte == UInt8(ascii: ":"), isOnOneLine || hasColonBefore(offset, lines) { return .colonInValue }
      return .unclosedBracket(close: failure.problem.hasSuffix("']'") ? "]" : "}")
    case "did not find expected key", "did not find expected '-' indicator":
      return isFirstOnLine(offset, lines) ? .indentation : .textAfterValue
    case "mapping values are not allowed in this context":
      return hasColonBefore(offset, lines) ? .colonInValue : .indentedUnderValue
    case "block sequence entries are not allowed in this context": return .misplacedItem
    case "mapping keys are not allowed in this context": return .complexKey
    case "could not find expected ':'": return .missingColon
    case "found character that cannot start any token":
      return byte == 0x09 ? .tab : .reservedCharacter(String(Unicode.Scalar(byte)))
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return .escape
    case "did not find expected comment or line break" where context.hasSuffix("block scalar"),
      "found an indentation indicator equal to 0":
      return .blockHeader
    case "did not find expected node content": return .missingItem
    case "found undefined tag handle": return .tag
    case "found incompatible YAML document", "found unknown directive name": return .directive
    case "did not find expected <document start>": return .textAfterDocument
    default: break
    }
    if failure.problem.hasPrefix("found a tab character") { return .tab }
    if context.hasSuffix("anchor") || context.hasSuffix("alias") { return .anchor }
    if context.hasSuffix("directive") || failure.problem.hasSuffix("directive") { return .directive }
    if context.hasSuffix("tag") { return .tag }
    return .other
  }

  /// The characters to underline.
  private static func extent(_ kind: Kind, from offset: Int, _ lines: TextLines) -> Range<Int> {
    let bytes = lines.bytes
    let lineEnd = lines.lineEnd(at: offset)
    var end = offset
    switch kind {
    case .tab: while end < lineEnd, bytes[end] == 0x09 { end += 1 }
    case .indentation, .textAfterValue, .textAfterDocument:
      while end < lineEnd, !TextLines.isBlank(bytes[end]) { end += 1 }
    case .directive: return lines.trimmed(lines.lineStart(at: offset)..<lineEnd)
    case .indentedUnderValue: return lines.skipBlanks(from: lines.lineStart(at: offset))..<offset
    default:
      if end < lineEnd { end += 1 }
      if case .escape = kind, end < lineEnd, bytes[offset] == UInt8(ascii: "\\") { end += 1 }
      while end < lineEnd, bytes[end] & 0xC0 == 0x80 { end += 1 }
    }
    return offset..<end
  }

  /// Of `foo` above `bar: 1`, both under a line that ends in a colon or under nothing: where `foo` begins. libyaml takes
  /// the two lines for one value and sees its mistake in the second.
  private static func lineWithoutColon(above offset: Int, _ lines: TextLines) -> Int? {
    let bytes = lines.bytes
    var line = lines.lineStart(at: offset)
    let indentation = lines.skipBlanks(from: line) - line
    var candidate: Int?
    while line > 0 {
      line = lines.lineStart(at: line - 1)
      let start = lines.skipBlanks(from: line)
      let end = lines.trimmed(start..<max(start, lines.lineEnd(at: line))).upperBound
      if start >= end { continue }
      if lines.isDocumentMarker(at: line) { return candidate }
      if start - line < indentation { return bytes[end - 1] == UInt8(ascii: ":") ? candidate : nil }
      if start - line > indentation || hasColonBefore(end, lines) || bytes[end - 1] == UInt8(ascii: ":") { return nil }
      candidate = candidate ?? start
    }
    return candidate
  }

  private static func isFirstOnLine(_ offset: Int, _ lines: TextLines) -> Bool {
    lines.skipBlanks(from: lines.lineStart(at: offset)) >= offset
  }

  /// Whether another colon and space stand on the line before this one.
  private static func hasColonBefore(_ offset: Int, _ lines: TextLines) -> Bool {
    var index = lines.lineStart(at: offset)
    while index + 1 < offset {
      if lines.bytes[index] == UInt8(ascii: ":"), TextLines.isBlank(lines.bytes[index + 1]) { return true }
      index += 1
    }
    return false
  }
}
