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
    let comparer = EntityComparer(base, head, renames: Self.renames(from: base, to: head))
    var found: [EntityChange] = []
    let (before, after) = (Self.documents(base, includes), Self.documents(head, includes))
    let renames = Self.renames(before, base, after, head)
    for (identity, row) in before {
      let now = renames[identity] ?? identity
      if let newRow = after[now] {
        if let change = comparer.change(identity, row, now, newRow) { found.append(change) }
      } else {
        found.append(EntityChange(kind: .removed, before: (identity, row), after: nil))
      }
    }
    let renamed = Set(renames.values)
    for (identity, row) in after where before[identity] == nil && !renamed.contains(identity) {
      found.append(comparer.addition(identity, row))
    }
    let order = EntityChange.Kind.allCases
    changes = found.sorted { a, b in
      let (x, y) = (order.firstIndex(of: a.kind) ?? 0, order.firstIndex(of: b.kind) ?? 0)
      return x != y ? x < y : a.identity.utf8.lexicographicallyPrecedes(b.identity.utf8)
    }
  }

  /// What has another id now, `kind:id` by `kind:id`: by an alias of its own, or because its owner has one.
  public static func renames(from base: Estate, to head: Estate) -> [String: String] {
    renames(documents(base) { _ in true }, base, documents(head) { _ in true }, head)
  }

  private static func renames(
    _ before: [String: Int32], _ base: Estate, _ after: [String: Int32], _ head: Estate
  ) -> [String: String] {
    var result: [String: String] = [:]
    var taken: Set<String> = []
    let gone = before.filter { after[$0.key] == nil }.sorted { $0.value < $1.value }
    for (identity, row) in gone {
      guard let index = head.metamodel.kind(named: base.kind(of: row).name)?.index,
        let found = head.currentRow(base.entity(row).id, kind: index)
      else { continue }
      let now = head.identity(found)
      if after[now] != nil, before[now] == nil, taken.insert(now).inserted { result[identity] = now }
    }
    return result
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
      guard estate.entities[index].node != nil, kind.isWritten, !added.contains(row), includes(kind.name) else {
        continue
      }
      result[estate.identity(row)] = row
    }
    return result
  }
}
