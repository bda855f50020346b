import Governance
import Testing

@testable import Reports

/// The way that offends, hop by hop.
@Suite struct PathTextTests {
  static let landscape = (
    name: "catalogue/landscape.yaml",
    text: """
    kind: metamodel
    id: landscape
    name: Landscape
    kinds:
      dataset: {plural: datasets, role: dataset}
      system:
        plural: systems
        role: component
        parts:
          integrations: {kind: integration, key: to, inverse: from}
      integration:
        plural: integrations
        role: integration
        relations:
          to: {to: system, inverse: incoming, role: target, required: true, why: Tests.}
          via: {to: system, many: true, inverse: passes, role: through}
          carries: {to: dataset, many: true, absent: unknown, inverse: carriedBy, role: carries}
    ---
    {kind: dataset, id: cases, name: Cases}
    ---
    kind: system
    id: case-hub
    name: Case hub
    integrations:
      - to: warehouse
        via: [platform]
        carries: [cases]
    ---
    {kind: system, id: platform, name: Platform}
    ---
    kind: system
    id: warehouse
    name: Warehouse
    integrations: [{to: archive, carries: [cases]}]
    ---
    {kind: system, id: archive, name: Archive}

    """
  )

  @Test func `a path names every hop, what carries it, and each place once`() async throws {
    let rule = (
      name: "rules/r.yaml",
      text: """
      kind: rule
      id: r
      name: R
      title: Nothing reaches the archive
      for: system
      severity: major
      stage: idea
      when: self.id == "case-hub"
      each: s in self.closure(x, x.sends.map(f, f.destination))
      require: s.id != "archive"
      message: ${self} reaches ${s} by ${path}
      remedy: Do not.

      """
    )
    let (report, book) = await report([Self.landscape, rule])
    #expect(report.inputErrors.map(\.id) == [])
    #expect(book.rules.count == 1)
    let finding = try #require(report.findings.first)
    #expect(finding.message == "Case hub reaches Archive by Case hub -> Platform -> Warehouse -> Archive")
    #expect(
      TextReport.text(finding.path)
        == "case-hub -sends cases-> platform (catalogue/landscape.yaml:25) -sends cases-> warehouse -sends cases-> archive (catalogue/landscape.yaml:34)",
      "\(TextReport.text(finding.path))")
  }
}
