import CEL
import Diagnostics
import Testing

@testable import Governance

@Suite struct FormerFindingsTests {
  private func finding(
    _ key: [String] = ["system:a"], rule: String = "r", outcome: Outcome = .failed, severity: Severity = .major,
    measure: Double? = nil, _ comparison: Comparison? = nil, isIdea: Bool = false
  ) -> Finding {
    var finding = Finding(
      rule: rule, outcome: outcome, severity: severity, target: key.first, key: key,
      identity: Finding.identity(rule, key), message: "m", place: nil, field: nil, label: nil, related: [], paths: [],
      clause: nil, remedy: "", measure: measure, missing: [], defaults: [])
    finding.inView = comparison.map {
      Finding.InView(
        initiative: "initiative:i", stage: "design", isIdea: isIdea, date: CivilDate(days: 0), comparison: $0,
        before: nil)
    }
    return finding
  }

  @Test func `what was there is known, what weighs more is worse, all else is new`() {
    let former = FormerFindings([
      finding(severity: .minor, measure: 2), finding(["system:u"], outcome: .undecided),
      finding(["system:v"], .introduced), finding(["system:w"], .resolved), finding(["system:x"], .inherited),
      finding(["system:i"], .introduced, isIdea: true),
    ])
    #expect(former.novelty(of: finding(severity: .minor, measure: 2)) == .known)
    #expect(former.novelty(of: finding(severity: .advisory, measure: 1)) == .known)
    #expect(former.novelty(of: finding(severity: .major, measure: 2)) == .worse)
    #expect(former.novelty(of: finding(severity: .minor, measure: 3)) == .worse)
    #expect(former.novelty(of: finding(outcome: .undecided)) == .known)
    #expect(former.novelty(of: finding(["system:u"])) == .new)
    #expect(former.novelty(of: finding(["system:u"], outcome: .undecided)) == .known)
    #expect(former.novelty(of: finding(["system:v"])) == .known)
    #expect(former.novelty(of: finding(["system:w"])) == .new)
    #expect(former.novelty(of: finding(["system:x"])) == .new)
    #expect(former.novelty(of: finding(rule: "other")) == .new)
    // What an idea brought counted for nothing: it is news where it counts.
    #expect(former.novelty(of: finding(["system:i"])) == .new)
    #expect(former.novelty(of: finding(["system:i"], .introduced)) == .new)
    #expect(former.novelty(of: finding(["system:i"], .introduced, isIdea: true)) == .known)
  }

  @Test func `what has another id now is found to be the same`() {
    let renames = [
      "system:old": "system:new", "rule:r": "rule:q", "integration:old/feed": "integration:new/feed",
      "dataset:cases": "dataset:files",
    ]
    let former = FormerFindings(
      [
        finding(["system:old", "system:b"]), finding(["flow:old/feed/cases/out-1"]),
        finding(["system:old.x|y", "system:old"]),
      ], renames: renames)
    #expect(former.novelty(of: finding(["system:b", "system:new"])) == .known)
    #expect(former.novelty(of: finding(["flow:new/feed/files/out-1"])) == .known)
    #expect(former.novelty(of: finding(["system:new.x|y", "system:new"])) == .known)
    #expect(former.novelty(of: finding(["system:old", "system:b"])) == .new)
    // Rules' findings are told by one judge, whose documents have one side's names on both.
    let ofRule = FormerFindings(
      [finding(["rule:r"]), finding(["rule:r"], rule: "dangling-reference")], renames: renames)
    #expect(ofRule.novelty(of: finding(["rule:r"])) == .known)
    #expect(ofRule.novelty(of: finding(["rule:q"], rule: "dangling-reference")) == .known)
    let difference = FindingsDifference(
      from: [finding(["system:old"])], to: [finding(["system:new"])], renames: renames)
    #expect(difference.unchanged.count == 1 && difference.new.isEmpty && difference.fixed.isEmpty)
  }

  @Test func `each identity is told once, the estate's before a view's`() {
    let difference = FindingsDifference(
      from: [finding(["system:gone"]), finding(["system:gone"], .introduced)],
      to: [
        finding(["system:a"], .introduced), finding(), finding(["system:b"], .introduced),
        finding(["system:b"], .worsened),
      ])
    #expect(difference.new.map(\.finding.key) == [["system:a"], ["system:b"]])
    #expect(difference.new.first?.finding.inView == nil)
    #expect(difference.fixed.count == 1)
  }
}
