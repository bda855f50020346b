/// A mistake in an expression, placed by UTF-8 byte offsets in the expression's own text.
///
/// The host maps the offsets to the file that holds the expression and makes a `Diagnostic` of it.
public struct ExpressionProblem: Sendable, Hashable {
  /// A second place that explains the first, such as the bracket that was left open.
  public struct Related: Sendable, Hashable {
    public var label: String
    public var range: Range<Int>

    public init(_ label: String, at range: Range<Int>) {
      self.label = label
      self.range = range
    }
  }

  /// A change of the text that would put it right.
  public struct Fix: Sendable, Hashable {
    public var summary: String
    public var range: Range<Int>
    public var replacement: String

    public init(_ summary: String, replace range: Range<Int>, with replacement: String) {
      self.summary = summary
      self.range = range
      self.replacement = replacement
    }
  }

  /// A stable kebab-case name, such as `unexpected-token`.
  public var id: String
  /// One sentence without a full stop.
  public var message: String
  public var range: Range<Int>
  public var related: [Related]
  public var notes: [String]
  public var fix: Fix?

  public init(
    _ id: String, _ message: String, at range: Range<Int>, related: [Related] = [], notes: [String] = [],
    fix: Fix? = nil
  ) {
    self.id = id
    self.message = message
    self.range = range
    self.related = related
    self.notes = notes
    self.fix = fix
  }

  /// The order in which problems are reported: place, id, message.
  public static func precedes(_ a: ExpressionProblem, _ b: ExpressionProblem) -> Bool {
    (a.range.lowerBound, a.range.upperBound, a.id, a.message)
      < (b.range.lowerBound, b.range.upperBound, b.id, b.message)
  }
}
