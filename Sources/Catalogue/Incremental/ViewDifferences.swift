public import CEL

/// What is otherwise in an initiative's view than in its base, at the view's date.
public struct ViewDifferences: DifferenceSource {
  private let plan: AffectedTargets.Plan
  private var walk: BackwardWalk
  private let facts: ChangedFacts
  private let moved: Set<Int32>
  private let graph: Graph

  init(
    _ plan: AffectedTargets.Plan, _ walk: BackwardWalk, _ facts: ChangedFacts, _ before: Graph, _ after: Graph
  ) {
    self.plan = plan
    self.walk = walk
    self.facts = facts
    graph = after
    moved = before.members.absent.symmetricDifference(after.members.absent)
  }

  public func difference(of field: Int32, _ row: Int32) -> ValueDifference {
    guard facts.rows[field]?.contains(row) ?? false else { return .none }
    return facts.elements(field, row).map { .elements($0) } ?? .any
  }

  public func moved(_ kinds: KindSet) -> Set<Int32> { moved.filter { kinds.contains(graph.kind(of: $0)) } }

  public mutating func rows(_ part: DifferencePart, _ question: DifferenceQuestion) -> [Int: Set<Int32>]? {
    let fields = plan.paths(part, question)
    // Other days may differ otherwise.
    if fields.looksElsewhere { return nil }
    guard case .rows(let rows) = walk.walk(fields, from: facts, limit: Self.limit) else { return nil }
    return rows
  }

  /// Beyond so many places it is cheaper to evaluate.
  private static let limit = 500
}
