internal import CEL
public import Catalogue

/// The fields that an analysis of impact reads. The metamodel names them by roles, each on any number of kinds.
public struct ImpactRoles: Sendable {
  /// What a thing cannot do without, by kind.
  let dependsOn: [Int: FieldDeclaration]
  /// What stops it when it fails alone, by kind; empty: nobody has the role.
  let failsWith: [Int: FieldDeclaration]
  let criticality: [Int: FieldDeclaration]
  let owner: [Int: FieldDeclaration]
  /// Kinds that something can depend on.
  let needed: KindSet
  /// Kinds whose rows lose a provider or a keeper when something goes.
  let carried: KindSet
  /// The field to name where a hop has no better name, by kind.
  let names: [Int: String]

  public init(_ metamodel: Metamodel) throws(ImpactFailure) {
    func declarations(_ fields: [Field]) -> [Int: FieldDeclaration] {
      fields.reduce(into: [:]) { $0[$1.kind] = metamodel.field($1.path, ofKind: $1.kind) }
    }
    func fields(_ role: ImpactRole) -> [Field] { metamodel.fields(inRole: role.rawValue) }
    let depends = fields(.dependsOn)
    dependsOn = declarations(depends)
    guard !dependsOn.isEmpty else { throw .missingRole(ImpactRole.dependsOn.rawValue) }
    names = depends.reduce(into: [:]) { $0[$1.kind] = $1.path }
    needed = depends.reduce(into: KindSet.empty) { kinds, field in
      switch field.type {
      case .entity(let targets), .list(.entity(let targets)): kinds = kinds.union(targets)
      default: return
      }
    }
    failsWith = declarations(fields(.failsWith))
    criticality = declarations(fields(.criticality))
    owner = declarations(fields(.owner))
    let kinds = metamodel.kinds(inRole: "capability") + metamodel.kinds(inRole: "dataset")
    carried = KindSet(kinds.map(\.index))
  }

  /// Every field that the whole analysis reads, for `Estate.deriving`.
  public var reads: Set<Int32> {
    [failsWith, criticality, owner].reduce(dependences) { $0.union($1.values.map(\.id)) }
  }
  /// What tells who needs whom.
  var dependences: Set<Int32> { Set(dependsOn.values.map(\.id)) }
  /// Whether the metamodel says what stops with what.
  public var hasFailures: Bool { !failsWith.isEmpty }
  public var hasCriticality: Bool { !criticality.isEmpty }
}
