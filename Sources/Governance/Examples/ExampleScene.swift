internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// An example made ready: its small estate and the views of its initiatives, built once, whatever is judged in them.
struct ExampleScene: Sendable {
  let example: Example
  let small: Estate
  /// The rule, compiled for the small estate.
  let rule: Rule
  private let view: View

  private enum View: Sendable {
    case estate
    case initiatives([InitiativeView])
  }

  enum Made {
    case scene(ExampleScene)
    /// Why it cannot be looked at.
    case mistakes([Diagnostic])
  }

  static func make(_ example: Example, _ rule: Rule, _ estate: Estate, _ book: RuleBook) -> Made {
    var options = EstateLoader.Options(asOf: example.asOf, isLenient: true)
    options.settings = []
    // Documents of an example stand in a rule's file, and their references to rules and clauses lead out of it.
    let small = EstateLoader.load(example.given, estate.metamodel, options)
    if !small.diagnostics.isEmpty { return .mistakes(small.diagnostics) }
    let dangling = small.integrity.filter { $0.rule == .danglingReference && $0.unless < 0 }.map(\.diagnostic)
    if !dangling.isEmpty { return .mistakes(dangling) }
    let (compiled, mistakes) = RuleBook.compile(rule, functions: book.functions, for: small)
    guard let compiled else { return .mistakes(mistakes) }
    // Rules that an example gives are read only for a rule that asks what they look at.
    if let scope = small.scopeField, compiled.reads.contains(scope) { _ = RuleBook(small) }
    guard let ids = initiatives(of: example, compiled, small) else {
      let open = small.initiatives.filter(\.isOpen).map(\.id)
      let near = suggestion(for: example.view?.text ?? "", among: open + ["estate"])
      return .mistakes([
        Diagnostic(
          "rule-mistake", .error, "there is no open initiative `\(example.view?.text ?? "")` in the example",
          at: (example.view ?? example.node).range, notes: [near ?? "a view is `estate` or an initiative's id"])
      ])
    }
    let views = ids.isEmpty ? [] : small.initiativeViews().filter { ids.contains($0.initiative.id) }
    return .scene(
      ExampleScene(
        example: example, small: small, rule: compiled, view: ids.isEmpty ? .estate : .initiatives(views)))
  }

  /// Whose views an example looks at: where it does not say, the only open initiative's; of a rule about initiatives
  /// all of theirs; else none, and it looks at the estate. Nil: it names one that is not open.
  private static func initiatives(of example: Example, _ rule: Rule, _ small: Estate) -> [String]? {
    let open = small.initiatives.filter(\.isOpen).map(\.id)
    guard let view = example.view else {
      return open.count == 1 || rule.isOfInitiatives(small) && !open.isEmpty ? open : []
    }
    if view.text == "estate" { return [] }
    return open.contains(view.text) ? [view.text] : nil
  }

  // MARK: Judging

  /// What came of a rule in an example.
  struct Judgement: Sendable {
    /// In what the rule says something else than the example.
    var problems: [Diagnostic]
    var counts: OutcomeCounts
  }

  /// Judges the rule as a check does it, or a mutant of it.
  func judge(_ mutant: Rule? = nil) async -> Judgement {
    switch view {
    case .estate: await inEstate(mutant ?? rule)
    case .initiatives(let views): await inViews(views, mutant)
    }
  }

  private func inEstate(_ rule: Rule) async -> Judgement {
    let assessment = await Assessment.run([rule], on: small, tasks: 1, costLimit: nil, whateverStatus: true)
    let counts = assessment.results.first?.counts ?? OutcomeCounts()
    if let problem = unusable(rule, assessment.findings, counts) {
      return Judgement(problems: [problem], counts: counts)
    }
    for (key, keys) in [("worsens", example.worsens), ("inherits", example.inherits ?? [])] where !keys.isEmpty {
      let problem = Diagnostic(
        "rule-mistake", .error, "`\(key)` is of an initiative's view, and this example looks at the estate",
        at: (example.node.first(key) ?? example.node).range)
      return Judgement(problems: [problem], counts: counts)
    }
    func findings(_ outcome: Outcome) -> [Finding] { assessment.findings.filter { $0.outcome == outcome } }
    let problems = differences(
      rule,
      [
        Expectation("finds", "find", example.finds, findings(.failed).map(shortKey)),
        Expectation("undecided", "leave undecided", example.undecided, findings(.undecided).map(shortKey)),
      ] + weight(findings(.failed)))
    return Judgement(problems: problems, counts: counts)
  }

