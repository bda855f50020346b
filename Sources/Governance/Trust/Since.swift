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

  public init(
    revision: String, commit: String, trust: Trust, former: FormerFindings, governance: [GovernanceChange]
  ) {
    self.revision = revision
    self.commit = commit
    self.trust = trust
    self.former = former
    self.governance = governance
  }

  /// What is no news is known, and counts for nothing; what something else has taken out stays so. A rule's error is told
  /// always: the run is not complete.
  public func resolve(_ finding: inout Finding) {
    if finding.outcome != .error, finding.standing == .open, former.novelty(of: finding) == .known {
      finding.standing = .known
    }
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
