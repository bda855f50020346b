/// Every message of the lexer and the parser.
extension ExpressionProblem {
  // MARK: - The whole text

  static func expressionTooLong(_ byteCount: Int) -> ExpressionProblem {
    ExpressionProblem(
      "expression-too-long", "an expression may hold at most \(Parser.codePointLimit) characters",
      at: 0..<byteCount)
  }

  static func invalidUTF8(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem("invalid-utf8", "the expression is not valid UTF-8 here", at: range)
  }

  static func emptyExpression(_ byteCount: Int) -> ExpressionProblem {
    ExpressionProblem("empty-expression", "the expression is empty", at: 0..<byteCount)
  }

  static func nestingTooDeep(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "nesting-too-deep", "the expression is nested more than \(Parser.nestingLimit) levels deep", at: range)
  }

  static func chainTooLong(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "nesting-too-deep",
      "the operators, selections and brackets here build more than \(Parser.depthLimit) levels of expressions",
      at: range)
  }

  // MARK: - Words and characters

  static func foreignOperator(_ written: String, at range: Range<Int>, instead: String) -> ExpressionProblem {
    ExpressionProblem(
      "foreign-operator", "`\(written)` is not an operator here; write `\(instead)`", at: range,
      notes: written == "=" ? ["an expression compares; it cannot set a value"] : [],
      fix: Fix("write `\(instead)`", replace: range, with: instead))
  }

  static func wordNot(at range: Range<Int>, replacing: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "foreign-operator", "`not` is not an operator here; write `!`", at: range,
      notes: ["`!` binds more tightly than a comparison: write `!(a == b)`, or `a != b`"],
      fix: Fix("write `!`", replace: replacing, with: "!"))
  }

  static func wordNotIn(at range: Range<Int>, left: String, right: String, whole: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "foreign-operator", "`not in` is not an operator here; write `!(… in …)`", at: range,
      fix: Fix("write `!(… in …)`", replace: whole, with: "!(\(left) in \(right))"))
  }

  static func foreignCharacter(_ character: String, at range: Range<Int>, inName name: String?) -> ExpressionProblem {
    if let name {
      return ExpressionProblem(
        "unexpected-character", "`\(character)` cannot stand in a name", at: range,
        notes: ["the name begins `\(excerpt(name))`; names are made of the letters a to z, digits and `_`"])
    }
    let shown: String? =
      switch character {
      case "“", "”", "„", "«", "»": "\""
      case "‘", "’", "‚": "'"
      case "\u{A0}", "\u{2007}", "\u{202F}", "\u{FEFF}", "\u{200B}": " "
      default: nil
      }
    switch shown {
    case " ":
      let scalar = character.unicodeScalars.first.map { String($0.value, radix: 16, uppercase: true) } ?? "?"
      return ExpressionProblem(
        "unexpected-character", "a special space (U+\(scalar)) cannot stand here; write a plain one", at: range,
        fix: Fix("write a plain space", replace: range, with: " "))
    case let quote?:
      return ExpressionProblem(
        "unexpected-character", "`\(character)` does not begin a string; write a straight `\(quote)`", at: range,
        fix: Fix("write `\(quote)`", replace: range, with: quote))
    case nil:
      break
    }
    let isControl = character.utf8.allSatisfy { $0 < 0x20 || $0 == 0x7F }
    let printed = isControl ? "a control character" : "`\(character)`"
    var notes: [String] = []
    switch character {
    case "#": notes = ["a comment begins with `//`"]
    case ";": notes = ["an expression is one whole; join conditions with `&&`"]
    case "\\": notes = ["a backslash can stand only in a string"]
    default: break
    }
    return ExpressionProblem(
      "unexpected-character", "\(printed) cannot stand in an expression outside a string", at: range, notes: notes)
  }

  static func reservedWord(_ word: String, at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "reserved-word", "`\(word)` is a reserved word and cannot be a name here", at: range,
      notes: ["it can stand after a dot, as in `x.\(word)`"])
  }

  // MARK: - Names in backticks

  static func unterminatedName(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem("unterminated-name", "the name has no closing backtick on its line", at: range)
  }

  static func emptyQuotedName(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem("invalid-name", "a name in backticks cannot be empty", at: range)
  }

  static func foreignCharacterInQuotedName(_ character: String, at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "invalid-name", "`\(character)` cannot stand in a name in backticks", at: range,
      notes: ["allowed are letters a to z, digits, `_`, `.`, `-`, `/` and spaces; for other keys write `m[\"…\"]`"])
  }

  static func misplacedQuotedName(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "unexpected-token", "a name in backticks can stand only after a dot or as the field of a message", at: range)
  }

  static func keywordAsField(_ word: String, at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "reserved-word", "a field called `\(word)` needs backticks", at: range,
      fix: Fix("put it in backticks", replace: range, with: "`\(word)`"))
  }

  // MARK: - Literals

  enum NumberFault {
    case hexDigits, exponent, letters
  }

  static func malformedNumber(_ written: String, _ fault: NumberFault, at range: Range<Int>) -> ExpressionProblem {
    let message =
      switch fault {
      case .hexDigits: "`\(excerpt(written))` needs hexadecimal digits after the `x`"
      case .exponent: "`\(excerpt(written))` needs digits in its exponent"
      case .letters: "`\(excerpt(written))` is neither a number nor a name"
      }
    return ExpressionProblem("invalid-number", message, at: range)
  }

  static func capitalHexPrefix(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "invalid-number", "a hexadecimal number begins with a small `0x`", at: range,
      fix: Fix("write `0x`", replace: range, with: "0x"))
  }

  static func digitAfterDot(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "invalid-number", "a number needs a digit after its dot", at: range,
      fix: Fix("add a zero", replace: range.upperBound..<range.upperBound, with: "0"))
  }

  static func outOfRange(_ kind: Token.Kind, at range: Range<Int>, fitsUnsigned: Bool = false) -> ExpressionProblem {
    switch kind {
    case .int:
      ExpressionProblem(
        "number-out-of-range", "the number does not fit an int", at: range,
        notes: ["an int lies from -9223372036854775808 to 9223372036854775807"],
        fix: fitsUnsigned
          ? Fix("make it a uint", replace: range.upperBound..<range.upperBound, with: "u") : nil)
    case .uint:
      ExpressionProblem(
        "number-out-of-range", "the number does not fit a uint", at: range,
        notes: ["a uint lies from 0 to 18446744073709551615"])
    default:
      ExpressionProblem(
        "number-out-of-range", "the number does not fit a double", at: range,
        notes: ["a double lies from -1.7976931348623157e308 to 1.7976931348623157e308"])
    }
  }

  static func unterminatedString(
    at range: Range<Int>, quote: Character, isTriple: Bool, endsTheText: Bool
  ) -> ExpressionProblem {
    let mark = String(repeating: quote, count: isTriple ? 3 : 1)
    return ExpressionProblem(
      "unterminated-string",
      "the string has no closing `\(mark)`\(isTriple || endsTheText ? "" : " on its line")", at: range,
      notes: isTriple || endsTheText ? [] : ["only a string in triple quotes may hold line breaks"])
  }

  enum EscapeFault {
    case unknown, lineBreak, short, octal, surrogate, beyondUnicode, codePointInBytes
  }

  static func invalidEscape(_ written: String, _ fault: EscapeFault, at range: Range<Int>) -> ExpressionProblem {
    let message =
      switch fault {
      case .unknown: "`\(written)` is not an escape sequence"
      case .lineBreak: "a backslash cannot end a line"
      case .short: "`\(written)` has too few hexadecimal digits"
      case .octal: "`\(written)` is not three octal digits from `\\000` to `\\377`"
      case .surrogate: "`\(written)` is half of a surrogate pair and no character"
      case .beyondUnicode: "`\(written)` lies beyond U+10FFFF and is no character"
      case .codePointInBytes: "`\(written)` cannot stand in bytes; write the octets as `\\x…`"
      }
    var fix: Fix?
    if fault == .unknown || fault == .octal {
      fix = Fix(
        "double the backslash", replace: range.lowerBound..<range.lowerBound, with: "\\")
    }
    return ExpressionProblem(
      "invalid-escape", message, at: range,
      notes: fault == .unknown ? ["a backslash itself is written `\\\\`, or the string as r\"…\""] : [], fix: fix)
  }

  // MARK: - Tokens out of place

  static func expected(
    _ wanted: String, found: String, at range: Range<Int>, related: [Related] = [], notes: [String] = [],
    fix: Fix? = nil
  ) -> ExpressionProblem {
    ExpressionProblem(
      "unexpected-token", "expected \(wanted), found \(found)", at: range, related: related, notes: notes, fix: fix)
  }

  static func strayBracket(_ bracket: String, at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem("unexpected-token", "`\(bracket)` closes nothing that was opened", at: range)
  }

  static func trailingComma(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "unexpected-token", "a comma cannot follow the last argument of a call", at: range,
      fix: Fix("remove the comma", replace: range, with: ""))
  }

  static func nestedConditional(at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem(
      "nested-conditional", "a condition between `?` and `:` must stand in parentheses", at: range,
      notes: ["write `a ? (b ? 1 : 2) : 3`"])
  }

  static func mixedSigns(at range: Range<Int>, first: String, second: String) -> ExpressionProblem {
    ExpressionProblem(
      "unexpected-token", "`\(second)` cannot follow `\(first)`", at: range,
      notes: ["put the operand in parentheses: `\(first)(\(second)x)`"])
  }

  static func notCallable(at range: Range<Int>, isOptional: Bool) -> ExpressionProblem {
    ExpressionProblem(
      "unexpected-token",
      isOptional ? "a field chosen with `.?` cannot be called" : "a name in backticks cannot be called", at: range)
  }

  // MARK: - Macros

  static func macroVariable(_ macro: String, position: Int, at range: Range<Int>) -> ExpressionProblem {
    let ordinal = position < 3 ? ["first", "second", "third"][position] : "\(position + 1)th"
    return ExpressionProblem(
      "macro-variable", "`\(macro)` needs a simple name as its \(ordinal) argument", at: range)
  }

  static func accumulatorName(_ name: String, at range: Range<Int>) -> ExpressionProblem {
    ExpressionProblem("macro-variable", "`\(name)` is kept for CEL itself and cannot name a variable", at: range)
  }

  static func duplicateVariable(_ name: String, macro: String, at range: Range<Int>, first: Range<Int>)
    -> ExpressionProblem
  {
    ExpressionProblem(
      "macro-variable", "`\(macro)` needs two different names; both are `\(name)`", at: range,
      related: [Related("the first", at: first)])
  }

  static func hasArgument(at range: Range<Int>, reason: String?) -> ExpressionProblem {
    ExpressionProblem(
      "has-argument", "`has` needs the selection of a field, such as `has(x.name)`", at: range,
      notes: reason.map { [$0] } ?? [])
  }

  /// A text shortened for a message.
  static func excerpt(_ text: String) -> String {
    text.unicodeScalars.count <= 32 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(31))) + "…"
  }
}
