/// What is wrong in a text, where, and what would put it right.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: Int, Sendable, Comparable, CaseIterable {
    case note, warning, error
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
  }

  /// A second place that explains the first.
  public struct Related: Sendable, Hashable {
    public var label: String
    public var range: SourceRange

    public init(_ label: String, at range: SourceRange) {
      self.label = label
      self.range = range
    }
  }

  /// A change of the text that would put it right.
  public struct Fix: Sendable, Hashable {
    public var summary: String
    /// Nil where the fix is described only.
    public var replacement: Replacement?

    public struct Replacement: Sendable, Hashable {
      public var range: SourceRange
      public var text: String

      public init(range: SourceRange, text: String) {
        self.range = range
        self.text = text
      }
    }

    public init(_ summary: String, replacement: Replacement? = nil) {
      self.summary = summary
      self.replacement = replacement
    }
  }

  /// A stable kebab-case name that `explain` documents, such as `unknown-key`.
  public var id: String
  public var severity: Severity
  /// One sentence without a full stop.
  public var summary: String
  /// Nil only where no text is at fault.
  public var range: SourceRange?
  /// A few words printed beside the carets.
  public var label: String?
  public var related: [Related]
  public var notes: [String]
  public var fixes: [Fix]

  public init(
    _ id: String, _ severity: Severity = .error, _ summary: String, at range: SourceRange?, label: String? = nil,
    related: [Related] = [], notes: [String] = [], fixes: [Fix] = []
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.range = range
    self.label = label
    self.related = related
    self.notes = notes
    self.fixes = fixes
  }

  /// The order in which diagnostics are printed: file, place, id, summary.
  public static func precedes(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    switch (a.range, b.range) {
    case (nil, .some): return true
    case (.some, nil): return false
    case (let x?, let y?) where x.source.name != y.source.name || x.utf8Range != y.utf8Range:
      return SourceRange.precedes(x, y)
    default: return (a.id, a.summary) < (b.id, b.summary)
    }
  }
}

extension Sequence<Diagnostic> {
  /// Sorted for printing, exact repetitions dropped.
  public func sortedForPrinting() -> [Diagnostic] {
    var result: [Diagnostic] = []
    for diagnostic in sorted(by: Diagnostic.precedes) where diagnostic != result.last { result.append(diagnostic) }
    return result
  }
}
