internal import Diagnostics
internal import Governance

/// GitHub workflow commands: annotations as far as the runner shows them, and one notice that counts everything.
public enum GitHubReport {
  /// Of each level the runner shows so many a step, and is silent about the rest.
  static let annotationLimit = 10
  /// What a step's summary may hold, in bytes.
  public static let summaryLimit = 1 << 20

  static func annotations(_ report: CheckReport, _ setting: CheckFormat.Setting) -> String {
    var errors: [String] = []
    var warnings: [String] = []
    // What is not shown is not written out.
    let (mistakes, notices) = (report.mistakes, report.notices)
    for diagnostic in mistakes.prefix(annotationLimit) {
      errors.append(
        command(
          "error", at: diagnostic.range, title: "input error \(diagnostic.id)",
          diagnostic.linesWithRevision.joined(separator: "\n"), setting))
    }
    for diagnostic in notices.prefix(annotationLimit) {
      warnings.append(
        command(
          "warning", at: diagnostic.range, title: diagnostic.id,
          ([diagnostic.summary] + [diagnostic.range?.revisionLine].compactMap(\.self)).joined(separator: "\n"), setting)
      )
    }
    let alerts = Alert.all(in: report)
    for alert in alerts {
      let isError = alert.counts || alert.finding.outcome == .error
      if (isError ? errors : warnings).count >= annotationLimit { continue }
      let finding = alert.finding
      var lines = [finding.message] + finding.details(others: alert.others)
      if let line = finding.place?.range.revisionLine { lines.append(line) }
      lines.append("more: triglyph explain \(finding.shortName)")
      let text = command(
        isError ? "error" : "warning", at: finding.place?.range,
        title: "\(finding.word) \(finding.rule) \(finding.shortName)", lines.joined(separator: "\n"), setting)
      if isError { errors.append(text) } else { warnings.append(text) }
    }
    let verdict = Verdict(report)
    var words = "\(verdict.scope): \(verdict.sentence)"
    let rest = mistakes.count + notices.count + alerts.count - errors.count - warnings.count
    if rest > 0 { words += "; \(rest) of these are not annotated, since GitHub shows ten of a level" }
    return (errors + warnings + [command("notice", at: nil, title: "Triglyph", words, setting)]).joined()
  }

  /// What is appended to the step's summary.
  ///
  /// - Parameter taken: how many bytes it holds.
  public static func summary(_ report: CheckReport, _ setting: CheckFormat.Setting, taken: Int) -> String {
    MarkdownReport.text(report, setting, limit: max(0, summaryLimit - taken))
  }

  private static func command(
    _ level: String, at range: SourceRange?, title: String, _ message: String, _ setting: CheckFormat.Setting
  ) -> String {
    var properties: [String] = []
    var words = message
    if let range, range.isInFile {
      let path = setting.wayFromGitRoot + range.source.path
      let (start, end) = (range.start, range.end)
      if escapedForTerminal(path) == path {
        properties = ["file=\(escapedForWorkflowProperty(path))", "line=\(start.line)", "endLine=\(end.line)"]
        if start.line == end.line { properties += ["col=\(start.column)", "endColumn=\(end.column)"] }
      } else {
        // A name that would have to be written otherwise is no name of the file.
        words = "\(path):\(start.line): \(words)"
      }
    }
    properties.append("title=\(escapedForWorkflowProperty(title))")
    return "::\(level) \(properties.joined(separator: ","))::\(escapedForWorkflowMessage(words))\n"
  }
}
