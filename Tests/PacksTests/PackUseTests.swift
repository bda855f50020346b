import Diagnostics
import Testing
import YAMLTree

@testable import Packs

@Suite struct PackUseTests {
  static func pack(_ name: String, _ version: Int) -> Pack {
    Pack(name: name, version: version, summary: name, files: [])
  }

  static let registry = PackRegistry([pack("roads", 2), pack("roads", 1), pack("harbours", 1), pack("roads", 10)])

  static func used(_ text: String) -> (ids: [String], diagnostics: [Diagnostic]) {
    let root = YAMLFile.parse(SourceText(name: "triglyph.yaml", text: "use: \(text)\n")).documents.first?.root
    var diagnostics: [Diagnostic] = []
    return (registry.used(by: root?.first("use"), &diagnostics).map(\.id), diagnostics)
  }

  @Test func `packs are sorted by name and number, and used as they are written`() {
    #expect(Self.registry.packs.map(\.id) == ["harbours/1", "roads/1", "roads/2", "roads/10"])
    let (ids, diagnostics) = Self.used("[roads/2, harbours/1]")
    #expect(ids == ["roads/2", "harbours/1"])
    #expect(diagnostics.isEmpty)
    var none: [Diagnostic] = []
    #expect(Self.registry.used(by: nil, &none).isEmpty)
    #expect(none.isEmpty)
  }

  @Test(arguments: [
    ("[raods/1]", "unknown-pack", "there is no pack `raods/1`", "did you mean `roads/1`, `roads/10` or `roads/2`?"),
    ("[bridges/1]", "unknown-pack", "there is no pack `bridges/1`", "there is: harbours/1, roads/1, roads/2, roads/10"),
    (
      "[roads/3]", "unknown-pack", "this triglyph has no roads/3; of roads it has roads/1, roads/2, roads/10",
      "a number that is not there may be a later triglyph's: `triglyph packs` lists those of this one"
    ),
    ("[harbours]", "unknown-pack", "`harbours` lacks the number: `harbours/1`", nil),
    ("roads/1", "wrong-shape", "`use` is a list of packs, and this is a single value", "write `use: [roads/1]`"),
    ("{roads: 1}", "wrong-shape", "`use` is a list of packs, and this is a mapping", nil),
    ("[{roads: 1}]", "wrong-shape", "an entry of `use` is the name of a pack, `name/1`", nil),
    ("[harbours/1, harbours/1]", "pack-mistake", "harbours/1 stands here already", nil),
    (
      "[roads/1, roads/2]", "pack-mistake", "roads/2 and roads/1 are one pack: a repository uses one of them", nil
    ),
  ])
  func `a mistake in use is told at its place`(text: String, id: String, summary: String, note: String?) throws {
    let diagnostics = Self.used(text).diagnostics
    #expect(diagnostics.count == 1)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.id == id)
    #expect(diagnostic.summary == summary)
    #expect(diagnostic.notes.first == note)
    #expect(diagnostic.range?.source.name == "triglyph.yaml")
    #expect((diagnostic.range?.start.column ?? 0) > 5)
  }
}
