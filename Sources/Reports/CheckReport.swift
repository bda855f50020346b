public import CEL
public import Catalogue
public import Diagnostics
public import Governance

/// What a check found, and what of it counts.
public struct CheckReport: Sendable {
  /// How a run ended, in rising order of what an exit status says first.
  public enum Outcome: String, Sendable {
    /// Evaluated completely; nothing counts.
    case clean
    /// Evaluated completely; something counts.
    case findings
    /// Not evaluated, or not completely.
    case incomplete

    public var exitStatus: Int32 {
      switch self {
      case .clean: 0
      case .findings: 1
      case .incomplete: 2
      }
    }
  }

  public let estate: Estate
  public let assessment: Assessment
  /// The open initiatives, each in its own view; nil: they were not looked at.
  public let portfolio: Portfolio?
  /// Whether only initiatives are looked at, not the estate.
  public let isOfInitiativesOnly: Bool
  /// The estate's integrity findings and rules' findings, sorted for printing.
  public internal(set) var findings: [Finding]
  /// Mistakes in the input, sorted for printing.
  public let inputErrors: [Diagnostic]
  public let failOn: Severity
  public let failsOnUndecided: Bool
  /// The revision beside which only what is new counts; nil: all counts.
  public let since: Since?
  public let baseline: Baseline?
  /// The lanes of initiatives that were asked for, by `initiative:id`.
  public var lanes: [String: Triage] = [:]
  let waivers: WaiverBook
  /// How many rules judge, and what of them settings changed; nil: nobody said.
  public let adoption: Adoption?
  /// Settings of the vocabulary that have another value here, in the order of writing.
  public let settingChanges: [SettingChange]
  /// Waivers that cover something and end soon, by the day.
  public let endingWaivers: [(name: String, until: CivilDate)]

  /// - Parameters:
  ///   - own: what judges where the estate comes from, where another side's documents judge it.
  ///   - waivers: the estate's own where they are left out.
  ///   - applied: the open initiatives that are applied to the estate; nil: none, and waivers and the baseline are
  ///     looked at themselves.
  ///   - diagnostics: of all stages, those of the waivers included where these are given.
  public init(
    estate: Estate, assessment: Assessment, portfolio: Portfolio? = nil, isOfInitiativesOnly: Bool = false,
    since: Since? = nil, own: OwnJudge? = nil, waivers: WaiverBook? = nil, baseline: Baseline? = nil,
    applied: [Initiative]? = nil,
    diagnostics: [Diagnostic], ruleDocumentCount: Int, failOn: Severity, failsOnUndecided: Bool,
    adoption: Adoption? = nil, settingChanges: [SettingChange] = []
  ) {
    self.estate = estate
    self.assessment = assessment
    self.since = since
    self.isOfInitiativesOnly = isOfInitiativesOnly
    self.failOn = failOn
    self.failsOnUndecided = failsOnUndecided
    self.baseline = baseline
    self.adoption = adoption
    self.settingChanges = settingChanges
    let book = waivers ?? WaiverBook(estate, RuleBook(estate))
    self.waivers = book
    var errors = diagnostics + (waivers == nil ? book.diagnostics : [])
    let integrity = IntegrityRules.findings(estate) + IntegrityRules.differences(estate)
    let found = isOfInitiativesOnly ? [] : (own?.integrity(integrity) ?? integrity) + assessment.findings
    var standings = Standings(book, baseline, estate, applied: applied ?? [])
    let resolved = standings.resolve(
      found, portfolio, judgesPaper: !isOfInitiativesOnly && applied == nil,
      isComplete: !errors.contains { $0.severity == .error } && !found.contains { $0.outcome == .error })
    // What is known is so behind waivers and the baseline: these say more.
    var findings = own?.papers(resolved.findings, integrity) ?? resolved.findings
    var portfolio = resolved.portfolio
    if let since {
      func resolve(_ finding: inout Finding) {
        since.resolve(&finding)
        own?.foretell(&finding)
      }
      for index in findings.indices { resolve(&findings[index]) }
      portfolio = portfolio?.resolving(resolve)
    }
    self.findings = findings
    self.portfolio = portfolio
    endingWaivers = resolved.ending
    if estate.summary.documents == 0 {
      errors.append(
        Diagnostic(
          "nothing-to-check", .error, "there is no document under catalogue, standards or rules", at: nil,
          notes: ["an empty catalogue passes nothing"],
          fixes: [
            Diagnostic.Fix(
              "write documents into files that end with .yaml; `triglyph init DIR` makes a small repository to look at")
          ]))
    } else if isOfInitiativesOnly ? portfolio?.rules.isEmpty ?? true : assessment.results.isEmpty,
      !errors.contains(where: { $0.severity == .error })
    {
      // Where something could not be read, the rules may be in it.
      let only =
        ruleDocumentCount == 0
        ? "rules stand in documents of `kind: rule`, one a file under rules/" : "no rule is active"
      errors.append(Diagnostic("no-rules", .error, "there is no rule to check against", at: nil, notes: [only]))
    }
    let looked = isOfInitiativesOnly ? portfolio?.rules ?? [] : assessment.results.map(\.rule)
    for rule in looked {
      guard let words = rule.emptyRequirement(estate) else { continue }
      errors.append(Diagnostic("constant-requirement", .warning, words, at: rule.node.first("require")?.range))
    }
    inputErrors = errors.sortedForPrinting()
  }

