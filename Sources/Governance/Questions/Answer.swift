public import CEL
public import Diagnostics

/// What an estate says to a question, with what it cannot say for want of facts.
public struct Answer: Sendable {
  public struct Column: Sendable {
    /// The heading that was given, else the expression as it was typed.
    public let heading: String
    public let type: ValueType
    /// The type in the language's words.
    public let typeName: String
  }

  public struct Row: Sendable {
    /// The element that the row is about.
    public let element: Value
    /// A value for each column.
    public let cells: [Value]
    /// The facts on which it depends whether there is such a row; nil: there is.
    public let doubt: Unknown?
  }

  public enum Content: Sendable {
    case value(Value)
    case rows([Row])
  }

  public let question: Question
  /// Whether rows are groups of what was found.
  public var isGrouped: Bool { !question.groups.isEmpty }
  /// The type of what the question's subject gives, in the language's words.
  public let typeName: String
  /// The type of what a row is about; nil where there are no rows.
  public let element: ValueType?
  public internal(set) var columns: [Column]
  /// Nil where the question could not be evaluated.
  public internal(set) var content: Content?
  /// The facts that would tell which further rows there are; nil: there are none.
  public internal(set) var open: Unknown?
  /// The facts on which the order of the rows depends; nil: it is this one.
  public internal(set) var order: Unknown?
  /// The facts that would tell whether what is counted as possible is there; nil: nothing is.
  public internal(set) var uncounted: Unknown?
  /// What could not be evaluated: one for each expression and message, in the order of the rows.
  public internal(set) var errors: [Diagnostic] = []

  public var rows: [Row] { if case .rows(let rows)? = content { rows } else { [] } }
  /// Rows of which it is not known whether they are there.
  public var undecidedRowCount: Int { rows.count { $0.doubt != nil } }
  /// Values that are not known, or not wholly.
  public var undecidedValueCount: Int {
    switch content {
    case .value(let value)?: UndecidedFacts.of(value).isEmpty ? 0 : 1
    case .rows(let rows)?: rows.reduce(0) { sum, row in sum + row.cells.count { !UndecidedFacts.of($0).isEmpty } }
    case nil: 0
    }
  }

  /// Values in whose place there is an error.
  public var failedValueCount: Int {
    rows.reduce(0) { sum, row in sum + row.cells.count { if case .error = $0 { true } else { false } } }
  }

  /// Whether everything that it says is certain.
  public var isDecided: Bool {
    undecidedRowCount == 0 && undecidedValueCount == 0 && open == nil && order == nil && uncounted == nil
  }

  /// Every fact that something in it depends on.
  public var facts: Set<Fact> {
    var result: Set<Fact> = []
    for unknown in [open, order, uncounted] { result.formUnion(unknown?.facts ?? []) }
    switch content {
    case .value(let value)?: result.formUnion(UndecidedFacts.of(value))
    case .rows(let rows)?:
      for row in rows {
        result.formUnion(row.doubt?.facts ?? [])
        for cell in row.cells { result.formUnion(UndecidedFacts.of(cell)) }
      }
    case nil: break
    }
    return result
  }
}
