import CEL
import Testing

@testable import Catalogue

/// What an initiative ends that follows others: its view, and the catalogue into which it was merged.
@Suite struct RetiredFollowerTests {
  static let dates = ["2019-06-01", "2026-06-01", "2027-05-31", "2027-06-01", "2028-01-01"]
  static let paths = [
    "phase", "live", "lifecycle.planned", "lifecycle.active", "lifecycle.phaseOut", "lifecycle.retired",
  ]

  private static func said(_ estate: Estate, _ loaded: TestEstate) -> [String] {
    ["integration:p/q", "flow:p/q/d/out"].flatMap { name in
      guard case .found(let row) = estate.find(name) else { return ["\(name): absent"] }
      return paths.map { "\(name).\($0): \(loaded.shown(estate.value($0, of: row)))" }
    }
  }

  @Test(arguments: [
    ("{active: 2020-01-01}", "", ["planned", "active", "active", "retired", "retired"]),
    ("active", "", ["active", "active", "active", "retired", "retired"]),
    ("{active: 2020-01-01, phaseOut: 2027-01-01}", "", ["planned", "active", "phaseOut", "retired", "retired"]),
    ("{active: 2020-01-01, retired: 2027-01-01}", "", ["planned", "active", "retired", "retired", "retired"]),
    ("{active: 2020-01-01}", "lifecycle: {}", ["planned", "active", "active", "retired", "retired"]),
    (
      "{active: 2020-01-01}", "lifecycle: {active: 2026-12-01}",
      ["planned", "planned", "active", "retired", "retired"]
    ),
    ("{active: 2020-01-01}", "lifecycle: unknown", ["unknown", "unknown", "unknown", "retired", "retired"]),
    (
      "{active: 2020-01-01}", "lifecycle: {retired: 2030-01-01}", ["planned", "active", "active", "retired", "retired"]
    ),
  ])
  func `It has the phase of its ends until the day on which it retires`(
    ends: String, own: String, phases: [String]
  ) async throws {
    let document = """
      {kind: system, id: p, name: P, classification: public, lifecycle: \(ends)}
      ---
      {kind: system, id: q, name: Q, classification: public, lifecycle: \(ends)}
      ---
      kind: integration
      from: p
      to: q
      carries: [d]
      \(own)

      """
    let merging = try await Merging(document, "retires: [{ref: 'integration:p/q', date: 2027-06-01}]")
    #expect(merging.before.diagnostics.map(\.summary) == [])
    #expect(merging.problems == [])
    let shown = try await TestEstate(document)
    let merged = await merging.after()
    #expect(merged.diagnostics.map(\.summary) == [])
    let item = try #require(merging.before.estate.initiativeViews(alone: true).first)
    for (text, phase) in zip(Self.dates, phases) {
      let date = try #require(CivilDate(text))
      let view = merging.before.estate.seen(in: item.view, at: date)
      let after = merged.estate.seen(in: merged.estate.view, at: date)
      #expect(Self.said(view, shown).first?.hasPrefix("integration:p/q.phase: \(phase)") == true, "\(text)")
      #expect(Self.said(view, shown) == Self.said(after, shown), "\(text)")
      let base = merging.before.estate.seen(in: item.base, at: date)
      if text < "2027-06-01", own.isEmpty {
        #expect(Self.said(view, shown).prefix(2) == Self.said(base, shown).prefix(2), "\(text)")
      }
    }
  }

  @Test func `Of an admitted gap no day is taken away`() async throws {
    let document = """
      {kind: system, id: p, name: P, classification: public, lifecycle: {active: 2020-01-01}}
      ---
      {kind: system, id: q, name: Q, classification: public, lifecycle: {active: 2020-01-01}}
      ---
      {kind: integration, from: p, to: q, carries: [d], lifecycle: unknown}

      """
    let merging = try await Merging(document, "changes: [{ref: 'integration:p/q', unset: [lifecycle.retired]}]")
    #expect(merging.before.diagnostics.map(\.summary) == [] && merging.problems == [])
    let merged = await merging.after()
    let shown = try await TestEstate(document)
    let item = try #require(merging.before.estate.initiativeViews(alone: true).first)
    let date = try #require(CivilDate("2028-01-01"))
    let view = Self.said(merging.before.estate.seen(in: item.view, at: date), shown)
    #expect(view == Self.said(merged.estate.seen(in: merged.estate.view, at: date), shown))
    #expect(view[5].hasPrefix("integration:p/q.lifecycle.retired: unknown"), "\(view)")
  }
}
