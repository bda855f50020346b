public import Catalogue
internal import Diagnostics

/// The built-in rules about the catalogue's own completeness and consistency.
public enum IntegrityRules {
  /// By rule: severity, what it says, what to do.
  static let table: [(rule: IntegrityFinding.Rule, severity: Severity, title: String, remedy: String)] = [
    (
      .aliasUsed, .advisory, "References use current ids",
      "Write the current id; the alias keeps older references working."
    ),
    (
      .danglingReference, .major, "Every reference leads somewhere",
      "Correct the id, or add the document that it names."
    ),
    (
      .requiredFieldMissing, .major, "Required facts are recorded",
      "Record the fact, or write `unknown` to admit that nobody knows it."
    ),
  ]

  /// Every id with a sentence, for `explain`.
  public static let registry: [(id: String, explanation: String)] = table.map {
    ($0.rule.rawValue, "\($0.title). Severity \($0.severity.name). \($0.remedy)")
  }

  /// The estate's integrity findings as findings like all others.
  public static func findings(_ estate: Estate) -> [Finding] {
    var byIdentity: [String: Finding] = [:]
    for item in estate.integrityInView {
      guard let entry = table.first(where: { $0.rule == item.rule }) else { continue }
      let key = [item.entity, item.field] + (item.reference.map { [$0] } ?? [])
      let finding = Finding(
        rule: item.rule.rawValue, outcome: .failed, severity: entry.severity, target: item.entity, key: key,
        identity: "\(item.rule.rawValue)|\(key.joined(separator: "|"))", message: item.diagnostic.summary,
        place: item.diagnostic.range.map { Place(range: $0, isAbsent: item.rule == .requiredFieldMissing) },
        field: item.field, label: item.diagnostic.label, related: item.diagnostic.related, paths: [], clause: nil,
        remedy: ((item.diagnostic.notes + item.diagnostic.fixes.map(\.summary)).joined(separator: "; ")).isEmpty
          ? entry.remedy : (item.diagnostic.notes + item.diagnostic.fixes.map(\.summary)).joined(separator: "; "),
        measure: nil, missing: [], defaults: [])
      if byIdentity[finding.identity] == nil { byIdentity[finding.identity] = finding }
    }
    return byIdentity.values.sorted(by: Finding.precedes)
  }
}
