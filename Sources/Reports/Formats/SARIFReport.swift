internal import Catalogue
internal import Diagnostics
internal import Governance

/// Findings as SARIF 2.1.0 (OASIS, errata 01), in the shape that GitHub's code scanning reads: one run, a place of four
/// numbers for each result, fingerprints of identities.
struct SARIFReport {
  /// More than this in a run is refused by GitHub.
  static let resultLimit = 25_000
  /// Of one notification after another, so many are written.
  static let notificationLimit = 1_000
  /// Longer descriptions are cut by GitHub.
  static let descriptionLimit = 1_024

  let report: CheckReport
  let setting: CheckFormat.Setting
  let verdict: Verdict
  /// Of the later side, where two are compared.
  private let comparison: ComparedAlerts?
  private let alerts: [Alert]
  private let notices: [Diagnostic]
  let rules: [SARIFRule]
  let ruleIndex: [String: Int]

  /// - Parameter comparison: two sides, of which the report is the later one's; nil: nothing is compared.
  init(_ report: CheckReport, _ setting: CheckFormat.Setting, comparison: ComparedAlerts? = nil) {
    self.report = report
    self.setting = setting
    self.comparison = comparison
    verdict = Verdict(report)
    alerts = comparison?.alerts ?? Alert.all(in: report)
    notices = report.notices + (comparison?.difference.governance ?? []).map(\.notice)
    let mistakes = Set((report.mistakes + notices).map(\.id))
    rules = SARIFRule.all(of: report, and: Set(alerts.map(\.finding.rule)).union(mistakes))
    var index: [String: Int] = [:]
    for (place, rule) in rules.enumerated() { index[rule.id] = place }
    ruleIndex = index
  }

