public import Diagnostics
public import YAMLTree

/// One row: a document, a part, or what the engine derived.
public struct Entity: Sendable {
  public let kind: Int
  /// For a part `<owner>/<own id>`.
  public let id: String
  /// The mapping that declares it; nil for what is derived.
  public let node: YAMLNode?
  /// The row of the owner of a part, or -1.
  public internal(set) var owner: Int32
  /// Keys under which it is known no longer; references by them still work.
  public internal(set) var aliases: [String] = []
}

/// A place that a reader is shown: a value that is there, or where it would be.
public struct Place: Sendable {
  public var range: SourceRange
  /// Whether the field is not written there.
  public var isAbsent: Bool

  public init(range: SourceRange, isAbsent: Bool) {
    self.range = range
    self.isAbsent = isAbsent
  }
}
