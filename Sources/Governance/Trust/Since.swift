internal import Catalogue

/// A revision that a check is compared with.
public struct Since: Sendable {
  /// Whose standards, rules, vocabulary, settings, waivers and decisions judge both sides.
  public enum Trust: String, Sendable, CaseIterable { case base, head }

  /// As it was asked for, and the first digits of its commit.
  public let revision: String
  public let commit: String
  public let trust: Trust
  public let former: FormerFindings
  /// What differs in how the two sides judge, sorted for printing.
  public let governance: [GovernanceChange]
  /// What the judging documents of the checked side are found to lack, where those of the other side judge; nil: they are
  /// the checked ones.
  public let ownIntegrity: [Finding]?
  /// The waivers and the entries of the baseline that the checked side still has, by name and identity; nil: those that
  /// judge are its own.
  public let ownPapers: Set<String>?

  public init(
    revision: String, commit: String, trust: Trust, former: FormerFindings, governance: [GovernanceChange],
    ownIntegrity: [Finding]?, ownPapers: Set<String>? = nil
  ) {
    self.revision = revision
    self.commit = commit
    self.trust = trust
    self.former = former
    self.governance = governance
    self.ownIntegrity = ownIntegrity
    self.ownPapers = ownPapers
  }

  /// What is no news is known, and counts for nothing; what something else has taken out stays so. A rule's error is told
  /// always: the run is not complete.
  public func resolve(_ finding: inout Finding) {
    if finding.outcome != .error, finding.standing == .open, former.novelty(of: finding) == .known {
      finding.standing = .known
    }
  }

  /// The findings of an estate about its own completeness, those about judging documents as its own side has them.
  public func integrity(_ findings: [Finding]) -> [Finding] {
    guard let ownIntegrity else { return findings }
    return findings.filter { !Self.isOfJudge($0) } + ownIntegrity.filter(Self.isOfJudge)
  }

  /// Without findings about waivers and entries of the baseline that the checked side has taken out: what hides nothing
  /// there any more is gone with it.
  public func papers(_ findings: [Finding]) -> [Finding] {
    guard let ownPapers else { return findings }
    return findings.filter { finding in
      PaperRule(rawValue: finding.rule) == nil || finding.key.allSatisfy(ownPapers.contains)
    }
  }

  private static func isOfJudge(_ finding: Finding) -> Bool {
    finding.target.map { target in Judge.kinds.contains { target.hasPrefix("\($0):") } } ?? false
  }
}

extension Portfolio {
  /// The same checks, with what stands between each finding and the verdict.
  public func resolving(_ resolve: (inout Finding) -> Void) -> Portfolio {
    var result = self
    for check in result.checks.indices {
      for index in result.checks[check].findings.indices { resolve(&result.checks[check].findings[index]) }
    }
    return result
  }
}
