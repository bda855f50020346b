internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Tells where a rule says nothing although its examples hold.
enum VacuousRule {
  /// Conditions that are the same whatever is recorded.
  static func constants(of rule: Rule, _ estate: Estate, _ book: RuleBook) -> [Diagnostic] {
    var result: [Diagnostic] = []
    for (key, expression) in [("when", rule.condition), ("require", rule.requirement)] {
      guard let value = rule.node.first(key), let expression,
        let holds = constant(value, expression, rule, estate)
      else { continue }
      let says: String
      switch (key, holds) {
      case ("when", true): says = "is always true, so it leaves nothing out"
      case ("when", false): says = "is never true, so the rule looks at nothing"
      case (_, true): says = "is always true, so the rule can find nothing"
      // Whatever `each` lists is found: a rule may say it so.
      default: if rule.generators.isEmpty { says = "is never true, so the rule finds everything" } else { continue }
      }
      result.append(Diagnostic("vacuous-rule", .error, "\(rule.id): `\(key)` \(says)", at: value.range))
    }
    return result
  }

  /// What a condition is when nothing is known of the target; nil where that leaves it open, or where something else than
  /// what is recorded decides: a date, a parameter, which another repository sets otherwise, an initiative.
  private static func constant(
    _ value: YAMLNode, _ expression: CompiledExpression, _ rule: Rule, _ estate: Estate
  ) -> Bool? {
    let tree = Parser.parse(Array(value.utf8), macros: MacroSignature.all).tree
    let isOpen = tree.nodes.contains { node in
      switch node {
      case .identifier(let name, _): name == "params" || name == "settings"
      case .call(let function, _, _, _): function.utf8.first.map { $0 >= 0x61 || $0 == UInt8(ascii: ".") } ?? true
      case .macro(let macro): macro.name == "every"
      default: false
      }
    }
    let footprint = expression.footprint
    if isOpen || !footprint.globals.isEmpty || footprint.readsDate { return nil }
    var frame = Frame(graph: estate.graph, slotCount: max(rule.slotCount, expression.slotCount))
    let unknown = Value.unknown(Fact(row: rule.row, field: -1))
    for slot in frame.slots.indices { frame.slots[slot] = unknown }
    if case .bool(let holds) = expression.evaluate(&frame) { return holds }
    return nil
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
