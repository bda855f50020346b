internal import Catalogue
internal import Governance

/// The entities that differ, a part as a change of its owner, with those that directly use them.
struct TouchedEntities {
  struct Item {
    var identity: String
    var name: String
    var kind: EntityChange.Kind
    /// Its row in the estate that has it: the later one, but for what is removed.
    var row: Int32
    var estate: Estate
    var consumers: [Consumers.Consumer]
  }

  /// In the order of the changes; owners of parts that differ after them.
  private(set) var items: [Item] = []

  init(_ difference: CatalogueDifference) {
    var before = Consumers(difference.base)
    var after = Consumers(difference.head)
    var known: Set<String> = []
    var owners: [(Int32, Estate)] = []
    func item(_ row: Int32, _ estate: Estate, _ kind: EntityChange.Kind) -> Item? {
      guard known.insert(estate.identity(row)).inserted else { return nil }
      let isThere = estate.graph.members.contains(row)
      let consumers = !isThere ? [] : kind == .removed ? before.consumers(of: row) : after.consumers(of: row)
      return Item(
        identity: estate.identity(row), name: estate.name(row), kind: kind, row: row, estate: estate,
        consumers: consumers)
    }
    for change in difference.changes {
      guard let row = change.after?.row ?? change.before?.row else { continue }
      let estate = change.after == nil ? difference.base : difference.head
      if estate.kind(of: row).name == "initiative" { continue }
      let owner = estate.entity(row).owner
      if owner >= 0, estate.kind(of: row).ownerRelation != nil {
        owners.append((owner, estate))
      } else if let item = item(row, estate, change.kind) {
        items.append(item)
      }
    }
    for (row, estate) in owners {
      // An owner that goes with its parts is told already.
      if estate === difference.base, difference.changes(.removed).contains(where: { $0.before?.row == row }) {
        continue
      }
      let now = estate === difference.base ? Self.current(row, difference) : row
      if let now, let item = item(now, difference.head, .changed) { items.append(item) }
    }
  }

  /// What an entity of the base is called now.
  private static func current(_ row: Int32, _ difference: CatalogueDifference) -> Int32? {
    guard case .found(let now) = difference.head.find(difference.base.identity(row)) else { return nil }
    return now
  }

  /// Of what was there before.
  var uses: [DifferenceReport.Use] {
    items.filter { $0.kind != .added && !$0.consumers.isEmpty }.map { item in
      DifferenceReport.Use(
        identity: item.identity, kind: item.kind,
        consumers: item.consumers.map {
          (item.estate.identity($0.row), item.estate.name($0.row), $0.relation, $0.needsIt)
        })
    }
  }
}
