internal import CEL
internal import Catalogue

/// Tells by what an entity needs another: the relation that somebody wrote, and what carries it (an integration).
///
/// The field in role `dependsOn` may be derived. What it reads, through other derived fields too, are the relations that
/// can be meant; the first of them that leads there is named: one that leads there itself, else one that leads to
/// something that does.
struct HopNamer {
  private let estate: Estate
  private let roles: ImpactRoles
  private var frame: Frame
  private let fields: Set<Int32>
  /// By kind: relations that are written, and those that may lead to a carrier, narrower ones first.
  private var relations: [Int: [(path: String, field: FieldDeclaration)]] = [:]
  private var carriers: [Int: [(path: String, field: FieldDeclaration)]] = [:]

  init(_ estate: Estate, _ roles: ImpactRoles) {
    self.estate = estate
    self.roles = roles
    frame = Frame(graph: estate.graph, slotCount: 1)
    fields = estate.reads(of: roles.dependences)
  }

  /// How one needs another. Where no relation tells, by the field in the role itself.
  mutating func hop(from source: Int32, to target: Int32) -> Impact.Hop {
    let kind = estate.entity(source).kind
    for relation in relations(of: kind) where leads(relation.field, source, target) {
      return Impact.Hop(from: source, relation: relation.path, carrier: nil, to: target)
    }
    for relation in carriers(of: kind) {
      for carrier in Links(frame.read(relation.field, of: source)).all where leads(carrier, to: target) {
        return Impact.Hop(from: source, relation: relation.path, carrier: carrier, to: target)
      }
    }
    return Impact.Hop(from: source, relation: roles.names[kind] ?? "needs", carrier: nil, to: target)
  }

  /// All that relations lead to, themselves or through a carrier.
  mutating func neighbours(of source: Int32) -> [Int32] {
    let kind = estate.entity(source).kind
    var result: Set<Int32> = []
    for relation in relations(of: kind) { result.formUnion(Links(frame.read(relation.field, of: source)).all) }
    for relation in carriers(of: kind) {
      for carrier in Links(frame.read(relation.field, of: source)).all {
        for onward in relations(of: estate.entity(carrier).kind) {
          result.formUnion(Links(frame.read(onward.field, of: carrier)).all)
        }
      }
    }
    return result.sorted()
  }

  /// Whether a relation that is written still joins two, itself or by a carrier that has not ended before a day. An
  /// integration ends with what it leads to, if not sooner: on that day itself it counts.
  mutating func isJoined(_ source: Int32, _ target: Int32, on day: CivilDate) -> Bool {
    let kind = estate.entity(source).kind
    if relations(of: kind).contains(where: { leads($0.field, source, target) }) { return true }
    var phases = PhaseReader(estate)
    for relation in carriers(of: kind) where isWritten(relation.path, kind) {
      for carrier in Links(frame.read(relation.field, of: source)).all where leads(carrier, to: target) {
        if let end = phases.end(of: carrier), end < day { continue }
        return true
      }
    }
    return false
  }

  private mutating func leads(_ carrier: Int32, to target: Int32) -> Bool {
    for relation in relations(of: estate.entity(carrier).kind) where leads(relation.field, carrier, target) {
      return true
    }
    return false
  }

  private mutating func leads(_ field: FieldDeclaration, _ source: Int32, _ target: Int32) -> Bool {
    Links(frame.read(field, of: source)).all.contains(target)
  }

  // MARK: Relations by kind

  private mutating func relations(of kind: Int) -> [(path: String, field: FieldDeclaration)] {
    if let known = relations[kind] { return known }
    let found = members(of: kind).filter { if case .relation = $0.shape { true } else { false } }
    let result = declarations(found)
    relations[kind] = result
    return result
  }

  private mutating func carriers(of kind: Int) -> [(path: String, field: FieldDeclaration)] {
    if let known = carriers[kind] { return known }
    let derived = members(of: kind).filter { field in
      guard case .derived = field.shape, field.role == nil else { return false }
      switch field.type {
      case .list(.entity(let kinds)), .entity(let kinds): return kinds.intersection(roles.needed).isEmpty
      default: return false
      }
    }
    let written = members(of: kind).filter { field in
      switch field.shape {
      case .parts, .inverse: true
      default: false
      }
    }
    let result = declarations(derived + written)
    carriers[kind] = result
    return result
  }

  private func members(of kind: Int) -> [Field] {
    estate.metamodel.kinds[kind].order.filter { fields.contains($0) }.map { estate.metamodel.fields[Int($0)] }
  }

  private func declarations(_ found: [Field]) -> [(path: String, field: FieldDeclaration)] {
    found.compactMap { field in
      estate.metamodel.field(field.path, ofKind: field.kind).map { (field.path, $0) }
    }
  }

  private func isWritten(_ path: String, _ kind: Int) -> Bool {
    if case .derived? = estate.metamodel.field(path, of: kind)?.shape { false } else { true }
  }
}
