import Catalogue
import Governance
import Testing

@testable import Reports

/// `show` of a paper says what it waits for.
@Suite struct AwaitedPageTests {
  @Test func `a paper tells what it names that is not there yet, and who would add it`() async throws {
    let papers = """
      {kind: initiative, id: harbour, name: Harbour, stage: design, adds: [{kind: system, id: tides, name: Tides}]}
      ---
      {kind: evidence, id: test, name: Test, type: test, date: 2026-01-01, targets: ["system:warehouse", "system:tides"]}

      """
    let (report, _) = await ReportsTests.report([
      metamodel, standard, inherits, estate, ("catalogue/papers.yaml", papers),
    ])
    guard case .found(let row) = report.estate.find("evidence:test") else { return #expect(Bool(false)) }
    let page = EntityPage.text(row, report.estate, .everywhere(report.findings))
    #expect(
      page.contains(
        """
        relations
          targets  system:warehouse
                   system:tides (initiative:harbour would add it)

        """), "\(page)")
  }
}
