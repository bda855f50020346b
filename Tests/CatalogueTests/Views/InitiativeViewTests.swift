import CEL
import Testing

@testable import Catalogue

/// What a view says of the fields that its initiative changes.
@Suite struct InitiativeViewTests {
  /// The view of an initiative, and what it says.
  struct Seen {
    let loaded: TestEstate
    let estate: Estate

    init(_ documents: String, _ initiative: String = "i", at date: String = "2027-06-01", alone: Bool = false)
      async throws
    {
      loaded = try await TestEstate(documents)
      let views = loaded.estate.initiativeViews(alone: alone)
      let item = try #require(views.first { $0.initiative.id == initiative })
      estate = loaded.estate.seen(in: item.view, at: try #require(CivilDate(date)))
    }

    func read(_ reference: String, _ path: String) throws -> String {
      guard case .found(let row) = estate.find(reference) else { return "absent" }
      return loaded.shown(estate.value(path, of: row))
    }
  }

  static func system(_ id: String, _ lines: String = "") -> String {
    "kind: system\nid: \(id)\nname: \(id)\nclassification: public\n\(lines)\n---\n"
  }

  static let data = ["d", "e"].map { "kind: dataset\nid: \($0)\nname: \($0)\n---\n" }.joined()

  static func initiative(_ lines: String, id: String = "i", goLive: String = "2027-01-01", isApproved: Bool = false)
    -> String
  {
    "kind: initiative\nid: \(id)\nname: I\nstage: design\ngoLive: \(goLive)\n\(lines)\n---\n"
      + (isApproved
        ? "kind: decision\nid: d-\(id)\nname: D\ndate: 2025-01-01\noutcome: approved\ntargets: ['initiative:\(id)']\n---\n"
        : "")
  }

  // MARK: Order

  @Test func `What comes into effect later counts, wherever it is written`() async throws {
    let text =
      Self.system("a")
      + Self.initiative(
        "changes: [{ref: 'system:a', date: 2027-03-01, set: {count: 3}}, {ref: 'system:a', set: {count: 1}}]")
    #expect(try await Seen(text, at: "2027-02-01").read("system:a", "count") == "1")
    #expect(try await Seen(text, at: "2027-06-01").read("system:a", "count") == "3")
  }

  @Test func `In one entry a relation is unset before something is linked`() async throws {
    let text =
      Self.system("a", "needed: [a]") + Self.system("b")
      + Self.initiative("changes: [{ref: 'system:a', link: {needed: [b]}, unset: [needed]}]")
    #expect(try await Seen(text).read("system:a", "needed") == "[b]")
  }

  // MARK: Records

  @Test func `A record that is unset has none of its fields left`() async throws {
    let text =
      Self.system("a", "dpia: {status: api, date: 2026-01-01}")
      + Self.initiative("changes: [{ref: 'system:a', unset: [dpia]}]")
    let seen = try await Seen(text)
    #expect(try seen.read("system:a", "dpia.status") == "unknown(a.dpia.status)")
    #expect(try seen.read("system:a", "dpia.date") == "unknown(a.dpia.date)")
  }

  // MARK: Lifecycles

  static let days = ["planned", "active", "phaseOut", "retired"].map { "lifecycle.\($0)" }

  @Test(arguments: [
    // What is taken away leaves nothing that followed from it.
    ("{active: 2024-01-01, retired: 2028-01-01}", "unset: [lifecycle.retired]", ["?", "2024-01-01", "never", "never"]),
    ("{active: 2024-01-01, retired: 2028-01-01}", "unset: [lifecycle.active]", ["?", "?", "?", "2028-01-01"]),
    (
      "{active: 2024-01-01, retired: 2028-01-01}", "set: {lifecycle.retired: unknown}", ["?", "2024-01-01", "?", "?"]
    ),
    // A skipped phase begins with the next one, whatever day that gets.
    (
      "{active: 2024-01-01, retired: 2028-01-01}", "set: {lifecycle.retired: 2029-01-01}",
      ["?", "2024-01-01", "2029-01-01", "2029-01-01"]
    ),
    ("{retired: 2028-01-01}", "set: {lifecycle.active: 2024-01-01}", ["?", "2024-01-01", "2028-01-01", "2028-01-01"]),
    // What is written is cut down to the end.
    (
      "{active: 2024-01-01, phaseOut: 2027-01-01, retired: 2028-01-01}", "set: {lifecycle.retired: 2026-06-01}",
      ["?", "2024-01-01", "2026-06-01", "2026-06-01"]
    ),
  ])
  func `A changed day changes what follows from it`(_ written: String, _ change: String, _ expected: [String])
    async throws
  {
    let text =
      Self.system("a", "lifecycle: \(written)") + Self.initiative("changes: [{ref: 'system:a', \(change)}]")
    let seen = try await Seen(text)
    #expect(seen.loaded.problems.isEmpty)
    let found = try Self.days.map { try seen.read("system:a", $0) }
    #expect(found.map { $0.hasPrefix("unknown") ? "?" : $0 } == expected)
  }

  @Test func `A day that nobody wrote can be unset`() async throws {
    let text =
      Self.system("a", "lifecycle: active")
      + Self.initiative("changes: [{ref: 'system:a', unset: [lifecycle.retired]}]")
    #expect(try await Seen(text).read("system:a", "phase") == "active")
  }

  @Test func `What is never to retire is not retired`() async throws {
    let text =
      Self.system("a", "lifecycle: {active: 2024-01-01, retired: 2027-01-01}")
      + Self.initiative("changes: [{ref: 'system:a', set: {lifecycle.retired: never}}]")
    #expect(try await Seen(text).estate.view.retired.isEmpty)
  }

