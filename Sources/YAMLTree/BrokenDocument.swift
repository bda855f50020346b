public import Diagnostics

/// A document that could not be read, and what can be told of it all the same, so that references to it need not be
/// reported as dangling.
public struct BrokenDocument: Sendable, Hashable {
  /// From its first byte to where reading started again.
  public let range: SourceRange
  /// The values of `kind`, `id` and `aliases`, taken from the text of the lines at the left margin, those behind the
  /// mistake included. Nil or empty where no such line reads as one word.
  public let kind: String?
  public let id: String?
  public let aliases: [String]
}
