public import CEL
public import Diagnostics
public import YAMLTree

/// An expression that stands in a YAML scalar: reports its problems at their places in the file.
public struct ExpressionText: Sendable {
  public let node: YAMLNode
  /// Where in the scalar's value the expression begins (an expression inside a message's `${…}`).
  public let valueOffset: Int

  public init(_ node: YAMLNode, valueOffset: Int = 0) {
    self.node = node
    self.valueOffset = valueOffset
  }

  public func range(of range: Range<Int>) -> SourceRange {
    node.sourceRange(ofValueRange: range.lowerBound + valueOffset..<range.upperBound + valueOffset)
  }

  public func diagnostic(_ problem: ExpressionProblem) -> Diagnostic {
    var fixes: [Diagnostic.Fix] = []
    if let fix = problem.fix {
      fixes.append(
        Diagnostic.Fix(
          fix.summary,
          replacement: Diagnostic.Fix.Replacement(range: range(of: fix.range), text: fix.replacement)))
    }
    var notes = problem.notes
    if node.trailingComment != nil {
      notes.append(
        "what follows ` #` on this line is a comment to YAML; quote the expression or put it in a block scalar (|)")
    }
    return Diagnostic(
      problem.id, .error, problem.message, at: range(of: problem.range),
      related: problem.related.map { Diagnostic.Related($0.label, at: range(of: $0.range)) }, notes: notes, fixes: fixes
    )
  }
}
