internal import CEL

extension ViewBuilder {
  /// With one more initiative applied over those of the ground; nil: the order in which all are applied makes a
  /// difference, or the others reach into what this one adds.
  func extended(by place: Int) -> ViewBuilder? {
    let initiative = universe.initiatives[place]
    let own = Set(initiative.added)
    let touched = Set(initiative.changes.map(\.entity))
    var changed: Set<Int32> = []
    var isLater = false
    for other in view.applied {
      guard other != place else {
        isLater = true
        continue
      }
      for change in universe.initiatives[other].changes {
        if own.contains(change.entity) || isLater && touched.contains(change.entity) { return nil }
        if change.effect.targets.contains(where: own.contains) { return nil }
        changed.insert(change.entity)
      }
    }
    guard let references = references(to: own, changed) else { return nil }
    var builder = self
    builder.apply([place], resolving: references)
    return builder.reachesIntoOthers ? nil : builder
  }

  private struct List: Hashable {
    var source: Int32
    var field: Int32
  }

  /// All references of those lists that what is added is named in, or that it has itself; nil: initiatives have changed
  /// what they stand in.
  private func references(to own: Set<Int32>, _ changed: Set<Int32>) -> [ConditionalReference]? {
    var lists: Set<List> = []
    for reference in universe.conditional where own.contains(reference.source) || own.contains(reference.target) {
      if changed.contains(reference.source) { return nil }
      lists.insert(List(source: reference.source, field: reference.field))
    }
    if lists.isEmpty { return [] }
    return universe.conditional.filter { lists.contains(List(source: $0.source, field: $0.field)) }
  }

  /// Whether the flows of some integration are changed here that others have changed or added.
  private var reachesIntoOthers: Bool {
    for kind in metamodel.kinds(inRole: "integration") {
      guard let fields = FlowFields(kind, metamodel) else { continue }
      let all = fields.all + [kind.ownerRelation.flatMap { metamodel.field($0, of: kind.index) }].compactMap { $0 }
      for row in changedIntegrations(kind, fields) {
        if under.added.contains(row) { return true }
        if all.contains(where: { under.cells[$0.id]?[row] != nil || under.lists[$0.id]?[row] != nil }) { return true }
      }
    }
    return false
  }
}
