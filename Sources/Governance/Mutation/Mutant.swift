/// One change of one place of a rule.
struct Mutant: Sendable {
  /// What kind of change, in the order in which those of one place are made.
  enum Kind: String, Sendable, CaseIterable {
    /// Not a change but a question: does anything evaluate this?
    case reach
    case comparison, logic, negation, condition, arithmetic, operand, literal, branches, quantifier, filter, scope
  }

  let kind: Kind
  /// What is highlighted, in the expression's text.
  let range: Range<Int>
  /// What is read in its place.
  let replacement: [UInt8]
  /// The part of the expression that is told with the change: as it is written, and as it is read.
  let context: Range<Int>
}
