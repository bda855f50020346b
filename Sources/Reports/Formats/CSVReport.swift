internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

/// Every finding as a row, those that initiatives inherit, improve or resolve among them; mistakes of the input first.
enum CSVReport {
  static let headings = [
    "finding", "outcome", "severity", "counts", "standing", "standing_by", "standing_until", "rule", "clause",
    "initiative", "stage", "date", "comparison", "before", "target", "key", "message", "remedy", "file", "line",
    "column", "measure", "paths", "missing", "defaults", "remarks", "identity",
  ]

  static func text(_ report: CheckReport) -> String {
    var result = line(headings.map { Sheet.Cell(text: $0) })
    for diagnostic in report.mistakes + report.notices { result += line(cells(diagnostic)) }
    // What judges is told in rows of its own, as other notes are.
    for line in report.adoption.map({ AdoptionWords.lines($0, isLong: false) }) ?? [] {
      result += Self.line(cells(Diagnostic("adoption", .note, line.text, at: line.range)))
    }
    for finding in report.allFindings { result += line(cells(finding, counts: report.counts(finding))) }
    return result
  }

  private static func line(_ cells: [Sheet.Cell]) -> String {
    cells.map(DelimitedText.csvField).joined(separator: ",") + "\r\n"
  }

  private static func row(_ values: [String: Sheet.Cell]) -> [Sheet.Cell] {
    headings.map { values[$0] ?? Sheet.Cell(text: "") }
  }

  private static func place(_ range: SourceRange?, _ values: inout [String: Sheet.Cell]) {
    guard let range else { return }
    let start = range.start
    values["file"] = Sheet.Cell(text: range.source.name)
    values["line"] = Sheet.Cell(text: "\(start.line)", isNumber: true)
    values["column"] = Sheet.Cell(text: "\(start.column)", isNumber: true)
  }

  private static func cells(_ diagnostic: Diagnostic) -> [Sheet.Cell] {
    let advice = (diagnostic.notes + diagnostic.fixes.map(\.summary)).joined(separator: "; ")
    var values: [String: Sheet.Cell] = [:]
    for (heading, text) in [
      ("outcome", diagnostic.severity == .error ? "input error" : "note"), ("severity", "\(diagnostic.severity)"),
      ("rule", diagnostic.id),
      ("message", diagnostic.summary), ("remedy", advice),
    ] {
      values[heading] = Sheet.Cell(text: text)
    }
    place(diagnostic.range, &values)
    return row(values)
  }

  private static func cells(_ finding: Finding, counts: Bool) -> [Sheet.Cell] {
    var values: [String: Sheet.Cell] = [:]
    let remarks = [finding.onceMergedLine.map { "in this change: \($0)" }].compactMap(\.self) + finding.remarks
    for (heading, text) in [
      ("finding", finding.shortName), ("outcome", finding.outcome.name), ("severity", finding.severity.name),
      ("counts", counts ? "true" : "false"), ("standing", finding.standing.name), ("rule", finding.rule),
      ("clause", finding.clause?.id ?? ""), ("target", finding.target ?? ""),
      ("key", finding.key.joined(separator: "; ")), ("message", finding.message),
      ("remedy", finding.remedy.trimmed),
      ("paths", finding.paths.map { Finding.words($0) }.joined(separator: "; ")),
      ("missing", finding.missing.map(\.name).joined(separator: "; ")),
      ("defaults", finding.defaults.joined(separator: "; ")),
      ("remarks", remarks.joined(separator: "; ")), ("identity", finding.identity),
    ] {
      values[heading] = Sheet.Cell(text: text)
    }
    if case .waived(let by, let until) = finding.standing {
      values["standing_by"] = Sheet.Cell(text: by)
      values["standing_until"] = Sheet.Cell(text: until.text)
    }
    if let inView = finding.inView {
      values["initiative"] = Sheet.Cell(text: inView.initiative)
      values["stage"] = Sheet.Cell(text: inView.stage)
      values["date"] = Sheet.Cell(text: inView.date.text)
      values["comparison"] = Sheet.Cell(text: inView.comparison.rawValue)
      values["before"] = Sheet.Cell(text: inView.before ?? "", isNumber: inView.before.flatMap(Double.init) != nil)
    }
    if let measure = finding.measure {
      values["measure"] = Sheet.Cell(text: ValueText.number(measure), isNumber: true)
    }
    place(finding.place?.range, &values)
    return row(values)
  }
}
