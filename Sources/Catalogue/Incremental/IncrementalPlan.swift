internal import CEL

/// How derived fields follow from others, for working out again only what changes: made once, when views are compared.
final class IncrementalPlan: Sendable {
  /// One group of derived fields that is stored: the ways of all its expressions, each with a slot of its own.
  struct Group: Sendable {
    let fields: [Field]
    let paths: FieldPaths
  }

  let universe: Universe
  /// Derived fields that are not stored in a way that leads back: what they read is read in their place.
  let expanded: [Int32: (paths: AccessPaths, results: [Int])]
  /// Stored ones, each after what it uses.
  let groups: [Group]

  init(_ universe: Universe, _ needed: Set<Int32>?) {
    self.universe = universe
    let plan = universe.plan
    let metamodel = universe.metamodel
    var inverses: [Int32: [Int32]] = [:]
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape else { continue }
      for source in sources where plan.compiled[source] != nil { inverses[source, default: []].append(field.id) }
    }
    func isStored(_ field: Field) -> Bool { field.isRecursive || inverses[field.id] != nil }
    var expanded: [Int32: (paths: AccessPaths, results: [Int])] = [:]
    for group in plan.groups {
      for field in group where !isStored(field) {
        guard let expression = plan.compiled[field.id] else { continue }
        var builder = AccessPathsBuilder()
        builder.bind(0, kinds: KindSet([field.kind]))
        let results = builder.add(expression)
        expanded[field.id] = (builder.paths, results)
      }
    }
    self.expanded = expanded
    let dated = plan.dated
    groups = plan.groups.filter { group in
      group.contains(where: isStored) && (needed.map { needed in group.contains { needed.contains($0.id) } } ?? true)
    }.map { group in
      // Of a circle each field's readings of the others are ways within.
      var builder = AccessPathsBuilder()
      var results: [Int32: [Int]] = [:]
      for (slot, field) in group.enumerated() {
        guard let expression = plan.compiled[field.id] else { continue }
        results[field.id] = builder.addApart(expression, slot: slot, kinds: KindSet([field.kind]))
      }
      var paths = builder.paths
      for step in paths.steps {
        guard let slot = group.firstIndex(where: { $0.id == step.field }), let found = results[step.field] else { continue }
        paths.join(step, toSlot: slot, results: found)
      }
      return Group(fields: group, paths: FieldPaths(paths, expanded: expanded, dated: dated))
    }
  }

  /// The ways of a rule's expressions.
  func paths(_ paths: AccessPaths) -> FieldPaths { FieldPaths(paths, expanded: expanded, dated: universe.plan.dated) }
}