  var text: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field(
        "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      writer.field("version", "2.1.0")
      writer.key("runs")
      writer.array { writer in
        writer.separate()
        writer.object { run(&$0) }
      }
    }
    return writer.text
  }

  private func run(_ writer: inout JSONWriter) {
    let mistakes = report.mistakes.prefix(Self.resultLimit)
    let told = alerts.prefix(Self.resultLimit - mistakes.count)
    writer.key("tool")
    writer.object { writer in
      writer.key("driver")
      writer.object { writer in
        writer.field("name", "Triglyph")
        writer.field("version", setting.version)
        writer.field("semanticVersion", setting.version)
        writer.objects("rules", of: rules) { rule, writer in
          rule.write(&writer)
        }
      }
    }
    writer.key("automationDetails")
    // Readers that keep the last run of each name keep a check's and a comparison's.
    writer.object { $0.field("id", comparison == nil ? "triglyph/" : "triglyph/diff/") }
    writer.field("columnKind", "unicodeCodePoints")
    writer.key("invocations")
    writer.array { writer in
      writer.separate()
      writer.object { invocation(leftOut: Array(alerts.dropFirst(told.count)), &$0) }
    }
    writer.key("results")
    writer.array { writer in
      var seen: [String: Int] = [:]
      for diagnostic in mistakes {
        let name = diagnostic.identity
        seen[name, default: 0] += 1
        writer.separate()
        writer.object { result(diagnostic, fingerprint: "\(name)|\(seen[name] ?? 1)", &$0) }
      }
      for alert in told {
        writer.separate()
        writer.object { result(alert, &$0) }
      }
    }
    writer.key("properties")
    writer.object { writer in
      if let comparison { comparison.counts(verdict, &writer) } else { counts(&writer) }
    }
  }

  private func counts(_ writer: inout JSONWriter) {
    writer.field("asOf", report.estate.asOf.text)
    writer.field("failOn", report.failOn.name)
    writer.field("failOnUndecided", report.failsOnUndecided)
    writer.field("outcome", verdict.outcome.rawValue)
    writer.field("counting", verdict.counting)
    writer.field("notCounting", verdict.notCounting)
    writer.field("undecided", verdict.undecided)
    writer.field("notEvaluated", verdict.errors)
    writer.field("inputErrors", verdict.inputErrors)
    writer.field("waived", verdict.waived)
    writer.field("baselined", verdict.baselined)
    writer.field("known", verdict.known)
    if let adoption = report.adoption, adoption.mode != .all {
      writer.field("rulesAdopted", adoption.adoptedCount)
      writer.field("rulesActive", adoption.totalCount)
    }
  }

  // MARK: The invocation

  /// Whether the run came to its end, and what kept it from that: mistakes of the input as notifications about the
  /// configuration, rules that met an error as notifications about the run.
  private func invocation(leftOut: [Alert], _ writer: inout JSONWriter) {
    let status = comparison?.difference.exitStatus ?? verdict.outcome.exitStatus
    writer.field("executionSuccessful", status != CheckReport.Outcome.incomplete.exitStatus)
    writer.field("exitCode", Int(status))
    configurationOverrides(&writer)
    writer.key("toolConfigurationNotifications")
    writer.array { writer in
      let told = report.mistakes + notices
      for diagnostic in told.prefix(Self.notificationLimit) {
        notification(
          diagnostic.id, Self.level(diagnostic.severity), Self.words(diagnostic), at: diagnostic.range, &writer)
      }
      let more = told.count - Self.notificationLimit
      if more > 0 { notification(nil, "error", "and \(more) more input errors and notes", at: nil, &writer) }
      for line in AdoptionWords(report, isLong: false).lines.prefix(Self.notificationLimit) {
        notification(nil, "note", escapedForSARIF(line.text), at: line.range, &writer)
      }
    }
    writer.key("toolExecutionNotifications")
    writer.array { writer in
      let errors = report.toldFindings.filter { $0.outcome == .error }
      for finding in errors.prefix(Self.notificationLimit) {
        notification(finding.rule, "error", escapedForSARIF(finding.message), at: finding.place?.range, &writer)
      }
      let more = errors.count - Self.notificationLimit
      if more > 0 {
        notification(nil, "error", "and \(more) more targets at which a rule could not be evaluated", at: nil, &writer)
      }
      if !leftOut.isEmpty {
        let words = Verdict.tally(leftOut.map(\.finding))
        let rest =
          comparison == nil ? "\(leftOut.count { $0.counts }) of them count" : BaselineState.tally(leftOut.map(\.state))
        notification(
          nil, "warning",
          "\(leftOut.count) more findings are left out, which is what GitHub takes: \(words); \(rest)", at: nil, &writer
        )
      }
      let sentence = comparison?.sentence ?? "\(verdict.scope): \(verdict.sentence)"
      notification(nil, "note", escapedForSARIF(sentence), at: nil, &writer)
    }
  }

  private func notification(
    _ rule: String?, _ level: String, _ text: String, at range: SourceRange?, _ writer: inout JSONWriter
  ) {
    writer.separate()
    writer.object { writer in
      if let rule {
        writer.key("associatedRule")
        writer.object { reference(rule, &$0) }
      }
      writer.field("level", level)
      message(text, &writer)
      if let range, range.isInFile {
        writer.key("locations")
        writer.array { writer in
          writer.separate()
          writer.object { physicalLocation(range, &$0) }
        }
      }
    }
  }

  /// Rules that are not adopted, and those with a severity that is not their own (SARIF 2.1.0, 3.20.5).
  private func configurationOverrides(_ writer: inout JSONWriter) {
    guard let adoption = report.adoption else { return }
    let severities = adoption.changes.filter { $0.key == "severity" }
    if adoption.exclusions.isEmpty, severities.isEmpty { return }
    writer.key("ruleConfigurationOverrides")
    writer.array { writer in
      for exclusion in adoption.exclusions {
        writer.separate()
        writer.object { writer in
          writer.key("configuration")
          writer.object { $0.field("enabled", false) }
          writer.key("descriptor")
          writer.object { reference(exclusion.rule, &$0) }
        }
      }
      for change in severities {
        guard let severity = Severity(change.value) else { continue }
        writer.separate()
        writer.object { writer in
          writer.key("configuration")
          writer.object { $0.field("level", Self.level(severity)) }
          writer.key("descriptor")
          writer.object { reference(change.rule, &$0) }
        }
      }
    }
  }

  private func reference(_ rule: String, _ writer: inout JSONWriter) {
    writer.field("id", rule)
    if let index = ruleIndex[rule] { writer.field("index", index) }
  }

  static func level(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .advisory: "note"
    case .minor: "warning"
    case .major, .blocker: "error"
    }
  }

  static func words(_ diagnostic: Diagnostic) -> String {
    diagnostic.linesWithRevision.map { escapedForSARIF($0) }.joined(separator: "\n")
  }

  /// Of text that is escaped.
  func message(_ text: String, _ writer: inout JSONWriter) {
    writer.key("message")
    writer.object { $0.field("text", text) }
  }

  func physicalLocation(_ range: SourceRange, _ writer: inout JSONWriter) {
    physicalLocation(range.source.path, range.start, range.end, &writer)
  }

  func physicalLocation(
    _ path: String, _ start: SourcePosition, _ end: SourcePosition, _ writer: inout JSONWriter
  ) {
    writer.key("physicalLocation")
    writer.object { writer in
      writer.key("artifactLocation")
      writer.object { $0.field("uri", percentEncoded(path: setting.wayFromGitRoot + path)) }
      writer.key("region")
      writer.object { writer in
        writer.field("startLine", start.line)
        writer.field("startColumn", start.column)
        writer.field("endLine", end.line)
        writer.field("endColumn", end.column)
      }
    }
  }
}
