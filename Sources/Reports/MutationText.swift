public import Diagnostics
public import Governance

/// What came of changing rules, for a terminal.
public enum MutationText {
  /// - Parameters:
  ///   - isQuiet: the last lines only.
  ///   - isVerbose: with a line for each rule.
  public static func text(
    _ report: MutationReport, style: TextStyle = .plain, isQuiet: Bool = false, isVerbose: Bool = false
  ) -> String {
    let renderer = SnippetRenderer(style: style)
    var result = ""
    if !isQuiet {
      for diagnostic in report.subjects.flatMap(\.diagnostics) { result += renderer.render(diagnostic) + "\n" }
      for rule in report.rules where !rule.isTried {
        result += "\(escapedForTerminal(rule.rule)): not tried, as its own examples do not hold\n"
      }
    }
    if isVerbose {
      for rule in report.subjects where rule.isTried {
        result += "\(escapedForTerminal(rule.rule)): \(line(rule.counts, report.depth))\n"
      }
    }
    let counts = report.counts
    let functions = report.functions.isEmpty ? "" : ", \(report.functions.count) shared functions"
    result += "\(Verdict.number(report.rules.count, "rule", "rules"))\(functions): examples evaluate "
    result += "\(counts.parts - counts.unreached) of \(counts.parts) parts\n"
    guard report.depth == .mutants else { return result }
    return result + line(counts, .mutants) + "\n"
  }

  private static func line(_ counts: MutationReport.Counts, _ depth: MutationReport.Depth) -> String {
    switch depth {
    case .coverage: "\(counts.parts) parts, \(counts.unreached) not evaluated"
    case .mutants:
      "killed \(counts.killed) of \(counts.mutants) mutants; \(counts.survived) survived, "
        + "\(counts.equivalent) said to be equivalent"
    }
  }
}
