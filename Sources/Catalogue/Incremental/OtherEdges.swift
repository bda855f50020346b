internal import CEL

/// Edges of recorded relations that hold on some day, in some view: what changes put there, what they replace, and what
/// the rows lead to that initiatives add.
struct OtherEdges {
  /// By field, then by target.
  private var sources: [Int32: [Int32: [Int32]]] = [:]
  /// By field, then by source.
  private var targets: [Int32: [Int32: [Int32]]] = [:]

  init() {}

  /// - Parameter places: the initiatives.
  init(_ universe: Universe, of places: some Sequence<Int>) {
    for place in places {
      let initiative = universe.initiatives[place]
      for change in initiative.changes {
        let field = universe.metamodel.fields[Int(change.field)]
        guard case .relation = field.shape else { continue }
        add(field.id, change.entity, change.namedTargets)
        // What it replaces was there before.
        add(field.id, change.entity, universe.recordedTargets(field, of: change.entity))
      }
      for row in initiative.added { addAll(row, universe) }
    }
    for reference in universe.conditional { add(reference.field, reference.source, [reference.target]) }
  }

  private mutating func addAll(_ row: Int32, _ universe: Universe) {
    for id in universe.metamodel.kinds[universe.raw.kind(of: row)].order {
      let field = universe.metamodel.fields[Int(id)]
      if case .relation = field.shape { add(id, row, universe.recordedTargets(field, of: row)) }
    }
  }

  private mutating func add(_ field: Int32, _ source: Int32, _ ends: some Sequence<Int32>) {
    for target in ends {
      sources[field, default: [:]][target, default: []].append(source)
      targets[field, default: [:]][source, default: []].append(target)
    }
  }

  /// What a relation of a row leads to.
  func targets(_ field: Int32, of row: Int32) -> [Int32] { targets[field]?[row] ?? [] }

  /// The rows from which a relation leads to a row.
  func sources(_ field: Int32, of row: Int32) -> [Int32] { sources[field]?[row] ?? [] }

  /// The rows from which a relation, or the inverse of some, leads to a row.
  func holders(of row: Int32, _ field: Field) -> [Int32] {
    guard case .inverse(let relations) = field.shape else { return sources(field.id, of: row) }
    return relations.flatMap { targets($0, of: row) }
  }
}

extension Universe {
  /// What a recorded relation of a row leads to in the documents.
  func recordedTargets(_ field: Field, of row: Int32) -> [Int32] {
    if case .edges? = metamodel.access(to: field) { return Array(raw.adjacencies[Int(field.id)].targets(of: row)) }
    return raw.columns[Int(field.id)].int32(of: row).map { [$0] } ?? []
  }
}

extension Change {
  /// The targets that it names.
  var namedTargets: [Int32] {
    switch effect {
    case .link(let targets, _), .targets(let targets, _), .unlink(let targets): targets
    case .target(let target?): [target]
    case .value(.entity(let target)): [target]
    case .value, .target, .lifecycle, .day: []
    }
  }
}
