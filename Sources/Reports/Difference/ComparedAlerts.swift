internal import Governance

/// What a format for a forge raises of two sides under one judge: the alerts of the later one, and those of the earlier
/// one that are there no more.
struct ComparedAlerts {
  let difference: DifferenceReport
  /// New ones first, then those that weigh more, then the rest; the worst first in each.
  let alerts: [Alert]

  /// - Parameters:
  ///   - base: the earlier side's check.
  ///   - head: the later side's.
  init(_ difference: DifferenceReport, from base: CheckReport, to head: CheckReport) {
    self.difference = difference
    let former = difference.findings.former
    var now = Alert.all(in: head)
    for index in now.indices {
      let finding = now[index].finding
      guard let before = former.former(of: finding) else {
        now[index].state = .new
        continue
      }
      now[index].state = former.novelty(of: finding) == .known ? .unchanged : .updated
      now[index].former = DifferenceReport.former(before, of: finding)
    }
    // One identity is one result: what an entity left behind that another has taken the id of is told as the other's.
    let taken = Set(now.map(\.finding.identity))
    let fixed = Set(difference.findings.fixed.map(\.identity)).subtracting(taken)
    var gone = Alert.all(in: base).filter { fixed.contains($0.finding.identity) }
    for index in gone.indices { gone[index].state = .absent }
    let all = now + gone
    alerts = BaselineState.allCases.flatMap { state in all.filter { $0.state == state } }
  }

  /// The revisions, and how many results have which state.
  func counts(_ verdict: Verdict, _ writer: inout JSONWriter) {
    writer.field("asOf", difference.asOf.text)
    write(difference.base, "base", &writer)
    write(difference.head, "head", &writer)
    writer.field("judge", difference.trust.rawValue)
    writer.field("outcome", difference.isComplete ? "complete" : "incomplete")
    for state in BaselineState.allCases { writer.field(state.rawValue, alerts.count { $0.state == state }) }
    writer.field("waived", verdict.waived)
    writer.field("baselined", verdict.baselined)
  }

  private func write(_ side: DifferenceReport.Side, _ name: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.field("revision", side.revision)
      writer.field("commit", side.commit)
      writer.field("isWorkingTree", side.revision == nil)
    }
  }

  /// Which sides, by whose rules, and what differs.
  var sentence: String {
    "\(difference.sides { $0 }), as of \(difference.asOf.text); \(difference.judge { $0 }): \(difference.tally)"
  }
}

extension DifferenceReport {
  /// The findings as SARIF 2.1.0, each with its `baselineState`.
  ///
  /// - Parameters:
  ///   - base: the check of the earlier side, whose findings were compared.
  ///   - head: that of the later one.
  public func sarif(from base: CheckReport, to head: CheckReport, _ setting: CheckFormat.Setting) -> String {
    SARIFReport(head, setting, comparison: ComparedAlerts(self, from: base, to: head)).text
  }
}
