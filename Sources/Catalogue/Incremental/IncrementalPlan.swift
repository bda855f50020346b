internal import CEL
internal import Synchronization

/// How derived fields follow from others, for working out again only what changes: made once, when views are compared.
final class IncrementalPlan: Sendable {
  /// One group of derived fields: the ways of all its expressions, each with a slot of its own.
  struct Group: Sendable {
    let fields: [Field]
    let paths: FieldPaths
    /// Of recursive relations and booleans: the same with a reading of one of them as one of any other field; nil: it
    /// does not suffice to know these.
    let direct: FieldPaths?
    var isRecursive: Bool { fields.contains(where: \.isRecursive) }
  }

  let universe: Universe
  /// What is read in the place of derived fields.
  let definitions: Definitions
  /// Each after what it uses.
  let groups: [Group]
  /// Where the graph keeps derived fields and their inverses.
  let derivedSlots: [Int]
  /// Inverses of relations that some kinds record and others derive, with these kinds.
  let mixedInverses: [(slot: Int, derivedKinds: KindSet)]
  private let stored: Set<Int32>
  private let made = Mutex<Everywhere?>(nil)

  init(_ universe: Universe, _ needed: Set<Int32>?) {
    self.universe = universe
    let plan = universe.plan
    let metamodel = universe.metamodel
    var inverses: [Int32: [Int32]] = [:]
    var mixed: [(slot: Int, derivedKinds: KindSet)] = []
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape else { continue }
      let derived = sources.filter { plan.compiled[$0] != nil }
      for source in derived { inverses[source, default: []].append(field.id) }
      guard !derived.isEmpty, derived.count < sources.count else { continue }
      mixed.append((Int(field.id), KindSet(derived.map { metamodel.fields[Int($0)].kind })))
    }
    mixedInverses = mixed
    func isStored(_ field: Field) -> Bool { field.isRecursive || inverses[field.id] != nil }
    let definitions = Definitions(plan, metamodel, isStored: isStored)
    self.definitions = definitions
    derivedSlots = plan.stored.map { Int($0) }.sorted()
    stored = Set(plan.groups.flatMap { $0 }.filter(isStored).map(\.id))
    groups = plan.groups.filter { group in
      needed.map { needed in group.contains { needed.contains($0.id) } } ?? true
    }.map { group in
      // Of a circle each field's readings of the others are ways within.
      var builder = AccessPathsBuilder()
      var results: [Int32: [Int]] = [:]
      for (slot, field) in group.enumerated() {
        guard let expression = plan.compiled[field.id] else { continue }
        results[field.id] = builder.addApart(expression, slot: slot, kinds: KindSet([field.kind]))
      }
      var paths = builder.paths
      let direct = Self.direct(group, paths, definitions)
      for step in paths.steps {
        guard let slot = group.firstIndex(where: { $0.id == step.field }), let found = results[step.field] else {
          continue
        }
        paths.join(step, toSlot: slot, results: found)
      }
      return Group(fields: group, paths: FieldPaths(paths, definitions), direct: direct)
    }
  }

  private static func direct(_ group: [Field], _ paths: AccessPaths, _ definitions: Definitions) -> FieldPaths? {
    guard group.allSatisfy({ $0.isRecursive && !DerivationPlan.isWellFounded($0.type) }) else { return nil }
    let found = FieldPaths(paths, definitions)
    let own = Set(group.map(\.id))
    // What a condition gives is known before the fields are worked out.
    let isApart = found.conditions.allSatisfy { own.isDisjoint(with: $0.paths.readings.keys) }
    return found.isComplete && !found.looksElsewhere && isApart ? found : nil
  }

  /// Edges that hold on some day in some view, what initiatives can make otherwise, and when expressions turn that are
  /// evaluated as of other days.
  struct Everywhere: Sendable {
    let edges: OtherEdges
    let facts: InitiativeFacts
    let relevance: Relevance
  }

  /// Made when it is first asked for.
  var everywhere: Everywhere {
    made.withLock { known in
      if let known { return known }
      let edges = OtherEdges(universe, of: universe.initiatives.indices)
      let facts = InitiativeFacts(universe, edges)
      let all = Everywhere(edges: edges, facts: facts, relevance: Relevance(universe, definitions, edges, facts))
      known = all
      return all
    }
  }

  /// Whether a field is kept in a way that leads back from what it gives.
  func isStored(_ field: Field) -> Bool { stored.contains(field.id) }

  /// The ways of a rule's expressions.
  func paths(_ paths: AccessPaths) -> FieldPaths {
    FieldPaths(paths, definitions)
  }
}
