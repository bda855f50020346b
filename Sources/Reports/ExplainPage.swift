internal import CEL
internal import Catalogue
internal import Diagnostics
public import Governance
internal import YAMLTree

/// What a rule, a clause, a standard, a finding or a diagnostic is about.
public enum ExplainPage {
  /// The page for a name, or nil where nothing has it.
  public static func text(_ name: String, _ report: CheckReport, _ book: RuleBook) -> String? {
    let estate = report.estate
    if name.hasPrefix("f-"), let finding = report.allFindings.first(where: { $0.shortName == name }) {
      return self.finding(finding, report, book)
    }
    if let rule = book.allRules.first(where: { $0.id == name }) { return self.rule(rule, report, book) }
    if let kind = estate.metamodel.kind(named: "rule"), estate.ids.row(name, kind: kind.index) != nil {
      return "\(name) has a mistake and does not run; `triglyph check` shows it\n"
    }
    if let kind = estate.metamodel.kind(named: "clause"), let row = estate.ids.row(name, kind: kind.index) {
      return clause(row, report, book)
    }
    if let kind = estate.metamodel.kind(named: "standard"), let row = estate.ids.row(name, kind: kind.index) {
      return standard(row, report, book)
    }
    if let entry = registry.first(where: { $0.id == name }) { return "\(entry.id)\n\n\(wrapped(entry.explanation))\n" }
    return nil
  }

  /// Every name that has a page, for near matches.
  public static func names(_ report: CheckReport, _ book: RuleBook) -> [String] {
    let estate = report.estate
    var result = book.allRules.map(\.id) + registry.map(\.id) + report.allFindings.map(\.shortName)
    for name in ["clause", "standard"] {
      if let kind = estate.metamodel.kind(named: name) { result += estate.ids.ids(ofKind: kind.index) }
    }
    return result
  }

  /// What the stages before the rules can report.
  public static let registry: [(id: String, explanation: String)] = DiagnosticPages.all

  // MARK: Pages

  private static func finding(_ finding: Finding, _ report: CheckReport, _ book: RuleBook) -> String {
    var result = TextReport().text(finding, SnippetRenderer()) + "\n"
    result += report.counts(finding) ? "It counts: " : "It does not count: "
    if let standing = TextReport.text(finding.standing) {
      result += "it is \(standing.name), \(standing.text).\n"
    } else {
      result +=
        "it is \(finding.outcome == .failed ? finding.severity.name : finding.outcome.name), and the run fails on \(report.failOn.name) and above.\n"
    }
    result += "Its identity is \(escapedForTerminal(finding.identity))\n\n"
    if let rule = book.allRules.first(where: { $0.id == finding.rule }) {
      return result + self.rule(rule, report, book)
    }
    if let entry = registry.first(where: { $0.id == finding.rule }) {
      return result + "\(wrapped(entry.explanation))\n"
    }
    return result
  }

  /// Text broken into lines of at most 100 characters.
  static func wrapped(_ text: String, indent: String = "") -> String {
    var lines: [String] = []
    var line = indent
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count + word.count + 1 > 100, line != indent {
        lines.append(line)
        line = indent
      }
      line += (line == indent ? "" : " ") + word
    }
    lines.append(line)
    return escapedForTerminal(lines.joined(separator: "\n"), keepingLineBreaks: true)
  }
}
