import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// The shipped initiatives, merged into a copy in memory.
@Suite struct ShippedMergeTests {
  static let asOf = CivilDate(year: 2026, month: 12, day: 1) ?? CivilDate(days: 0)

  static func load(_ files: [SourceText]) async -> RepositoryReader.Result {
    await RepositoryReader.read(files, asOf: asOf, tasks: 2)
  }

  /// Files with changes applied.
  static func merged(_ files: [SourceText], _ changes: [InitiativeMerge.Change]) -> [SourceText] {
    let names = Set(changes.map(\.name))
    return files.filter { !names.contains($0.name) }
      + changes.map { SourceText(name: $0.name, bytes: $0.after) }
  }

  static func prepare(_ id: String, _ files: [SourceText]) async throws -> InitiativeMerge {
    let estate = await load(files).estate
    guard case .found(let row) = estate.find("initiative:\(id)") else { throw TestEstate.MissingEntity() }
    return InitiativeMerge.prepare(row, estate, files)
  }

  @Test(arguments: [
    "duty-on-arrival", "its-payroll-and-procurement", "one-log-in", "parking-permits-online", "planning-notices",
    "school-admissions-boundary",
  ])
  func `Each merges, and the catalogue then says what it said`(_ id: String) async throws {
    var files = try ShippedRepository.documents()
    if id == "one-log-in" {
      // It changes what this one adds.
      #expect(
        try await Self.prepare(id, files).problems.map(\.summary) == ["no document of system:its-procurement is found"])
      files = Self.merged(files, try await Self.prepare("its-payroll-and-procurement", files).changes)
    }
    let before = await Self.load(files)
    guard case .found(let row) = before.estate.find("initiative:\(id)") else {
      Issue.record("there is no \(id)")
      return
    }
    let entries = before.estate.comparisons(ofInitiative: row)
    #expect(!entries.isEmpty)
    #expect(entries.allSatisfy { !$0.isMerged || $0.edit.owner != nil || $0.edit.operation == .unlink })
    let merge = InitiativeMerge.prepare(row, before.estate, files)
    #expect(merge.problems.map { "\($0.range?.described ?? "") \($0.summary)" } == [])
    #expect(merge.changes.count >= 2)

    let after = await Self.load(Self.merged(files, merge.changes))
    #expect(after.diagnostics.map(\.summary) == before.diagnostics.map(\.summary))
    #expect(after.estate.integrity.filter { $0.unless < 0 }.isEmpty)
    guard case .found(let live) = after.estate.find("initiative:\(id)") else {
      Issue.record("there is no \(id) any more")
      return
    }
    #expect(after.estate.comparisons(ofInitiative: live).compactMap(\.difference) == [])
    let digests = InitiativeEdit.all(of: try #require(after.estate.entity(live).node), after.metamodel).map(\.digest)
    let earlier = InitiativeEdit.all(of: try #require(before.estate.entity(row).node), before.metamodel).map(\.digest)
    #expect(digests == earlier)
    let again = InitiativeMerge.prepare(live, after.estate, files)
    #expect(again.problems.map(\.summary) == ["initiative:\(id) is merged already: it is live"])
    #expect(again.changes.isEmpty)
    // Comments and everything else stay: every line that goes is one that an entry is about.
    for change in merge.changes {
      let old = String(decoding: change.before ?? [], as: UTF8.self).split(separator: "\n")
      let new = Set(String(decoding: change.after, as: UTF8.self).split(separator: "\n"))
      let lost = old.filter { !new.contains($0) }
      #expect(lost.count <= 10, "\(lost)")
      #expect(lost.allSatisfy { !$0.contains("#") }, "\(lost)")
    }
  }
}
