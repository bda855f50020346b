internal import CEL
internal import Catalogue
internal import Diagnostics

/// Tells where a rule says nothing although its examples hold.
enum VacuousRule {
  /// Conditions that are the same whatever is recorded.
  static func constants(of rule: Rule, _ estate: Estate) -> [Diagnostic] {
    var result: [Diagnostic] = []
    for key in ["when", "require"] {
      guard let value = rule.node.first(key), let holds = ConstantTruth.of(key, of: rule, estate) else { continue }
      let says: String
      switch (key, holds) {
      case ("when", true): says = "\(rule.id): `when` is always true, so it leaves nothing out"
      case ("when", false): says = "\(rule.id): `when` is never true, so the rule looks at nothing"
      case (_, true):
        guard let words = rule.emptyRequirement(estate) else { continue }
        says = words
      // Whatever `each` lists is found: a rule may say it so.
      default:
        guard rule.generators.isEmpty else { continue }
        says = "\(rule.id): `require` is never true, so the rule finds everything"
      }
      result.append(Diagnostic("vacuous-rule", .error, says, at: value.range))
    }
    return result
  }

  /// A rule whose passing examples hold because it is asked of nothing in any of them.
  static func examples(of rule: Rule, _ judged: [(example: Example, counts: OutcomeCounts)]) -> [Diagnostic] {
    let passing = judged.filter(\.example.passes)
    guard let first = passing.first, !findsAll(rule),
      passing.allSatisfy({ $0.counts[.passed] + $0.counts[.failed] + $0.counts[.undecided] == 0 })
    else { return [] }
    let isSelected = passing.contains { $0.counts[.passedWithNothing] > 0 }
    let why =
      isSelected ? "in each of them `each` has nothing to go through" : "in each of them `when` leaves everything out"
    return [
      Diagnostic(
        "vacuous-rule", .error, "\(rule.id): no example that passes asks the rule anything",
        at: (first.example.node.first("title") ?? first.example.node).range,
        notes: [why, "one is wanted in which what the rule requires is there"])
    ]
  }

  /// Whether what the rule requires is written as `false`: what it passes it never asks.
  private static func findsAll(_ rule: Rule) -> Bool {
    if case .bool(false)? = rule.requirement?.constant { true } else { false }
  }
}
