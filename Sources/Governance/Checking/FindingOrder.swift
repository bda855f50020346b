extension Finding {
  /// Findings as `precedes` orders them. They are large, and an estate may have tens of thousands: places are sorted
  /// instead, by what stands beside them.
  static func inOrder(_ findings: [Finding]) -> [Finding] {
    let rules = Set(findings.map(\.rule)).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    let keys = findings.map { finding in
      Key(
        outcome: finding.outcome, severity: finding.severity, rule: ranks[finding.rule, default: 0],
        identity: finding.identity)
    }
    return keys.indices.sorted { keys[$0].precedes(keys[$1]) }.map { findings[$0] }
  }

  private struct Key {
    let outcome: Outcome
    let severity: Severity
    /// The place of the rule's id among all.
    let rule: Int
    let identity: String

    func precedes(_ other: Key) -> Bool {
      if outcome != other.outcome { return outcome > other.outcome }
      if severity != other.severity { return severity > other.severity }
      return rule != other.rule ? rule < other.rule : identity < other.identity
    }
  }
}
