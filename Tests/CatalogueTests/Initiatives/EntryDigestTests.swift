import Testing

@testable import Catalogue

/// One digest for all ways of writing an entry, another for whatever means something else.
@Suite struct EntryDigestTests {
  /// The edits of an initiative with these entries.
  static func edits(_ entries: String, goLive: String = "2027-01-01") async throws -> [InitiativeEdit] {
    let text = "kind: initiative\nid: i\nname: I\nstage: idea\ngoLive: \(goLive)\n\(entries)\n"
    let estate = try await TestEstate(text).estate
    return estate.edits(ofInitiative: 0 + estate.rows(ofKind: "initiative")[0])
  }

  static func digests(_ entries: String) async throws -> [String] {
    try await edits(entries).filter { $0.owner == nil && $0.isMaterial }.map(\.digest)
  }

  @Test(arguments: [
    ("set: {rto: 4h}", "set: {'rto': \"PT4H\"}"), ("set: {rto: 240m}", "set:\n  rto: 4h # hours"),
    ("set: {keep: 1y}", "set: {keep: P12M}"), ("set: {ratio: 1.50}", "set: {ratio: 15e-1}"),
    ("set: {spend: GBP 1000}", "set: {spend: GBP 1e3}"), ("set: {count: 7}", "set: {count: 007}"),
    ("set:\n  text: >\n    a\n    b", "set: {text: a b}"), ("set: {text: 'a'}", "set: {text: \"\\u0061\"}"),
    ("set: {dpia: {status: api, date: 2026-01-01}}", "set: {dpia: {date: 2026-01-01, status: api}}"),
    (
      "set: {lifecycle: {active: 2026-01-01, retired: 2027-01-01}}",
      "set: {lifecycle: {retired: 2027-01-01, active: 2026-01-01}}"
    ),
    ("set: {holds: [e, 'dataset:d', e]}", "set:\n  holds:\n  - d\n  - e"),
    ("link: {holds: [d]}", "link: {holds: 'dataset:d'}"),
    ("link: {holds: [d]}, why: because", "link: {holds: [d]}"), ("unset: count", "unset: [count]"),
    ("set: {owner: o}", "set: {owner: 'organisation:o'}"),
    ("set: {count: 1}, link: {holds: [d]}", "link: {holds: [d]}, set: {count: 1}"),
  ])
  func `The way of writing does not matter`(_ one: String, _ other: String) async throws {
    func entry(_ operations: String) -> String {
      operations.contains("\n")
        ? "changes:\n- ref: system:a\n  \(operations.replacing("\n", with: "\n  "))"
        : "changes: [{ref: 'system:a', \(operations)}]"
    }
    let a = try await Self.digests(entry(one))
    #expect(!a.isEmpty)
    #expect(a == (try await Self.digests(entry(other))))
    #expect(a.allSatisfy { $0.utf8.count == 32 })
  }

  @Test(arguments: [
    ("set: {count: 1}", "set: {count: 2}"), ("set: {count: 1}", "set: {count: 1}, date: 2026-02-02"),
    ("set: {count: 1}, date: 2026-02-02", "set: {count: 1}, date: 2026-02-03"),
    ("set: {text: unknown}", "set: {text: 'unknown'}"), ("link: {holds: [d]}", "unlink: {holds: [d]}"),
    ("link: {holds: [d]}", "set: {holds: [d]}"), ("link: {holds: [d]}", "link: {holds: [d, e]}"),
    ("set: {tags: [x, y]}", "set: {tags: [y, x]}"), ("set: {tags: [x, y]}", "set: {tags: ['x, y']}"),
    ("set: {tags: []}", "unset: [tags]"), ("set: {spend: GBP 1}", "set: {spend: EUR 1}"),
    ("set: {dpia: {status: api}}", "set: {dpia.status: api}"),
    ("set: {dpia: {status: api, date: unknown}}", "set: {dpia: {status: api}}"),
  ])
  func `What means something else has another digest`(_ one: String, _ other: String) async throws {
    let a = try await Self.digests("changes: [{ref: 'system:a', \(one)}]")
    let b = try await Self.digests("changes: [{ref: 'system:a', \(other)}]")
    #expect(!a.isEmpty && !b.isEmpty)
    #expect(a != b)
  }

