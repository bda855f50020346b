internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import YAMLTree

extension ExplainPage {
  static func rule(_ rule: Rule, _ report: CheckReport, _ book: RuleBook) -> String {
    let estate = report.estate
    var result =
      "\(rule.id)  (\(rule.severity.name), binds initiatives from \(stage(rule, estate))\(rule.status == .active ? "" : "; \(rule.status.rawValue), so it does not run"))\n\n"
    result += wrapped(rule.title) + "\n"
    if let pack = rule.pack { result += "\nof the pack \(pack); `triglyph packs export \(pack)` writes its files\n" }
    for replacement in report.adoption?.replacements ?? [] where replacement.document == "rule:\(rule.id)" {
      result += "\nin place of the rule of \(replacement.pack)\n"
    }
    if let exclusion = book.choice.exclusion(of: rule.id) { result += "\n" + notAdopted(exclusion) }
    for change in rule.changes { result += "\n" + wrapped("triglyph.yaml: \(AdoptionWords.words(change))") + "\n" }
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
      // What the estate has and an initiative inherits or puts right is one finding.
      var lines: Set<String> = []
      for finding in report.allFindings where finding.rule == rule.id {
        let standing = TextReport.suffix(finding.standing)
        let line = "  \(finding.shortName)  \(escapedForTerminal(finding.message))\(standing)\n"
        if lines.insert(line).inserted { result += line }
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

  /// That a rule is not adopted, and why.
  static func notAdopted(_ exclusion: RuleChoice.Exclusion) -> String {
    let reason = exclusion.reason ?? "the list of adopted rules does not name it"
    let place = "\(exclusion.range.source.name):\(exclusion.range.start.line)"
    return wrapped("Not adopted, so it judges nothing: \(reason) (\(place)). Its examples still run.") + "\n"
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

  static func stage(_ rule: Rule, _ estate: Estate) -> String {
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
}
