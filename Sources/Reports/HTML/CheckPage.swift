internal import Catalogue
internal import Diagnostics
internal import Governance

/// A check as one file of HTML, for those who read and do not run: everything is in the text; a script only hides, moves and
/// counts.
struct CheckPage {
  let report: CheckReport
  let setting: CheckFormat.Setting
  let rules: [String: Rule]
  let entries: [FindingEntry]
  /// Who answers, by the place of an entry; empty: nobody is recorded.
  let owners: [String]

  static func text(_ report: CheckReport, _ setting: CheckFormat.Setting) -> String {
    CheckPage(report, setting).text
  }

  private init(_ report: CheckReport, _ setting: CheckFormat.Setting) {
    self.report = report
    self.setting = setting
    rules = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    entries = FindingEntry.all(in: report)
    owners = entries.map { Self.owner($0.finding, report.estate) }
  }

  private var text: String {
    let verdict = Verdict(report)
    let asOf = report.estate.asOf.text
    let document = HTMLDocument(
      title: "Check of the catalogue: \(verdict.heading)",
      declared: setting.provenance?.words(on: asOf) ?? "as declared in the catalogue on \(asOf)",
      style: HTMLStyle.choice + "\n" + Self.style, script: Self.script)
    var main = Page.Block.paragraph(sentence(verdict)).html
    main += adoption + counts + initiatives
    main += diagnostics("Input errors", report.mistakes) + diagnostics("Notes", report.notices)
    main += "<h2 id=\"findings\">Findings</h2>\n" + controls + list + judges + gaps
    return document.text(lead: Self.theme, main: main)
  }

  private func sentence(_ verdict: Verdict) -> String {
    let words = "\(verdict.scope): \(verdict.sentence)."
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  // MARK: What is known of a finding

  /// The name of who answers for what it is found at; of what an initiative adds, of who answers for the initiative.
  private static func owner(_ finding: Finding, _ estate: Estate) -> String {
    for name in [finding.target, finding.inView?.initiative] {
      guard let name, case .found(let row) = estate.find(name) else { continue }
      if estate.kind(of: row).role == "organisation" { return estate.name(row) }
      return estate.answerable(for: row).first.map(estate.name) ?? ""
    }
    return ""
  }

  /// The standard of the rule's home clause; empty: the rule has none.
  func standard(_ finding: Finding) -> String {
    guard let clause = rules[finding.rule]?.clauses.first else {
      return finding.clause.map { String($0.id.prefix { $0 != "/" }) } ?? ""
    }
    let owner = report.estate.entity(clause).owner
    return owner >= 0 ? report.estate.entity(owner).id : ""
  }

  // MARK: What is said of all

  private var adoption: String {
    guard let adoption = report.adoption else { return "" }
    let lines = AdoptionWords(report, isLong: false).lines
    let isToldAlready = adoption.mode != .all
    let head = isToldAlready ? "" : Page.Block.paragraph("\(AdoptionWords.count(adoption)).").html
    if lines.isEmpty { return head }
    let items = lines.map { line in
      let place = line.range.map { " (<code>\(htmlText($0.pathAndLine))</code>)" } ?? ""
      return "<li>\(htmlText(line.text))\(place)</li>\n"
    }
    return head + "<ul>\n" + items.joined() + "</ul>\n"
  }

  /// Each identity once in a column, however many initiatives it is in.
  private var counts: String {
    var table = Page.Table(
      ["severity", "findings", "count"] + FindingEntry.stateNames,
      numbers: Set(
        ["findings", "count"] + FindingEntry.stateNames))
    for severity in Severity.allCases.reversed() {
      let of = entries.filter { $0.finding.severity == severity }
      if of.isEmpty { continue }
      let states = FindingEntry.stateNames.map { name in of.count { $0.states.contains { $0.name == name } } }
      let counting = of.count(where: \.counts)
      table.rows.append(
        [Page.Cell(severity.name), Page.Cell(of.count), Page.Cell(counting, .bad)] + states.map { Page.Cell($0) })
    }
    if table.rows.isEmpty { return "" }
    return "<h2>What was found</h2>\n"
      + Page.Block.paragraph(
        "A finding is counted once, and once more in the column of each state that it has in the estate or by an initiative. Above, one that several initiatives bring counts for each of them."
      ).html + Page.Block.table(table.withoutEmpty(FindingEntry.stateNames)).html
  }

  private var initiatives: String {
    guard let checks = report.portfolio?.checks, !checks.isEmpty else { return "" }
    let comparisons = Comparison.allCases.map(\.rawValue)
    var table = Page.Table(
      ["initiative", "name", "stage", "on", "count"] + comparisons, numbers: Set(["on", "count"] + comparisons))
    for check in checks {
      let initiative = check.view.initiative
      let stage = [check.stage, initiative.ruling == .approved ? "approved" : nil].compactMap { $0 }
      let name = report.estate.name(initiative.row)
      table.rows.append(
        [
          Page.Cell(initiative.id), Page.Cell(name == initiative.id ? "" : name),
          Page.Cell(stage.joined(separator: ", ")),
          Page.Cell(check.view.date.text), Page.Cell(check.findings.count(where: report.counts), .bad),
        ] + Comparison.allCases.map { Page.Cell(check.findings($0).count) })
    }
    return "<h2>Initiatives</h2>\n" + Page.Block.table(table.withoutEmpty(comparisons)).html
  }

  private func diagnostics(_ title: String, _ diagnostics: [Diagnostic]) -> String {
    if diagnostics.isEmpty { return "" }
    let items = diagnostics.map { diagnostic in
      Page.Item(
        mark: "\(diagnostic.severity)", tone: diagnostic.severity == .error ? .bad : .doubt, code: diagnostic.id,
        text: diagnostic.summary,
        details: [diagnostic.range.map { "at \($0.pathAndLine)" }].compactMap(\.self) + diagnostic.lines.dropFirst())
    }
    return "<h2>\(title) (\(diagnostics.count))</h2>\n" + Page.Block.items(items).html
  }

  /// Every rule that ran in the estate, and what became of it.
  private var judges: String {
    let results = report.assessment.results.sorted { $0.rule.id < $1.rule.id }
    if results.isEmpty { return "" }
    let outcomes: [Outcome] = [.passed, .passedWithNothing, .failed, .undecided, .upcoming, .error]
    let headings = ["passed", "nothing to check", "failed", "undecided", "upcoming", "not evaluated"]
    var table = Page.Table(
      ["rule", "title", "severity", "looked at"] + headings, numbers: Set(["looked at"] + headings))
    for result in results {
      table.rows.append(
        [
          Page.Cell(result.rule.id), Page.Cell(result.rule.title), Page.Cell(result.rule.severity.name),
          Page.Cell(result.targets),
        ] + outcomes.map { Page.Cell(result.counts[$0]) })
    }
    return
      "<h2>Rules</h2>\n<details class=\"more\"><summary>\(Verdict.number(results.count, "rule", "rules")) looked at "
      + "the estate: what each of them saw</summary>\n" + Page.Block.table(table).html + "</details>\n"
  }

  private var gaps: String {
    var result = ""
    for (title, names) in [
      ("Clauses checked by nothing", report.uncheckedClauses), ("Rules that looked at nothing", report.idleRules),
    ]
    where !names.isEmpty {
      let codes = names.map { "<code>\(htmlText($0))</code>" }.joined(separator: ", ")
      result += "<details class=\"more\"><summary>\(title) (\(names.count))</summary>\n<p>\(codes)</p>\n</details>\n"
    }
    return result
  }
}
