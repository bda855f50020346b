internal import CEL
internal import Catalogue

/// Reads what could be affected: what is joined to an entity or to one that cannot do without it.
///
/// Joined are: what a relation leads from to it; its parts, what owns a part, and what a part leads to in role `target`;
/// what it leads to of the kinds in roles `capability` and `dataset`, which lose a provider or a keeper. Of something that
/// nothing can depend on (a technology, a supplier), also those that cannot do without what is joined to it.
struct AffectedReader {
  private let impact: Impact
  private let estate: Estate
  private var frame: Frame
  private var phases: PhaseReader
  private var known: Set<Int32>
  private var result: [Impact.Affected] = []

  static func read(_ impact: Impact, _ dependence: Dependence, _ namer: inout HopNamer) -> [Impact.Affected] {
    var reader = AffectedReader(impact)
    reader.expand(impact.entity, 0)
    reader.expandCapabilities()
    if impact.canBeNeeded {
      for item in impact.dependents { reader.expand(item.row, item.distance) }
    } else {
      reader.addDependents(dependence, &namer)
    }
    return reader.sorted()
  }

  private init(_ impact: Impact) {
    self.impact = impact
    estate = impact.estate
    frame = Frame(graph: estate.graph, slotCount: 1)
    phases = PhaseReader(estate)
    known = Set(impact.dependents.map(\.row)).union([impact.entity])
  }

  private mutating func expand(_ row: Int32, _ distance: Int, _ counts: (Field) -> Bool = { _ in true }) {
    let metamodel = estate.metamodel
    let kind = estate.entity(row).kind
    for id in metamodel.kinds[kind].order {
      let field = metamodel.fields[Int(id)]
      switch field.shape {
      case .inverse(let sources):
        let relations = sources.map { metamodel.fields[Int($0)] }.filter { isMeant($0) && counts($0) }
        guard !relations.isEmpty else { continue }
        for (source, doubt) in targets(field, row) {
          guard let relation = relations.first(where: { $0.kind == estate.entity(source).kind }) else { continue }
          add(source, distance + 1, Impact.Hop(from: source, relation: relation.path, carrier: nil, to: row), doubt)
        }
      case .parts where counts(field):
        for (part, doubt) in targets(field, row) {
          add(part, distance + 1, Impact.Hop(from: row, relation: field.path, carrier: nil, to: part), doubt)
        }
      case .relation(let kinds, _) where counts(field) && !kinds.intersection(impact.roles.carried).isEmpty:
        for (target, doubt) in targets(field, row) where impact.roles.carried.contains(estate.entity(target).kind) {
          add(target, distance + 1, Impact.Hop(from: row, relation: field.path, carrier: nil, to: target), doubt)
        }
      default: continue
      }
    }
  }

  /// Those that require a capability that the entity provides, whoever provides it to them.
  private mutating func expandCapabilities() {
    let kinds = Set(estate.metamodel.kinds(inRole: "capability").map(\.index))
    for item in result where item.distance == 1 && !item.leadsThere && kinds.contains(estate.entity(item.row).kind) {
      expand(item.row, 1) { $0.role != ImpactRole.provides.rawValue && !kinds.contains($0.kind) }
    }
  }

  /// Whether a relation is one of the authority's, and written.
  private func isMeant(_ field: Field) -> Bool {
    if estate.metamodel.kinds[field.kind].isBuiltIn { return false }
    if case .relation = field.shape { return true }
    return false
  }

  private mutating func targets(_ field: Field, _ row: Int32) -> [(row: Int32, doubt: Unknown?)] {
    guard let declaration = estate.metamodel.field(field.path, ofKind: field.kind) else { return [] }
    let links = Links(frame.read(declaration, of: row))
    return links.certain.map { ($0, nil) } + links.possible.map { ($0.row, $0.reason) }
  }

  private mutating func add(_ row: Int32, _ distance: Int, _ hop: Impact.Hop, _ doubt: Unknown?) {
    guard !estate.kind(of: row).isBuiltIn, !phases.hasEnded(row), known.insert(row).inserted else { return }
    result.append(Impact.Affected(row: row, distance: distance, hop: hop, doubt: doubt))
    follow(row, distance, doubt)
  }

  /// A part joins what owns it to what it leads to: an integration's other end feels the loss too.
  private mutating func follow(_ part: Int32, _ distance: Int, _ doubt: Unknown?) {
    let metamodel = estate.metamodel
    let kind = metamodel.kinds[estate.entity(part).kind]
    guard kind.ownerRelation != nil else { return }
    let owner = estate.entity(part).owner
    if owner >= 0 {
      let parts = metamodel.kinds[estate.entity(owner).kind].order.map { metamodel.fields[Int($0)] }.first { field in
        if case .parts(kind.index, _) = field.shape { true } else { false }
      }
      if let parts {
        add(owner, distance + 1, Impact.Hop(from: owner, relation: parts.path, carrier: nil, to: part), doubt)
      }
    }
    guard let field = metamodel.field(inRole: ImpactRole.target.rawValue, of: kind.index) else { return }
    for (target, reason) in targets(field, part) {
      add(
        target, distance + 1, Impact.Hop(from: part, relation: field.path, carrier: nil, to: target),
        reason.map { $0.merged(with: doubt) } ?? doubt)
    }
  }

  private mutating func addDependents(_ dependence: Dependence, _ namer: inout HopNamer) {
    let users = result.filter { $0.distance == 1 && impact.roles.needed.contains(estate.entity($0.row).kind) }
    for item in dependence.dependents(of: users.map(\.row)) where known.insert(item.row).inserted {
      result.append(
        Impact.Affected(
          row: item.row, distance: item.distance + 1, hop: namer.hop(from: item.row, to: item.next), doubt: item.doubt))
    }
  }

  private func sorted() -> [Impact.Affected] {
    result.map { ($0, estate.identity($0.row)) }.sorted { a, b in
      a.0.distance != b.0.distance ? a.0.distance < b.0.distance : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
  }
}
