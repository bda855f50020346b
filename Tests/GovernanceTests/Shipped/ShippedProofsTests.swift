import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// The initiative that is about to go live: what is asked for before is proved about what only it adds.
@Suite struct ShippedProofsTests {
  /// What the initiative introduces where a text of the shipped documents reads otherwise.
  static func introduced(_ old: String, _ new: String) async throws -> [String] {
    let shipped = await ShippedRepository.shared.value
    var count = 0
    let files = shipped.files.map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
      guard file.name.hasPrefix("catalogue/"), text.contains(old) else { return file }
      count += 1
      return SourceText(name: file.name, text: text.replacing(old, with: new))
    }
    #expect(count == 1, "\(old)")
    let result = await RepositoryReader.read(files, asOf: ShippedRepository.asOf, tasks: 1)
    #expect(result.diagnostics.map(\.line) == [])
    let portfolio = await Portfolio.run(RuleBook(result.estate).rules, on: result.estate)
    let check = try #require(portfolio.checks.first { $0.view.initiative.id == "licences-online" })
    return check.findings.filter { $0.inView?.comparison == .introduced }.map { finding in
      "\(finding.rule) \(finding.key.joined(separator: " "))"
    }.sorted()
  }

  @Test(arguments: [
    (
      "type: penetration-test\ndate: 2026-11-03", "type: penetration-test\ndate: 2026-07-01",
      ["sec-independent-test-before-live system:licences-online"]
    ),
    (
      "targets: [\"integration:trade-licensing/migration\"]\nby: modernisation-and-digital\nacceptedBy: [infrastructure-and-environment]",
      "targets: [\"integration:trade-licensing/migration\"]\nby: modernisation-and-digital",
      ["rec-migration-reconciled integration:trade-licensing/migration dataset:trade-licence"]
    ),
    (
      "type: rollback-test", "type: design-review",
      ["cont-tier1-change-has-rollback initiative:licences-online system:workforce-identity"]
    ),
    (
      "add system:licences-online\"\nprovenance: illustrative\ntargets: [\"system:licences-online\"]\nby: modernisation-and-digital",
      "add system:licences-online\"\nprovenance: illustrative\ntargets: [\"system:licences-online\"]\nby: infrastructure-and-environment",
      ["cont-steady-state-owner initiative:licences-online system:licences-online"]
    ),
    (
      "restoredIn: 3h\nlost: 1h\nprovenance: illustrative\ntargets: [\"system:licences-online\"]",
      "restoredIn: 3h\nlost: 5h\nprovenance: illustrative\ntargets: [\"system:licences-online\"]",
      ["cont-backup-proved system:licences-online"]
    ),
  ])
  func `a rule that a paper meets before the go-live is not met without`(
    _ old: String, _ new: String, _ expected: [String]
  ) async throws {
    #expect(try await Self.introduced(old, new) == expected)
  }

  @Test func `who is left on the version that ends is found`() async throws {
    let found = try await Self.introduced(
      "  - ref: integration:parish-offices/licences\n    set: {to: licences-online, interface: licences-v2}\n", "")
    #expect(
      found.contains(
        "tech-interface-change-breaks-consumers interface:licences-v1 integration:parish-offices/licences"),
      "\(found)")
  }

  @Test func `no shipped rule is allowed to look at nothing`() async {
    let shipped = await ShippedRepository.shared.value
    #expect(shipped.book.rules.filter(\.allowsEmpty).map(\.id) == [])
  }

  @Test func `in the catalogue its papers wait, and nothing dangles`() async throws {
    let shipped = await ShippedRepository.shared.value
    guard case .found(let row) = shipped.estate.find("evidence:licences-online-test-2026") else {
      return #expect(Bool(false))
    }
    let targets = try #require(shipped.estate.value("targets", of: row).listView)
    #expect(targets.count == 0 && targets.open == nil)
  }
}
