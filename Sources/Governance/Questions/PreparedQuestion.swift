internal import CEL

/// A question that was checked against a metamodel and compiled; it can be answered on any estate of its shape.
public struct PreparedQuestion: Sendable {
  /// One expression, as it was typed and as it runs.
  struct Step: Sendable {
    var typed: TypedExpression
    var code: CompiledExpression
  }

  struct Column: Sendable {
    var heading: String
    var step: Step
  }

  public let question: Question
  /// The type of what the subject gives, in the language's words.
  let typeName: String
  let subject: Step
  /// The type of `self`; nil where the value has no rows.
  let element: ValueType?
  let condition: Step?
  let columns: [Column]
  /// What the rows are put together by; empty: each stands by itself.
  let groups: [Column]
  let sortKeys: [Step]
  let slotCount: Int
  /// Every field that the answer reads, for `Estate.deriving`.
  public let reads: Set<Int32>
  /// The types of the columns in the language's words, in their order.
  let columnTypeNames: [String]
  let groupTypeNames: [String]
}
