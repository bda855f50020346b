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
    if let rule = book.rules.first(where: { $0.id == name }) { return self.rule(rule, report) }
    if let kind = estate.metamodel.kind(named: "rule"), estate.ids.row(name, kind: kind.index) != nil {
      return "\(name) has a mistake and does not run; `triglyph check` shows it\n"
    }
    if let kind = estate.metamodel.kind(named: "clause"), let row = estate.ids.row(name, kind: kind.index) {
      return clause(row, report, book)
    }
    if let kind = estate.metamodel.kind(named: "standard"), let row = estate.ids.row(name, kind: kind.index) {
      return standard(row, estate)
    }
    if let entry = registry.first(where: { $0.id == name }) { return "\(entry.id)\n\n\(wrapped(entry.explanation))\n" }
    return nil
  }

  /// Every name that has a page, for near matches.
  public static func names(_ report: CheckReport, _ book: RuleBook) -> [String] {
    let estate = report.estate
    var result = book.rules.map(\.id) + registry.map(\.id) + report.allFindings.map(\.shortName)
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
    if let rule = book.rules.first(where: { $0.id == finding.rule }) { return result + self.rule(rule, report) }
    if let entry = registry.first(where: { $0.id == finding.rule }) {
      return result + "\(wrapped(entry.explanation))\n"
    }
    return result
  }

  private static func rule(_ rule: Rule, _ report: CheckReport) -> String {
    let estate = report.estate
    var result =
      "\(rule.id)  (\(rule.severity.name), binds initiatives from \(stage(rule, estate))\(rule.status == .active ? "" : "; \(rule.status.rawValue), so it does not run"))\n\n"
    result += wrapped(rule.title) + "\n"
    if rule.isUnwaivable { result += "\nNo waiver can cover what it finds.\n" }
    if let rationale = rule.rationale { result += "\nwhy\n" + wrapped(rationale, indent: "  ") + "\n" }
    result += "\nwhat to do\n" + wrapped(rule.remedy, indent: "  ") + "\n"
    if !rule.clauses.isEmpty {
      result += "\nclauses\n"
      for row in rule.clauses { result += "  \(estate.entity(row).id)  \(escapedForTerminal(estate.name(row)))\n" }
    }
    result += "\nwhat it evaluates\n"
    for key in ["for", "when", "let", "each", "require", "measure", "key", "at", "path"] {
      guard let node = rule.node.first(key) else { continue }
      result += source(key, node)
    }
    result += "\nwhat it costs\n  \(cost(rule.estimate(in: estate)))\n"
    if let counts = report.assessment.results.first(where: { $0.rule.id == rule.id })?.counts {
      result += "\nhow the estate stands\n  "
      result += [Outcome.passed, .passedWithNothing, .failed, .undecided, .upcoming, .notApplicable, .error]
        .filter { counts[$0] > 0 }.map { "\(counts[$0]) \($0.name)" }.joined(separator: ", ")
      result += "\n"
      for finding in report.allFindings where finding.rule == rule.id {
        let standing = TextReport.suffix(finding.standing)
        result += "  \(finding.shortName)  \(escapedForTerminal(finding.message))\(standing)\n"
      }
    }
    if let examples = rule.node.first("examples"), examples.isSequence {
      result += "\nexamples\n"
      for index in 0..<examples.count {
        let example = examples[item: index]
        let finds = example.first("finds").map { $0.isSequence ? $0.count : 1 } ?? 0
        let undecided = example.first("undecided").map { $0.isSequence ? $0.count : 1 } ?? 0
        let word = finds > 0 ? "fails" : undecided > 0 ? "is undecided" : "passes"
        result += "  \(word): \(escapedForTerminal(example.first("title")?.text ?? ""))\n"
      }
    }
    result += "\ndeclared at \(escapedForTerminal(rule.node.first("id")?.range.described ?? ""))\n"
    return result
  }

  /// An estimate in words, to two digits.
  private static func cost(_ estimate: CostEstimate) -> String {
    func rounded(_ number: Int) -> String {
      if number == .max { return "more than can be counted" }
      var (digits, unit) = (number, 1)
      while digits >= 100 { (digits, unit) = (digits / 10, unit * 10) }
      return "\(digits * unit)"
    }
    let once = estimate.once > 0 ? ", and \(rounded(estimate.once)) once for all of them" : ""
    if estimate.eachTarget == 0, estimate.once == 0 { return "next to nothing: it goes through no list" }
    let visits = estimate.eachTarget == 1 ? "1 visit" : "\(rounded(estimate.eachTarget)) visits"
    return "about \(visits) of an entity or an element for each target\(once)"
  }

  private static func stage(_ rule: Rule, _ estate: Estate) -> String {
    let names = estate.metamodel.enums.first { $0.name == "stage" }?.values ?? []
    return names.indices.contains(Int(rule.stage)) ? names[Int(rule.stage)] : "the first stage"
  }

  /// A key of a rule as it is written.
  private static func source(_ key: String, _ node: YAMLNode) -> String {
    if node.isScalar { return "  \(key): " + written(node, indent: "    ") + "\n" }
    var result = "  \(key):\n"
    for index in 0..<node.count {
      if node.isMapping {
        result += "    \(escapedForTerminal(node.key(index).text)): \(written(node.value(index), indent: "      "))\n"
      } else {
        result += "    - \(written(node[item: index], indent: "      "))\n"
      }
    }
    return result
  }

  /// A scalar's text, its further lines indented.
  private static func written(_ node: YAMLNode, indent: String) -> String {
    escapedForTerminal(node.text.trimmed, keepingLineBreaks: true).replacing("\n", with: "\n" + indent)
  }

  private static func clause(_ row: Int32, _ report: CheckReport, _ book: RuleBook) -> String {
    let estate = report.estate
    let level = ValueText.exact(estate.value("level", of: row), estate)
    var result = "\(estate.entity(row).id)  \(escapedForTerminal(estate.name(row)))  (\(level))\n\n"
    result += wrapped(ValueText.message(estate.value("requirement", of: row), estate)) + "\n"
    if let view = estate.value("sources", of: row).listView, view.count > 0 {
      result += "\nsources\n"
      for index in 0..<view.count {
        guard case .record(let record) = view[index] else { continue }
        let parts = record.fields.map { escapedForTerminal(ValueText.exact($0, estate)) }
        let doubt = parts.last == "memory" ? "  (to be confirmed)" : ""
        result += "  \(parts[0])" + (parts.count > 1 ? ": \(parts[1])" : "") + doubt + "\n"
      }
    }
    let rules = book.rules.filter { $0.clauses.contains(row) }
    result += "\nchecked by\n"
    for rule in rules {
      // One finding may be the estate's and be inherited by initiatives; one that is resolved is the estate's.
      let failed = Set(report.allFindings.filter { $0.rule == rule.id && $0.outcome == .failed }.map(\.identity)).count
      result += "  \(rule.id)  \(escapedForTerminal(rule.title.trimmed))  (\(failed) failed)\n"
    }
    if case .string(let attested) = estate.value("attested", of: row) {
      result +=
        (rules.isEmpty ? "  no rule\n" : "") + "\nattested by a person\n" + wrapped(attested, indent: "  ") + "\n"
    } else if rules.isEmpty {
      result += "  nothing: no rule checks it, and nobody attests it\n"
    }
    return result
  }

  private static func standard(_ row: Int32, _ estate: Estate) -> String {
    var result = "\(escapedForTerminal(estate.name(row)))\n\n"
    if case .string(let purpose) = estate.value("purpose", of: row) { result += wrapped(purpose) + "\n" }
    result += "\nclauses\n"
    let view = estate.value("clauses", of: row).listView
    let rows = view.map { view in (0..<view.count).compactMap { view.row(at: $0) } } ?? []
    let number = { (row: Int32) in Int(estate.entity(row).id.split(separator: "/").last ?? "") ?? .max }
    for clause in rows.sorted(by: { number($0) < number($1) }) {
      result += "  \(estate.entity(clause).id)  \(escapedForTerminal(estate.name(clause)))\n"
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
