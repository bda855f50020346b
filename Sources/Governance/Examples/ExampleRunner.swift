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
      if !examples.contains(where: \.passes) {
        report.incomplete.append(incomplete(rule, "passes"))
      }
      if !examples.contains(where: \.fails) { report.incomplete.append(incomplete(rule, "fails")) }
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
    let dangling = small.integrity.filter { $0.rule == .danglingReference && $0.unless < 0 }.map(\.diagnostic)
    if !dangling.isEmpty { return dangling }
    let (compiled, mistakes) = RuleBook.compile(rule, functions: book.functions, for: small)
    guard let compiled else { return mistakes }
    // Rules that an example gives are read only for a rule that asks what they look at.
    if let scope = small.scopeField, compiled.reads.contains(scope) { _ = RuleBook(small) }
    switch Self.view(of: example, compiled, small) {
    case .estate: return await inEstate(example, compiled, small)
    case .initiatives(let ids): return await inViews(example, compiled, small, ids)
    case .mistake(let diagnostic): return [diagnostic]
    }
  }

  private enum View {
    case estate
    case initiatives([String])
    case mistake(Diagnostic)
  }

  /// What an example looks at: where it does not say, the only open initiative's view; of a rule about initiatives the
  /// views of all; else the estate.
  private static func view(of example: Example, _ rule: Rule, _ small: Estate) -> View {
    let open = small.initiatives.filter(\.isOpen).map(\.id)
    guard let view = example.view else {
      return open.count == 1 || rule.isOfInitiatives(small) && !open.isEmpty ? .initiatives(open) : .estate
    }
    if view.text == "estate" { return .estate }
    if open.contains(view.text) { return .initiatives([view.text]) }
    let near = suggestion(for: view.text, among: open + ["estate"])
    return .mistake(
      Diagnostic(
        "rule-mistake", .error, "there is no open initiative `\(view.text)` in the example", at: view.range,
        notes: [near ?? "a view is `estate` or an initiative's id"]))
  }

  private func inEstate(_ example: Example, _ rule: Rule, _ small: Estate) async -> [Diagnostic] {
    let assessment = await Assessment.run([rule], on: small, tasks: 1, costLimit: nil, whateverStatus: true)
    if let problem = unusable(example, rule, assessment.findings, assessment.results.first?.counts) { return [problem] }
    for (key, keys) in [("worsens", example.worsens), ("inherits", example.inherits ?? [])] where !keys.isEmpty {
      return [
        Diagnostic(
          "rule-mistake", .error, "`\(key)` is of an initiative's view, and this example looks at the estate",
          at: (example.node.first(key) ?? example.node).range)
      ]
    }
    func keys(_ outcome: Outcome) -> [String] { assessment.findings.filter { $0.outcome == outcome }.map(shortKey) }
    return differences(
      example, rule,
      [
        Expectation("finds", "find", example.finds, keys(.failed)),
        Expectation("undecided", "leave undecided", example.undecided, keys(.undecided)),
      ])
  }

  private func inViews(_ example: Example, _ rule: Rule, _ small: Estate, _ ids: [String]) async -> [Diagnostic] {
    let estate = await Assessment.run([rule], on: small, tasks: 1, costLimit: nil, whateverStatus: true)
    let portfolio = await Portfolio.run(
      [rule], on: small, beside: estate, only: Set(ids), tasks: 1, whateverStatus: true)
    let findings = portfolio.checks.flatMap(\.findings).filter { $0.rule == rule.id }
    var counts = OutcomeCounts()
    for check in portfolio.checks { for item in check.counts { counts.add(item) } }
    if let problem = unusable(example, rule, findings, counts) { return [problem] }
    func keys(_ comparison: Comparison) -> [String] {
      Set(findings.filter { $0.inView?.comparison == comparison }.map(shortKey)).sorted()
    }
    var all = [
      Expectation("finds", "find", example.finds, keys(.introduced)),
      Expectation("worsens", "find worse", example.worsens, keys(.worsened)),
      Expectation("undecided", "leave undecided", example.undecided, keys(.undecided)),
    ]
    if let inherits = example.inherits { all.append(Expectation("inherits", "inherit", inherits, keys(.inherited))) }
    if let resolves = example.resolves { all.append(Expectation("resolves", "resolve", resolves, keys(.resolved))) }
    return differences(example, rule, all)
  }

  /// Why an example cannot tell anything.
  private func unusable(
    _ example: Example, _ rule: Rule, _ findings: [Finding], _ counts: OutcomeCounts?
  ) -> Diagnostic? {
    if let error = findings.first(where: { $0.outcome == .error }) {
      return Diagnostic("example-failed", .error, "\(rule.id): \(error.message)", at: example.node.range)
    }
    guard let counts, counts.total == 0 else { return nil }
    return Diagnostic(
      "example-failed", .error, "\(rule.id): the example “\(example.title)” gives nothing that the rule looks at",
      at: (example.node.first("given") ?? example.node).range)
  }

  /// What an example says of the rule, and what came of it.
  private struct Expectation {
    var key: String
    var verb: String
    var wanted: [String]
    var found: [String]

    init(_ key: String, _ verb: String, _ wanted: [String], _ found: [String]) {
      self.key = key
      self.verb = verb
      self.wanted = wanted
      self.found = found.sorted()
    }
  }

  private func differences(_ example: Example, _ rule: Rule, _ expectations: [Expectation]) -> [Diagnostic] {
    expectations.compactMap { item in
      guard item.found != item.wanted else { return nil }
      let missing = item.wanted.filter { !item.found.contains($0) }
      let surplus = item.found.filter { !item.wanted.contains($0) }
      var notes: [String] = []
      if !missing.isEmpty { notes.append("it should \(item.verb): " + missing.joined(separator: ", ")) }
      if !surplus.isEmpty { notes.append("it should not \(item.verb): " + surplus.joined(separator: ", ")) }
      let place = example.node.first(item.key) ?? example.node.first("title") ?? example.node
      return Diagnostic(
        "example-failed", .error, "\(rule.id): the example “\(example.title)” does not hold", at: place.range,
        notes: notes)
    }
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
