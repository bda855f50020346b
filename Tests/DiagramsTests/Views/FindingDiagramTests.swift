import Catalogue
import Governance
import Testing

@testable import Diagrams

@Suite struct FindingDiagramTests {
  private func found(_ initiatives: String) async throws -> (Estate, Finding) {
    let estate = await MovedShop.read(initiatives)
    let (seen, findings) = try await MovedShop.check(estate)
    return (seen, try #require(findings.first { $0.inView?.comparison == .introduced }))
  }

  @Test("the way of a finding is that of the snapshot")
  func snapshot() async throws {
    let (seen, finding) = try await found(MovedShop.move)
    expectSnapshot(try FindingDiagram(finding, in: seen).drawing.dot, "finding.dot")
  }

  @Test("what the initiative does to what is on the way is marked")
  func marks() async throws {
    let (seen, finding) = try await found(MovedShop.move)
    let diagram = try #require(try FindingDiagram(finding, in: seen).drawing.diagram)
    #expect(diagram.nodes.map(\.key) == ["box:vault", "box:floor"])
    #expect(diagram.nodes[0].change?.head == "+ added 2027-03-01" && diagram.nodes[1].change == nil)
    #expect(diagram.nodes[1].pointedOut == ["● named by the finding"])
  }
}
