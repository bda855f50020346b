import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// A stage that is supposed, and the passage of a gate that a merge records.
@Suite struct SupposedStageTests {
  static let day = CivilDate(year: 2026, month: 7, day: 1) ?? .never

  static let vocabulary = """
    kind: metamodel
    id: v
    name: V
    kinds:
      system: {plural: systems, fields: {mfa: {type: boolean}}}
      initiative: {parts: {passages: {kind: passage, inverse: initiative}}}
      passage:
        plural: passages
        role: passage
        fields: {entered: {type: stage}, day: {type: date}}
    """

  static func load(_ initiative: String, vocabulary: String = vocabulary) async throws -> (Estate, [SourceText], Int32)
  {
    let files = [
      SourceText(name: "a.yaml", text: "kind: system\nid: a\nname: A\n"), SourceText(name: "i.yaml", text: initiative),
      SourceText(name: "v.yaml", text: vocabulary),
    ]
    let result = await RepositoryReader.read(files, asOf: day, tasks: 1)
    #expect(result.diagnostics.map(\.summary) == [])
    return (result.estate, files, try #require(result.estate.rows(ofKind: "initiative").first))
  }

  static func supposed(_ initiative: String, _ stages: [String]) async throws -> (SupposedStage, String) {
    let (estate, files, row) = try await load(initiative)
    let supposed = SupposedStage(row, entering: stages, on: day, estate, files)
    #expect(supposed.files.map(\.name) == files.map(\.name))
    let file = try #require(supposed.files.first { $0.name == "i.yaml" })
    return (supposed, String(decoding: file.bytes, as: UTF8.self))
  }

  @Test(arguments: [
    (
      "kind: initiative\nid: i\nname: I\nstage: idea # yet\npassages:\n  - {id: x, entered: idea, day: 2026-01-01}\ngoLive: 2027-01-01\n",
      "kind: initiative\nid: i\nname: I\nstage: build # yet\npassages:\n  - {id: x, entered: idea, day: 2026-01-01}\n  - {id: design, entered: design, day: 2026-07-01}\n  - {id: build, entered: build, day: 2026-07-01}\ngoLive: 2027-01-01\n"
    ),
    (
      "{kind: initiative, id: i, name: I, stage: idea, passages: [{id: design, entered: idea, day: 2026-01-01}]}\n",
      "{kind: initiative, id: i, name: I, stage: build, passages: [{id: design, entered: idea, day: 2026-01-01}, {id: design-2, entered: design, day: 2026-07-01}, {id: build, entered: build, day: 2026-07-01}]}\n"
    ),
    (
      "{kind: initiative, id: i, name: I, stage: idea, passages: [{id: d, entered: design, day: 2026-01-01}, {id: b, entered: build, day: 2026-01-01}]}\n",
      "{kind: initiative, id: i, name: I, stage: build, passages: [{id: d, entered: design, day: 2026-01-01}, {id: b, entered: build, day: 2026-01-01}]}\n"
    ),
  ])
  func `The stage is another, and passages that nobody recorded are there`(_ text: String, _ wanted: String)
    async throws
  {
    let (supposed, result) = try await Self.supposed(text, ["design", "build"])
    #expect(supposed.problems.isEmpty)
    #expect(result == wanted)
    let after = await RepositoryReader.read(supposed.files, asOf: Self.day, tasks: 1)
    #expect(after.diagnostics.map(\.summary) == [])
    for name in supposed.passages {
      if case .found = after.estate.find(name) { continue }
      Issue.record("\(name) is not there")
    }
  }

  @Test func `Every place that stayed is where it was`() async throws {
    let text =
      "kind: initiative\nid: i\nname: I\nstage: transition\npassages:\n  - {id: x, entered: idea, day: 2026-01-01}\ngoLive: 2027-01-01\nadds:\n  - {kind: system, id: s, name: Söderström}\n"
    let (supposed, result) = try await Self.supposed(text, ["live"])
    let file = try #require(supposed.files.first { $0.name == "i.yaml" })
    for word in ["id: i", "name: I", "2026-01-01", "goLive", "2027-01-01", "Söderström", "adds"] {
      let bytes = Array(word.utf8)
      func place(in text: [UInt8]) -> Int? {
        text.indices.first { text[$0...].starts(with: bytes) }
      }
      let new = try #require(place(in: file.bytes))
      let origin = supposed.origin(of: SourceRange(file, new..<new + bytes.count))
      #expect(origin.text == word)
      #expect(origin.utf8Range.lowerBound == place(in: Array(text.utf8)))
    }
    // What is supposed is told at what stands before it.
    let start = try #require(result.utf8.firstRange(of: Array("{id: live".utf8)))
    let offset = result.utf8.distance(from: result.startIndex, to: start.lowerBound)
    let origin = supposed.origin(of: SourceRange(file, offset + 5..<offset + 9))
    #expect(origin.start.line == 6 && origin.text == "}")
    // Another file's place stays.
    let other = SourceRange(supposed.files[0], 0..<4)
    #expect(supposed.origin(of: other) == other)
  }

  @Test func `What cannot be written is a problem at its place`() async throws {
    let (supposed, _) = try await Self.supposed(
      "kind: initiative\nid: i\nname: I\nstage: idea\npassages: unknown\n", ["build"])
    #expect(supposed.problems.map(\.id) == ["not-merged"])
    #expect(supposed.problems.first?.range?.start.line == 5)
  }

  @Test(arguments: [
    (
      "passages: [{id: x, entered: build, day: 2026-01-01}]\n",
      "passages: [{id: x, entered: build, day: 2026-01-01}, {id: live, entered: live, day: 2026-07-01}]\n"
    ),
    ("", "passages: [{id: live, entered: live, day: 2026-07-01}]\n"),
    ("passages: [{id: x, entered: live, day: 2026-01-01}]\n", "passages: [{id: x, entered: live, day: 2026-01-01}]\n"),
  ])
  func `A merge records that the initiative went live`(_ passages: String, _ wanted: String) async throws {
    let head = "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2027-01-01\n"
    let (estate, files, row) = try await Self.load(head + passages)
    let merge = InitiativeMerge.prepare(row, estate, files)
    #expect(merge.problems.isEmpty)
    let after = String(decoding: try #require(merge.changes.first).after, as: UTF8.self)
    #expect(after.contains("stage: live\n"))
    let whole = await RepositoryReader.read(
      [files[0], SourceText(name: "i.yaml", text: after), files[2]], asOf: Self.day, tasks: 1)
    let rows = whole.estate.rows(ofKind: "passage")
    let texts = rows.map { row in "\(whole.estate.entity(row).id) \(whole.estate.value("day", of: row).text ?? "")" }
    let listed = await RepositoryReader.read(
      [files[0], SourceText(name: "i.yaml", text: head.replacing("build", with: "live") + wanted), files[2]],
      asOf: Self.day, tasks: 1)
    #expect(
      texts
        == listed.estate.rows(ofKind: "passage").map { row in
          "\(listed.estate.entity(row).id) \(listed.estate.value("day", of: row).text ?? "")"
        })
  }

  @Test func `A vocabulary without passages has none recorded`() async throws {
    let (estate, files, row) = try await Self.load(
      "kind: initiative\nid: i\nname: I\nstage: build\n",
      vocabulary: "kind: metamodel\nid: v\nname: V\nkinds:\n  system: {plural: systems}\n")
    let merge = InitiativeMerge.prepare(row, estate, files)
    #expect(
      merge.changes.map { String(decoding: $0.after, as: UTF8.self) }
        == ["kind: initiative\nid: i\nname: I\nstage: live\n"])
  }
}

/// Where places of a text that was changed in several lines stood before.
@Suite struct TextMoveTests {
  @Test func `What stayed is where it was, what came is where it was put`() {
    let before = Array("one\ntwo\nthree\nfour\n".utf8)
    let after = Array("zero\none\nTWO!\nthree\nfour\nfive\n".utf8)
    let move = TextMove("a", byLinesOf: before, to: after)
    for word in ["one", "three", "four"] {
      let bytes = Array(word.utf8)
      let old = before.indices.first { before[$0...].starts(with: bytes) }
      let new = after.indices.first { after[$0...].starts(with: bytes) } ?? -1
      #expect(move.origin(of: new, in: "a") == old)
      #expect(move.origin(of: new, in: "b") == new)
    }
    #expect((0..<5).map { move.origin(of: $0, in: "a") } == [0, 0, 0, 0, 0])
    // A line in another's place is there, and no longer than that.
    #expect((9..<14).map { move.origin(of: $0, in: "a") } == [4, 5, 6, 7, 8])
    #expect(move.origin(of: after.count, in: "a") == before.count)
    #expect(TextMove("a", byLinesOf: before, to: before).origin(of: 7, in: "a") == 7)
  }
}
