public import Catalogue
internal import Diagnostics
internal import Governance
internal import YAMLTree

/// What a pack holds, for a terminal.
public struct PackPage {
  /// `public-sector/1`.
  let id: String
  let summary: String
  let digest: String
  let fileCount: Int
  let estate: Estate

  /// - Parameter estate: that of the pack's documents alone.
  public init(id: String, summary: String, digest: String, fileCount: Int, estate: Estate) {
    (self.id, self.summary, self.digest, self.fileCount) = (id, summary, digest, fileCount)
    self.estate = estate
  }

  /// `5 standards with 40 clauses, 108 rules, 60 kinds`.
  public var counts: String {
    func count(_ kind: String, _ one: String, _ many: String) -> String {
      Verdict.number(estate.rows(ofKind: kind).count, one, many)
    }
    let kinds = Verdict.number(self.kinds.count, "kind", "kinds")
    return
      "\(kinds), \(count("standard", "standard", "standards")) with \(count("clause", "clause", "clauses")), \(count("rule", "rule", "rules"))"
  }

  private var kinds: [String] {
    estate.metamodel.kinds.filter { $0.isWritten && !$0.isBuiltIn }.map(\.name).sorted()
  }

  public var text: String {
    var result = "\(id)  \(summary)\n\n"
    result += "\(fileCount) files: \(counts)\ndigest \(digest)\n"
    result += "\nkinds\n" + Self.filled(kinds)
    let declared = Set(
      estate.rows(ofKind: "metamodel").compactMap { estate.entity($0).node?.first("enums") }
        .flatMap { node in (0..<(node.isMapping ? node.count : 0)).map { node.key($0).text } })
    let enums = estate.metamodel.enums.filter { declared.contains($0.name) }
    result += "\nenumerations (`adds` can add values to those without an order)\n"
    result += Self.filled(enums.map { $0.isOrdered ? "\($0.name) (ordered)" : $0.name }.sorted())
    for standard in estate.rows(ofKind: "standard") {
      let prefix = estate.entity(standard).id + "/"
      let clauses = estate.rows(ofKind: "clause").count { estate.entity($0).id.hasPrefix(prefix) }
      result += "\n\(estate.entity(standard).id)  \(escapedForTerminal(estate.name(standard)))"
      result += " (\(Verdict.number(clauses, "clause", "clauses")))\n"
      result += rules(of: prefix)
    }
    let asked = asked()
    if !asked.isEmpty {
      result += "\nasks for by name, where one of these rules is used\n"
      for (name, rules) in asked { result += "  \(name): \(rules.joined(separator: ", "))\n" }
    }
    return result
  }

  /// The rules whose first clause is of a standard.
  private func rules(of prefix: String) -> String {
    let rows = estate.rows(ofKind: "rule").filter { row in
      guard let clauses = estate.entity(row).node?.first("clauses") else { return false }
      let first = clauses.isSequence && clauses.count > 0 ? clauses[item: 0] : clauses
      return first.isScalar && first.text.hasPrefix(prefix)
    }
    let width = rows.map { estate.entity($0).id.utf8.count }.max() ?? 0
    return rows.map { row in
      let id = estate.entity(row).id
      let severity = ValueText.exact(estate.value("highestSeverity", of: row), estate)
      let padded = id + String(repeating: " ", count: width - id.utf8.count)
      return
        "  \(padded)  \(severity)\(String(repeating: " ", count: max(0, 8 - severity.utf8.count)))  \(escapedForTerminal(estate.name(row)))\n"
    }.joined()
  }

  /// What rules name as the default of a parameter, `capability:records-management`, with the rules; sorted.
  private func asked() -> [(name: String, rules: [String])] {
    var result: [String: [String]] = [:]
    for row in estate.rows(ofKind: "rule") {
      guard let params = estate.entity(row).node?.first("params"), params.isMapping else { continue }
      for index in 0..<params.count {
        guard let type = params.value(index).first("type"), let value = params.value(index).first("default"),
          estate.metamodel.kinds(named: type.text) != nil
        else { continue }
        result["\(type.text):\(value.text)", default: []].append(estate.entity(row).id)
      }
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Words in lines of eighty columns.
  private static func filled(_ words: [String]) -> String {
    var result = ""
    var line = " "
    for (index, word) in words.enumerated() {
      let next = word + (index + 1 < words.count ? "," : "")
      if line.utf8.count + 1 + next.utf8.count > 80 {
        result += line + "\n"
        line = " "
      }
      line += " " + next
    }
    return result + line + "\n"
  }
}
