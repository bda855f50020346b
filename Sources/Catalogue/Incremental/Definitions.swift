internal import CEL

/// The access paths of derived fields, which stand in their place where nothing else tells from which rows such a field
/// leads to a row.
struct Definitions: Sendable {
  typealias Definition = (paths: AccessPaths, results: [Int])

  /// Fields that the graph does not keep in a way that leads back.
  private(set) var expanded: [Int32: Definition] = [:]
  /// Those that it keeps: on another day they may be otherwise than it says.
  private var stored: [Int32: Definition] = [:]
  /// The derived relations that an inverse is of, with how to go from a row to all that these may ever lead to.
  private var inverses: [Int32: [Int32]] = [:]
  private(set) var forward: [Int32: ForwardWays] = [:]
  /// Derived fields and their inverses, and those of them that differ from day to day.
  private let derived: Set<Int32>
  private let dated: Set<Int32>

  init(_ plan: DerivationPlan, _ metamodel: Metamodel, isStored: (Field) -> Bool) {
    derived = plan.stored
    dated = plan.dated
    for group in plan.groups {
      for field in group {
        // What is recursive, or in a circle and stored, only the graph of a day can tell.
        guard let expression = plan.compiled[field.id], !field.isRecursive, group.count == 1 || !isStored(field) else {
          continue
        }
        var builder = AccessPathsBuilder()
        builder.bind(0, kinds: KindSet([field.kind]))
        let results = builder.add(expression)
        if isStored(field) {
          stored[field.id] = (builder.paths, results)
        } else {
          expanded[field.id] = (builder.paths, results)
        }
      }
    }
    for (id, definition) in stored {
      if let ways = ForwardWays(definition, self) { forward[id] = ways }
    }
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape else { continue }
      let relations = sources.filter { plan.compiled[$0] != nil }
      if !relations.isEmpty, relations.allSatisfy({ forward[$0] != nil }) { inverses[field.id] = relations }
    }
  }

  /// Whether a derived field read on another day is told by nothing but the graph of that day.
  func isUntold(_ field: Int32) -> Bool {
    derived.contains(field) && expanded[field] == nil && stored[field] == nil && inverses[field] == nil
  }

  /// Whether the definition stands in the field's place wherever that is read.
  func isExpanded(_ field: Int32) -> Bool { expanded[field] != nil }

  func isDated(_ field: Int32) -> Bool { dated.contains(field) }

  /// Puts definitions in the place of derived fields; false: there are too many.
  func expand(_ paths: inout AccessPaths, isOtherDay: (AccessPaths, Int) -> Bool) -> Bool {
    var place = 0
    var count = 0
    while place < paths.steps.count {
      let step = paths.steps[place]
      place += 1
      if let inner = expanded[step.field] {
        count += 1
        paths.insert(inner.paths, results: inner.results, for: step)
      } else if isOtherDay(paths, step.context) {
        if let inner = stored[step.field] {
          count += 1
          paths.insert(inner.paths, results: inner.results, for: step)
        }
        for relation in inverses[step.field] ?? [] {
          guard let inner = stored[relation] else { continue }
          count += 1
          paths.insert(inner.paths, of: relation, forInverse: step)
        }
      }
      if count > Self.limit { return false }
    }
    return true
  }

  private static let limit = 10_000
}
