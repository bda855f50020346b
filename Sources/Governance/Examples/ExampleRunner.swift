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

  /// Runs the examples of all rules, or of those named.
  public func run(only names: Set<String> = []) async -> ExampleReport {
    var report = ExampleReport()
    for rule in book.rules where names.isEmpty || names.contains(rule.id) {
      report.ruleCount += 1
      let examples = Example.read(rule.node, &report.mistakes)
      for example in examples {
        report.exampleCount += 1
        let problems = await run(example, rule)
        if problems.isEmpty {
          report.passedCount += 1
        } else {
          report.failures += problems.map {
            ExampleReport.Failure(rule: rule.id, title: example.title, diagnostic: $0)
          }
        }
      }
      guard rule.status == .active else { continue }
      if !examples.contains(where: { $0.finds.isEmpty && $0.undecided.isEmpty }) {
        report.incomplete.append(incomplete(rule, "passes"))
      }
      if !examples.contains(where: { !$0.finds.isEmpty }) { report.incomplete.append(incomplete(rule, "fails")) }
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

  private func run(_ example: Example, _ rule: Rule) async -> [Diagnostic] {
    var options = EstateLoader.Options(asOf: example.asOf, isLenient: true)
    options.settings = []
    // Documents of an example stand in a rule's file, and their references to rules and clauses lead out of it.
    let small = EstateLoader.load(example.given, estate.metamodel, options)
    if !small.diagnostics.isEmpty { return small.diagnostics }
    let dangling = small.integrity.filter { $0.rule == .danglingReference }.map(\.diagnostic)
    if !dangling.isEmpty { return dangling }
    let (compiled, mistakes) = RuleBook.compile(rule, functions: book.functions, for: small)
    guard let compiled else { return mistakes }
    let assessment = await Assessment.run([compiled], on: small, tasks: 1, costLimit: nil, whateverStatus: true)
    let errors = assessment.findings.filter { $0.outcome == .error }
    if let error = errors.first {
      return [Diagnostic("example-failed", .error, "\(rule.id): \(error.message)", at: example.node.range)]
    }
    if let result = assessment.results.first, result.counts.total == 0 {
      return [
        Diagnostic(
          "example-failed", .error, "\(rule.id): the example “\(example.title)” gives nothing that the rule looks at",
          at: (example.node.first("given") ?? example.node).range)
      ]
    }
    var problems: [Diagnostic] = []
    for (outcome, wanted, verb) in [
      (Outcome.failed, example.finds, "find"), (.undecided, example.undecided, "leave undecided"),
    ] {
      let found = assessment.findings.filter { $0.outcome == outcome }.map { shortKey($0) }.sorted()
      guard found != wanted else { continue }
      let missing = wanted.filter { !found.contains($0) }
      let surplus = found.filter { !wanted.contains($0) }
      var notes: [String] = []
      if !missing.isEmpty { notes.append("it should \(verb): " + missing.joined(separator: ", ")) }
      if !surplus.isEmpty { notes.append("it should not \(verb): " + surplus.joined(separator: ", ")) }
      let place =
        example.node.first(outcome == .failed ? "finds" : "undecided") ?? example.node.first("title") ?? example.node
      problems.append(
        Diagnostic(
          "example-failed", .error, "\(rule.id): the example “\(example.title)” does not hold", at: place.range,
          notes: notes))
    }
    return problems
  }

  /// A key as examples write it: ids without their kinds.
  private func shortKey(_ finding: Finding) -> String {
    finding.key.map { part in
      guard let colon = part.firstIndex(of: ":"), estate.metamodel.kind(named: String(part[..<colon])) != nil else {
        return part
      }
      return String(part[part.index(after: colon)...])
    }.joined(separator: " / ")
  }
}
