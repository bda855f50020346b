internal import CEL
internal import Catalogue

/// The fields whose values can stand in a cell.
enum ImportableFields {
  /// In the order of declaration.
  static func all(of kind: Kind, _ metamodel: Metamodel) -> [Field] {
    kind.order.map { metamodel.fields[Int($0)] }.filter { field in
      if !field.isWritten { return false }
      switch field.shape {
      case .scalar, .scalars, .relation, .owner, .phaseDate, .lifecycle: return true
      case .common(let common): return common != .id && common != .kind
      default: return false
      }
    }
  }

  struct Target {
    /// Nil for a reference.
    var scalar: Scalar?
    /// Where a reference leads to.
    var kinds: KindSet?
    var isList = false
  }

  static func target(_ field: Field) -> Target {
    switch field.shape {
    case .scalar(let scalar): Target(scalar: scalar)
    case .scalars(let scalar): Target(scalar: scalar, isList: true)
    case .relation(let kinds, let many): Target(kinds: kinds, isList: many)
    case .owner(let kinds): Target(kinds: kinds)
    case .phaseDate: Target(scalar: .date)
    case .common(.aliases), .common(.labels): Target(scalar: .string, isList: true)
    default: Target(scalar: .text)
    }
  }
}