  // MARK: Flows

  @Test func `What an initiative adds passes its platforms in the order of writing`() async throws {
    let text =
      ["a", "b", "y", "z"].map { Self.system($0) }.joined() + Self.data
      + Self.initiative("adds: [{kind: integration, from: a, id: i, to: b, via: [z, y], carries: [d]}]")
    let seen = try await Seen(text)
    #expect(try (1...3).map { try seen.read("flow:a/i/d/out-\($0)", "destination") } == ["z", "y", "b"])
  }

  @Test func `A platform that an initiative adds is passed where it is written`() async throws {
    let text =
      ["a", "b", "y"].map { Self.system($0) }.joined() + Self.data
      + "kind: integration\nfrom: a\nid: i\nto: b\nvia: [z, y]\ncarries: [d]\n---\n"
      + Self.initiative("adds: [{kind: system, id: z, name: Z, classification: public}]")
    let seen = try await Seen(text)
    #expect(try (1...3).map { try seen.read("flow:a/i/d/out-\($0)", "destination") } == ["z", "y", "b"])
    #expect(try seen.loaded.read("flow:a/i/d/out-1", "destination") == "y")
  }

  // MARK: References to what an initiative adds

  static let proposal = "adds: [{kind: dataset, id: n, name: N}]"

  @Test func `A list that names one thing twice closes when what it lacks is there`() async throws {
    let text = Self.data + Self.system("a", "holds: [d, d, n]") + Self.initiative(Self.proposal)
    #expect(try await Seen(text).read("system:a", "holds") == "[d, n]")
  }

  @Test func `A list stays open that lacks something else as well`() async throws {
    let text = Self.data + Self.system("a", "holds: [d, n, nowhere]") + Self.initiative(Self.proposal)
    #expect(try await Seen(text).read("system:a", "holds") == "[d, n, …]")
  }

  @Test func `What another initiative adds can be unlinked, and the list closes`() async throws {
    let text =
      Self.data + Self.system("a", "holds: [d, n]") + Self.initiative(Self.proposal, id: "other")
      + Self.initiative("changes: [{ref: 'system:a', unlink: {holds: [n]}}]")
    #expect(try await Seen(text).read("system:a", "holds") == "[d]")
    #expect(try await Seen(text, "other").read("system:a", "holds") == "[d, n]")
  }

  // MARK: Parts of what an initiative adds

  static let owner = "adds: [{kind: system, id: s, name: S, classification: public}]"
  static let part = "kind: integration\nfrom: s\nid: i\nto: a\ncarries: [d]\n---\n"

  @Test func `A part of what only an initiative adds belongs to nothing without it`() async throws {
    let text = Self.data + Self.system("a") + Self.part + Self.initiative(Self.owner)
    let seen = try await Seen(text)
    #expect(try seen.loaded.read("integration:s/i", "from") == "unknown(s/i.from)")
    #expect(seen.loaded.estate.rows(ofKind: "flow").isEmpty)
    #expect(try seen.read("integration:s/i", "from") == "s")
    #expect(try seen.read("system:s", "integrations") == "[s/i]")
    #expect(try seen.read("flow:s/i/d/out-1", "source") == "s")
  }

  @Test(arguments: [false, true])
  func `A part that one initiative adds to what another adds belongs to it where both are applied`(_ alone: Bool)
    async throws
  {
    let text =
      Self.data + Self.system("a") + Self.initiative(Self.owner, id: "other", isApproved: true)
      + Self.initiative("adds: [{kind: integration, from: s, id: i, to: a, carries: [d]}]")
    let seen = try await Seen(text, alone: alone)
    #expect(try seen.read("integration:s/i", "from") == (alone ? "unknown(s/i.from)" : "s"))
    #expect(try seen.read("system:s", "integrations") == (alone ? "absent" : "[s/i]"))
    #expect(try seen.read("flow:s/i/d/out-1", "source") == (alone ? "absent" : "s"))
  }

  // MARK: Dates

  /// Nothing derived depends on the date here, so that one graph does for many.
  @Test func `What is seen at a date is at that date`() async throws {
    let metamodel = "kind: metamodel\nid: m\nname: M\nkinds: {thing: {plural: things, fields: {size: {type: integer}}}}"
    let loaded = try await TestEstate(
      "kind: thing\nid: t\nname: T\n---\n" + Self.initiative("changes: [{ref: 'thing:t', set: {size: 1}}]"),
      metamodel: metamodel)
    let view = try #require(loaded.estate.initiativeViews().first).view
    for text in ["2026-02-01", "2026-03-01", "2027-01-01", "2028-01-01"] {
      let date = try #require(CivilDate(text))
      #expect(loaded.estate.seen(in: view, at: date).graph.date == date)
    }
  }

  private struct Weak { weak var view: View? }

  @Test func `Views are gone when nobody looks at them`() async throws {
    var estate: Estate? = try await TestEstate(
      Self.system("a") + Self.initiative("changes: [{ref: 'system:a', set: {count: 2}}]")
    ).estate
    let own = Weak(view: estate?.view)
    var views = estate?.initiativeViews()
    _ = views?.first.map { $0.view.graph(at: $0.date) }
    let view = Weak(view: views?.first?.view)
    let base = Weak(view: views?.first?.base)
    #expect(view.view != nil && base.view != nil && own.view != nil)
    (estate, views) = (nil, nil)
    #expect(view.view == nil && base.view == nil && own.view == nil)
  }
}
