/// What the system's SQLite could not do: it was built without FTS5, or there is no memory.
public struct FullTextFailure: Error, Sendable {
  public let reason: String

  public var sentence: String { "the catalogue's texts cannot be searched: SQLite says: \(reason)" }
}
