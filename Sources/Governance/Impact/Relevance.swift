internal import CEL
internal import Catalogue

/// Which initiatives can make a difference to who depends on an entity: the others' views need not be worked out.
///
/// Whoever depends on the entity, in whatever view and on whatever day, leads to it by fields that the relation in role
/// `dependsOn` reads: as the catalogue has them, or as some initiative writes them. An initiative matters only where it
/// changes such a field of what leads there, or of what that looks at on the way.
struct Relevance: Sendable {
  /// Fields on which it depends who needs whom: by kind, the first parts of paths.
  private var paths: [Int: Set<String>] = [:]
  /// What can lead to the entity; nil: anything.
  private var leading: Set<Int32>?
  /// The same with what is looked at on the way.
  private var seen: Set<Int32> = []
  private let estate: Estate
  /// What its edits of such fields lead to, by the initiative.
  private var targets: [Int32: Set<Int32>] = [:]

  /// - Parameter edits: by the initiative.
  init(_ impact: Impact, _ edits: [Int32: [PlanReader.EditRow]]) {
    estate = impact.estate
    let metamodel = estate.metamodel
    let reads = estate.reads(of: impact.roles.dependences)
    var readsLife = false
    var readsFlows = false
    func add(_ field: Field) { paths[field.kind, default: []].insert(Self.root(field.path)) }
    for id in reads {
      let field = metamodel.fields[Int(id)]
      add(field)
      switch field.shape {
      case .inverse(let sources): for source in sources { add(metamodel.fields[Int(source)]) }
      case .live, .phase, .lifecycle, .phaseDate: readsLife = true
      default: break
      }
      if !metamodel.kinds[field.kind].isWritten { readsFlows = true }
    }
    for kind in metamodel.kinds {
      if readsLife || readsFlows, kind.lifecycle != .none {
        paths[kind.index, default: []].insert("lifecycle")
        if case .follows(let relations) = kind.lifecycle { paths[kind.index, default: []].formUnion(relations) }
      }
      // Flows follow from integrations.
      if readsFlows, kind.role == "integration" {
        paths[kind.index, default: []].formUnion(kind.members.keys.map { Self.root($0) })
      }
    }
    for (row, list) in edits {
      targets[row] = Set(list.filter { $0.field.map { bears($0) } ?? false }.flatMap(\.targets))
    }
    if !readsFlows, !Self.listsKinds(impact.roles, reads, metamodel) { find(impact, reads, edits) }
  }

  private static func root(_ path: String) -> String { String(path.prefix { $0 != "." }) }

  /// Whether a definition looks at all of a kind, so that whatever there is may bear on it.
  private static func listsKinds(_ roles: ImpactRoles, _ reads: Set<Int32>, _ metamodel: Metamodel) -> Bool {
    reads.contains { id in
      guard case .derived(let derivation) = metamodel.fields[Int(id)].shape else { return false }
      return String(decoding: derivation.expression.text, as: UTF8.self).contains("every")
    }
  }

  // MARK: Rows

  private mutating func find(
    _ impact: Impact, _ reads: Set<Int32>, _ edits: [Int32: [PlanReader.EditRow]]
  ) {
    let metamodel = estate.metamodel
    var frame = Frame(graph: estate.graph, slotCount: 1)
    // Every edge that a definition can take, from what reads to what is read.
    var pairs: [(source: Int32, target: Int32)] = []
    var fields: [Int: [FieldDeclaration]] = [:]
    for id in reads.sorted() {
      let field = metamodel.fields[Int(id)]
      switch field.shape {
      case .relation, .parts, .inverse, .owner:
        if let declaration = metamodel.field(field.path, ofKind: field.kind) {
          fields[field.kind, default: []].append(declaration)
        }
      default: continue
      }
    }
    for (kind, declarations) in fields.sorted(by: { $0.key < $1.key }) {
      for row in estate.graph.members.rows(ofKind: kind) {
        for field in declarations {
          for target in Links(frame.read(field, of: row)).all { pairs.append((row, target)) }
        }
      }
    }
    for row in edits.keys.sorted() {
      for edit in edits[row] ?? [] where edit.entity >= 0 {
        // A part is reached from its owner, and a relation's target may be the one that reads.
        let owner = estate.entity(edit.entity).owner
        if owner >= 0 { pairs.append((owner, edit.entity)) }
        guard let id = edit.field else { continue }
        let field = metamodel.fields[Int(id)]
        for target in edit.targets {
          if reads.contains(id) { pairs.append((edit.entity, target)) }
          if let inverse = field.inverses[estate.entity(target).kind], reads.contains(Int32(inverse)) {
            pairs.append((target, edit.entity))
          }
        }
      }
    }
    let all = 0..<Int32(estate.entities.count)
    let forward = Adjacency(rows: all, pairs: pairs)
    let back = Adjacency(rows: all, pairs: pairs.map { ($0.target, $0.source) })
    var marks: Set<Int32> = [impact.entity]
    var stack = [impact.entity]
    while let row = stack.popLast() {
      for source in back.targets(of: row) where marks.insert(source).inserted { stack.append(source) }
    }
    leading = marks
    // What is looked at on the way: others that can be needed themselves are looked at, not through.
    stack = Array(marks)
    while let row = stack.popLast() {
      for target in forward.targets(of: row) where marks.insert(target).inserted {
        if !impact.roles.needed.contains(estate.entity(target).kind) { stack.append(target) }
      }
    }
    seen = marks
  }

  /// Whether what an initiative adds or changes may matter.
  func canMatter(_ initiative: Initiative) -> Bool {
    let added = initiative.added.filter { paths[estate.entity($0).kind] != nil }
    let changed = initiative.changes.filter { bears($0.field) }.map(\.entity)
    guard let leading else { return !added.isEmpty || !changed.isEmpty }
    return added.contains { leading.contains($0) } || changed.contains { seen.contains($0) }
      || !leading.isDisjoint(with: targets[initiative.row] ?? [])
  }

  /// Whether it depends on a field who needs whom.
  private func bears(_ id: Int32) -> Bool {
    let field = estate.metamodel.fields[Int(id)]
    return paths[field.kind]?.contains(Self.root(field.path)) ?? false
  }
}
