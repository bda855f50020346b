internal import CEL
internal import Catalogue

/// The fields that tell most of an entity at a glance: what the vocabulary requires of it, in the order of declaration.
enum TellingFields {
  private static let limit = 5

  /// Paths of fields that all of some kinds have, with one type.
  static func of(_ kinds: KindSet, _ metamodel: Metamodel) -> [String] {
    let kinds = kinds.kinds
    guard let first = kinds.first else { return [] }
    var result = ["id"]
    // What is derived, or known by what it leads to, is called by its id.
    if kinds.contains(where: { metamodel.kinds[$0].isWritten && metamodel.kinds[$0].partKey == nil }) {
      result.append("name")
    }
    if kinds.count > 1 { result.append("kind") }
    let telling = metamodel.kinds[first].order.map { metamodel.fields[Int($0)] }.filter { field in
      guard isTelling(field, metamodel.kinds[first]) else { return false }
      return kinds.dropFirst().allSatisfy { metamodel.field(field.path, ofKind: $0)?.type == field.type }
    }
    return result + telling.prefix(limit).map(\.path)
  }

  private static func isTelling(_ field: Field, _ kind: Kind) -> Bool {
    switch field.shape {
    case .scalar(.text), .scalar(.url), .scalar(.string): false
    case .scalar: field.isRequired
    case .relation(_, let many): !many && (field.isRequired || !kind.isWritten)
    case .owner: true
    default: false
    }
  }
}