  private func inViews(_ views: [InitiativeView], _ mutant: Rule?) async -> Judgement {
    let rule = mutant ?? rule
    let checks = mutant == nil ? await portfolio(rule) : await self.checks(rule, views)
    let findings = checks.flatMap(\.findings).filter { $0.rule == rule.id }
    var counts = OutcomeCounts()
    for check in checks { for item in check.counts { counts.add(item) } }
    // A check may leave out what cannot be otherwise; an example asks what the rule makes of it.
    if counts.total == 0 { for check in look(rule, views, []) { for item in check.counts { counts.add(item) } } }
    if let problem = unusable(rule, findings, counts) { return Judgement(problems: [problem], counts: counts) }
    func found(_ comparison: Comparison) -> [Finding] { findings.filter { $0.inView?.comparison == comparison } }
    func keys(_ comparison: Comparison) -> [String] { Set(found(comparison).map(shortKey)).sorted() }
    var all = [
      Expectation("finds", "find", example.finds, keys(.introduced)),
      Expectation("worsens", "find worse", example.worsens, keys(.worsened)),
      Expectation("undecided", "leave undecided", example.undecided, keys(.undecided)),
    ]
    if let inherits = example.inherits { all.append(Expectation("inherits", "inherit", inherits, keys(.inherited))) }
    if let resolves = example.resolves { all.append(Expectation("resolves", "resolve", resolves, keys(.resolved))) }
    all += weight(found(.introduced) + found(.worsened))
    return Judgement(problems: differences(rule, all), counts: counts)
  }

  private func portfolio(_ rule: Rule) async -> [InitiativeCheck] {
    guard case .initiatives(let views) = view else { return [] }
    let estate = await Assessment.run([rule], on: small, tasks: 1, costLimit: nil, whateverStatus: true)
    return await Portfolio.run(
      [rule], on: small, beside: estate, only: Set(views.map(\.initiative.id)), tasks: 1, whateverStatus: true
    ).checks
  }

  /// Everything is looked at, in views that are there already: of thousands of mutants that is the shorter way.
  private func checks(_ rule: Rule, _ views: [InitiativeView]) async -> [InitiativeCheck] {
    // The estate's findings tell what is inherited, and nothing else.
    var known: [Finding] = []
    if example.inherits != nil {
      known = await Assessment.run([rule], on: small, tasks: 1, costLimit: nil, whateverStatus: true).findings
    }
    return look(rule, views, known)
  }

  // Not in the frame of what awaits: a checker is large, and Swift 6.3 wrote beyond the end of such frames.
  @inline(never)
  private func look(_ rule: Rule, _ views: [InitiativeView], _ known: [Finding]) -> [InitiativeCheck] {
    var checker = InitiativeChecker(
      [rule], small, collisions: [:], known: FindingsByName(known, small, naming: views.flatMap(\.initiative.reached)),
      heavy: [:], ways: nil, .nothing)
    return views.map { checker.check($0) }
  }

  /// Why an example cannot tell anything.
  private func unusable(_ rule: Rule, _ findings: [Finding], _ counts: OutcomeCounts) -> Diagnostic? {
    if let error = findings.first(where: { $0.outcome == .error }) {
      return Diagnostic("example-failed", .error, "\(rule.id): \(error.message)", at: example.node.range)
    }
    guard counts.total == 0 else { return nil }
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

  private func weight(_ findings: [Finding]) -> [Expectation] {
    guard let severity = example.severity else { return [] }
    return [
      Expectation("severity", "weigh", [severity.name], Set(findings.map(\.severity.name)).sorted())
    ]
  }

  private func differences(_ rule: Rule, _ expectations: [Expectation]) -> [Diagnostic] {
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
      guard let colon = part.firstIndex(of: ":"), small.metamodel.kind(named: String(part[..<colon])) != nil else {
        return part
      }
      return String(part[part.index(after: colon)...])
    }.joined(separator: " / ")
  }
}
