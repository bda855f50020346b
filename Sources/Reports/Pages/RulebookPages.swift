internal import CEL
public import Catalogue
public import Governance

/// The pages of a rulebook in Markdown: one for each rule, one for each standard with its clauses, one for each kind of the
/// vocabulary, and an index of each. What they say is in the documents of these: no finding, no date, no setting.
public struct RulebookPages {
  /// A page, and where it stands in the folder that holds all of them.
  public struct Page: Sendable {
    /// `rules/cont-rto-inversion.md`.
    public let path: String
    public let text: String
  }

  /// The first line of each page: it is told by that from what people write.
  public static let mark = "<!-- Written by `triglyph explain --pages`: change the document that it comes from. -->\n"

  let book: RuleBook
  let estate: Estate
  /// Rules by clause, in the order of ids.
  let rulesOfClause: [Int32: [Rule]]

  private init(_ book: RuleBook, _ estate: Estate) {
    self.book = book
    self.estate = estate
    var rules: [Int32: [Rule]] = [:]
    for rule in book.allRules { for clause in rule.clauses { rules[clause, default: []].append(rule) } }
    rulesOfClause = rules
  }

  /// Every page, sorted by path. All rules have one, adopted or not, each as its document says.
  public static func all(_ book: RuleBook, _ estate: Estate) -> [Page] {
    let pages = RulebookPages(book, estate)
    let standards = estate.rows(ofKind: "standard")
    var result = book.allRules.map { Page(path: "rules/\($0.id).md", text: pages.page(of: $0)) }
    result += standards.map { Page(path: "standards/\(estate.entity($0).id).md", text: pages.page(ofStandard: $0)) }
    result.append(Page(path: "rules/README.md", text: pages.ruleIndex(standards)))
    result.append(Page(path: "standards/README.md", text: pages.standardIndex(standards)))
    result += KindPages.all(estate.metamodel)
    return result.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  // MARK: Indexes

  private func ruleIndex(_ standards: [Int32]) -> String {
    var text = Self.mark + "# Rules\n\n\(book.allRules.count) rules, under the standard that each has its home in.\n"
    for standard in standards {
      let home = book.allRules.filter { $0.clauses.first.map { estate.entity($0).owner } == standard }
      text += table(escapedForMarkdown(estate.name(standard)), home)
    }
    return text + table("Without a clause", book.allRules.filter(\.clauses.isEmpty))
  }

  private func table(_ title: String, _ rules: [Rule]) -> String {
    if rules.isEmpty { return "" }
    var text =
      "\n## \(title)\n\n| rule | what holds where it passes | severity | from | clauses |\n|:--|:--|:--|:--|:--|\n"
    for rule in rules {
      text +=
        "| [\(codeForMarkdown(rule.id))](\(rule.id).md) | \(escapedForMarkdown(line(rule.title))) | \(severity(rule)) "
        + "| \(stage(rule)) | \(rule.clauses.map(link).joined(separator: ", ")) |\n"
    }
    return text
  }

  private func standardIndex(_ standards: [Int32]) -> String {
    var text =
      Self.mark
      + "# Standards\n\n| standard | what it is for | clauses | checked by rules | attested | by nothing |\n|:--|:--|--:|--:|--:|--:|\n"
    for standard in standards {
      let id = estate.entity(standard).id
      let clauses = ClauseCoverage.clauses(of: standard, estate)
      let counts = [
        clauses.count, clauses.count { rulesOfClause[$0] != nil }, clauses.count { attested($0) != nil },
        clauses.count { rulesOfClause[$0] == nil && attested($0) == nil },
      ]
      text +=
        "| [\(escapedForMarkdown(estate.name(standard)))](\(id).md) | \(escapedForMarkdown(line(field("purpose", standard) ?? ""))) "
        + "| \(counts.map { "\($0)" }.joined(separator: " | ")) |\n"
    }
    return text
  }

  // MARK: A standard

  private func page(ofStandard row: Int32) -> String {
    var text = Self.mark + "# \(escapedForMarkdown(estate.name(row)))\n"
    if let purpose = field("purpose", row) { text += "\n\(escapedForMarkdown(line(purpose)))\n" }
    if let version = field("version", row) { text += "\n\(escapedForMarkdown("Version \(version)"))\n" }
    for clause in ClauseCoverage.clauses(of: row, estate) { text += section(clause) }
    return text
  }

  private func section(_ clause: Int32) -> String {
    let id = estate.entity(clause).id
    let level = ValueText.exact(estate.value("level", of: clause), estate)
    var text = "\n<a id=\"\(anchor(clause))\"></a>\n\n## \(escapedForMarkdown("\(id) \(estate.name(clause))"))\n\n"
    text +=
      "**\(escapedForMarkdown(level))**: \(escapedForMarkdown(line(field("requirement", clause) ?? "(not recorded)")))\n"
    let rules = rulesOfClause[clause] ?? []
    if !rules.isEmpty {
      text += "\nChecked by:\n\n"
      for rule in rules {
        text +=
          "- [\(codeForMarkdown(rule.id))](../rules/\(rule.id).md) (\(severity(rule))): \(escapedForMarkdown(line(rule.title)))\n"
      }
    }
    if let attested = attested(clause) { text += "\nAttested by a person: \(escapedForMarkdown(line(attested)))\n" }
    if rules.isEmpty, attested(clause) == nil {
      text += "\nChecked by nothing: no rule looks at it, and nobody attests it.\n"
    }
    let sources = ClauseSource.all(of: clause, estate)
    if !sources.isEmpty {
      text += "\nSources:\n\n" + sources.map { "- \(escapedForMarkdown($0.words))\n" }.joined()
    }
    return text
  }

  // MARK: Values

  private func anchor(_ clause: Int32) -> String {
    estate.entity(clause).id.split(separator: "/").last.map(String.init) ?? ""
  }

  /// A clause's id, with the way to it from the folder of rules.
  func link(_ clause: Int32) -> String {
    let standard = estate.entity(estate.entity(clause).owner >= 0 ? estate.entity(clause).owner : clause).id
    return "[\(codeForMarkdown(estate.entity(clause).id))](../standards/\(standard).md#\(anchor(clause)))"
  }

  private func attested(_ clause: Int32) -> String? { field("attested", clause) }

  func field(_ path: String, _ row: Int32) -> String? {
    if case .string(let text) = estate.value(path, of: row), !text.isEmpty { text } else { nil }
  }

  /// Of several severities the one of each case, in the order of the rule.
  func severity(_ rule: Rule) -> String {
    guard let node = rule.node.first("severity") else { return "" }
    if node.isScalar { return escapedForMarkdown(node.text) }
    return (0..<node.count).compactMap { node[item: $0].first("is").map { escapedForMarkdown($0.text) } }
      .joined(separator: " or ")
  }

  func stage(_ rule: Rule) -> String { escapedForMarkdown(rule.node.first("stage")?.text ?? "") }

  func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
