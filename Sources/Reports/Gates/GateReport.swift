public import Catalogue
public import Diagnostics
public import Governance

/// What is missing for an initiative to pass a gate.
public struct GateReport: Sendable {
  /// Where the initiative stands behind the gate: a check of the files as they would be.
  public struct Side: Sendable {
    public var report: CheckReport
    public var book: RuleBook
    public var supposed: SupposedStage

    public init(_ report: CheckReport, _ book: RuleBook, _ supposed: SupposedStage) {
      (self.report, self.book, self.supposed) = (report, book, supposed)
    }
  }

  public let question: GateQuestion
  /// The catalogue as it is.
  public let estate: Estate
  public let failOn: Severity
  let failsOnUndecided: Bool
  public let triage: Triage?
  /// In the order of what to do next.
  public let items: [GateItem]
  /// Mistakes in the input, sorted for printing.
  public let inputErrors: [Diagnostic]
  /// Conditions that nobody said are met, and that are no hindrance here.
  public let openConditions: [OpenCondition]
  public let outcome: CheckReport.Outcome
  /// Findings that weigh too little to count.
  public let lighterCount: Int
  /// Findings that count, were it not for a waiver or the baseline.
  public let standingCount: Int
  /// How many rules bind behind the gate, and how many of them hold.
  public let ruleCount: Int
  public let holdingCount: Int
  /// How many rules are not adopted: they ask for nothing.
  public let notAdoptedCount: Int
  /// How many of the board's papers, by kind, are as the rules ask, of how many; sorted by kind.
  public let done: [(kind: String, plural: String, good: Int, all: Int)]

  /// - Parameters:
  ///   - view: the initiative's own view, at the last stage before it is live; nil: it is live already.
  ///   - catalogue: the catalogue with it merged; nil: the gate lies before that.
  ///   - refusals: why it could not be merged, where it could not.
  ///   - triage: of the initiative as it is.
  public init(
    _ question: GateQuestion, _ estate: Estate, view: Side?, catalogue: Side?, refusals: [Diagnostic], triage: Triage?,
    failOn: Severity, failsOnUndecided: Bool
  ) {
    self.question = question
    self.estate = estate
    self.failOn = failOn
    self.failsOnUndecided = failsOnUndecided
    self.triage = triage
    let identity = estate.identity(question.initiative)
    var items: [GateItem] = []
    var (lighter, standing) = (0, 0)
    var known: Set<String> = []
    var named: [String: Set<String>] = [:]
    var failing: Set<String> = []
    var errors: [Diagnostic] = []
    var isIncomplete = false
    for side in [view, catalogue].compactMap(\.self) {
      let report = side.report
      if report.outcome == .incomplete { isIncomplete = true }
      errors += report.inputErrors.map { $0.relocated(side.supposed.origin) }
      let isOfView = report.isOfInitiativesOnly
      let told = (isOfView ? report.viewFindings : report.findings).filter { finding in
        isOfView
          ? finding.inView?.comparison.isOwn == true
          : finding.target == identity || finding.key.contains(identity)
      }.filter { known.insert($0.identity).inserted }
      func weighs(_ finding: Finding) -> Bool {
        (finding.outcome == .failed || finding.outcome == .undecided) && finding.severity >= failOn
      }
      let counting = told.filter { weighs($0) && $0.standing == .open }
      lighter += told.count { !weighs($0) && $0.outcome != .error }
      standing += told.count { weighs($0) && $0.standing != .open }
      guard case .found(let row) = report.estate.find(identity) else { continue }
      let question = question.asked(of: row)
      let seen = report.portfolio?.checks.first.map { report.estate.seen(in: $0.view.view, at: $0.view.date) }
      items += question.items(counting, seen ?? report.estate, side.book, origin: side.supposed.origin)
      for name in question.papers(seen ?? report.estate, side.book).names {
        // What is only supposed is nothing that is done.
        guard case .found = estate.find(name) else { continue }
        named[String(name.prefix { $0 != ":" }), default: []].insert(name)
      }
      failing.formUnion(told.filter { $0.outcome != .passed }.flatMap(\.key))
    }
    items += refusals.map { GateItem(refused: $0, estate, question.initiative) }
    self.items = items.sorted(by: GateItem.precedes)
    inputErrors = Self.distinct(errors).sortedForPrinting()
    isIncomplete = isIncomplete || inputErrors.contains { $0.severity == .error }
    outcome = isIncomplete ? .incomplete : items.isEmpty ? .clean : .findings
    lighterCount = lighter
    standingCount = standing
    let hindering = Set(items.flatMap(\.finding.key))
    openConditions = OpenCondition.all(of: question.initiative, estate).filter { !hindering.contains($0.identity) }
    let binding = (catalogue ?? view).map { question.bindingRules($0.book) } ?? []
    ruleCount = binding.count
    notAdoptedCount = (catalogue ?? view).map { $0.book.allRules.count - $0.book.rules.count } ?? 0
    holdingCount = binding.subtracting(items.map(\.finding.rule)).count
    done = named.sorted { $0.key < $1.key }.map { kind, names in
      (kind, estate.metamodel.kind(named: kind)?.plural ?? kind, names.subtracting(failing).count, names.count)
    }
  }

  /// The same mistake in two sets of files is one.
  private static func distinct(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var known: Set<String> = []
    return diagnostics.filter { known.insert("\($0.id) \($0.range?.described ?? "") \($0.summary)").inserted }
  }

  /// What the gate is called and asks; nil where no document tells.
  var gate: (name: String, summary: String?)? {
    question.gate(estate).map { row in
      var summary: String?
      if case .string(let text) = estate.value("summary", of: row) { summary = text.replacing("\n", with: " ").trimmed }
      return (estate.name(row), summary)
    }
  }

  /// The name of something that acts, with what it is called by.
  func name(of identity: String) -> String {
    if case .found(let row) = estate.find(identity) { estate.name(row) } else { identity }
  }
}
