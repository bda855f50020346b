import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// A merge of one initiative into a literal catalogue.
struct Merging {
  /// What there is beside the document that a test is about.
  static let base = """
    kind: system
    id: b
    name: B
    classification: public
    aliases: [older]
    ---
    kind: system
    id: c
    name: C
    classification: public
    ---
    kind: dataset
    id: d
    name: D
    ---
    kind: dataset
    id: e
    name: E
    ---
    kind: organisation
    id: o
    name: O

    """

  let merge: InitiativeMerge
  let before: RepositoryReader.Result
  let files: [SourceText]

  /// - Parameters:
  ///   - document: the file `a.yaml`.
  ///   - entries: `adds`, `changes` and `retires` of the initiative in `i.yaml`.
  init(_ document: String, _ entries: String, goLive: String? = "2027-01-01") async throws {
    let initiative =
      "# Why\nkind: initiative\nid: i\nname: I\nstage: build # soon\n" + (goLive.map { "goLive: \($0)\n" } ?? "")
      + entries + "\n"
    files = [
      SourceText(name: "a.yaml", text: document), SourceText(name: "base.yaml", text: Self.base),
      SourceText(name: "i.yaml", text: initiative), SourceText(name: "metamodel.yaml", text: testMetamodel),
    ]
    before = await Self.read(files)
    guard case .found(let row) = before.estate.find("initiative:i") else { throw TestEstate.MissingEntity() }
    merge = InitiativeMerge.prepare(row, before.estate, files)
  }

  private static func read(_ files: [SourceText]) async -> RepositoryReader.Result {
    await RepositoryReader.read(files, asOf: CivilDate(year: 2026, month: 1, day: 1) ?? .never, tasks: 1)
  }

  var problems: [String] { merge.problems.map { "\($0.range?.described ?? "-") \($0.summary)" } }

  /// A file afterwards.
  func text(_ name: String = "a.yaml") -> String? {
    let bytes = merge.changes.first { $0.name == name }?.after ?? files.first { $0.name == name }?.bytes
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The repository afterwards.
  func after() async -> RepositoryReader.Result {
    let changed = Set(merge.changes.map(\.name))
    return await Self.read(
      files.filter { !changed.contains($0.name) }
        + merge.changes.map { SourceText(name: $0.name, bytes: $0.after) })
  }

  /// What the catalogue does not show afterwards.
  func differences() async -> [String] {
    let estate = await after().estate
    guard case .found(let row) = estate.find("initiative:i") else { return ["the initiative is lost"] }
    return estate.comparisons(ofInitiative: row).compactMap(\.difference)
  }
}
