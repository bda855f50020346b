internal import Diagnostics

/// A mutant at its place in a rule's file.
struct Candidate: Sendable {
  let kind: Mutant.Kind
  /// Its place among the rule's expressions; -1: it is in none.
  let expression: Int
  let range: Range<Int>
  let place: SourceRange
  let substitute: RuleSubstitute
  /// What is told of it: as it is written, and as it is read.
  let there: String
  let put: String
  /// Whether it is a measure's part, which decides only what is worse than before.
  let isOfMeasure: Bool
  /// The entry of `equivalents` that speaks of it.
  var entry: Int?
  /// One whose text ends with this part.
  var ending: Int?

  init(_ mutant: Mutant, _ index: Int, _ expression: DecidingExpression) {
    kind = mutant.kind
    self.expression = index
    range = mutant.range
    place = expression.text.range(of: mutant.range)
    isOfMeasure = expression.key == "measure"
    substitute = expression.substitute(mutant.range, mutant.replacement)
    let bytes = expression.bytes
    let before = bytes[mutant.context.lowerBound..<mutant.range.lowerBound]
    let after = bytes[mutant.range.upperBound..<mutant.context.upperBound]
    let there = Self.text(bytes[mutant.context])
    let put = Self.text(before + mutant.replacement + after)
    // Of a long expression it is enough to tell what changes.
    let isShort = max(there.utf8.count, put.utf8.count) <= Self.shownLength
    self.there = isShort ? there : Self.excerpt(bytes[mutant.range])
    self.put = isShort ? put : Self.excerpt(mutant.replacement[...])
  }

  /// A kind that the rule does not look at.
  init(_ item: SourceRange, _ substitute: RuleSubstitute) {
    kind = .scope
    expression = -1
    range = 0..<0
    place = item
    self.substitute = substitute
    isOfMeasure = false
    there = item.text
    put = ""
  }

  private static let shownLength = 72

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: Squeezed.of(bytes), as: UTF8.self)
  }

  private static func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    let text = text(bytes)
    return text.unicodeScalars.count <= shownLength
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(shownLength))) + "…"
  }

  /// What is said where it survives.
  var sentence: String {
    switch kind {
    case .reach where isOfMeasure: "no example depends on the measure `\(there)`"
    case .reach: "no example evaluates `\(there)`"
    case .scope: "survived: without `\(there)`"
    default: put.isEmpty ? "survived: without `\(there)`" : "survived: `\(put)` for `\(there)`"
    }
  }
}
