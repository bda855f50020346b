public import CEL
public import Catalogue
public import Governance

/// What differs between two sides of a repository: entities, who uses them, how both are judged, what is found.
public struct DifferenceReport: Sendable {
  public struct Side: Sendable {
    /// The revision as it was asked for; nil: the working tree.
    public var revision: String?
    /// The first digits of its commit.
    public var commit: String?

    public init(revision: String?, commit: String?) {
      self.revision = revision
      self.commit = commit
    }

    var name: String { revision ?? "the working tree" }
  }

  /// Who directly uses something that differs.
  public struct Use: Sendable {
    /// `kind:id` of what differs, and what became of it.
    public var identity: String
    public var kind: EntityChange.Kind
    /// `kind:id` and name of each, with the relation by which it uses it.
    public var consumers: [(identity: String, name: String, relation: String, needsIt: Bool)]
  }

  public let base: Side
  public let head: Side
  public let asOf: CivilDate
  /// Whose rules judge both sides.
  public let trust: Since.Trust
  /// Whether both sides judge alike.
  public let judgesAlike: Bool
  /// Without documents that judge: what differs in these is governance.
  public let difference: CatalogueDifference
  public let uses: [Use]
  public let governance: [GovernanceChange]
  public let findings: FindingsDifference
  let picture: ChangePicture

  /// - Parameters:
  ///   - difference: of two estates whose fields `Consumers.reads` are worked out.
  ///   - findings: of both sides under one judge.
  public init(
    base: Side, head: Side, asOf: CivilDate, trust: Since.Trust, judgesAlike: Bool, difference: CatalogueDifference,
    governance: [GovernanceChange], findings: FindingsDifference
  ) {
    self.base = base
    self.head = head
    self.asOf = asOf
    self.trust = trust
    self.judgesAlike = judgesAlike
    self.difference = difference
    self.governance = governance
    self.findings = findings
    let touched = TouchedEntities(difference)
    uses = touched.uses
    picture = ChangePicture(difference, touched)
  }

  /// Whether every rule could be evaluated on both sides.
  public var isComplete: Bool {
    let all =
      findings.new.map(\.finding) + findings.worse.map(\.finding) + findings.fixed + findings.unchanged
    return !all.contains { $0.outcome == .error }
  }

  public var exitStatus: Int32 { isComplete ? 0 : 2 }

  /// Whether there is nothing to tell.
  var isEmpty: Bool {
    difference.changes.isEmpty && governance.isEmpty && findings.new.isEmpty && findings.worse.isEmpty
      && findings.fixed.isEmpty
  }

  /// Changes of initiatives are told apart where their entries differ.
  func changes(_ kind: EntityChange.Kind) -> [EntityChange] { difference.changes(kind) }

  /// `main (3f2a91c07b) beside the working tree`, each name as a format writes it; a commit's own name once.
  func sides(_ escape: (String) -> String) -> String {
    func words(_ side: Side) -> String {
      guard let revision = side.revision else { return side.name }
      guard let commit = side.commit, commit != revision else { return escape(revision) }
      return "\(escape(revision)) (\(commit))"
    }
    return "\(words(base)) beside \(words(head))"
  }

  func judge(_ escape: (String) -> String) -> String {
    if judgesAlike { return "both have the same rules" }
    let side = trust == .base ? base : head
    return "both judged by the rules of \(side.revision.map(escape) ?? side.name)"
  }

  /// `1 renamed, 2 added, 3 changed, 1 removed; 1 finding new, 0 worse, 2 fixed, 9 unchanged`.
  var tally: String {
    let entities = EntityChange.Kind.allCases.map { "\(changes($0).count) \($0.rawValue)" }.joined(separator: ", ")
    let found =
      "\(findings.new.count) \(findings.new.count == 1 ? "finding" : "findings") new, \(findings.worse.count) worse, "
      + "\(findings.fixed.count) fixed, \(findings.unchanged.count) unchanged\(standings)"
    let changed =
      governance.isEmpty ? "" : "; \(governance.count) governance \(governance.count == 1 ? "change" : "changes")"
    return "\(entities); \(found)\(changed)"
  }

  /// ` (2 waived, 1 baselined)`, of all that are there.
  private var standings: String {
    let all = findings.new.map(\.finding) + findings.worse.map(\.finding) + findings.unchanged
    let waived = all.count { if case .waived = $0.standing { true } else { false } }
    let baselined = all.count { $0.standing == .baselined }
    let parts = [(waived, "waived"), (baselined, "baselined")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "" : " (of all: \(parts.joined(separator: ", ")))"
  }
}
