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
      .entryNotMerged, .major, "What a live initiative did is in the catalogue",
      "Write it into the catalogue's documents (`triglyph merge` does so before an initiative goes live), or correct the entry."
    ),
    (
      .initiativesCollide, .major, "Initiatives that set one field agree",
      "Agree on one value, or take the entry out of one of the two."
    ),
    (
      .listNotRecorded, .minor, "What is linked or unlinked stands in a list that is recorded",
      "Record the list in the document that it belongs to, or write all of it under `set` in place of `link` and `unlink`."
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
    findings(estate.integrity.filter { holds($0, estate) })
  }

  private static func holds(_ item: IntegrityFinding, _ estate: Estate) -> Bool {
    estate.holdsInView(item) && !isOfOwnWaiver(item, estate)
  }

  /// The findings of two views of one catalogue, those left out that both have and that are not near.
  static func findings(
    _ before: Estate, _ after: Estate, isNear: (IntegrityFinding) -> Bool
  ) -> (before: [Finding], after: [Finding]) {
    // Two may have one identity, of which only one is in both.
    let moved = Set(after.integrity.filter { holds($0, before) != holds($0, after) }.map(\.entity))
    let kept = after.integrity.filter { moved.contains($0.entity) || isNear($0) }
    func findings(_ estate: Estate) -> [Finding] { self.findings(kept.filter { holds($0, estate) }) }
    return (findings(before), findings(after))
  }

  /// Whether a waiver that is an initiative's own names what that initiative adds.
  private static func isOfOwnWaiver(_ item: IntegrityFinding, _ estate: Estate) -> Bool {
    guard item.unless >= 0, item.entity.hasPrefix("waiver:"), case .found(let row) = estate.find(item.entity),
      let view = estate.value("initiative", of: row).listView, let owner = view.count == 1 ? view.row(at: 0) : nil
    else { return false }
    return estate.initiatives.contains { $0.row == owner && $0.added.contains(item.unless) }
  }

  static func findings(_ items: [IntegrityFinding]) -> [Finding] {
    var byIdentity: [String: Finding] = [:]
    for item in items {
      guard let entry = table.first(where: { $0.rule == item.rule }) else { continue }
      let key = [item.entity, item.field] + (item.reference.map { [$0] } ?? [])
      // What to do, then why.
      let advice = (item.diagnostic.fixes.map(\.summary) + item.diagnostic.notes).joined(separator: "; ")
      let finding = Finding(
        rule: item.rule.rawValue, outcome: .failed, severity: entry.severity, target: item.entity, key: key,
        identity: "\(item.rule.rawValue)|\(key.joined(separator: "|"))", message: item.diagnostic.summary,
        place: item.diagnostic.range.map { Place(range: $0, isAbsent: item.rule == .requiredFieldMissing) },
        field: item.field, label: item.diagnostic.label, related: item.diagnostic.related, paths: [], clause: nil,
        remedy: advice.isEmpty ? entry.remedy : advice, measure: nil, missing: [], defaults: [])
      if byIdentity[finding.identity] == nil { byIdentity[finding.identity] = finding }
    }
    return Finding.inOrder(Array(byIdentity.values))
  }

  /// Entries of live and closed initiatives of which the catalogue says otherwise.
  public static func differences(_ estate: Estate) -> [Finding] {
    let items = estate.initiatives.filter { !$0.isBeforeLive && $0.ruling != .rejected }.flatMap { initiative in
      estate.comparisons(ofInitiative: initiative.row).compactMap { comparison -> IntegrityFinding? in
        guard let difference = comparison.difference else { return nil }
        return IntegrityFinding(
          rule: .entryNotMerged, entity: "initiative:\(initiative.id)", field: comparison.edit.field,
          reference: comparison.edit.words,
          diagnostic: Diagnostic(
            "entry-not-merged", .error, "\(initiative.id) is live, but \(difference)", at: comparison.edit.node.range,
            label: comparison.edit.operation.rawValue,
            related: comparison.place.map { [Diagnostic.Related("what the catalogue says", at: $0)] } ?? []))
      }
    }
    return findings(items)
  }

  /// Collisions, each as one finding of both initiatives, at the entry of the one in whose view it is told; by their
  /// places among the estate's.
  static func collisions(_ estate: Estate) -> [Int: [Finding]] {
    var result: [Int: [IntegrityFinding]] = [:]
    for collision in estate.collisions() {
      let (later, earlier) = (estate.initiatives[collision.winner], estate.initiatives[collision.other])
      let field = "`\(collision.field)` of \(estate.identity(collision.entity))"
      let summary =
        "\(earlier.id) and \(later.id) set \(field) differently; \(later.id) is the later one and wins"
      for (teller, place, other, otherPlace) in [
        (collision.winner, collision.place, earlier, collision.otherPlace),
        (collision.other, collision.otherPlace, later, collision.place),
      ] {
        result[teller, default: []].append(
          IntegrityFinding(
            rule: .initiativesCollide, entity: "initiative:\(later.id)",
            field: "\(estate.identity(collision.entity)).\(collision.field)", reference: "initiative:\(earlier.id)",
            diagnostic: Diagnostic(
              "initiatives-collide", .error, summary, at: place, label: "here",
              related: [Diagnostic.Related("initiative \(other.id)", at: otherPlace)])))
      }
    }
    return result.mapValues { findings($0) }
  }
}
