public import Diagnostics
internal import YAMLTree

/// How many of the rules of a repository judge, and what of them settings changed: what a report says of its own judge.
public struct Adoption: Sendable {
  /// An override in force, with what it changed.
  public struct Change: Sendable {
    public let rule: String
    /// `severity`, `stage` or `params.limit`.
    public let key: String
    public let value: String
    /// What the rule's document says; nil: nothing.
    public let former: String?
    public let reason: String
    public let decision: String
    public let range: SourceRange
  }

  public let mode: RuleChoice.Mode
  /// How many rules are active and adopted, and how many are active.
  public let adoptedCount: Int
  public let totalCount: Int
  /// Active rules that are not adopted, by id.
  public let exclusions: [RuleChoice.Exclusion]
  /// The same rules, for their titles and clauses.
  public let excludedRules: [Rule]
  /// Rules that `only` lists and whose status keeps them from running, by id.
  public let idle: [(rule: String, status: Rule.Status)]
  /// By rule, in the order of writing.
  public let changes: [Change]
  /// Where `rules` is written.
  public let range: SourceRange?
  /// Where the rules come from; empty where no pack brings any.
  public let shares: [Share]
  /// Documents in place of a pack's.
  public let replacements: [Replacement]

  /// Whether every rule is adopted, as it is written.
  public var isWhole: Bool { adoptedCount == totalCount && changes.isEmpty && idle.isEmpty }

  init(_ book: RuleBook) {
    let choice = book.choice
    mode = choice.mode
    range = choice.range
    adoptedCount = book.rules.count { $0.status == .active }
    totalCount = book.allRules.count { $0.status == .active }
    excludedRules = book.allRules.filter { $0.status == .active && choice.exclusion(of: $0.id) != nil }
    exclusions = excludedRules.compactMap { choice.exclusion(of: $0.id) }
    idle = choice.mode == .only ? book.rules.filter { $0.status != .active }.map { ($0.id, $0.status) } : []
    changes = book.rules.flatMap { rule in rule.changes }
    shares = Self.shares(book)
    replacements = book.replacements
  }
}

extension Rule {
  /// What `triglyph.yaml` sets in it otherwise than its document says.
  public var changes: [Adoption.Change] {
    guard let override else { return [] }
    return override.settings.map { key, value in
      Adoption.Change(
        rule: id, key: key, value: value, former: written(key), reason: override.reason, decision: override.decision,
        range: override.range)
    }
  }

  /// The highest severity that its document gives, whatever an override sets.
  public var writtenSeverity: Severity {
    guard override?.severity != nil, let value = node.first("severity") else { return severity }
    if value.isScalar { return Severity(value.text) ?? severity }
    return Self.severities(value).max() ?? severity
  }

  private static func severities(_ list: YAMLNode) -> [Severity] {
    (0..<list.count).compactMap { index in
      list.isSequence ? list[item: index].first("is").flatMap { Severity($0.text) } : nil
    }
  }

  /// What its document says under `severity`, `stage` or `params.limit`; of several severities the highest.
  private func written(_ key: String) -> String? {
    let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
    guard let value = node.first(parts[0]) else { return nil }
    if parts.count == 2 { return value.first(parts[1])?.first("default")?.text }
    if value.isScalar { return value.text }
    return Self.severities(value).max().map { "\($0.name) at most" }
  }
}
