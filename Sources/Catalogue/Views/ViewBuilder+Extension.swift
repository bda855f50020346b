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

  /// All references of those lists that what is added is named in, or that it has itself; nil: initiatives have changed
  /// what they stand in.
  private func references(to own: Set<Int32>, _ changed: Set<Int32>) -> [ConditionalReference]? {
    var places: Set<Int> = []
    for row in own {
      places.formUnion(universe.conditionalBySource[row] ?? [])
      for place in universe.conditionalByTarget[row] ?? [] {
        let (source, field) = (universe.conditional[place].source, universe.conditional[place].field)
        if changed.contains(source) { return nil }
        let all = universe.conditionalBySource[source] ?? []
        places.formUnion(all.filter { universe.conditional[$0].field == field })
      }
    }
    return places.sorted().map { universe.conditional[$0] }
  }

  /// Whether the flows of some integration are changed here that others have changed or added.
  private var reachesIntoOthers: Bool {
    for kind in metamodel.kinds(inRole: "integration") {
      guard let fields = FlowFields(kind, metamodel) else { continue }
      let all = deciding(kind, fields)
      for row in changedIntegrations(kind, fields) {
        if under.added.contains(row) { return true }
        if all.contains(where: { under.cells[$0.id]?[row] != nil || under.lists[$0.id]?[row] != nil }) { return true }
      }
    }
    return false
  }
}
