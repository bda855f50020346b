import Diagnostics
import Testing
import YAMLTree

@Suite struct RecoveryTests {
  @Test(arguments: [
    ("a: @\n---\nb: 2\n", 1, 1), ("a: 1\n---\nb: @\n---\nc: 3\n", 2, 1), ("a: \"x\n---\nb: 2\n", 1, 1),
    ("a: [\n---\nb: 2\n", 1, 1), ("a: [\n--- # c\nb: 2\n", 1, 1), ("a: @\n---x\n---\nb: 2\n", 1, 1),
    ("a: @\r\n---\r\nb: 2\r\n", 1, 1),
    ("a: @\n---\nb: @\n---\nc: @\n", 0, 3), ("{a: 1}\n}\n---\nb: 2\n", 1, 1), ("a: 1\n...\n]\n---\nb: 2\n", 2, 1),
    ("%FOO\n---\na: 1\n", 1, 1), ("a: |\n x\n---\nb: @\n---\nc: 1\n", 2, 1), ("--- a: b\n---\nb: 2\n", 1, 1),
    ("a: 1\nfoo\n---\nb: 2\n", 1, 1), ("---\n@\n---", 0, 1), ("\u{FEFF}---\n@\n---\na: 1", 1, 1),
    ("é: @\n---\né: 'ü'\n---\né: @\n---\na: ö", 2, 2),
  ])
  func `a broken document costs one document`(text: String, whole: Int, broken: Int) {
    let file = read(text)
    #expect(file.documents.count == whole)
    #expect(file.brokenDocuments.count == broken)
    #expect(file.diagnostics.count == broken)
  }

  @Test func `places behind a broken document are right`() {
    let file = read("é: @\n---\nü: 1\nb: @\n---\nk: ö\n")
    #expect(file.diagnostics.compactMap(\.range?.described) == ["test.yaml:1:4", "test.yaml:4:4"])
    #expect(file.documents.first?.root.first("k")?.range.text == "ö")
  }

  @Test(arguments: [
    ("kind: system\nid: x\nname: @\n", "system", "x", []),
    ("name: @\nkind: 'system'\nid: \"x-1\" # c\naliases: [a, 'b']\n", "system", "x-1", ["a", "b"]),
    ("kind: system\naliases:\n  - a\n  - b # c\nid: y\nz: [\n", "system", "y", ["a", "b"]),
    ("name: @\n  id: no\n", nil, nil, []), ("@\nid: two words\nkind: |\n", nil, nil, []),
    ("a: 1\n---\nkind: k\nid: \"open\nx: 1\n", "k", nil, []),
    ("\u{FEFF}id: x\nkind: y\n@", "y", "x", []),
  ])
  func `what a broken document names is told`(text: String, kind: String?, id: String?, aliases: [String]) {
    let broken = read(text).brokenDocuments.first
    #expect(broken?.kind == kind)
    #expect(broken?.id == id)
    #expect(broken?.aliases == aliases)
  }

  @Test func `a broken document's range is its text`() {
    let file = read("a: 1\n---\nb: @\n\n---\nc: 1\n")
    #expect(file.brokenDocuments.map(\.range.text) == ["---\nb: @"])
  }

  @Test(arguments: [
    (Array("a: 1\n---\nb: ".utf8) + [0xFF, 0xFE] + Array("\n---\nc: 3\n".utf8), "yaml-encoding", 12),
    (Array("a: 1\n---\nb: ".utf8) + [0xC3, 0x28] + Array("\n---\nc: 3\n".utf8), "yaml-encoding", 12),
    (Array("a: 1\n---\nb: ".utf8) + [0xED, 0xA0, 0x80] + Array("\n---\nc: 3\n".utf8), "yaml-encoding", 12),
    (Array("a: 1\n---\nb: ".utf8) + [0xC0, 0x80] + Array("\n---\nc: 3\n".utf8), "yaml-encoding", 12),
    (Array("a: 1\n---\nb: \0\n---\nc: 3\n".utf8), "yaml-control-character", 12),
    (Array("a: 1\n---\nb: \u{7}\n---\nc: 3\n".utf8), "yaml-control-character", 12),
    (Array("a: 1\n---\nb: \u{9F}\n---\nc: 3\n".utf8), "yaml-control-character", 12),
    (Array("a: 1\n---\nb: \u{7F}\n---\nc: 3\n".utf8), "yaml-control-character", 12),
    (Array("a: 1\n---\nb: \u{FEFF}\n---\nc: 3\n".utf8), "yaml-control-character", 12),
    (Array("a: 1\n---\nb: \u{FFFE}\n---\nc: 3\n".utf8), "yaml-control-character", 12),
  ])
  func `a bad byte costs one document and is told at its place`(bytes: [UInt8], id: String, offset: Int) {
    let file = read(bytes: bytes)
    #expect(file.diagnostics.map(\.id) == [id])
    #expect(file.diagnostics.first?.range?.utf8Range.lowerBound == offset)
    #expect(file.documents.map { outline($0.root) } == [#"{"a": "1"}"#, #"{"c": "3"}"#])
    #expect(file.brokenDocuments.count == 1)
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0],
      [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61],
    ] as [[UInt8]])
  func `another encoding is named`(bytes: [UInt8]) {
    let file = read(bytes: bytes)
    #expect(file.diagnostics.map(\.id) == ["yaml-encoding"])
    #expect(file.diagnostics.first?.summary.contains("UTF-") == true)
    #expect(file.documents.isEmpty && file.brokenDocuments.count == 1)
  }
}
