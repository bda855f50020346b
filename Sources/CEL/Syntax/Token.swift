/// A word of an expression's text. The lexer ends every text with `end`, or with `invalid` and `end` where it gave up.
struct Token {
  enum Kind: UInt8 {
    case end
    /// The lexer has reported what is wrong here; the parser stops without a word.
    case invalid

    case identifier
    /// `as`, `package`, …: a name after a dot only.
    case reserved
    /// `` `content-type` ``, with its backticks.
    case quotedName
    case `true`, `false`, null
    case int, uint, double, string, bytes

    case dot, comma, colon, question
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case bang, minus, plus, star, slash, percent
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`
    case and, or
    /// No operators of CEL, kept for the messages: `=`, `&`, `|`.
    case assign, ampersand, pipe
  }

  var kind: Kind
  private var start: Int32
  private var finish: Int32

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    start = Int32(truncatingIfNeeded: range.lowerBound)
    finish = Int32(truncatingIfNeeded: range.upperBound)
  }

  var range: Range<Int> { Int(start)..<Int(finish) }
  var lowerBound: Int { Int(start) }
  var upperBound: Int { Int(finish) }
}

extension Token.Kind {
  /// Whether a literal number that a minus sign may precede.
  var isSignable: Bool { self == .int || self == .double }

  /// A name after a dot, or of a field in a message.
  var isName: Bool { self == .identifier || self == .reserved }

  /// Lies where an operand could not continue the one before it.
  var startsAtom: Bool {
    switch self {
    case .identifier, .true, .false, .null, .int, .uint, .double, .string, .bytes, .bang: true
    default: false
    }
  }

  /// The level of a binary operator, loosest first; 0 for anything else.
  var precedence: Int {
    switch self {
    case .or, .pipe: 1
    case .and, .ampersand: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .assign: 3
    case .plus, .minus: 4
    case .star, .slash, .percent: 5
    default: 0
    }
  }

  /// CEL's name of the binary operator.
  var function: String {
    switch self {
    case .or, .pipe: "_||_"
    case .and, .ampersand: "_&&_"
    case .equal, .assign: "_==_"
    case .notEqual: "_!=_"
    case .less: "_<_"
    case .lessOrEqual: "_<=_"
    case .greater: "_>_"
    case .greaterOrEqual: "_>=_"
    case .in: "@in"
    case .plus: "_+_"
    case .minus: "_-_"
    case .star: "_*_"
    case .slash: "_/_"
    case .percent: "_%_"
    default: preconditionFailure("not a binary operator")
    }
  }
}
