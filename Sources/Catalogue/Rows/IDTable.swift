internal import CEL

/// Rows by kind and id, aliases included.
public struct IDTable: Sendable {
  private var rows: [[String: Int32]]
  private var aliases: [[String: Int32]]

  init(kindCount: Int) {
    rows = Array(repeating: [:], count: kindCount)
    aliases = rows
  }

  mutating func insert(_ id: String, _ kind: Int, _ row: Int32) { rows[kind][id] = row }

  /// False where the alias is an id or an alias already.
  mutating func insert(alias: String, _ kind: Int, _ row: Int32) -> Bool {
    if rows[kind][alias] != nil || aliases[kind][alias] != nil { return false }
    aliases[kind][alias] = row
    return true
  }

  public func row(_ id: String, kind: Int) -> Int32? { rows[kind][id] }
  public func row(alias: String, kind: Int) -> Int32? { aliases[kind][alias] }
  public func ids(ofKind kind: Int) -> [String] { rows[kind].keys.sorted() }
}
