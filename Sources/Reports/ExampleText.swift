public import Diagnostics
public import Governance

/// The outcome of running rules' examples, for a terminal.
public enum ExampleText {
  /// With the mistakes of loading: a rule that could not be read is not tested.
  public static func text(_ report: ExampleReport, _ diagnostics: [Diagnostic], style: TextStyle = .plain) -> String {
    let renderer = SnippetRenderer(style: style)
    var result = ""
    for diagnostic in (diagnostics + report.mistakes).sortedForPrinting() {
      result += renderer.render(diagnostic) + "\n"
    }
    for failure in report.failures { result += renderer.render(failure.diagnostic) + "\n" }
    for diagnostic in report.incomplete + report.vacuous { result += renderer.render(diagnostic) + "\n" }
    let failed = report.exampleCount - report.passedCount
    return result
      + "\(Verdict.number(report.ruleCount, "rule", "rules")), \(Verdict.number(report.exampleCount, "example", "examples")): \(report.passedCount) hold, \(failed) do not\n"
  }
}
