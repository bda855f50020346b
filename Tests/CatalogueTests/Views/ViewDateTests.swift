import CEL
import Testing

@testable import Catalogue

/// The day on which a view is looked at.
@Suite struct ViewDateTests {
  @Test func `it is the day that was asked for, also where nothing that is worked out differs from day to day`()
    async throws
  {
    let vocabulary = """
      kind: metamodel
      id: m
      name: M
      kinds:
        thing: {plural: things, lifecycle: true, relations: {up: {to: thing, many: true}}, derived: {above: {to: thing, inverse: below, is: self.up}}}
      """
    let loaded = try await TestEstate(
      "{kind: thing, id: a, name: A, lifecycle: {active: 2020-01-01, retired: 2026-06-01}}", metamodel: vocabulary)
    let (estate, row) = (loaded.estate, try loaded.row("thing:a"))
    for (text, phase) in [("2026-01-01", 1), ("2026-06-01", 3), ("2026-03-01", 1)] {
      let date = try #require(CivilDate(text))
      let seen = estate.seen(in: estate.view, at: date)
      #expect(seen.graph.date == date)
      guard case .enumeration(_, let ordinal) = seen.value("phase", of: row) else {
        Issue.record("the phase is not known on \(text)")
        continue
      }
      #expect(Int(ordinal) == phase)
    }
  }
}
