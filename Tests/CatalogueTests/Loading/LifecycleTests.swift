import CEL
import Testing

@testable import Catalogue

@Suite struct LifecycleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var lifecycle: String
    var at: String
    var phase: String
    var live: String
    var testDescription: String { "\(lifecycle) at \(at)" }

    init(_ lifecycle: String, _ at: String, _ phase: String, _ live: String) {
      (self.lifecycle, self.at, self.phase, self.live) = (lifecycle, at, phase, live)
    }
  }

  @Test(
    "The phase and whether it lives follow from the first days, half-open",
    arguments: [
      Case("{active: 2020-01-01, phaseOut: 2027-01-01}", "2019-12-31", "planned", "false"),
      Case("{active: 2020-01-01, phaseOut: 2027-01-01}", "2020-01-01", "active", "true"),
      Case("{active: 2020-01-01, phaseOut: 2027-01-01}", "2026-12-31", "active", "true"),
      Case("{active: 2020-01-01, phaseOut: 2027-01-01}", "2027-01-01", "phaseOut", "true"),
      Case("{active: 2020-01-01, retired: 2027-01-01}", "2026-12-31", "active", "true"),
      Case("{active: 2020-01-01, retired: 2027-01-01}", "2027-01-01", "retired", "false"),
      Case("{planned: 2019-01-01, phaseOut: 2021-01-01}", "2020-01-01", "planned", "false"),
      Case("active", "1990-01-01", "active", "true"),
      Case("retired", "1990-01-01", "retired", "false"),
      Case("unknown", "2020-01-01", "unknown(a.lifecycle.active)", "unknown(a.lifecycle.active)"),
      Case("{phaseOut: 2027-01-01}", "2026-01-01", "unknown(a.lifecycle.active)", "unknown(a.lifecycle.active)"),
      Case("{phaseOut: 2027-01-01}", "2027-01-01", "phaseOut", "true"),
      Case("{active: 2020-01-01, phaseOut: unknown}", "2026-01-01", "unknown(a.lifecycle.phaseOut)", "true"),
      Case("{active: 2020-01-01, phaseOut: unknown, retired: 2030-01-01}", "2031-01-01", "retired", "false"),
      Case(
        "{active: 2020-01-01, retired: unknown}", "2026-01-01", "unknown(a.lifecycle.phaseOut)",
        "unknown(a.lifecycle.retired)"),
      Case(
        "{active: unknown, retired: 2030-01-01}", "2026-01-01", "unknown(a.lifecycle.active)",
        "unknown(a.lifecycle.active)"),
    ])
  func follows(_ input: Case) async throws {
    let loaded = try await TestEstate(
      "kind: system\nid: a\nname: A\nclassification: public\nlifecycle: \(input.lifecycle)\n", asOf: input.at)
    #expect(loaded.problems.isEmpty)
    #expect(try loaded.read("system:a", "phase") == input.phase)
    #expect(try loaded.read("system:a", "live") == input.live)
  }

  @Test func `Nothing said leaves phase, life and days unknown`() async throws {
    let loaded = try await TestEstate("kind: system\nid: a\nname: A\nclassification: public\n")
    #expect(try loaded.read("system:a", "phase") == "unknown(a.lifecycle.active)")
    #expect(try loaded.read("system:a", "live") == "unknown(a.lifecycle.active)")
    #expect(try loaded.read("system:a", "lifecycle.active") == "unknown(a.lifecycle.active)")
  }

  @Test func `A skipped phase begins with the next one, and what comes after the last never begins`() async throws {
    let loaded = try await TestEstate(
      "kind: system\nid: a\nname: A\nclassification: public\nlifecycle: {active: 2020-01-01, retired: 2027-01-01}\n---\n"
        + "kind: system\nid: b\nname: B\nclassification: public\nlifecycle: {active: 2020-01-01}\n")
    #expect(try loaded.read("system:a", "lifecycle.phaseOut") == "2027-01-01")
    #expect(try loaded.read("system:b", "lifecycle.retired") == "never")
    #expect(
      try loaded.read("system:a", "lifecycle") == "{unknown(a.lifecycle.planned), 2020-01-01, 2027-01-01, 2027-01-01}")
  }

  @Test(arguments: [
    ("", "2024-01-01", "true", "2023-01-01", "2028-01-01"),
    ("", "2022-01-01", "false", "2023-01-01", "2028-01-01"),
    ("", "2028-01-01", "false", "2023-01-01", "2028-01-01"),
    ("lifecycle: {active: 2025-01-01, retired: 2026-01-01}", "2024-01-01", "false", "2025-01-01", "2026-01-01"),
    ("lifecycle: {active: 2025-01-01, retired: 2026-01-01}", "2025-06-01", "true", "2025-01-01", "2026-01-01"),
  ])
  func `A part lives while both of its ends do; its own dates narrow that`(
    own: String, at: String, live: String, first: String, last: String
  ) async throws {
    let loaded = try await TestEstate(
      """
      kind: system
      id: a
      name: A
      classification: public
      lifecycle: {active: 2020-01-01, retired: 2028-01-01}
      ---
      kind: system
      id: b
      name: B
      classification: public
      lifecycle: {active: 2023-01-01, retired: 2030-01-01}
      ---
      kind: integration
      from: a
      to: b
      \(own)
      """, asOf: at)
    #expect(loaded.problems.isEmpty)
    #expect(try loaded.read("integration:a/b", "live") == live)
    #expect(try loaded.read("integration:a/b", "lifecycle.active") == first)
    #expect(try loaded.read("integration:a/b", "lifecycle.retired") == last)
  }

  @Test(
    "What follows others and writes no beginning has the phase of these until a day of its own",
    arguments: [
      // What the ends write, what it writes itself, the date, the phase, whether it lives.
      ("{active: 2020-01-01}", "{retired: 2027-01-01}", "2019-12-31", "planned", "false"),
      ("{active: 2020-01-01}", "{retired: 2027-01-01}", "2026-12-31", "active", "true"),
      ("{active: 2020-01-01}", "{retired: 2027-01-01}", "2027-01-01", "retired", "false"),
      ("{active: 2020-01-01, phaseOut: 2025-01-01}", "{retired: 2027-01-01}", "2026-12-31", "phaseOut", "true"),
      ("{active: 2020-01-01, retired: 2026-01-01}", "{retired: 2027-01-01}", "2026-06-01", "retired", "false"),
      ("{active: 2020-01-01}", "{phaseOut: 2026-01-01}", "2025-12-31", "active", "true"),
      ("{active: 2020-01-01}", "{phaseOut: 2026-01-01}", "2026-01-01", "phaseOut", "true"),
      ("active", "{retired: 2027-01-01}", "2026-12-31", "active", "true"),
      ("phaseOut", "{retired: 2027-01-01}", "2026-12-31", "phaseOut", "true"),
      ("active", "{retired: 2027-01-01}", "2027-01-01", "retired", "false"),
      ("active", "{active: 2020-01-01}", "2026-12-31", "active", "true"),
      ("active", "{}", "2026-12-31", "active", "true"),
      ("unknown", "{retired: 2027-01-01}", "2026-12-31", "unknown(a.lifecycle.active, b.lifecycle.active)", ""),
      ("unknown", "{retired: 2027-01-01}", "2027-01-01", "retired", "false"),
      // An admitted gap stays one.
      (
        "{active: 2020-01-01}", "{active: unknown, retired: 2027-01-01}", "2026-12-31",
        "unknown(a/b.lifecycle.active)", "unknown(a/b.lifecycle.active)"
      ),
      (
        "{active: 2020-01-01}", "{retired: unknown}", "2026-12-31", "unknown(a/b.lifecycle.phaseOut)",
        "unknown(a/b.lifecycle.retired)"
      ),
    ])
  func beginsWithOthers(ends: String, own: String, at: String, phase: String, live: String) async throws {
    let loaded = try await TestEstate(
      """
      {kind: system, id: a, name: A, classification: public, lifecycle: \(ends)}
      ---
      {kind: system, id: b, name: B, classification: public, lifecycle: \(ends)}
      ---
      {kind: integration, from: a, to: b, carries: [], lifecycle: \(own)}
      """, asOf: at)
    #expect(loaded.problems.isEmpty)
    #expect(try loaded.read("integration:a/b", "phase") == phase)
    #expect(try loaded.read("integration:a/b", "live") == (live.isEmpty ? phase : live))
  }

  @Test func `What begins with others has their first days, and its own last one`() async throws {
    let text = """
      {kind: system, id: a, name: A, classification: public, lifecycle: {planned: 2018-01-01, active: 2020-01-01}}
      ---
      {kind: system, id: b, name: B, classification: public, lifecycle: {planned: 2018-05-01, active: 2019-01-01}}
      ---
      {kind: integration, from: a, to: b, lifecycle: {retired: 2027-01-01}}
      """
    let loaded = try await TestEstate(text)
    #expect(try loaded.read("integration:a/b", "lifecycle") == "{2018-05-01, 2020-01-01, 2027-01-01, 2027-01-01}")
  }

  @Test func `Whether a row lives at another date than the graph's is worked out for that date`() async throws {
    let text = """
      kind: system
      id: a
      name: A
      lifecycle: {active: 2020-01-01, retired: 2027-01-01}
      integrations: [{to: b, carries: []}, {id: gap, to: c, carries: []}]
      ---
      {kind: system, id: b, name: B, lifecycle: {active: 2021-01-01}}
      ---
      {kind: system, id: c, name: C}

      """
    for asOf in ["2019-06-01", "2020-06-01", "2026-06-01", "2028-06-01"] {
      let loaded = try await TestEstate(text, asOf: asOf)
      for date in ["2019-06-01", "2020-06-01", "2026-06-01", "2028-06-01"] {
        let other = try await TestEstate(text, asOf: date)
        for name in ["system:a", "integration:a/b", "integration:a/gap", "system:c"] {
          guard case .found(let row) = loaded.estate.find(name) else {
            Issue.record("there is no \(name)")
            return
          }
          var frame = Frame(graph: loaded.estate.graph, at: CivilDate(date), slotCount: 1)
          let looked = loaded.estate.value("live", of: row, &frame)
          let expected = try other.read(name, "live")
          let told: String
          switch looked {
          case .bool(let flag): told = flag ? "true" : "false"
          default: told = "unknown"
          }
          #expect(expected.hasPrefix(told), "\(name) at \(date) in the estate of \(asOf)")
        }
      }
    }
  }
}
