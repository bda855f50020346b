internal import CEL
internal import Diagnostics
internal import Governance

/// From when to when rules fail, for a terminal.
extension TextReport {
  public func text(_ report: RoadmapReport) -> String {
    let (roadmap, check) = (report.roadmap, report.check)
    let renderer = SnippetRenderer(style: style)
    var result = isQuiet ? "" : header(roadmap, AdoptionWords(check, isLong: isVerbose).text)
    for diagnostic in check.inputErrors { result += renderer.render(diagnostic) + "\n" }
    if !isQuiet {
      for span in roadmap.changing { result += text(span, roadmap, renderer) }
      if !roadmap.changing.isEmpty { result += "\n" }
    }
    return result + footer(report)
  }

  private func header(_ roadmap: Roadmap, _ changed: String) -> String {
    let until = roadmap.end == .never ? "on" : "until \(roadmap.end.text)"
    let count = roadmap.initiatives.count
    let approved = count == 1 ? "1 approved initiative" : "\(count) approved initiatives"
    return "the roadmap from \(roadmap.start.text) \(until): the estate with \(approved)\n\(changed)\n"
  }

  /// A line; at length also all that a check says of the finding, as it is on the first of the days.
  private func text(_ span: Roadmap.Span, _ roadmap: Roadmap, _ renderer: SnippetRenderer) -> String {
    let finding = span.finding
    let days = Self.days(span, roadmap)
    if isVerbose { return "\(style.apply(.emphasis, to: days))\n\(text(finding, renderer))\n" }
    let head = style.apply(role(finding), to: "\(word(finding))[\(finding.rule)]")
    return
      "\(days)  \(head) \(finding.shortName): \(escapedForTerminal(finding.message))\(Self.suffix(finding.standing))\n"
  }

  private static func days(_ span: Roadmap.Span, _ roadmap: Roadmap) -> String {
    let from = span.from == roadmap.start ? "from now" : span.from.text
    let until = span.until?.text ?? (roadmap.end == .never ? "further notice" : "the horizon")
    return "\(from) until \(until)"
  }

  private func footer(_ report: RoadmapReport) -> String {
    let (roadmap, check) = (report.roadmap, report.check)
    let lasting = roadmap.lasting
    let begin = roadmap.spans.filter { $0.from != roadmap.start }
    let end = roadmap.spans.filter { $0.until != nil }
    var lines = [
      "all the way through: \(tally(lasting))",
      "begins later: \(tally(begin)); ends\(roadmap.end == .never ? "" : " before the horizon"): \(tally(end))",
      "looked at \(Self.count(roadmap.days.count, "day", "days")) against "
        + Self.count(check.assessment.results.count, "rule", "rules"),
    ]
    // Without a roadmap what is approved is not in the estate: the numbers differ.
    let plans = roadmap.initiatives.isEmpty ? "" : ", with all that is approved,"
    switch report.outcome {
    case .clean: lines.append("nothing that is there now\(plans) counts")
    case .findings:
      let count = check.allFindings.count(where: check.counts)
      let verb = count == 1 ? "counts" : "count"
      lines.append("\(count) of those that are there now\(plans) \(verb): \(check.failOn.name) and above")
    case .incomplete:
      let why = check.inputErrors.isEmpty ? "a rule met an error" : "the input errors come first"
      lines.append("not evaluated completely: \(why)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `2 blocker, 1 undecided`, or `nothing`.
  private func tally(_ spans: [Roadmap.Span]) -> String {
    var parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = spans.count {
        $0.finding.standing == .open && $0.finding.outcome == .failed && $0.finding.severity == severity
      }
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    for (outcome, word) in [(Outcome.undecided, "undecided"), (.error, "not evaluated")] {
      let count = spans.count { $0.finding.standing == .open && $0.finding.outcome == outcome }
      if count > 0 { parts.append("\(count) \(word)") }
    }
    let others = spans.compactMap { Self.text($0.finding.standing)?.name }
    for word in Set(others).sorted(by: >) { parts.append("\(others.count { $0 == word }) \(word)") }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
