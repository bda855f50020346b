import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What an initiative adds is proved before it is there, and the proof is of the entry that it saw.
@Suite struct AwaitedEvidenceTests {
  static let proved = rule(
    "proved",
    """
    when: added(self)
    require: self.evidence.exists(v, self.editedBy.exists(e, e.op == "add" && v.digests.exists(x, x.startsWith(e.digest))))
    """)

  static func documents(cost: Int, evidence: String) -> String {
    """
    {kind: initiative, id: i, name: I, stage: build, goLive: 2027-01-01, adds: [{kind: system, id: x, name: X, cost: \(cost)}]}
    ---
    {kind: evidence, id: test, name: Test, type: test, date: 2025-12-01, \(evidence)}

    """
  }

  static func check(cost: Int = 1, _ evidence: String) async throws -> (estate: Estate, outcomes: [String]) {
    let checked = await checked(documents(cost: cost, evidence: evidence), proved)
    #expect(checked.findings.isEmpty)
    let portfolio = await Portfolio.run(checked.book.rules, on: checked.estate)
    let own = try #require(portfolio.checks.first)
    return (
      checked.estate, own.findings.map { "\($0.outcome.name) \($0.rule) \($0.key.joined(separator: " "))" }
    )
  }

  /// The digest of the entry that adds the system.
  static func digest(_ estate: Estate) -> String {
    guard let row = estate.rows(ofKind: "edit").first, case .string(let text) = estate.value("digest", of: row) else {
      return ""
    }
    return text
  }

  @Test func `evidence that saw the entry meets the rule before the go-live`() async throws {
    let none = try await Self.check("targets: []")
    #expect(none.outcomes == ["failed proved system:x"])
    let digest = Self.digest(none.estate)
    let seen = try await Self.check("digests: [\(digest)], targets: ['system:x']")
    #expect(seen.outcomes == [])
    #expect(seen.estate.integrity.isEmpty)
    // The entry became another one since.
    #expect(
      try await Self.check(cost: 2, "digests: [\(digest)], targets: ['system:x']").outcomes == [
        "failed proved system:x"
      ])
  }
}
