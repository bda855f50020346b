internal import CEL
internal import YAMLTree

/// What differs between two catalogues, entity by entity and field by field: what their documents say, however and wherever
/// they are written. Nothing is applied and nothing derived.
public struct CatalogueDifference: Sendable {
  public let base: Estate
  public let head: Estate
  /// By kind of change, then by identity.
  public let changes: [EntityChange]

  /// Linear in what the catalogues hold.
  ///
  /// - Parameter includes: which kinds are looked at, by name.
  public init(from base: Estate, to head: Estate, includes: (String) -> Bool = { _ in true }) {
    self.base = base
    self.head = head
    var comparer = EntityComparer(base, head)
    var found: [EntityChange] = []
    let (before, after) = (Self.documents(base, includes), Self.documents(head, includes))
    var left = before
    for (identity, row) in after.sorted(by: { $0.value < $1.value }) {
      if let old = before[identity] {
        left[identity] = nil
        if let change = comparer.change(identity, old, identity, row) { found.append(change) }
      }
    }
    var renamed: Set<String> = []
    for (identity, row) in left.sorted(by: { $0.value < $1.value }) {
      guard let now = comparer.renamed(row), after[now] != nil, before[now] == nil, renamed.insert(now).inserted,
        let newRow = after[now]
      else {
        found.append(EntityChange(kind: .removed, before: (identity, row), after: nil))
        continue
      }
      if let change = comparer.change(identity, row, now, newRow) { found.append(change) }
    }
    for (identity, row) in after where before[identity] == nil && !renamed.contains(identity) {
      found.append(comparer.addition(identity, row))
    }
    let order = EntityChange.Kind.allCases
    changes = found.sorted { a, b in
      let (x, y) = (order.firstIndex(of: a.kind) ?? 0, order.firstIndex(of: b.kind) ?? 0)
      return x != y ? x < y : a.identity.utf8.lexicographicallyPrecedes(b.identity.utf8)
    }
  }

  public func changes(_ kind: EntityChange.Kind) -> [EntityChange] { changes.filter { $0.kind == kind } }

  /// What stands in the catalogue's own documents, by `kind:id`.
  private static func documents(_ estate: Estate, _ includes: (String) -> Bool) -> [String: Int32] {
    var added: Set<Int32> = []
    for initiative in estate.initiatives { added.formUnion(initiative.added) }
    var result: [String: Int32] = [:]
    for index in estate.entities.indices {
      let row = Int32(index)
      let kind = estate.kind(of: row)
      guard estate.entities[index].node != nil, kind.isWritten, !added.contains(row), includes(kind.name) else { continue }
      result[estate.identity(row)] = row
    }
    return result
  }
}
