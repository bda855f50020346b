import Testing

@testable import Catalogue

/// What the catalogue says beside the entries of an initiative that is live.
@Suite struct EntryComparisonTests {
  static func compare(_ entries: String, _ lines: String) async throws -> [String?] {
    let loaded = try await TestEstate(
      "kind: dataset\nid: d\nname: D\n---\nkind: dataset\nid: e\nname: E\n---\nkind: system\nid: b\nname: B\nclassification: public\n---\nkind: system\nid: a\nname: A\naliases: [old]\nclassification: public\n\(lines)\n---\nkind: initiative\nid: i\nname: I\nstage: live\ngoLive: 2027-01-01\n\(entries)\n"
    )
    let row = try loaded.row("initiative:i")
    return loaded.estate.comparisons(ofInitiative: row).map(\.difference)
  }

  @Test(
    arguments: [
      ("set: {count: 1}", "count: 1", nil), ("set: {count: 1}", "count: 2", "`count` of system:a is 2, not 1"),
      ("set: {count: 1}", "", "`count` of system:a is not written, not 1"), ("set: {count: unknown}", "", nil),
      ("set: {count: unknown}", "count: 1", "`count` of system:a is 1, not unknown"),
      ("set: {rto: 60m}", "", nil), ("set: {rto: 2h}", "", "`rto` of system:a is not written, not 2h"),
      ("set: {rto: 4h}", "rto: PT4H", nil),
      ("set: {text: 'unknown'}", "text: unknown", "`text` of system:a is unknown, not unknown"),
      ("set: {holds: [e, d]}", "holds: ['dataset:d', e]", nil), ("set: {holds: []}", "", nil),
      ("set: {zones: []}", "", "`zones` of system:a is not written, not []"),
      ("set: {holds: [d]}", "holds: [d, e]", "`holds` of system:a is d, e, not d"),
      ("set: {dpia.status: api}", "dpia: {status: api}", nil),
      ("set: {dpia.status: api}", "dpia: unknown", "`dpia.status` of system:a is not written, not api"),
      ("unset: [count]", "", nil), ("unset: [count]", "count: 1", "`count` of system:a is 1"),
      ("unset: [lifecycle.retired]", "lifecycle: {active: 2020-01-01}", nil),
      ("link: {holds: [d]}", "holds: ['dataset:d']", nil), ("link: {holds: [d]}", "holds: d", nil),
      ("link: {holds: [d]}", "", "`holds` of system:a lacks d"), ("link: {needed: [old]}", "needed: [a]", nil),
      ("link: {holds: [d]}", "holds: unknown", "`holds` of system:a is unknown"),
      ("unlink: {holds: [d]}", "holds: [e]", nil), ("unlink: {holds: [d]}", "holds: [d]", "`holds` of system:a has d"),
      ("unlink: {holds: [d]}", "holds: unknown", "`holds` of system:a is unknown"),
    ] as [(String, String, String?)])
  func `A change`(_ operation: String, _ lines: String, _ difference: String?) async throws {
    #expect(try await Self.compare("changes: [{ref: 'system:a', \(operation)}]", lines) == [difference])
    #expect(try await Self.compare("changes: [{ref: 'system:old', \(operation)}]", lines) == [difference])
  }

  @Test(
    arguments: [
      ("", "lifecycle: {retired: 2027-01-01}", nil),
      ("", "lifecycle: {retired: 2027-02-01}", "system:a does not retire from 2027-01-01 on but from 2027-02-01 on"),
      (", date: 2027-02-01", "lifecycle: {retired: 2027-02-01}", nil),
      ("", "lifecycle: {active: 2020-01-01}", "system:a does not retire from 2027-01-01 on"),
      ("", "lifecycle: retired", nil), ("", "lifecycle: active", "system:a does not retire from 2027-01-01 on"),
    ] as [(String, String, String?)])
  func `A retirement`(_ date: String, _ lines: String, _ difference: String?) async throws {
    #expect(try await Self.compare("retires: [{ref: 'system:a'\(date)}]", lines) == [difference])
  }

  @Test func `An addition, and what is inside it`() async throws {
    let entries =
      "adds: [{kind: system, id: a, name: A, classification: public, integrations: [{to: b, style: api}]}, {kind: dataset, id: f, name: F}]"
    #expect(
      try await Self.compare(entries, "integrations: [{to: b, style: event}]") == [
        nil, nil, nil, nil, nil, "`style` of integration:a/b is event, not api", "dataset:f is not there",
      ])
  }

  @Test func `What a later entry of the same initiative undoes is not asked for`() async throws {
    #expect(
      try await Self.compare(
        "changes: [{ref: 'system:a', date: 2026-02-01, set: {count: 3}, link: {holds: [d]}}, {ref: 'system:a', date: 2026-01-01, set: {count: 2}}, {ref: 'system:a', unlink: {holds: [d]}}]",
        "count: 3") == [nil, nil])
  }
}
