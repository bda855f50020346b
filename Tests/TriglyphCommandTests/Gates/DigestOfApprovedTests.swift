import Foundation
import Testing

/// digest: a line for each entry, as rules see the entries.
@Suite struct DigestOfApprovedTests {
  static let initiatives = [
    "duty-on-arrival", "enquiries-by-chat", "its-general-ledger", "its-payroll-and-procurement", "one-log-in",
    "parking-permits-online", "people-register-interface", "planning-notices", "school-admissions-boundary",
  ]

  @Test(arguments: initiatives)
  func `digest prints what the shared function entries gives`(_ id: String) async throws {
    let place = ["--repository", ImportTableTests.root.path, "--as-of", "2026-12-01"]
    let digest = try await BuiltCommand.run(list: ["digest", id] + place)
    #expect(digest.status == 0 && digest.errors == "")
    let query = try await BuiltCommand.run(
      list: [
        "query", "every(initiative).filter(i, i.id == \"\(id)\").map(i, entries(i)).flatten()", "--columns", "digest",
        "-f", "json",
      ] + place)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(query.output.utf8)) as? [String: Any])
    let rows = try #require(json["rows"] as? [[String: Any]])
    let seen = rows.compactMap { ($0["values"] as? [String: Any])?["digest"] as? String }
    #expect(!seen.isEmpty)
    #expect(seen.sorted() == digest.output.split(separator: "\n").map { String($0.prefix(32)) }.sorted())
  }

  /// One initiative changes what another one adds.
  static func repository(approved: Bool) throws -> TemporaryRepository {
    let decision =
      approved
      ? "---\n{kind: decision, id: yes1, name: \"Yes\", date: 2026-01-01, outcome: approved, targets: [\"initiative:first\"]}\n"
      : ""
    return try TemporaryRepository(
      TemporaryRepository.base.merging([
        "catalogue/i.yaml": """
        {kind: initiative, id: first, name: First, stage: build, goLive: 2027-01-01, adds: [{kind: system, id: desk, name: Desk, mfa: true}]}
        ---
        {kind: initiative, id: second, name: Second, stage: design, goLive: 2027-02-01, changes: [{ref: "system:desk", set: {cost: 3}}]}
        \(decision)
        """
      ]) { $1 })
  }

  @Test func `what an approved initiative adds can be changed by another one's entries`() async throws {
    let repository = try Self.repository(approved: true)
    let run = try await BuiltCommand.run(
      "digest", "--repository", repository.path, "--as-of", "2026-07-01", "second")
    #expect(run.status == 0)
    #expect(run.output.hasSuffix("  set system:desk cost 3 (at go-live, 2027-02-01)\n"))
    // The catalogue has it not: it cannot be merged before the other.
    let merge = try await BuiltCommand.run(
      "merge", "--repository", repository.path, "--as-of", "2026-07-01", "--dry-run", "second")
    #expect(merge.status == 2)
    #expect(merge.errors.contains("initiative:first would add it"))
  }

  @Test func `what one adds that is not approved cannot`() async throws {
    let repository = try Self.repository(approved: false)
    let run = try await BuiltCommand.run(
      "digest", "--repository", repository.path, "--as-of", "2026-07-01", "second")
    #expect(run.status == 2)
    #expect(run.errors.contains("initiative:first would add it"))
  }
}
