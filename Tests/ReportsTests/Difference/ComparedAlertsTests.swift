import CEL
import Catalogue
import Testing

@testable import Governance
@testable import Reports

@Suite struct ComparedAlertsTests {
  /// What SARIF has of two sides that differ in their findings only.
  private func compared(_ old: [Finding], _ new: [Finding], renames: [String: String] = [:]) async -> (
    alerts: ComparedAlerts, sarif: String
  ) {
    var (base, _) = await report([metamodel, standard, inherits])
    var head = base
    (base.findings, head.findings) = (old, new)
    let difference = DifferenceReport(
      base: .init(revision: "main", commit: "0123456789"), head: .init(revision: nil, commit: nil),
      asOf: base.estate.asOf, trust: .base, judgesAlike: true,
      difference: CatalogueDifference(from: base.estate, to: head.estate), governance: [],
      findings: FindingsDifference(from: base.allFindings, to: head.allFindings, renames: renames))
    return (
      ComparedAlerts(difference, from: base, to: head), difference.sarif(from: base, to: head, here)
    )
  }

  private func states(_ old: [Finding], _ new: [Finding]) async -> [String] {
    await compared(old, new).alerts.alerts.map { "\($0.finding.key[0]) \($0.state?.rawValue ?? "")" }
  }

  private func measured(_ measure: Double, _ severity: Severity = .major) -> Finding {
    var result = finding(1, severity: severity)
    result.measure = measure
    return result
  }

  @Test func `a state follows severity, measure and outcome`() async {
    func state(_ old: Finding?, _ new: Finding?) async -> [String] {
      await states([old].compactMap(\.self), [new].compactMap(\.self)).map { String($0.dropFirst("system:s1 ".count)) }
    }
    #expect(await state(nil, finding(1)) == ["new"])
    #expect(await state(finding(1), nil) == ["absent"])
    #expect(await state(finding(1), finding(1, message: "other words")) == ["unchanged"])
    #expect(await state(finding(1, severity: .minor), finding(1)) == ["updated"])
    #expect(await state(finding(1), finding(1, severity: .minor)) == ["unchanged"])
    #expect(await state(measured(1), measured(2)) == ["updated"])
    #expect(await state(measured(2), measured(1)) == ["unchanged"])
    #expect(await state(finding(1, outcome: .undecided), finding(1)) == ["updated"])
    #expect(await state(finding(1), finding(1, outcome: .undecided)) == ["unchanged"])
  }

  @Test(arguments: [Finding.Standing.waived(by: "waiver:w", until: .never), .baselined])
  func `what stands apart is on neither side`(standing: Finding.Standing) async {
    var apart = finding(1)
    apart.standing = standing
    #expect(await states([], [apart]) == [])
    #expect(await states([apart], []) == [])
    // It is there still: nobody has put it right.
    #expect(await states([finding(1)], [apart]) == [])
    let sarif = await compared([], [apart]).sarif
    #expect(sarif.contains("\"\(standing.name)\": 1") && sarif.contains("\"results\": []"))
  }

  @Test func `what is new comes first, and is the last to be left out`() async {
    let old = (0..<26_000).map { finding($0) }
    let new = old.dropFirst(500) + [finding(30_000, severity: .advisory)]
    let (alerts, sarif) = await compared(Array(old), Array(new))
    #expect(alerts.alerts.first?.state == .new && alerts.alerts.last?.state == .absent)
    #expect(sarif.components(separatedBy: "\"baselineState\"").count - 1 == SARIFReport.resultLimit)
    #expect(sarif.contains("1001 more findings are left out") && sarif.contains("; 501 unchanged, 500 absent"))
    #expect(sarif.contains("\"absent\": 500"))
  }

  @Test func `what follows a rename is unchanged, and one identity is one result`() async {
    let renames = ["system:s1": "system:s2"]
    let renamed = await compared([finding(1)], [finding(2)], renames: renames).alerts.alerts
    #expect(renamed.map(\.state) == [.unchanged] && renamed.map(\.finding.key) == [["system:s2"]])
    // The old one is put right, and something else has its id and its failing.
    let taken = await compared([finding(1)], [finding(1)], renames: renames).alerts.alerts
    #expect(taken.map(\.state) == [.new])
  }

  @Test func `a rule's error makes the comparison incomplete on either side`() async {
    let error = finding(1, outcome: .error)
    for (old, new) in [([error], []), ([], [error])] {
      let sarif = await compared(old, new).sarif
      #expect(sarif.contains("\"executionSuccessful\": false") && sarif.contains("\"exitCode\": 2"))
      #expect(sarif.contains("\"outcome\": \"incomplete\""))
    }
    #expect(await compared([finding(1)], []).sarif.contains("\"executionSuccessful\": true"))
  }
}
