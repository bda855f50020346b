internal import CEL
internal import Catalogue

/// Tells of a rule's targets whether their findings can be others in a view than in its base, without evaluating them:
/// of a target that thousands of flows lead to, a new one matters only if it fails itself.
struct RuleComparison {
  private let rule: Rule
  /// The targets that are worth it; nil: all.
  private let heavy: Set<Int32>?
  private let parts: DifferenceParts
  /// What decides about a finding, its words aside; each with its number.
  private let deciding: [(number: Int, expression: CompiledExpression)]

  /// Nil: of such a rule nothing can be told.
  init?(_ rule: Rule, _ heavy: Set<Int32>?) {
    // What an initiative is said to do has no counterpart in the base; a measure alone is compared as such.
    guard !rule.mentionsInitiative, rule.requirement != nil, case .entities = rule.scope else { return nil }
    self.rule = rule
    self.heavy = heavy
    parts = DifferenceParts(slotCount: rule.slotCount)
    let all = [rule.requirement, rule.measure] + rule.severities.map(\.condition) + rule.key.map { $0 }
    deciding = all.compactMap { $0 }.enumerated().map { (Self.firstDeciding + $0.offset, $0.element) }
  }

  private static let firstDeciding = 1_000

  /// Those of some targets of which every finding is in both or in neither, and the same.
  func unchanged(
    _ targets: ViewTargets, _ affected: AffectedTargets, _ plan: AffectedTargets.Plan, _ before: Estate,
    _ after: Estate, _ scene: ViewScene
  ) -> Set<Int32> {
    let both = Set(targets.before)
    let asked = targets.after.filter { row in
      both.contains(row) && heavy.map { $0.contains(row) } ?? true && !scene.isNear(row)
    }
    if asked.isEmpty { return [] }
    var finder = DifferenceFinder(
      parts, affected.differences(plan, before: before.graph, after: after.graph), before: before.graph,
      after: after.graph)
    return Set(asked.filter { isUnchanged($0, &finder) })
  }

  private func isUnchanged(_ row: Int32, _ finder: inout DifferenceFinder) -> Bool {
    finder.begin(row)
    if let condition = rule.condition {
      guard finder.difference(of: condition, 0).elements == [] else { return false }
      if finder.isFalse(condition, 0) { return true }
    }
    guard let generator = rule.generators.first else {
      return deciding.allSatisfy { finder.difference(of: $0.expression, $0.number).elements == [] }
    }
    guard var elements = finder.difference(of: generator.list, 1).elements else { return false }
    let later = rule.generators.dropFirst()
    for (place, other) in later.enumerated() {
      guard let more = finder.rows(in: generator.slot, of: other.list, 2 + place) else { return false }
      elements.formUnion(more)
    }
    for (number, expression) in deciding {
      guard let more = finder.rows(in: generator.slot, of: expression, number) else { return false }
      elements.formUnion(more)
    }
    if elements.isEmpty { return true }
    guard later.isEmpty, let (number, requirement) = deciding.first else { return false }
    // One that is not in the list can be dear to ask: the list is gone through first, where it is short.
    if let listed = finder.rows(held: generator.list, 1) { elements.formIntersection(listed) }
    let dependent = rule.bindings.filter { $0.dependsOn.contains(generator.slot) }.map(\.slot)
    return finder.isTrue(requirement, number, of: elements, in: generator.slot, dependent)
  }
}
