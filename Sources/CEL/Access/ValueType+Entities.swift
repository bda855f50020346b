extension ValueType {
  /// The kinds of the entities that a value of this type can hold, itself included, at any depth; empty where it can hold
  /// none, all kinds where the type does not tell.
  var heldKinds: KindSet {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .period, .enumeration,
      .type:
      .empty
    // Of what cannot be listed, as the step of a closure that is `[]`, the type knows no kind.
    case .entity(let kinds), .reach(let kinds): kinds.isEmpty ? .all : kinds
    case .list(let element), .optional(let element): element.heldKinds
    case .map(let key, let value): key.heldKinds.union(value.heldKinds)
    case .record(let record): record.fields.reduce(.empty) { $0.union($1.type.heldKinds) }
    case .abstract(let name, let arguments):
      Self.holdsOnlyParameters(name) ? arguments.reduce(.empty) { $0.union($1.heldKinds) } : .all
    case .path, .dyn, .error, .variable: .all
    }
  }

  /// Whether values of a record or opaque type hold no entities but those of its parameters; what the host declares may
  /// hold others.
  private static func holdsOnlyParameters(_ name: String) -> Bool {
    ParametricRecord.library.contains { $0.name == name } || name == IPAddress.typeName || name == IPNetwork.typeName
  }
}

extension KindSet {
  static let all = KindSet(0..<capacity)
}
