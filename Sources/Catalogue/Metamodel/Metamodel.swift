public import CEL
public import Diagnostics

/// An authority's vocabulary: kinds and their members, enumerations, unions, settings, phases. Read from documents of
/// `kind: metamodel` and the engine's own; immutable afterwards.
public final class Metamodel: Sendable {
  /// Sorted by name, except that the engine's derived kinds come last; a kind's index is its place.
  public let kinds: [Kind]
  public let fields: [Field]
  public let enums: [EnumType]
  public let unions: [String: KindSet]
  public let phases: [String]
  public let livePhases: Set<Int>
  public let phaseEnum: EnumType
  public let settings: [String: Setting]
  private let kindsByName: [String: Int]
  private let roles: [String: [Int32]]
  /// The relations that documents write, by kind: numbers of fields in the kind's order.
  let relations: [[Int32]]

  public struct Setting: Sendable {
    public var name: String
    public var scalar: Scalar
    public var defaultText: String?
    public var why: String?
    public var range: SourceRange?
  }

  init(_ builder: MetamodelBuilder) {
    kinds = builder.kinds
    fields = builder.fields
    enums = builder.enums
    unions = builder.unions
    phases = builder.phases
    livePhases = builder.livePhases
    phaseEnum = builder.phaseEnum
    settings = builder.settings
    var byName: [String: Int] = [:]
    for kind in builder.kinds { byName[kind.name] = kind.index }
    kindsByName = byName
    var roles: [String: [Int32]] = [:]
    for field in builder.fields { if let role = field.role { roles[role, default: []].append(field.id) } }
    self.roles = roles
    relations = builder.kinds.map { kind in
      kind.order.filter { id in
        if case .relation = builder.fields[Int(id)].shape { true } else { false }
      }
    }
  }

  public func kind(named name: String) -> Kind? { kindsByName[name].map { kinds[$0] } }
  public func field(_ path: String, of kind: Int) -> Field? { kinds[kind].members[path].map { fields[Int($0)] } }

  /// The relations with a role, on any kind.
  public func fields(inRole role: String) -> [Field] { roles[role, default: []].map { fields[Int($0)] } }
  public func field(inRole role: String, of kind: Int) -> Field? {
    roles[role, default: []].first { fields[Int($0)].kind == kind }.map { fields[Int($0)] }
  }

  public func kinds(inRole role: String) -> [Kind] { kinds.filter { $0.role == role } }
}

extension Metamodel: Host {
  public var kindCount: Int { kinds.count }
  public func name(ofKind kind: Int) -> String { kinds[kind].name }

  public func kinds(named name: String) -> KindSet? {
    if let kind = kindsByName[name] { return KindSet([kind]) }
    if name == "entity" { return KindSet(kinds.indices) }
    return unions[name]
  }

  public var kindNames: [String] { kinds.map(\.name) + unions.keys.sorted() + ["entity"] }

  public func field(_ path: String, ofKind kind: Int) -> FieldDeclaration? {
    let found = field(path, of: kind) ?? (path == "owner" ? field(inRole: "owner", of: kind) : nil)
    guard let field = found else { return nil }
    guard let access = access(to: field) else { return nil }
    var declaration = FieldDeclaration(
      name: path, type: field.type, access: access, id: field.id, isTraced: field.defaultText != nil)
    if case .column = access { declaration.inverses = field.inverses }
    switch field.shape {
    case .phaseDate, .phase, .live: declaration.isTotal = true
    case .common(let part):
      declaration.isTotal = true
      switch part {
      case .id: declaration.naming = .entity
      case .kind: declaration.naming = .kind
      default: break
      }
    default: break
    }
    return declaration
  }

  /// Where the graph keeps a field; nil where expressions cannot read it.
  func access(to field: Field) -> FieldDeclaration.Access? {
    let slot = Int(field.id)
    switch field.shape {
    case .structure, .expression: return nil
    // Only the whole catalogue tells whether it says what an edit says.
    case .scalar where field.path == "merged" && kinds[field.kind].name == "edit": return .computed(slot)
    // Only compiled rules tell what they look at.
    case .relation where field.path == "scope" && kinds[field.kind].name == "rule": return .computed(slot)
    case .scalar, .scalars, .records, .owner: return .column(slot)
    case .relation(_, let many): return many || field.absence == .empty ? .edges(slot) : .column(slot)
    case .parts, .inverse: return .edges(slot)
    case .derived(let derivation):
      if case .list(.entity) = field.type, !derivation.isRecursive { return .edges(slot) }
      return .computed(slot)
    case .common(.kind), .common(.id): return .computed(slot)
    case .common(.name):
      let kind = kinds[field.kind]
      return kind.ownerRelation != nil || !kind.isWritten ? .computed(slot) : .column(slot)
    case .common: return .column(slot)
    case .record, .phaseDate, .lifecycle, .phase, .live: return .computed(slot)
    }
  }

  /// What `lifecycle: unknown` says of a kind: of what follows others that it does not, which is how it would be read
  /// if nothing were written.
  func admittedLifecycle(_ kind: Int) -> LifecyclePlan {
    guard case .follows = kinds[kind].lifecycle else { return LifecyclePlan(unwritten: phases.count) }
    return LifecyclePlan(days: Array(repeating: .unknown, count: phases.count))
  }

  /// The first phase that lives, of a kind whose lifecycle follows others; nil for one with a lifecycle of its own.
  func beginningWithOthers(_ kind: Int) -> Int? {
    guard case .follows = kinds[kind].lifecycle else { return nil }
    return livePhases.min() ?? 0
  }

  /// The kinds whose lifecycles a kind's follows.
  func followedKinds(_ kind: Kind) -> KindSet {
    guard case .follows(let relations) = kind.lifecycle else { return .empty }
    return relations.reduce(into: KindSet.empty) { result, name in
      switch field(name, of: kind.index)?.shape {
      case .relation(let kinds, _), .owner(let kinds): result = result.union(kinds)
      default: return
      }
    }
  }

  public func fieldNames(ofKind kind: Int) -> [String] {
    kinds[kind].order.compactMap { id in
      let field = fields[Int(id)]
      switch field.shape {
      case .structure, .expression: return nil
      default: return field.path
      }
    }
  }

  /// The metamodel knows no entities: literals are checked by the host that an estate gives.
  public func row(named id: String, kinds: KindSet) -> EntityLookup { .unknown }
  public func ids(ofKinds kinds: KindSet) -> [String] { [] }
}
