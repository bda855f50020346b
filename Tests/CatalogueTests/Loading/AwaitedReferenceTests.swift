import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// Papers name what an open initiative adds, before it is there.
@Suite struct AwaitedReferenceTests {
  static let base =
    "kind: system\nid: a\nname: A\nclassification: public\n---\n"
    + "kind: dataset\nid: d\nname: D\n---\n"

  static func initiative(_ id: String, adds: String, stage: String = "design", goLive: String = "2027-01-01") -> String
  {
    "kind: initiative\nid: \(id)\nname: I\nstage: \(stage)\ngoLive: \(goLive)\nadds: [\(adds)]\n---\n"
  }

  static func system(_ id: String) -> String { "{kind: system, id: \(id), name: X, classification: public}" }

  static func ruling(_ outcome: String, on id: String) -> String {
    "kind: decision\nid: on-\(id)\nname: D\ndate: 2025-01-01\noutcome: \(outcome)\ntargets: ['initiative:\(id)']\n---\n"
  }

  static func evidence(_ targets: String, id: String = "test") -> String {
    "kind: evidence\nid: \(id)\nname: E\ntype: test\ndate: 2025-01-01\ntargets: [\(targets)]\n---\n"
  }

  @Test func `In the catalogue it is not there yet, and nothing is missing`() async throws {
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: Self.system("x")) + Self.evidence("'system:x', 'system:a'"))
    #expect(loaded.problems == [])
    #expect(loaded.findings == [])
    #expect(try loaded.read("evidence:test", "targets") == "[a]")
    let row = try loaded.row("evidence:test")
    let field = try #require(loaded.estate.kind(of: row).members["targets"])
    let awaited = loaded.estate.awaited(by: row, in: loaded.estate.metamodel.fields[Int(field)])
    #expect(awaited.map { loaded.estate.identity($0.target) } == ["system:x"])
    #expect(awaited.map(\.initiative.id) == ["i"])
  }

  @Test func `A paper about nothing else is about nothing yet`() async throws {
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: Self.system("x")) + Self.evidence("'system:x'"))
    #expect(loaded.findings == [])
    #expect(try loaded.read("evidence:test", "targets") == "[]")
  }

  @Test func `In the initiative's view it is there, and leads back`() async throws {
    let link = "{kind: integration, from: a, id: feed, to: x}"
    let text =
      Self.base + Self.initiative("i", adds: Self.system("x") + ", " + link)
      + Self.evidence("'system:x', 'system:a', 'integration:a/feed'")
    let seen = try await InitiativeViewTests.Seen(text)
    #expect(seen.loaded.findings == [])
    // Lists are in the order of kinds and ids.
    #expect(try seen.read("evidence:test", "targets") == "[a/feed, a, x]")
    #expect(try seen.read("system:x", "evidence") == "[test]")
    #expect(try seen.read("integration:a/feed", "evidence") == "[test]")
    #expect(seen.estate.integrityInView.isEmpty)
    let other = try await InitiativeViewTests.Seen(text + Self.initiative("j", adds: Self.system("y")), "j")
    #expect(try other.read("evidence:test", "targets") == "[a]")
  }

  @Test func `Once it is approved others find it, a decision like any paper`() async throws {
    let text =
      Self.base + Self.initiative("i", adds: Self.system("x")) + Self.initiative("j", adds: Self.system("y"))
      + Self.ruling("approved", on: "i")
      + "kind: decision\nid: more\nname: M\ndate: 2025-02-01\noutcome: endorsed\ntargets: ['system:y', 'system:x']\n---\n"
    let own = try await InitiativeViewTests.Seen(text, "j")
    #expect(own.loaded.findings == [])
    #expect(try own.read("decision:more", "targets") == "[x, y]")
    let other = try await InitiativeViewTests.Seen(text, "i")
    #expect(try other.read("decision:more", "targets") == "[x]")
  }

  @Test func `A name that nobody adds stays an error at its place, and what is meant is told`() async throws {
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: Self.system("harbour")) + Self.evidence("'system:harbor', 'system:a'"))
    #expect(loaded.findings == ["dangling-reference a.yaml:22:11 there is no system `harbor`"])
    #expect(loaded.estate.integrity[0].diagnostic.notes == ["did you mean `harbour`?"])
    #expect(try loaded.read("evidence:test", "targets") == "[a, …]")
  }

  @Test func `A list with a wrong name stays open in the view that brings the right one`() async throws {
    let text =
      Self.base + Self.initiative("i", adds: Self.system("x")) + Self.evidence("'system:x', 'system:nowhere'")
    let seen = try await InitiativeViewTests.Seen(text)
    #expect(seen.loaded.findings.count == 1)
    #expect(try seen.loaded.read("evidence:test", "targets") == "[…]")
    #expect(try seen.read("evidence:test", "targets") == "[x, …]")
  }

  @Test func `Whatever is no paper names only what is there`() async throws {
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: Self.system("x"))
        + "kind: system\nid: c\nname: C\nclassification: public\nneeded: [x]\n")
    #expect(
      loaded.findings == ["dangling-reference a.yaml:21:10 `system:x` is not there: initiative:i would add it"])
    #expect(try loaded.read("system:c", "needed") == "[…]")
  }

  // MARK: Ids that are taken

  @Test func `An id that the catalogue has leads there, and the entry is the mistake`() async throws {
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: Self.system("a")) + Self.evidence("'system:a'"))
    #expect(loaded.problems == ["id-taken a.yaml:15:27 `system:a` cannot be added: the catalogue has one already"])
    #expect(loaded.findings == [])
    #expect(try loaded.read("evidence:test", "targets") == "[a]")
  }

  @Test func `Of two that add one id the earlier is meant`() async throws {
    let text =
      Self.base + Self.initiative("late", adds: Self.system("x"), goLive: "2027-05-01")
      + Self.initiative("soon", adds: Self.system("x")) + Self.evidence("'system:x'")
    let seen = try await InitiativeViewTests.Seen(text, "soon")
    #expect(
      seen.loaded.problems == ["id-taken a.yaml:15:27 `system:x` cannot be added: initiative:soon adds one, too"])
    #expect(seen.loaded.findings == [])
    #expect(try seen.read("evidence:test", "targets") == "[x]")
    #expect(try await InitiativeViewTests.Seen(text, "late").read("evidence:test", "targets") == "[]")
  }

  // MARK: Initiatives that add it no more

  @Test(arguments: [
    ("design", "rejected", "which was rejected, would have added it"),
    ("live", "approved", "which is live, says that it added it"),
    ("closed", "approved", "which is closed, says that it added it"),
  ])
  func `What an initiative adds no more is told plainly`(_ stage: String, _ outcome: String, _ fate: String)
    async throws
  {
    let parts = "{kind: system, id: x, name: X, classification: public, integrations: [{to: a}]}"
    let loaded = try await TestEstate(
      Self.base + Self.initiative("i", adds: parts, stage: stage) + Self.ruling(outcome, on: "i")
        + Self.evidence("'system:x', 'integration:x/a', 'system:xy'"))
    #expect(loaded.problems == [])
    #expect(
      loaded.findings == [
        "dangling-reference a.yaml:29:11 `system:x` is not there: initiative:i, \(fate)",
        "dangling-reference a.yaml:29:23 `integration:x/a` is not there: initiative:i, \(fate)",
        "dangling-reference a.yaml:29:42 there is no system `xy`",
      ])
  }

  @Test func `What is wrong with entries that are over is not told twice for it`() async throws {
    let text =
      Self.base + Self.initiative("i", adds: "{kind: system, id: X}, {kind: system}, 7, {kind: no}", stage: "live")
    let alone = try await TestEstate(text)
    let named = try await TestEstate(text + Self.evidence("'system:x'"))
    #expect(named.problems == alone.problems)
    #expect(named.findings == alone.findings + ["dangling-reference a.yaml:22:11 there is no system `x`"])
  }

  @Test func `What a broken initiative may add is counted, and not reported`() async throws {
    let loaded = try await TestEstate([
      "a.yaml": Self.base + Self.evidence("'system:x'")
        + "kind: system\nid: c\nname: C\nclassification: public\nneeded: [x]\n",
      "b.yaml": "kind: initiative\nid: i\nname: I\nadds: [{kind: system, id: x]\n",
    ])
    #expect(loaded.problems.count == 1)
    #expect(loaded.findings == ["dangling-reference a.yaml:21:10 there is no system `x`"])
    #expect(loaded.estate.summary.referencesToBroken == 1)
    #expect(try loaded.read("evidence:test", "targets") == "[…]")
  }

  // MARK: The vocabulary

  @Test func `Any relation that is a list may wait, and no other`() async throws {
    let vocabulary = testMetamodel.replacing(
      "holds: {to: dataset, many: true, inverse: heldBy}",
      with: "holds: {to: dataset, many: true, awaits: true, inverse: heldBy}")
    let loaded = try await TestEstate(
      Self.initiative("i", adds: "{kind: dataset, id: e, name: E}")
        + "kind: system\nid: c\nname: C\nclassification: public\nholds: [e]\n", metamodel: vocabulary)
    #expect(loaded.findings == [])
    #expect(try loaded.read("system:c", "holds") == "[]")
    let wrong = try await TestEstate(
      Self.base,
      metamodel: testMetamodel.replacing("owner: {to: organisation,", with: "owner: {to: organisation, awaits: true,"))
    #expect(wrong.problems.map { String($0.prefix { $0 != " " }) } == ["wrong-value"])
    #expect(wrong.problems.first?.hasSuffix("`true` is not possible for what is no list") == true, "\(wrong.problems)")
  }
}
