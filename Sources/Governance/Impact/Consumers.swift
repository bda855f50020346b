internal import CEL
public import Catalogue

/// Who directly uses entities: what cannot do without them, and what relations lead from to them.
public struct Consumers {
  /// One that uses an entity, and by which relation.
  public struct Consumer: Sendable, Equatable {
    public var row: Int32
    /// The name of the relation as it is written, or of the field in role `dependsOn`.
    public var relation: String
    /// Whether it cannot do without it.
    public var needsIt: Bool
  }

  private let estate: Estate
  private let roles: ImpactRoles?
  private let dependence: Dependence?
  private var namer: HopNamer?
  private var frame: Frame

  /// The fields to work out first. A metamodel without the roles tells who uses what by its relations only.
  public static func reads(_ metamodel: Metamodel) -> Set<Int32> { (try? ImpactRoles(metamodel))?.dependences ?? [] }

  /// Linear in the rows of kinds that need something.
  /// - Precondition: the derived fields that `reads` names are worked out.
  public init(_ estate: Estate) {
    self.estate = estate
    let roles = try? ImpactRoles(estate.metamodel)
    self.roles = roles
    dependence = roles.map { Dependence(estate, $0) }
    namer = roles.map { HopNamer(estate, $0) }
    frame = Frame(graph: estate.graph, slotCount: 1)
  }

  /// Those that cannot do without it first, then by identity. What has ended uses nothing; a part stands for its owner.
  public mutating func consumers(of row: Int32) -> [Consumer] {
    var result: [Int32: Consumer] = [:]
    for source in dependence?.direct(on: row) ?? [] {
      let relation = namer?.hop(from: source, to: row).relation ?? "needs"
      result[source] = Consumer(row: source, relation: relation, needsIt: true)
    }
    var phases = PhaseReader(estate)
    let metamodel = estate.metamodel
    for id in estate.kind(of: row).order {
      let field = metamodel.fields[Int(id)]
      guard case .inverse(let sources) = field.shape,
        let declaration = metamodel.field(field.path, ofKind: field.kind)
      else { continue }
      let relations = sources.map { metamodel.fields[Int($0)] }.filter(isMeant)
      for source in Links(frame.read(declaration, of: row)).certain {
        guard let relation = relations.first(where: { $0.kind == estate.entity(source).kind }) else { continue }
        let user = owner(of: source)
        guard user != row, result[user] == nil, !phases.hasEnded(source) else { continue }
        // That a part leads here is said by what the part is.
        let words = user == source ? relation.path : estate.kind(of: source).title.lowercased()
        result[user] = Consumer(row: user, relation: words, needsIt: false)
      }
    }
    return result.values.map { ($0, estate.identity($0.row)) }.sorted { a, b in
      a.0.needsIt != b.0.needsIt ? a.0.needsIt : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
  }

  /// Whether a relation is one of the authority's, and written.
  private func isMeant(_ field: Field) -> Bool {
    if estate.metamodel.kinds[field.kind].isBuiltIn { return false }
    if case .relation = field.shape { return true }
    return false
  }

  private func owner(of row: Int32) -> Int32 {
    let owner = estate.entity(row).owner
    return owner >= 0 && estate.kind(of: row).ownerRelation != nil ? owner : row
  }
}
