internal import CEL
public import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Runs the examples that rules carry: each on an estate of its own.
public struct ExampleRunner {
  private let estate: Estate
  private let book: RuleBook

  public init(_ estate: Estate, _ book: RuleBook) {
    self.estate = estate
    self.book = book
  }

  /// Runs the examples of all rules, adopted or not, or of those named: each rule as its document says.
  public func run(only names: Set<String> = []) async -> ExampleReport {
    var report = ExampleReport()
    for rule in book.allRules where names.isEmpty || names.contains(rule.id) {
      report.ruleCount += 1
      let examples = Example.read(rule.node, &report.mistakes)
      _ = Equivalent.read(rule.node, &report.mistakes)
      var judged: [(example: Example, counts: OutcomeCounts)] = []
      for example in examples {
        report.exampleCount += 1
        let problems: [Diagnostic]
        switch ExampleScene.make(example, rule, estate, book) {
        case .scene(let scene):
          let judgement = await scene.judge()
          problems = judgement.problems
          if problems.isEmpty { judged.append((example, judgement.counts)) }
        case .mistakes(let mistakes): problems = mistakes
        }
        if problems.isEmpty {
          report.passedCount += 1
        } else {
          report.failures += problems.map {
            ExampleReport.Failure(rule: rule.id, title: example.title, diagnostic: $0)
          }
        }
      }
      report.vacuous += VacuousRule.constants(of: rule, estate)
      guard rule.status == .active else { continue }
      if !examples.contains(where: \.passes) {
        report.incomplete.append(incomplete(rule, "passes"))
      }
      if !examples.contains(where: \.fails) { report.incomplete.append(incomplete(rule, "fails")) }
      report.vacuous += VacuousRule.examples(of: rule, judged)
    }
    report.mistakes = report.mistakes.sortedForPrinting()
    return report
  }

  private func incomplete(_ rule: Rule, _ what: String) -> Diagnostic {
    let place = rule.node.first("examples") ?? rule.node.first("id") ?? rule.node
    return Diagnostic(
      "rule-without-example", .error, "\(rule.id) has no example that \(what)", at: place.range,
      notes: ["without one nobody knows whether the rule can tell the difference"])
  }
}
