import CEL
import Catalogue
import Testing

@testable import Governance

/// Impact in the shipped catalogue, by what must hold of it however it grows.
@Suite struct ShippedImpactTests {
  @Test func `one log-in makes others depend on the digital identity`() async throws {
    let shipped = await ShippedRepository.shared.value
    let impact = try await Impact.of("system:digital-identity", shipped.estate)
    let direct = impact.dependents.filter { $0.distance == 1 }
    #expect(direct.count >= 3 && direct.allSatisfy { $0.hop?.relation == "signsInWith" })
    #expect(impact.dependents.contains { impact.path($0.row).contains("-supportedBy-> ") && $0.distance == 2 })
    #expect(impact.dependents.allSatisfy { $0.criticality != nil })
    let plan = try #require(impact.plans.first { $0.initiative.id == "one-log-in" })
    #expect(Set(impact.ids(plan.come)).isSuperset(of: ["caesar", "gov-je", "one-gov-je", "talentlink"]))
    #expect(plan.go.isEmpty)
    #expect(
      plan.edits.contains {
        $0.words == "link system:gov-je signsInWith digital-identity" && $0.date?.text == "2027-05-01"
      })
  }

  @Test func `the old payroll is retired when nobody depends on it any more`() async throws {
    let shipped = await ShippedRepository.shared.value
    let impact = try await Impact.of("system:legacy-payroll", shipped.estate)
    #expect(impact.dependentLines == ["1 payroll stops: payroll -supportedBy-> legacy-payroll"])
    #expect(impact.endingLines == ["2027-09-30 legacy-payroll by its-payroll-and-procurement:  +0"])
    let plan = try #require(impact.plans.first)
    #expect(plan.initiative.id == "its-payroll-and-procurement" && plan.initiative.ruling == .approved)
    #expect(impact.ids(plan.go) == ["payroll"] && plan.come.isEmpty)
  }

  @Test func `every component's dependents are those that the inverse names, and all that it stops are among them`()
    async throws
  {
    let shipped = await ShippedRepository.shared.value
    let (estate, roles) = (shipped.estate, try ImpactRoles(shipped.estate.metamodel))
    var frame = Frame(graph: estate.graph, slotCount: 1)
    func targets(_ path: String, _ row: Int32) -> Set<Int32> {
      guard let view = estate.value(path, of: row, &frame).listView else { return [] }
      return Set((0..<view.count).filter { view.reason(at: $0) == nil }.compactMap { view.row(at: $0) })
    }
    var phases = PhaseReader(estate)
    for kind in roles.needed.kinds {
      for row in estate.graph.members.rows(ofKind: kind) {
        let impact = Impact(on: row, in: estate, roles)
        let direct = Set(impact.certain.filter { $0.distance == 1 }.map(\.row))
        let named = targets("neededBy", row).filter { !phases.hasEnded($0) }
        #expect(direct == named.subtracting([row]), "\(estate.identity(row))")
        let stopped = impact.certain.filter { if case .yes? = $0.stop { true } else { false } }.map(\.row)
        #expect(
          Set(stopped) == targets("stops", row).filter { $0 != row && !phases.hasEnded($0) }, "\(estate.identity(row))")
      }
    }
  }
}
