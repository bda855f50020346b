extension Finding {
  /// What decides on the order of printing: outcome, severity, rule, key.
  private struct Order {
    let outcome: Outcome
    let severity: Severity
    let rule: String
    let identity: String

    init(_ finding: Finding) {
      (outcome, severity) = (finding.outcome, finding.severity)
      (rule, identity) = (finding.rule, finding.identity)
    }

    func precedes(_ other: Order) -> Bool {
      if outcome != other.outcome { return outcome > other.outcome }
      if severity != other.severity { return severity > other.severity }
      return rule != other.rule ? rule < other.rule : identity < other.identity
    }
  }

  /// The order of printing: outcome, severity, rule, key.
  public static func precedes(_ a: Finding, _ b: Finding) -> Bool { Order(a).precedes(Order(b)) }

  /// Findings in the order of printing. They are large, and an estate may have tens of thousands: what decides is sorted
  /// in their stead.
  static func inOrder(_ findings: [Finding]) -> [Finding] {
    let orders = findings.map { Order($0) }
    return orders.indices.sorted { orders[$0].precedes(orders[$1]) }.map { findings[$0] }
  }
}
