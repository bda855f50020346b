public import Diagnostics
internal import Governance

/// Findings for a terminal.
public struct TextReport: Sendable {
  let style: TextStyle
  let isQuiet: Bool
  let isVerbose: Bool

  public init(style: TextStyle = .plain, isQuiet: Bool = false, isVerbose: Bool = false) {
    self.style = style
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
  }

  /// The whole of what a check prints.
  public func text(_ report: CheckReport) -> String {
    var result = header(report)
    let renderer = SnippetRenderer(style: style)
    for diagnostic in report.inputErrors { result += renderer.render(diagnostic) + "\n" }
    result += governance(report, renderer)
    if !isQuiet {
      result += findings(report, renderer)
      for check in report.portfolio?.checks ?? [] where isTold(check, report) {
        result += section(check, report, renderer)
      }
    }
    return result + footer(report)
  }

  /// All findings; of a rule's errors the first few, because thousands of targets can end with one mistake.
  private func findings(_ report: CheckReport, _ renderer: SnippetRenderer) -> String {
    var result = ""
    var errors: [String: Int] = [:]
    for finding in report.findings where isTold(finding) {
      if finding.outcome == .error, !isVerbose {
        errors[finding.rule, default: 0] += 1
        if errors[finding.rule] ?? 0 > Self.fewErrors { continue }
      }
      result += text(finding, renderer) + "\n"
    }
    for (rule, count) in errors.sorted(by: { $0.key < $1.key }) where count > Self.fewErrors {
      let head = style.apply(.error, to: "error[\(rule)]")
      let more = count - Self.fewErrors
      result +=
        "\(head): \(more) more \(more == 1 ? "target ends" : "targets end") with an error; --verbose shows all of them\n\n"
    }
    return result
  }

  private static let fewErrors = 5

  private func header(_ report: CheckReport) -> String {
    if isQuiet { return "" }
    let undecided = report.failsOnUndecided ? ", undecided counts" : ""
    let open = report.portfolio.flatMap { portfolio -> String? in
      switch portfolio.checks.count {
      case 0: nil
      case 1: "initiative \(portfolio.checks[0].view.initiative.id)"
      default: "\(portfolio.checks.count) open initiatives"
      }
    }
    let scope = report.isOfInitiativesOnly ? open ?? "" : "the estate" + (open.map { " and \($0)" } ?? "")
    let started = report.baseline.map { "; \(Self.text($0))" } ?? ""
    let head =
      "\(scope) as of \(report.estate.asOf.text); fails on \(report.failOn.name) and above\(undecided)\(started)\n"
    let changed = AdoptionWords(report, isLong: isVerbose).text
    return head + changed + (report.since.map(Self.scope) ?? "") + "\n"
  }

  /// Clauses that nobody looks at: a few, and where the others are.
  private func uncheckedLine(_ report: CheckReport) -> [String] {
    let unchecked = report.uncheckedClauses
    return unchecked.isEmpty || isQuiet ? [] : ["checked by nothing: \(some(unchecked))"]
  }

  /// All of some names, or a few, how many more there are, and how to see them.
  private func some(_ names: [String]) -> String {
    let few = isVerbose || names.count <= Self.fewNames + 1 ? names[...] : names.prefix(Self.fewNames)
    let more = names.count - few.count
    return few.joined(separator: ", ") + (more == 0 ? "" : " and \(more) more; --verbose lists them")
  }

  private static let fewNames = 3

  /// One finding with its place, path, clause and remedy.
  func text(_ finding: Finding, _ renderer: SnippetRenderer) -> String {
    let head = style.apply(role(finding), to: "\(word(finding))[\(finding.rule)]")
    let message = escapedForTerminal(finding.message)
    var details: [(name: String, text: String)] = []
    for path in finding.paths { details.append(("path", Self.text(path))) }
    for fact in finding.missing.prefix(6) {
      details.append(("missing", fact.words { "\($0.source.name):\($0.start.line)" }))
    }
    if finding.missing.count > 6 { details.append(("missing", "and \(finding.missing.count - 6) more facts")) }
    if !finding.defaults.isEmpty {
      details.append(("default", finding.defaults.joined(separator: ", ") + " is not recorded; its default was read"))
    }
    if let clause = finding.clause { details.append(("clause", clause.described)) }
    if finding.outcome == .failed, !finding.remedy.isEmpty {
      details.append(("remedy", finding.remedy.replacing("\n", with: " ").trimmed))
    }
    if let inView = finding.inView { details.append((inView.comparison.rawValue, Self.text(inView, finding))) }
    if let standing = Self.text(finding.standing) { details.append(standing) }
    if let line = finding.onceMergedLine { details.append(("in this change", line)) }
    for remark in finding.remarks { details.append(("note", remark)) }
    details.append(("more", "triglyph explain \(finding.shortName)"))
    let diagnostic = Diagnostic(
      finding.rule, .error, finding.message, at: finding.place?.range, label: finding.label, related: finding.related)
    return "\(head) \(finding.shortName): \(message)\n" + renderer.body(of: diagnostic, details: details)
  }

