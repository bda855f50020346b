import CEL
import Testing

@testable import Catalogue

@Suite struct EditWithinTests {
  @Test func `An edit inside an entry of adds names the entry, and an entry of its own names none`() async throws {
    let loaded = try await InitiativeTests.load(
      """
      adds: [{kind: system, id: x, name: X, classification: public, integrations: [{to: a}]}]
      changes: [{ref: 'system:a', set: {count: 1}}]
      """)
    #expect(loaded.problems == [])
    let estate = loaded.estate
    var within: [String: [String]] = [:]
    for row in estate.rows(ofKind: "edit") {
      let list = estate.value("within", of: row).listView
      within[estate.identity(row)] = (0..<(list?.count ?? 0)).compactMap { list?.row(at: $0) }.map(estate.identity)
    }
    #expect(
      within == [
        "edit:i/add/system/x": [], "edit:i/set/system/x/name": ["edit:i/add/system/x"],
        "edit:i/set/system/x/classification": ["edit:i/add/system/x"],
        "edit:i/add/integration/x/a": ["edit:i/add/system/x"],
        "edit:i/link/integration/x/a/to": ["edit:i/add/integration/x/a"], "edit:i/set/system/a/count": [],
      ])
  }
}
