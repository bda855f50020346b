import Testing

@testable import Catalogue

/// What cannot be written safely is told with its place, and nothing is written.
@Suite struct MergeRefusalTests {
  static let head = "kind: system\nid: a\nname: A\nclassification: public\n"

  @Test(arguments: [
    (
      "lifecycle: active\n", "retires: [{ref: 'system:a'}]",
      "a.yaml:5:12 `lifecycle` is the word `active` here, beside which no day can stand; write the first days of its phases, then merge"
    ),
    (
      "holds: unknown\n", "changes: [{ref: 'system:a', link: {holds: [d]}}]",
      "a.yaml:5:8 `holds` of system:a is recorded as unknown, so nothing can be linked there; record it there first, or write all of it under `set`"
    ),
    (
      "zones: &z [x]\ntags: *z\n", "changes: [{ref: 'system:a', set: {tags: [y]}}]",
      "a.yaml:6:1 an alias stands in the way of a change here; write what it stands for in its place"
    ),
    (
      "zones: &z [x]\ntags: *z\n", "changes: [{ref: 'system:a', set: {zones: [y]}}]",
      "a.yaml:5:11 this is written in a form that cannot be changed safely; change it by hand"
    ),
    (
      "zones: &z [x]\ntags: *z\n", "changes: [{ref: 'system:a', unset: [zones]}]",
      "a.yaml:5:11 this is written in a form that cannot be changed safely; change it by hand"
    ),
    (
      "holds: [d, # d\n  e]\n", "changes: [{ref: 'system:a', unlink: {holds: [d]}}]",
      "a.yaml:5:12 a comment stands inside what would be replaced here; move it to a line of its own before"
    ),
    (
      "holds: [\n  d, # d\n  e]\n", "changes: [{ref: 'system:a', set: {holds: [e]}}]", ""
    ),
    (
      "count: 1\n", "adds: [{kind: system, id: b, name: B, classification: public}]",
      "i.yaml:7:27 system:b is there already"
    ),
    (
      "count: 1\n", "retires: [{ref: 'dataset:d'}]",
      "i.yaml:7:11 dataset:d has no lifecycle, so no day on which it retires"
    ),
  ])
  func `A refusal names its place`(_ lines: String, _ entries: String, _ problem: String) async throws {
    let merging = try await Merging(Self.head + lines, entries)
    #expect(merging.problems == (problem.isEmpty ? [] : [problem]))
    #expect(merging.merge.changes.isEmpty == !problem.isEmpty)
    if problem.isEmpty { #expect(merging.text() == Self.head + "# d\nholds: [e]\n") }
  }

  @Test(arguments: ["link", "unlink"]) func `What is not known cannot be added to or taken from`(_ verb: String)
    async throws
  {
    let merging = try await Merging(
      Self.head + "integrations: [{to: b}]\n", "changes: [{ref: 'integration:a/b', \(verb): {carries: [d]}}]")
    #expect(
      merging.problems == [
        "a.yaml:5:16 `carries` of integration:a/b is not recorded, which means unknown, so nothing can be \(verb)ed there; record it there first, or write all of it under `set`"
      ])
  }

  @Test func `Retiring needs a day`() async throws {
    let entries = "retires: [{ref: 'system:a'}, {ref: 'system:b', date: 2027-05-01}]"
    let without = try await Merging(Self.head, entries, goLive: nil)
    #expect(
      without.problems == [
        "i.yaml:6:11 no day to retire system:a is known: neither this entry has a `date` nor the initiative a `goLive`"
      ])
    let with = try await Merging(Self.head, entries)
    #expect(with.text() == Self.head + "lifecycle: {retired: 2027-01-01}\n")
    #expect(with.text("base.yaml")?.contains("aliases: [older]\nlifecycle: {retired: 2027-05-01}\n---") == true)
    #expect(await with.differences() == [])
  }

  @Test func `All problems are told, and one is enough to write nothing`() async throws {
    let merging = try await Merging(
      Self.head + "lifecycle: active\nholds: unknown\n",
      "changes: [{ref: 'system:a', set: {count: 1}, link: {holds: [d]}}]\nretires: [{ref: 'system:a'}]")
    #expect(merging.problems.count == 2)
    #expect(merging.merge.changes.isEmpty)
  }

  @Test func `A file with mistakes is not written to`() async throws {
    let merging = try await Merging(
      Self.head + "---\nkind: dataset\nid: z\nname: ~\n", "changes: [{ref: 'system:a', set: {count: 1}}]")
    #expect(merging.problems == ["a.yaml:8:7 a file with mistakes is not written to; `triglyph check` shows them"])
  }

  @Test(arguments: ["live", "closed"]) func `What is live is merged already`(_ stage: String) async throws {
    let loaded = try await TestEstate("kind: initiative\nid: i\nname: I\nstage: \(stage)\n")
    let merge = InitiativeMerge.prepare(try loaded.row("initiative:i"), loaded.estate, [])
    #expect(merge.problems.map(\.summary) == ["initiative:i is merged already: it is \(stage)"])
  }
}