  func word(_ finding: Finding) -> String {
    finding.outcome == .failed ? finding.severity.name : finding.outcome.name
  }

  func role(_ finding: Finding) -> TextStyle.Role {
    switch finding.outcome {
    case .error: .error
    case .undecided: .note
    default: finding.severity >= .major ? .error : .warning
    }
  }

  /// `a -sends cases-> b (file:12) -sends cases-> c`: a place that carries several hops is told once.
  static func text(_ path: [Finding.Hop]) -> String {
    var result = path.first?.from ?? ""
    var told: SourceRange?
    for hop in path {
      let words = [hop.relation, hop.carrier].compactMap { $0 }.joined(separator: " ")
      result += words.isEmpty ? " -> \(hop.to)" : " -\(words)-> \(hop.to)"
      if let range = hop.range, range != told { result += " (\(range.source.name):\(range.start.line))" }
      told = hop.range
    }
    return result
  }

  private func footer(_ report: CheckReport) -> String {
    var lines: [String] = []
    let counts = report.assessment.counts
    let idle = report.idleRules
    if !idle.isEmpty, !isQuiet { lines.append("looked at nothing: \(some(idle))") }
    lines += uncheckedLine(report)
    if isVerbose {
      for result in report.assessment.results {
        let c = result.counts
        lines.append(
          "\(result.rule.id): \(result.targets) targets; \(c[.passed]) passed, \(c[.passedWithNothing]) passed with nothing to check, \(c[.failed]) failed, \(c[.undecided]) undecided, \(c[.upcoming]) upcoming, \(c[.notApplicable]) not applicable, \(c[.error]) errors"
        )
      }
    }
    let lost = report.estate.summary.referencesToBroken
    if lost > 0 {
      lines.append(
        "\(Verdict.number(lost, "reference leads", "references lead")) to documents that could not be read")
    }
    let found = Severity.allCases.reversed().map { "\(report.count($0)) \($0.name)" }
    lines += governanceLines(report) + initiativeLines(report)
    let what =
      report.isOfInitiativesOnly
      ? "what it changes"
      : Self.extent(report)
    var summary = "checked \(what) against \(Verdict.number(report.ruleCount, "rule", "rules")): "
    summary += (found + standings(report)).joined(separator: ", ") + ", \(report.undecidedCount) undecided"
    if counts[.upcoming] > 0 { summary += ", \(counts[.upcoming]) upcoming" }
    if report.errorCount > 0 { summary += ", \(report.errorCount) not evaluated" }
    if let since = report.since, report.knownCount > 0 {
      summary += ", \(report.knownCount) known at \(escapedForTerminal(since.revision))"
    }
    for words in report.onceMergedWords { summary += ", \(words)" }
    let (mistakes, notes) = (report.mistakes.count, report.inputErrors.count - report.mistakes.count)
    if mistakes > 0 { summary += ", \(Verdict.number(mistakes, "input error", "input errors"))" }
    if notes > 0 { summary += ", \(Verdict.number(notes, "note", "notes")) on the input" }
    // Who wants few words still has to know that not every rule judged.
    if isQuiet, !idle.isEmpty {
      summary += ", \(Verdict.number(idle.count, "rule looked at nothing", "rules looked at nothing"))"
    }
    lines.append(summary)
    switch report.outcome {
    case .clean: lines.append("nothing counts")
    case .findings:
      let count = report.allFindings.count(where: report.counts)
      lines.append("\(count) of these \(count == 1 ? "counts" : "count"): \(report.failOn.name) and above")
    case .incomplete:
      lines.append("not evaluated completely: \(Self.hindrance(report.mistakes))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func extent(_ report: CheckReport) -> String {
    let summary = report.estate.summary
    let entities = Verdict.number(report.assessment.entityCount, "entity", "entities")
    let documents = Verdict.number(summary.documents, "document", "documents")
    return "\(entities) in \(documents) of \(Verdict.number(summary.files, "file", "files"))"
  }

  /// Why a run is not complete: the first input error once more, because all of them stand far above.
  private static func hindrance(_ mistakes: [Diagnostic]) -> String {
    guard let first = mistakes.first else { return "a rule met an error" }
    let place = first.range.map { "\($0.source.name):\($0.start.line): " } ?? ""
    let more = mistakes.count == 1 ? "" : "; and \(mistakes.count - 1) more, at the top"
    let words = mistakes.count == 1 ? "the input error comes first" : "the input errors come first"
    return escapedForTerminal("\(words): \(place)\(first.summary)\(more)")
  }
}

extension String {
  /// Without spaces and line breaks at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
