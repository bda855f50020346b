internal import CEL
internal import Diagnostics

/// An expression that somebody typed, or one of several in one text: its problems are reported where it was typed.
struct TypedExpression: Sendable {
  let source: SourceText
  /// The part of the text that is the expression.
  let range: Range<Int>

  init(_ text: String, name: String) {
    source = SourceText(name: name, text: text)
    range = 0..<source.bytes.count
  }

  private init(_ source: SourceText, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  var bytes: [UInt8] { Array(source.bytes[range]) }
  var text: String { source.text(in: range) }
  var sourceRange: SourceRange { SourceRange(source, range) }

  func diagnostic(_ problem: ExpressionProblem, notes: [String] = []) -> Diagnostic {
    Diagnostic(
      problem.id, .error, problem.message, at: place(problem.range),
      related: problem.related.map { Diagnostic.Related($0.label, at: place($0.range)) },
      notes: problem.notes + notes,
      fixes: problem.fix.map { fix in
        [
          Diagnostic.Fix(
            fix.summary,
            replacement: Diagnostic.Fix.Replacement(range: place(fix.range), text: fix.replacement))
        ]
      } ?? [])
  }

  private func place(_ range: Range<Int>) -> SourceRange {
    SourceRange(source, self.range.lowerBound + range.lowerBound..<self.range.lowerBound + range.upperBound)
  }

  /// `Owner: owner.name`: a heading of letters, digits, spaces, `-` and `_` before a colon, which nothing in the language
  /// begins with, and the expression behind it.
  var headed: (heading: String, expression: TypedExpression)? {
    let bytes = source.bytes
    guard let colon = range.first(where: { bytes[$0] == UInt8(ascii: ":") }) else { return nil }
    let heading = Self.trimmed(range.lowerBound..<colon, bytes)
    let isName = heading.allSatisfy { place in
      switch bytes[place] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, 0x20, UInt8(ascii: "-"), UInt8(ascii: "_"): true
      default: false
      }
    }
    guard isName, !heading.isEmpty else { return nil }
    return (source.text(in: heading), TypedExpression(source, Self.trimmed(colon + 1..<range.upperBound, bytes)))
  }

  /// The expressions of a text that separates them by commas; a comma inside brackets or quotes separates nothing.
  static func list(_ text: String, name: String) -> [TypedExpression] {
    let source = SourceText(name: name, text: text)
    let bytes = source.bytes
    var result: [TypedExpression] = []
    var start = 0
    var depth = 0
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        index = endOfQuote(bytes, index)
        continue
      case UInt8(ascii: ",") where depth <= 0:
        result.append(TypedExpression(source, trimmed(start..<index, bytes)))
        start = index + 1
      default: break
      }
      index += 1
    }
    result.append(TypedExpression(source, trimmed(start..<bytes.count, bytes)))
    return result
  }

  /// Where what begins with a quote ends: behind the closing one, of which there are one or three.
  private static func endOfQuote(_ bytes: [UInt8], _ start: Int) -> Int {
    let quote = bytes[start]
    let isRaw = start > 0 && (bytes[start - 1] | 0x20) == UInt8(ascii: "r")
    let isTriple = start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
    var index = start + (isTriple ? 3 : 1)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), !isRaw, quote != UInt8(ascii: "`") {
        index += 2
      } else if bytes[index] != quote {
        index += 1
      } else if !isTriple {
        return index + 1
      } else if index + 2 < bytes.count, bytes[index + 1] == quote, bytes[index + 2] == quote {
        return index + 3
      } else {
        index += 1
      }
    }
    return min(index, bytes.count)
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