  @Test func `The way of an integration is in its order, another list of references is not`() async throws {
    let adds = { (via: String, carries: String) in
      "adds: [{kind: integration, from: a, to: b, via: [\(via)], carries: [\(carries)]}]"
    }
    let digests = try await Self.digests(adds("x, y", "d, e"))
    #expect(digests.count == 1)
    #expect(try await Self.digests(adds("x, y", "e, d")) == digests)
    #expect(try await Self.digests(adds("y, x", "d, e")) != digests)
  }

  @Test func `Another go-live leaves entries as they are`() async throws {
    let entries = "changes: [{ref: 'system:a', set: {count: 1}}]\nretires: [{ref: 'system:a'}]"
    let a = try await Self.edits(entries)
    let b = try await Self.edits(entries, goLive: "2028-01-01")
    #expect(a.count == 2)
    #expect(a.map(\.digest) == b.map(\.digest))
  }

  @Test func `An addition is its document with its parts, and each key has a digest too`() async throws {
    let one = try await Self.edits(
      """
      adds:
        - kind: system
          id: x
          name: X       # a name
          holds: [d, e]
          integrations: [{to: b, style: api}, {id: two, to: c}]
      """)
    #expect(
      one.map(\.words) == [
        "add system:x", "set system:x name X", "link system:x holds d, e", "add integration:x/b",
        "link integration:x/b to b", "set integration:x/b style api", "add integration:x/two",
        "link integration:x/two to c",
      ])
    #expect(one.map(\.owner) == [nil, 0, 0, 0, 3, 3, 0, 6])
    #expect(one.map(\.isMaterial) == [true, false, true, true, true, true, true, true])
    let other = try await Self.edits(
      "adds: [{integrations: [{id: two, to: 'system:c'}, {id: b, style: api, to: b}], holds: [e, d], name: Y, id: x, kind: system}]"
    )
    #expect(one[0].digest == other[0].digest)
    #expect(Set(one.filter(\.isMaterial).map(\.digest)) == Set(other.filter(\.isMaterial).map(\.digest)))
    let third = try await Self.edits(
      "adds: [{kind: system, id: x, name: X, holds: [d, e], integrations: [{to: b, style: event}, {id: two, to: c}]}]")
    #expect(third[0].digest != one[0].digest)
    #expect(third[6].digest == one[6].digest)
  }

  @Test func `An immaterial field is in no digest but its own`() async throws {
    let edits = try await Self.edits("changes: [{ref: 'system:a', set: {summary: new}}]")
    #expect(edits.map(\.isMaterial) == [false])
  }

  @Test(arguments: [
    "adds: {a: b}",
    "adds: [x, [y], {kind: nope, id: x}, {kind: system}, {kind: integration, to: a}, {kind: flow, id: x}]",
    "adds: [{kind: system, id: X}, {kind: integration, from: '/', to: a}, {kind: [a], id: x}]",
    "changes: [{ref: [a]}, {ref: a}, {ref: 'nope:a', set: {count: 1}}, {ref: 'system:a', set: [count], unset: {a: b}, link: x}]",
    "changes: [{ref: 'system:a', set: {nope: 1, count: x, failsWith: [a], holds: {a: b}}, unset: [[a], nope], unlink: {count: [1], holds: [[a]]}}]",
    "changes: [{ref: 'system:a', date: soon, set: {count: 1}}]",
    "retires: [{ref: ':'}, {ref: 'system'}, {date: 2026-01-01}, x]",
    "changes: [{ref: ~, set: {count: ~}}]", "retires: x", "changes: unknown",
  ])
  func `What is not understood is left out`(_ entries: String) async throws {
    #expect(try await Self.edits(entries).map(\.words) == [])
  }
}
