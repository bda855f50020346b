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
  /// Integrity findings and rules' findings, sorted for printing.
  public let findings: [Finding]
  /// Mistakes in the input, sorted for printing.
  public let inputErrors: [Diagnostic]
  public let failOn: Severity
  public let failsOnUndecided: Bool

  public init(
    estate: Estate, assessment: Assessment, diagnostics: [Diagnostic], ruleDocumentCount: Int, failOn: Severity,
    failsOnUndecided: Bool
  ) {
    self.estate = estate
    self.assessment = assessment
    self.failOn = failOn
    self.failsOnUndecided = failsOnUndecided
    findings = (IntegrityRules.findings(estate) + assessment.findings).sorted(by: Finding.precedes)
    var errors = diagnostics
    if estate.summary.documents == 0 {
      errors.append(
        Diagnostic(
          "nothing-to-check", .error, "there is no document under catalogue, standards or rules", at: nil,
          notes: ["an empty catalogue passes nothing"]))
    } else if assessment.results.isEmpty, !errors.contains(where: { $0.severity == .error }) {
      // Where something could not be read, the rules may be in it.
      let only =
        ruleDocumentCount == 0
        ? "rules stand in documents of `kind: rule`, one a file under rules/" : "no rule is active"
      errors.append(Diagnostic("no-rules", .error, "there is no rule to check against", at: nil, notes: [only]))
    }
    inputErrors = errors.sortedForPrinting()
  }

  /// Whether a finding makes the run fail.
  public func counts(_ finding: Finding) -> Bool {
    switch finding.outcome {
    case .failed: finding.severity >= failOn
    case .undecided: failsOnUndecided && finding.severity >= failOn
    default: false
    }
  }

  public var outcome: Outcome {
    if inputErrors.contains(where: { $0.severity == .error }) || findings.contains(where: { $0.outcome == .error }) {
      return .incomplete
    }
    return findings.contains(where: counts) ? .findings : .clean
  }

  public func count(_ severity: Severity) -> Int {
    findings.count { $0.outcome == .failed && $0.severity == severity }
  }

  /// Rules that could not be evaluated at a target.
  public var errorCount: Int { findings.count { $0.outcome == .error } }

  public var undecidedCount: Int { findings.count { $0.outcome == .undecided } }

  /// Rules that looked at nothing.
  public var idleRules: [String] { assessment.results.filter(\.isIdle).map(\.rule.id) }
}
