internal import YAMLTree

/// Rows by kind and id, aliases included.
public struct IDTable: Sendable {
  private var rows: [NameTable]
  private var aliases: [NameTable]

  init(kindCount: Int) {
    rows = Array(repeating: NameTable(), count: kindCount)
    aliases = rows
  }

  mutating func insert(_ id: String, _ kind: Int, _ row: Int32) { rows[kind].insert(id, row) }

  /// False where the alias is an id or an alias already.
  mutating func insert(alias: String, _ kind: Int, _ row: Int32) -> Bool {
    if rows[kind].find(alias) != nil { return false }
    return aliases[kind].insert(alias, row)
  }

  public func row(_ id: String, kind: Int) -> Int32? { rows[kind].find(id) }
  public func row(alias: String, kind: Int) -> Int32? { aliases[kind].find(alias) }
  func row(_ node: YAMLNode, kind: Int) -> Int32? {
    node.withUTF8 { bytes in rows.withUnsafeBufferPointer { $0[kind].find(bytes) } }
  }

  public func ids(ofKind kind: Int) -> [String] { rows[kind].names.sorted() }

  /// Ids that a reference may have meant, of each kind a bounded number.
  func candidates(for id: String, kinds: some Sequence<Int>) -> [String] {
    kinds.flatMap { rows[$0].candidates(for: id) }
  }
}
