import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A merge is refused where the repository would then have a mistake that it has not now.
@Suite struct CheckedMergeTests {
  static func merge(_ document: String, _ entries: String, rules: String? = nil) async throws -> CheckedMerge {
    let initiative = "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2027-01-01\n\(entries)\n"
    var texts = ["vocabulary.yaml": vocabulary, "a.yaml": document, "i.yaml": initiative]
    texts["rules.yaml"] = rules
    let files = texts.sorted { $0.key < $1.key }.map { SourceText(name: $0.key, text: $0.value) }
    let result = await RepositoryReader.read(files, asOf: CivilDate(year: 2026, month: 1, day: 1) ?? .never, tasks: 1)
    let row = try #require(result.estate.rows(ofKind: "initiative").first)
    return await CheckedMerge.run(
      row,
      CheckedMerge.Repository(
        files: files, estate: result.estate, diagnostics: result.diagnostics + RuleBook(result.estate).diagnostics,
        isVocabularyWhole: result.isVocabularyWhole), tasks: 1)
  }

  static let document = "kind: system\nid: a\nname: A\n"

  @Test func `A sound one tells how many entries it has, and how many are early`() async throws {
    let merge = try await Self.merge(
      Self.document,
      "changes: [{ref: 'system:a', date: 2025-12-31, set: {cost: 1}}, {ref: 'system:a', set: {mfa: true}, unset: [rto]}]"
    )
    #expect(merge.problems.isEmpty && merge.remarks.isEmpty)
    #expect(merge.changes.map(\.name) == ["a.yaml", "i.yaml"])
    #expect(merge.entryCount == 3)
    #expect(merge.earlyCount == 2)
  }

  @Test(arguments: [
    ("changes: [{ref: 'system:b', set: {cost: 1}}]", "unknown-entity"),
    ("changes: [{ref: 'system:a', set: {cost: x}}]", "wrong-value"),
    ("changes: [{ref: 'system:a', link: {holds: [d]}}]", "dangling-reference"),
    ("adds: [{kind: system}]", "missing-key"), ("adds: x", "wrong-shape"),
    ("spnd: 1", "unknown-key"),
  ])
  func `Broken entries are the loader's errors`(_ entries: String, _ id: String) async throws {
    let merge = try await Self.merge(Self.document, entries)
    #expect(merge.problems.map(\.id) == [id])
    #expect(merge.changes.isEmpty)
  }

  @Test func `A mistake elsewhere is no reason to refuse, one in the vocabulary is`() async throws {
    let entries = "changes: [{ref: 'system:a', set: {cost: 1}}]"
    let other = try await Self.merge(Self.document, entries, rules: "kind: nope\nid: x\n")
    #expect(other.problems.isEmpty && !other.changes.isEmpty)
    let same = try await Self.merge(Self.document + "---\nkind: nope\nid: x\n", entries)
    #expect(same.problems.isEmpty && !same.changes.isEmpty)
    let hole = try await Self.merge(Self.document, entries, rules: "kind: metamodel\nid: x\nname: X\nkinds: [x]\n")
    #expect(!hole.problems.isEmpty && hole.changes.isEmpty)
  }

  @Test func `What a document then lacks is a remark`() async throws {
    let merge = try await Self.merge(
      Self.document, "adds: [{kind: system, id: s, name: S}]\nchanges: [{ref: 'system:a', unset: [name]}]")
    #expect(merge.problems.isEmpty && !merge.changes.isEmpty)
    #expect(merge.remarks.map(\.id) == ["required-field-missing"])
  }

  @Test func `What waited for it finds it once it is merged`() async throws {
    let paper = "---\nkind: evidence\nid: e\nname: E\ntype: test\ndate: 2025-01-01\ntargets: ['system:s', 'system:a']\n"
    let merge = try await Self.merge(Self.document + paper, "adds: [{kind: system, id: s, name: S}]")
    #expect(merge.problems.isEmpty && merge.remarks.isEmpty)
    let files =
      merge.changes.map { SourceText(name: $0.name, bytes: $0.after) }
      + [SourceText(name: "vocabulary.yaml", text: vocabulary)]
    let read = await RepositoryReader.read(files, asOf: CivilDate(year: 2026, month: 1, day: 1) ?? .never, tasks: 1)
    #expect(read.diagnostics.isEmpty && read.estate.integrity.isEmpty)
    guard case .found(let row) = read.estate.find("evidence:e") else { return #expect(Bool(false)) }
    #expect(read.estate.value("targets", of: row).listView?.count == 2)
  }

  @Test func `A mistake that a rule would then have is a reason`() async throws {
    let rule = """
      kind: rule
      id: r
      name: R
      title: R
      for: [system, dataset]
      severity: minor
      stage: design
      require: self != "a"
      message: no
      remedy: none
      """
    let merge = try await Self.merge(Self.document, "adds: [{kind: dataset, id: a, name: A}]", rules: rule)
    #expect(merge.problems.map(\.id) == ["ambiguous-entity"])
    #expect(merge.changes.isEmpty)
    let other = try await Self.merge(Self.document, "adds: [{kind: dataset, id: b, name: B}]", rules: rule)
    #expect(other.problems.isEmpty && !other.changes.isEmpty)
  }
}
