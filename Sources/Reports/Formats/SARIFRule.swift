internal import Catalogue
internal import Diagnostics
internal import Governance

/// What SARIF says of a rule: of a repository's own, of a built-in one, or of a kind of mistake in the input.
struct SARIFRule {
  let id: String
  /// One sentence, and at more length; never empty.
  let title: String
  let reason: String
  let remedy: String
  let level: String
  let tags: [String]

  /// The rules that ran, those that are not adopted, and whatever else has a result, by id.
  static func all(of report: CheckReport, and named: Set<String>) -> [SARIFRule] {
    var result = (report.rules + (report.adoption?.excludedRules ?? [])).map { rule in
      SARIFRule(
        id: rule.id, title: said(rule.title) ?? rule.id, reason: said(rule.rationale) ?? said(rule.title) ?? rule.id,
        remedy: rule.remedy.trimmed, level: SARIFReport.level(rule.writtenSeverity),
        // The first ten tags are kept.
        tags: rule.clauses.prefix(10).map { report.estate.entity($0).id })
    }
    let known = Set(result.map(\.id))
    for id in named.subtracting(known) {
      let text = ExplainPage.registry.first { $0.id == id }?.explanation ?? id
      result.append(SARIFRule(id: id, title: text, reason: text, remedy: "", level: "error", tags: []))
    }
    return result.sorted { $0.id < $1.id }
  }

  private static func said(_ text: String?) -> String? {
    let text = text?.trimmed.replacing("\n", with: " ") ?? ""
    return text.isEmpty ? nil : text
  }

  func write(_ writer: inout JSONWriter) {
    writer.field("id", id)
    text("shortDescription", cut(title), &writer)
    text("fullDescription", cut(reason), &writer)
    writer.key("help")
    writer.object { writer in
      let parts = [title, reason == title ? "" : reason, remedy].filter { !$0.isEmpty }
      writer.field("text", parts.map { escapedForSARIF($0.replacing("\n", with: " ")) }.joined(separator: "\n\n"))
      var sections = ["**\(escapedForMarkdown(title))**"]
      if reason != title { sections.append("Why: " + escapedForMarkdown(reason)) }
      if !remedy.isEmpty { sections.append("What to do: " + escapedForMarkdown(remedy.replacing("\n", with: " "))) }
      writer.field("markdown", sections.joined(separator: "\n\n"))
    }
    writer.key("defaultConfiguration")
    writer.object { $0.field("level", level) }
    if !tags.isEmpty {
      writer.key("properties")
      writer.object { $0.field("tags", tags.map { escapedForTerminal($0) }) }
    }
  }

  private func text(_ key: String, _ text: String, _ writer: inout JSONWriter) {
    writer.key(key)
    writer.object { $0.field("text", escapedForSARIF(text)) }
  }

  private func cut(_ text: String) -> String {
    // What escapes add is small; a limit of half is far from any description that people write.
    text.unicodeScalars.count <= SARIFReport.descriptionLimit / 2
      ? text : String(text.unicodeScalars.prefix(SARIFReport.descriptionLimit / 2 - 1)) + "…"
  }
}
