/// The text before `.format(…)`, taken apart: what stands as it is, and the clauses that values are written with.
struct TextFormat {
  enum Clause: Hashable {
    case string
    case decimal
    /// With so many digits behind the point.
    case fixed(Int)
    case scientific(Int)
    case binary
    case octal
    case hexadecimal(isUpper: Bool)

    /// As it is written, without a precision.
    var text: String {
      switch self {
      case .string: "%s"
      case .decimal: "%d"
      case .fixed: "%f"
      case .scientific: "%e"
      case .binary: "%b"
      case .octal: "%o"
      case .hexadecimal(let isUpper): isUpper ? "%X" : "%x"
      }
    }

    /// What it writes, in words.
    var kinds: String {
      switch self {
      case .string: "strings, bytes, numbers, booleans, null, times, types, lists and maps"
      case .decimal, .fixed, .scientific: "numbers"
      case .binary: "ints, uints and booleans"
      case .octal: "ints and uints"
      case .hexadecimal: "ints, uints, strings and bytes"
      }
    }

    /// Whether it can write a value of a type; of `dyn` only running tells.
    func takes(_ type: ValueType) -> Bool {
      switch (self, type) {
      case (_, .dyn), (_, .error), (_, .variable): true
      case (.string, .list(let element)): takes(element)
      case (.string, .map(let key, let value)): takes(key) && takes(value)
      case (.string, .null), (.string, .bool), (.string, .int), (.string, .uint), (.string, .double),
        (.string, .string),
        (.string, .bytes), (.string, .timestamp), (.string, .duration), (.string, .date), (.string, .period),
        (.string, .type), (.string, .abstract(_, [])):
        true
      case (.decimal, .int), (.decimal, .uint), (.decimal, .double), (.fixed, .int), (.fixed, .uint),
        (.fixed, .double), (.scientific, .int), (.scientific, .uint), (.scientific, .double):
        true
      case (.binary, .bool), (.binary, .int), (.binary, .uint), (.octal, .int), (.octal, .uint): true
      case (.hexadecimal, .int), (.hexadecimal, .uint), (.hexadecimal, .string), (.hexadecimal, .bytes): true
      default: false
      }
    }
  }

  /// Why a text is no format, or a value cannot be written.
  struct Mistake: Error {
    let message: String
  }

  enum Piece {
    case text([UInt8])
    case clause(Clause)
  }

  /// Digits behind the point where a clause names none.
  static let defaultPrecision = 6
  static let precisionLimit = 1_000

  private(set) var pieces: [Piece] = []

  var clauses: [Clause] {
    pieces.compactMap { if case .clause(let clause) = $0 { clause } else { nil } }
  }

  init(_ text: String) throws(Mistake) {
    var rest = Array(text.utf8)[...]
    let percent = UInt8(ascii: "%")
    var plain: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte != percent || rest.first == percent {
        plain.append(byte)
        if byte == percent { rest.removeFirst() }
        continue
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = []
      pieces.append(.clause(try Self.clause(&rest)))
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
  }

  private static func clause(_ rest: inout ArraySlice<UInt8>) throws(Mistake) -> Clause {
    var precision = defaultPrecision
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty else { throw Mistake(message: "a precision is written `%.3f`") }
      guard let number = Int(String(decoding: digits, as: UTF8.self)), number <= precisionLimit else {
        throw Mistake(message: "a precision is at most \(precisionLimit)")
      }
      precision = number
    }
    switch rest.popFirst() {
    case UInt8(ascii: "s"): return .string
    case UInt8(ascii: "d"): return .decimal
    case UInt8(ascii: "f"): return .fixed(precision)
    case UInt8(ascii: "e"): return .scientific(precision)
    case UInt8(ascii: "b"): return .binary
    case UInt8(ascii: "o"): return .octal
    case UInt8(ascii: "x"): return .hexadecimal(isUpper: false)
    case UInt8(ascii: "X"): return .hexadecimal(isUpper: true)
    default: throw Mistake(message: "the clauses are %s %d %f %e %b %o %x %X, and %% for a percent sign")
    }
  }
}
