import CEL
import Catalogue
import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

/// Impact as a page, as rows, and as JSON.
@Suite struct ImpactReportTests {
  private static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    enums:
      tier: {ordered: true, values: [{id: low, title: LOW}, {id: high, title: HIGH}]}
    kinds:
      team: {plural: teams}
      skill: {plural: skills, role: capability}
      box:
        plural: boxes
        role: component
        lifecycle: true
        fields: {tier: {type: tier, role: criticality}}
        relations:
          team: {to: team, inverse: boxes, role: owner}
          can: {to: skill, many: true, inverse: doers, role: provides}
          bases: {to: box, many: true, inverse: carries, role: dependsOn}
        derived:
          fallsWith: {to: box, inverse: fells, role: failsWith, recursive: true, is: "[self] + self.bases.map(b, b.fallsWith).flatten()"}
    """

  private static let documents = """
    {kind: team, id: one, name: Team one}
    ---
    {kind: skill, id: pay, name: Pay}
    ---
    {kind: box, id: a, name: Anchor, team: one, tier: high, can: [pay], lifecycle: {active: 2020-01-01, phaseOut: never, retired: never}}
    ---
    {kind: box, id: b, name: "B\u{202E}", team: one, tier: low, bases: [a], lifecycle: {active: 2020-01-01, phaseOut: never, retired: never}}
    ---
    {kind: box, id: c, name: C, bases: [b], lifecycle: {active: 2027-01-01, phaseOut: never, retired: never}}
    ---
    {kind: box, id: vague, name: V, team: one, tier: low, bases: unknown, lifecycle: {active: 2020-01-01, phaseOut: never, retired: never}}
    ---
    kind: initiative
    id: move
    name: Move
    stage: design
    goLive: 2026-05-01
    changes:
      - ref: box:c
        unlink: {bases: [b]}
    retires: [{ref: "box:a", date: 2026-07-01}]
    """

  private func report(
    _ name: String, documents: String = documents, listsAll: Bool = false
  ) async throws -> ImpactReport {
    let files = [SourceText(name: "0.yaml", text: Self.vocabulary), SourceText(name: "1.yaml", text: documents)]
    let result = await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1)
    #expect(result.diagnostics.map(\.summary) == [])
    guard case .found(let row) = result.estate.find(name) else { throw CancellationError() }
    let impact = Impact(on: row, in: result.estate, try ImpactRoles(result.estate.metamodel))
    return ImpactReport(await impact.withPlans(tasks: 1), listsAll: listsAll)
  }

  @Test func `a page answers first, then tells who, what, when and by whom`() async throws {
    let report = try await report("box:a")
    #expect(
      report.text(.table) == """
        Anchor  box:a
        HIGH; owned by Team one; active
        the estate on 2026-01-01

        2 cannot do without it: 1 directly, 1 through others; the most critical is LOW; its failure alone stops 2

          hops  who    criticality  owner  phase    stops  way
          ----  -----  -----------  -----  -------  -----  ----------------------
             1  box:b  LOW          one    active   yes    -bases-> it
             2  box:c  ?            ?      planned  yes    -bases-> b -bases-> it

        1 other may depend on it, as what they need is not wholly recorded: box:vague

        1 more could be affected

          what   by      direct  further  nearest first
          -----  ------  ------  -------  -------------
          skill  <-can-       1        0  pay

        what ends

          2026-07-01  it is retired by move (not decided); 1 still depends on it then: box:b

        what is planned

          move: Move (design, not decided, goes live 2026-05-01)
            2026-05-01  unlink box:c bases b
            2026-07-01  retire box:a
            on 2026-05-01 1 no longer needs it: box:c

        """)
    #expect(
      report.text(.table, ImpactReport.Options(isQuiet: true))
        == "2 cannot do without it: 1 directly, 1 through others; the most critical is LOW; its failure alone stops 2\n"
    )
  }

  @Test func `rows for programs name everything whole, and nothing in them moves the cursor`() async throws {
    let report = try await report("box:a")
    #expect(
      report.text(.tsv) == """
        effect\tentity\tname\thops\tcriticality\towner\tphase\tstops\tway
        depends\tbox:b\tB\\u{202e}\t1\tlow\tteam:one\tactive\tyes\tb -bases-> a
        depends\tbox:c\tC\t2\t?\t?\tplanned\tyes\tc -bases-> b -bases-> a
        could\tskill:pay\tPay\t1\t\t\t\t\tpay <-can- a

        """)
    #expect(report.text(.csv).hasPrefix("effect,entity,name,hops,"))
    #expect(report.text(.csv, ImpactReport.Options(hasHeadings: false)).hasPrefix("depends,box:b,"))
    #expect(
      report.warning
        == "1 initiative at work here; 1 end ahead; 1 more may depend on it; `-f table` and `-f json` tell which")
  }

  @Test func `JSON has all of it`() async throws {
    let text = try await report("box:a").text(.json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["at"] as? String == "2026-01-01")
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts == ["dependents": 2, "direct": 1, "perhaps": 0, "stopped": 2, "affected": 1])
    let dependents = try #require(object["dependents"] as? [[String: Any]])
    #expect(dependents.map { $0["entity"] as? String } == ["box:b", "box:c"])
    #expect(dependents[0]["criticality"] as? String == "low" && dependents[1]["criticality"] == nil)
    let way = try #require(dependents[1]["way"] as? [[String: String]])
    #expect(
      way == [
        ["from": "box:c", "relation": "bases", "to": "box:b"], ["from": "box:b", "relation": "bases", "to": "box:a"],
      ])
    let ending = try #require((object["endings"] as? [[String: Any]])?.first)
    #expect(ending["initiative"] as? String == "initiative:move" && ending["date"] as? String == "2026-07-01")
    #expect(ending["stillDepend"] as? [String] == ["box:b"])
    let plan = try #require((object["initiatives"] as? [[String: Any]])?.first)
    #expect(plan["go"] as? [String] == ["box:c"] && plan["come"] as? [String] == [])
    let may = try #require((object["mayDepend"] as? [[String: Any]])?.first)
    #expect(may["undecided"] as? [String] == ["box:vague.bases"])
  }

  @Test func `what is much is cut, and listed when all is asked for`() async throws {
    let many = (0..<40).map {
      "---\n{kind: box, id: x\($0), name: X, bases: [a], can: [s\($0)]}\n---\n{kind: skill, id: s\($0), name: S}"
    }
    let documents = "{kind: box, id: a, name: A}\n" + many.joined(separator: "\n")
    let short = try await report("box:a", documents: documents).text(.table)
    #expect(short.contains("  and 15 more; --all lists them\n"))
    #expect(short.contains("s0, s1, s10, s11, s12 and 35 more"))
    let long = try await report("box:a", documents: documents, listsAll: true).text(.table)
    #expect(!long.contains("more;") && long.contains("box:x39") && long.contains("s39"))
    #expect(try await report("box:a", documents: documents).text(.tsv).split(separator: "\n").count == 81)
  }

  @Test func `of what nothing can depend on the page says so`() async throws {
    let text = try await report("team:one").text(.table)
    #expect(text.contains("nothing can depend on it by itself: in this catalogue no dependence leads to teams\n"))
    #expect(text.contains("-team->"))
  }

  @Test func `a table is no wider than the terminal`() async throws {
    let text = try await report("box:a").text(.table, ImpactReport.Options(width: 70))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains("  box:") }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.count <= 70 })
  }
}
