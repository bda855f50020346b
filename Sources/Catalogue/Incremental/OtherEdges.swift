internal import CEL

/// Edges of recorded relations that hold on some day in a view: what changes put there, and what they replace.
struct OtherEdges {
  /// By field, then by target.
  private var sources: [Int32: [Int32: [Int32]]] = [:]
  /// By field, then by source.
  private var targets: [Int32: [Int32: [Int32]]] = [:]

  init() {}

  init(_ view: View) {
    let universe = view.universe
    for change in view.applied.lazy.flatMap({ universe.initiatives[$0].changes }) {
      let field = universe.metamodel.fields[Int(change.field)]
      guard case .relation = field.shape else { continue }
      switch change.effect {
      case .link(let targets, _), .targets(let targets, _): add(field.id, change.entity, targets)
      case .target(let target?): add(field.id, change.entity, [target])
      case .value, .target, .unlink, .lifecycle, .day: break
      }
      // What it replaces was there before.
      if case .edges? = universe.metamodel.access(to: field) {
        add(field.id, change.entity, universe.raw.adjacencies[Int(field.id)].targets(of: change.entity))
      } else if let target = universe.raw.columns[Int(field.id)].int32(of: change.entity) {
        add(field.id, change.entity, [target])
      }
    }
  }

  private mutating func add(_ field: Int32, _ source: Int32, _ ends: some Sequence<Int32>) {
    for target in ends {
      sources[field, default: [:]][target, default: []].append(source)
      targets[field, default: [:]][source, default: []].append(target)
    }
  }

  /// The rows from which a relation, or the inverse of some, leads to a row.
  func holders(of row: Int32, _ field: Field) -> [Int32] {
    guard case .inverse(let relations) = field.shape else { return sources[field.id]?[row] ?? [] }
    return relations.flatMap { targets[$0]?[row] ?? [] }
  }
}
