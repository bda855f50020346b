internal import CEL
internal import Diagnostics

/// What decoding asks of a field of every document again, worked out once.
final class FieldPlan: Sendable {
  /// How its value is read where nothing is wrong with it.
  enum Reading {
    /// `kind` and `id`: read before there is a row.
    case done
    case text
    case date
    case enumeration(NameTable)
    case relation
    case other
    /// No document may write it.
    case refused
  }

  /// What holds where a document does not have the key.
  enum Unset {
    case unknown
    case byDefault(Value)
    case emptyList
    /// A relation that may have targets.
    case open
  }

  let field: Field
  let reading: Reading
  let unset: Unset
  /// The kinds that a relation leads to.
  let targets: [Int]
  /// Whether a relation's value is a list.
  let isList: Bool

  init(_ field: Field) {
    self.field = field
    var reading = Reading.other
    var unset = Unset.unknown
    var targets: [Int] = []
    var isList = false
    switch field.shape {
    case .common(.id), .common(.kind): reading = .done
    case .common(.name), .common(.summary), .common(.notes), .scalar(.string), .scalar(.text): reading = .text
    case .common(.aliases), .common(.labels): unset = .emptyList
    case .scalar(.date): reading = .date
    case .scalar(.enumeration(let type)):
      reading = .enumeration(NameTable(type.values.enumerated().map { ($1, Int32($0)) }))
    case .scalars, .records: if field.absence == .empty { unset = .emptyList }
    case .relation(let kinds, let many):
      reading = .relation
      targets = kinds.kinds
      isList = many || field.absence == .empty
      if many, field.absence == .unknown { unset = .open }
    case .inverse, .derived, .phaseDate, .phase, .live: reading = .refused
    default: break
    }
    if !field.isWritten { reading = .refused }
    if case .scalar(let scalar) = field.shape, let text = field.defaultText,
      let value = ScalarReader.value(of: text, scalar)
    {
      unset = .byDefault(value)
    }
    self.reading = reading
    self.unset = unset
    self.targets = targets
    self.isList = isList
  }
}

/// What decoding asks of a kind of every document again.
final class KindPlan: Sendable {
  let kind: Kind
  /// Keys that a document may have, to the metamodel's numbers of fields.
  let keys: NameTable
  let parts: [FieldPlan]
  /// Fields whose absence is a finding.
  let required: [FieldPlan]
  /// Fields whose absence means something else than unknown.
  let withUnset: [FieldPlan]
  let idField: Int32
  let aliasesField: Int32
  /// The relation of a part to its owner, and the field that may stand for its id.
  let ownerField: Int32?
  let partKeyField: Int32?
  let hasLifecycle: Bool

  init(_ kind: Kind, _ metamodel: Metamodel, _ plans: [FieldPlan]) {
    self.kind = kind
    let own = kind.order.map { plans[Int($0)] }
    let whole = own.filter { !$0.field.path.contains(".") }
    keys = NameTable(whole.map { ($0.field.path, $0.field.id) })
    parts = whole.filter { if case .parts = $0.field.shape { true } else { false } }
    required = whole.filter { plan in
      if case .common(.name) = plan.field.shape { return kind.ownerRelation == nil }
      return plan.field.isRequired
    }
    withUnset = whole.filter { if case .unknown = $0.unset { false } else { true } }
    idField = kind.members["id"] ?? -1
    aliasesField = kind.members["aliases"] ?? -1
    ownerField = kind.ownerRelation.flatMap { kind.members[$0] }
    partKeyField = kind.partKey.flatMap { kind.members[$0] }
    hasLifecycle = kind.lifecycle != .none
  }

  /// Every key that a document may have, for near matches.
  func knownKeys(_ metamodel: Metamodel) -> [String] {
    kind.order.map { metamodel.fields[Int($0)] }.filter { $0.isWritten && !$0.path.contains(".") }.map(\.path)
  }
}
