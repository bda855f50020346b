public import Diagnostics

/// One document that could be read to its end.
public struct YAMLDocument: Sendable {
  /// A node of any kind: that a document be a mapping is for its reader to ask.
  public let root: YAMLNode
  /// From its `---`, or its first content where it has none, to the end of its content.
  public let utf8Range: Range<Int>

  public var range: SourceRange { SourceRange(root.source, utf8Range) }
}
