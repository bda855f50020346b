import CEL
import Catalogue
import Testing

@testable import Governance

/// What open initiatives do to an entity and to those that depend on it.
@Suite struct ImpactPlanTests {
  private static let base = """
    {kind: box, id: old, name: Old, lifecycle: {active: 2020-01-01}, bases: [floor]}
    ---
    {kind: box, id: floor, name: Floor, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, lifecycle: {active: 2020-01-01}, bases: [old]}
    ---
    {kind: box, id: street, name: Street, lifecycle: {active: 2020-01-01}, bases: [shop]}
    ---
    kind: box
    id: till
    name: Till
    lifecycle: {active: 2020-01-01}
    wires:
      - {to: old, id: pay, hard: true}
    """

  private static let renewal = """
    kind: initiative
    id: renewal
    name: Renewal
    stage: build
    goLive: 2026-06-01
    adds:
      - {kind: box, id: new, name: New, lifecycle: {active: 2026-06-01}, bases: [old]}
    changes:
      - ref: box:shop
        link: {bases: [new]}
        unlink: {bases: [old]}
    retires:
      - {ref: "box:old", date: 2026-09-01}
    """

  @Test func `what comes and goes at its go-live, what it edits, and who is left when it ends`() async throws {
    let estate = await boxEstate(
      Self.base, Self.renewal,
      "{kind: decision, id: d, name: D, date: 2025-12-01, outcome: approved, targets: [\"initiative:renewal\"]}")
    let impact = try await Impact.of("old", estate)
    #expect(impact.dependents.count == 3)
    #expect(impact.openInitiativeCount == 1)
    #expect(
      impact.planLines == [
        "renewal 2026-06-01 come [new] go []", "2026-06-01 add box:new", "2026-06-01 link box:new bases old",
        "2026-06-01 link box:shop bases new", "2026-06-01 unlink box:shop bases old", "2026-09-01 retire box:old",
      ])
    // The wire dies with what it leads to; who called until the day before is left all the same.
    #expect(impact.endingLines == ["2026-09-01 old by renewal: new till +2"])
    #expect(impact.plans[0].initiative.ruling == .approved)
    #expect(impact.plans[0].initiative.ruled?.text == "2025-12-01")
    // What it rests on ends nowhere; what rests on it loses it.
    #expect(try await Impact.of("floor", estate).endings.isEmpty)
    #expect(
      try await Impact.of("till", estate).endings.map { $0.way.map { "\($0.relation)" } } == [["calls"]])
    #expect(try await Impact.of("till", estate).endingLines == ["2026-09-01 old by renewal: new till +2"])
  }

  @Test func `those that let go in time are not left`() async throws {
    let estate = await boxEstate(
      Self.base,
      """
      kind: initiative
      id: farewell
      name: Farewell
      stage: idea
      goLive: 2026-06-01
      changes:
        - ref: box:shop
          unlink: {bases: [old]}
        - ref: wire:till/pay
          set: {to: floor}
      retires: [{ref: "box:old"}]
      """)
    let impact = try await Impact.of("old", estate)
    #expect(impact.endingLines == ["2026-06-01 old by farewell:  +0"])
    // On the day of its go-live it has ended: nothing is compared.
    #expect(impact.plans.map(\.isEnded) == [true])
    #expect(
      try await Impact.of("floor", estate).planLines.first == "farewell 2026-06-01 come [] go [old shop street]")
  }

  @Test func `an initiative that does nothing here is counted and left out`() async throws {
    let estate = await boxEstate(
      Self.base, boxDocuments("far: wide\nwide:"),
      """
      kind: initiative
      id: elsewhere
      name: Elsewhere
      stage: idea
      goLive: 2026-06-01
      changes:
        - ref: box:far
          unlink: {bases: [wide]}
      ---
      {kind: initiative, id: done, name: Done, stage: live, goLive: 2025-01-01}
      """)
    let impact = try await Impact.of("old", estate)
    #expect(impact.plans.isEmpty && impact.openInitiativeCount == 1)
    #expect(try await Impact.of("wide", estate).planLines.first == "elsewhere 2026-06-01 come [] go [far]")
  }

  @Test func `what the documents end is told with who is left`() async throws {
    let estate = await boxEstate(
      boxDocuments("b: a\nc: b"),
      "{kind: box, id: a, name: A, lifecycle: {active: 2020-01-01, retired: 2027-01-01}}")
    #expect(try await Impact.of("a", estate).endingLines == ["2027-01-01 a: b +1"])
    #expect(try await Impact.of("c", estate).endingLines == ["2027-01-01 a:  +0"])
  }

  @Test func `the view of an initiative holds what it adds`() async throws {
    let estate = await boxEstate(Self.base, Self.renewal)
    let view = try #require(estate.initiativeViews().first)
    let seen = estate.seen(in: view.view, at: view.date)
    #expect(
      try await Impact.of("new", seen).dependentLines == [
        "1 shop stops: shop -bases-> new", "2 street stops: street -bases-> shop; shop -bases-> new",
      ])
  }

  @Test func `the number of tasks makes no difference`() async throws {
    let more = (0..<7).map { number in
      "{kind: initiative, id: i\(number), name: I, stage: idea, goLive: 2026-0\(number + 2)-01, changes: [{ref: \"box:street\", link: {bases: [old]}}]}"
    }.joined(separator: "\n---\n")
    let estate = await boxEstate(Self.base, Self.renewal, more)
    let (one, three) = (try await Impact.of("old", estate, tasks: 1), try await Impact.of("old", estate, tasks: 3))
    #expect(one.planLines == three.planLines && one.plans.count == 8)
    #expect(one.endingLines == three.endingLines)
  }
}
