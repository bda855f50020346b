public import Diagnostics

/// What became of an entity from one catalogue to another.
public struct EntityChange: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// It has another id now; its aliases name the old one.
    case renamed
    case added, changed, removed
  }

  /// One field that says something else.
  public struct Field: Sendable {
    /// The path, dotted inside a record or a lifecycle.
    public var path: String
    /// Nil where nothing was written, or is.
    public var before: WrittenValue?
    public var after: WrittenValue?
    /// Of a list whose order means nothing: what came and what went, references as `kind:id`.
    public var gained: [String] = []
    public var lost: [String] = []
  }

  /// One entry of an initiative that came, went or says something else.
  public struct Edit: Sendable {
    /// The entry in words, with its date; nil where there was none, or is.
    public var before: String?
    public var after: String?
    public var beforePlace: SourceRange?
    public var afterPlace: SourceRange?
  }

  public var kind: Kind
  /// `kind:id` and the row on each side; nil where it is not there.
  public var before: (identity: String, row: Int32)?
  public var after: (identity: String, row: Int32)?
  public var fields: [Field] = []
  public var edits: [Edit] = []
  /// References that differ only because what they name has another id now.
  public var followedCount = 0

  /// What it is called now, or was.
  public var identity: String { after?.identity ?? before?.identity ?? "" }
}