  /// Whether a finding makes the run fail.
  public func counts(_ finding: Finding) -> Bool {
    guard finding.standing == .open else { return false }
    guard let inView = finding.inView else {
      switch finding.outcome {
      case .failed: return finding.severity >= failOn
      // What could be decided at the revision, or was not there, is the change's to answer for.
      case .undecided: return (failsOnUndecided || since != nil) && finding.severity >= failOn
      default: return false
      }
    }
    // Of an initiative counts what it answers for; of an idea nothing.
    return inView.comparison.isOwn && !inView.isIdea && finding.outcome != .error && finding.severity >= failOn
  }

  /// Findings of the initiatives' views.
  public var viewFindings: [Finding] { portfolio?.checks.flatMap(\.findings) ?? [] }

  /// Everything that was found: in the estate, and what initiatives answer for or put right.
  public var allFindings: [Finding] { findings + viewFindings }

  public var outcome: Outcome {
    if inputErrors.contains(where: { $0.severity == .error }) || allFindings.contains(where: { $0.outcome == .error }) {
      return .incomplete
    }
    return allFindings.contains(where: counts) ? .findings : .clean
  }

  /// What is counted by severity: the estate's findings; where only initiatives are looked at, what these answer for.
  private var counted: [Finding] {
    isOfInitiativesOnly ? viewFindings.filter { $0.inView?.comparison.isOwn == true } : findings
  }

  public func count(_ severity: Severity) -> Int {
    counted.count { $0.standing == .open && $0.outcome == .failed && $0.severity == severity }
  }

  /// How many findings of the estate, and of what initiatives answer for, do not count because something stands before
  /// them.
  public func count(where stands: (Finding.Standing) -> Bool) -> Int {
    findings.count { stands($0.standing) }
      + viewFindings.count { $0.inView?.comparison.isOwn == true && stands($0.standing) }
  }

  /// How many that count do so because what the change brings to stand before them counts only when it is merged.
  public func countOnceMerged(where stands: (Finding.Standing) -> Bool) -> Int {
    allFindings.count { counts($0) && stands($0.onceMerged) }
  }

  /// Rules that could not be evaluated at a target.
  public var errorCount: Int { allFindings.count { $0.outcome == .error } }

  public var undecidedCount: Int { counted.count { $0.standing == .open && $0.outcome == .undecided } }

  /// How many rules ran.
  public var ruleCount: Int { isOfInitiativesOnly ? portfolio?.rules.count ?? 0 : assessment.results.count }

  /// Findings that were there at the revision already.
  public var knownCount: Int { allFindings.count { $0.standing == .known && $0.isPresent } }

  /// Clauses that no rule of this run checks and nobody attests, by standard and number.
  public var uncheckedClauses: [String] {
    ClauseCoverage(estate, rules).unchecked.map { estate.entity($0).id }
  }

  /// Rules that looked at nothing.
  public var idleRules: [String] {
    assessment.results.filter { $0.isIdle && portfolio?.looksAtNothing($0.rule.id) ?? true }.map(\.rule.id)
  }
}
