internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import YAMLTree

/// The page of one rule.
extension RulebookPages {
  func page(of rule: Rule) -> String {
    var text = Self.mark + "# \(codeForMarkdown(rule.id))\n\n"
    text += "**\(escapedForMarkdown(line(rule.title)))**\n\n| | |\n|:--|:--|\n"
    if let name = field("name", rule.row) { text += "| name | \(escapedForMarkdown(line(name))) |\n" }
    text += "| severity | \(severities(rule)) |\n"
    text += "| binds initiatives from | \(stage(rule)) |\n"
    text += "| looks at | \(targets(rule)) |\n"
    if !rule.clauses.isEmpty {
      let clauses = rule.clauses.map { "\(link($0)) \(escapedForMarkdown(estate.name($0)))" }
      text += "| clauses | \(clauses.joined(separator: "<br>")) |\n"
    }
    text += "| reads | \(reads(rule)) |\n"
    if rule.status != .active { text += "| status | \(rule.status.rawValue): it does not run |\n" }
    if rule.isUnwaivable { text += "| waivers | no waiver can cover what it finds |\n" }
    if let rationale = rule.rationale { text += "\n## Why\n\n\(escapedForMarkdown(line(rationale)))\n" }
    text += "\n## What to do\n\n\(escapedForMarkdown(line(rule.remedy)))\n"
    if let message = rule.node.first("message"), message.isScalar {
      text += "\n## What it says\n\n" + Self.block(line(message.text), "")
    }
    return text + parameters(rule) + expressions(rule) + examples(rule)
  }

  /// Each severity with its case.
  private func severities(_ rule: Rule) -> String {
    guard let node = rule.node.first("severity") else { return "" }
    if node.isScalar { return escapedForMarkdown(node.text) }
    return (0..<node.count).map { index in
      let item = node[item: index]
      let name = escapedForMarkdown(item.first("is")?.text ?? "")
      guard let condition = item.first("when") else { return index == 0 ? name : "\(name) otherwise" }
      return "\(name) where \(expression(condition.text))"
    }.joined(separator: "<br>")
  }

  private func targets(_ rule: Rule) -> String {
    guard case .entities(let kinds) = rule.scope else { return "the whole view, once" }
    let names = kinds.kinds.map { escapedForMarkdown(estate.metamodel.kinds[$0].title) }
    return names.joined(separator: ", ")
  }

  /// The fields that decide, by kind; those that only a message names are left out.
  private func reads(_ rule: Rule) -> String {
    var names: Set<String> = []
    for id in rule.footprint.fields {
      let field = estate.metamodel.fields[Int(id)]
      names.insert("\(estate.metamodel.kinds[field.kind].name).\(field.path)")
    }
    return names.isEmpty
      ? "nothing but what there is"
      : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(codeForMarkdown).joined(separator: ", ")
  }

  private func parameters(_ rule: Rule) -> String {
    guard let node = rule.node.first("params"), node.isMapping, node.count > 0 else { return "" }
    var text =
      "\n## Parameters\n\n| parameter | what it is | type | value |\n|:--|:--|:--|:--|\n"
    for index in 0..<node.count {
      let entry = node.value(index)
      let words = [entry.first("title")?.text, entry.first("why")?.text].compactMap { $0 }.map(line)
      text +=
        "| \(codeForMarkdown(node.key(index).text)) | \(words.map { escapedForMarkdown($0) }.joined(separator: "<br>")) "
        + "| \(codeForMarkdown(entry.first("type")?.text ?? "")) | \(codeForMarkdown(entry.first("default")?.text ?? "")) |\n"
    }
    return text
  }

  // MARK: What it evaluates

  private func expressions(_ rule: Rule) -> String {
    var source = ""
    for key in ["for", "when", "let", "each", "require", "measure", "key", "at", "path"] {
      guard let node = rule.node.first(key) else { continue }
      source += Self.source(key, node)
    }
    return "\n## What it evaluates\n\n" + Self.block(source, "yaml")
  }

  private static func source(_ key: String, _ node: YAMLNode) -> String {
    func written(_ node: YAMLNode, _ indent: String) -> String {
      node.text.trimmed.replacing("\n", with: "\n" + indent)
    }
    if node.isScalar { return "\(key): \(written(node, "  "))\n" }
    var result = "\(key):\n"
    for index in 0..<node.count {
      if node.isMapping {
        result += "  \(node.key(index).text): \(written(node.value(index), "    "))\n"
      } else {
        result += "  - \(written(node[item: index], "    "))\n"
      }
    }
    return result
  }

  /// A fenced block that nothing in the text can end.
  private static func block(_ text: String, _ language: String) -> String {
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(escapedForTerminal(text.trimmed, keepingLineBreaks: true))\n\(fence)\n"
  }

  /// An expression in a line; one that a code span cannot hold is written as text.
  private func expression(_ text: String) -> String {
    let text = line(text)
    let isPlain = text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) && $0 != "`" && $0 != "|" }
    return isPlain ? "`\(text)`" : escapedForMarkdown(text)
  }

  // MARK: Examples

  private func examples(_ rule: Rule) -> String {
    guard let examples = rule.node.first("examples"), examples.isSequence, examples.count > 0 else { return "" }
    var text = "\n## Examples\n\n"
    for index in 0..<examples.count {
      let example = examples[item: index]
      text += "- **\(Self.verdict(example))**: \(escapedForMarkdown(line(example.first("title")?.text ?? "")))\n"
    }
    return text
  }

  private static func verdict(_ example: YAMLNode) -> String {
    func count(_ key: String) -> Int { example.first(key).map { $0.isSequence ? $0.count : 1 } ?? 0 }
    if count("finds") > 0 { return "fails" }
    if count("worsens") > 0 { return "is worse" }
    if count("undecided") > 0 { return "is undecided" }
    return "passes"
  }
}
