internal import CEL
internal import Catalogue
internal import Diagnostics

extension GovernanceChanges {
  /// Keys that only say what is found and why.
  private static let words: Set<String> = [
    "name", "title", "summary", "notes", "labels", "message", "rationale", "remedy", "examples", "equivalents", "at",
    "related", "path", "aliases", "clauses", "replacedBy",
  ]

  mutating func readRule(_ change: EntityChange) {
    switch change.kind {
    case .added:
      let isAdopted = head.book.choice.exclusion(of: change.after.map { head.estate.entity($0.row).id } ?? "") == nil
      add(.ruleAdded, change, isAdopted ? "it is new: it judges what comes after" : "it is new, and not adopted")
    case .removed: add(.ruleRemoved, change, "it is removed")
    case .renamed, .changed: compareRules(change)
    }
  }

  private mutating func compareRules(_ change: EntityChange) {
    if change.kind == .renamed { add(.ruleRenamed, change, "it was \(change.before?.identity ?? "another")") }
    var reworded: [String] = []
    for field in change.fields {
      switch String(field.path.prefix { $0 != "." }) {
      case "severity": compareSeverities(change, field)
      case "stage": compare(change, field, isWeaker: isLater(field))
      case "status": compare(change, field, isWeaker: isActive(field.before) && !isActive(field.after))
      case "allowEmpty": compare(change, field, isWeaker: isTrue(field.after))
      case "unwaivable": compare(change, field, isWeaker: !isTrue(field.after))
      case let key where Self.words.contains(key): reworded.append(key)
      // What an expression asks cannot be compared with what another asks.
      default: compare(change, field, isWeaker: true)
      }
    }
    if reworded.isEmpty { return }
    let names = reworded.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.map { "`\($0)`" }
    add(
      .ruleReworded, change,
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "reads" : "read") otherwise; what it asks is the same")
  }

  private mutating func compare(_ change: EntityChange, _ field: EntityChange.Field, isWeaker: Bool) {
    add(isWeaker ? .ruleWeakened : .ruleTightened, change, Self.words(field), field: field.path)
  }

  private mutating func compareSeverities(_ change: EntityChange, _ field: EntityChange.Field) {
    let (before, after) = (severity(change.before?.row, base), severity(change.after?.row, head))
    let isPlain = field.before?.range.text.contains("is:") != true && field.after?.range.text.contains("is:") != true
    guard let before, let after, before != after || isPlain else {
      add(.ruleWeakened, change, "its severity reads otherwise", field: field.path)
      return
    }
    if before == after { return }
    let summary = "its severity is now \(after.name), was \(before.name)"
    add(after < before ? .severityLowered : .ruleTightened, change, summary, field: field.path)
  }

  /// The highest severity that a rule can give; nil where it has a mistake.
  private func severity(_ row: Int32?, _ side: Side) -> Severity? {
    side.book.allRules.first { $0.row == row }?.severity
  }

  private func isLater(_ field: EntityChange.Field) -> Bool {
    guard let type = head.estate.metamodel.enums.first(where: { $0.name == "stage" }),
      let before = field.before?.texts.first.flatMap(type.ordinal),
      let after = field.after?.texts.first.flatMap(type.ordinal)
    else { return true }
    return after > before
  }

  private func isActive(_ value: WrittenValue?) -> Bool { value.map { $0.texts == ["active"] } ?? true }
  private func isTrue(_ value: WrittenValue?) -> Bool { value.map { $0.texts == ["true"] } ?? false }
}
