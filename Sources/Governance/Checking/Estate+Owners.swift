internal import CEL
package import Catalogue

extension Estate {
  /// What a relation leads to for certain.
  package func certainRows(_ path: String, of row: Int32) -> [Int32] {
    let value = value(path, of: row)
    if case .entity(let target) = value { return [target] }
    guard let view = value.listView else { return [] }
    return (0..<view.count).filter { view.reason(at: $0) == nil }.compactMap { view.row(at: $0) }
  }

  /// Who answers for a row: what the relation in role `owner` leads to, of somebody's word who gave it, else that of what
  /// the row is a part of.
  package func answerable(for row: Int32) -> [Int32] {
    var current = row
    while current >= 0 {
      for role in ["owner", "voucher"] {
        guard let owner = metamodel.field(inRole: role, of: entity(current).kind) else { continue }
        let owners = certainRows(owner.path, of: current)
        if !owners.isEmpty { return owners }
      }
      current = entity(current).owner
    }
    return []
  }
}
