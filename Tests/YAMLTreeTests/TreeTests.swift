import Diagnostics
import Testing
import YAMLTree

@Suite struct TreeTests {
  @Test(arguments: [
    ("a: 1\nb: [x, 'y', \"z\"]\n", #"{"a": "1", "b": ["x", "y", "z"]}"#),
    ("- a: b\n  c: d\n- e\n", #"[{"a": "b", "c": "d"}, "e"]"#),
    ("a:\n- 1\n- 2\nb: {}\nc: []\n", #"{"a": ["1", "2"], "b": {}, "c": []}"#),
    ("text: |\n  one\n  two\n", #"{"text": "one\ntwo\n"}"#),
    ("text: >-\n  one\n  two\n\n  three\n", #"{"text": "one two\nthree"}"#),
    ("text: one\n  two\n", #"{"text": "one two"}"#),
    ("country: NO\nversion: 1.10\n", #"{"country": "NO", "version": "1.10"}"#),
    ("'quoted key': x\n\"a\\tb\": y\n", #"{"quoted key": "x", "a\tb": "y"}"#),
    ("a: &x [1, 2]\nb: *x\n", #"{"a": ["1", "2"], "b": ["1", "2"]}"#),
    ("a: ''\nb: \"~\"\nc: 'null'\n", #"{"a": "", "b": "~", "c": "null"}"#),
    ("\u{FEFF}a: é\n", #"{"a": "é"}"#),
    ("just text", #""just text""#),
    ("a: b\r\nc: d\r\n", #"{"a": "b", "c": "d"}"#),
  ])
  func `a text becomes a tree`(text: String, expected: String) throws {
    #expect(try outline(root(text)) == expected)
  }

  @Test(arguments: [
    ("a: 1\n---\nb: 2\n", ["{\"a\": \"1\"}", "{\"b\": \"2\"}"]),
    ("---\n---\na: 1\n---\n# nothing\n---\n", ["{\"a\": \"1\"}"]),
    ("", []), ("# only a comment\n", []), ("---\n", []), ("\n\n", []),
    ("a: |\n  x\n---\nb: 2\n", [#"{"a": "x\n"}"#, #"{"b": "2"}"#]),
    ("a: 1\n...\n---\nb: 2\n...\n", ["{\"a\": \"1\"}", "{\"b\": \"2\"}"]),
  ])
  func `a file holds any number of documents and empty ones are skipped`(text: String, expected: [String]) {
    let file = read(text)
    #expect(file.documents.map { outline($0.root) } == expected)
    #expect(file.diagnostics.isEmpty)
  }

  @Test func `an alias is the very node of its anchor`() throws {
    let node = try root("a: &x {k: v}\nb: *x\nc: {k: v}\n")
    let a = try #require(node.first("a"))
    #expect(a == node.first("b"))
    #expect(a != node.first("c"))
    #expect(Set([a, try #require(node.first("b"))]).count == 1)
  }

  @Test func `a later anchor of one name takes the place of the earlier, and none outlives its document`() throws {
    let node = try root("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    #expect(outline(node) == #"{"a": "1", "b": "1", "c": "2", "d": "2"}"#)
    #expect(read("a: &x 1\n---\nb: *x\n").diagnostics.map(\.brief) == ["yaml-unknown-alias @ *x"])
  }

  @Test func `a look-up compares bytes`() throws {
    let node = try root("e\u{301}: decomposed\n\u{E9}: composed\n")
    #expect(node.first("\u{E9}")?.text == "composed")
    #expect(node.first("e\u{301}")?.text == "decomposed")
    #expect(node.first("e") == nil)
    #expect(node.key(0).textEquals("e\u{301}") && !node.key(0).textEquals("\u{E9}"))
    #expect(node.value(0).first("x") == nil)
  }

  @Test(arguments: [
    ("k: plain", YAMLNode.ScalarStyle.plain), ("k: 'x'", .singleQuoted), ("k: \"x\"", .doubleQuoted),
    ("k: |\n x", .literal), ("k: >\n x", .folded),
  ])
  func `a scalar tells its style`(text: String, style: YAMLNode.ScalarStyle) throws {
    let value = try #require(root(text).first("k"))
    #expect(value.style == style)
    #expect(value.isPlain == (style == .plain))
  }

  @Test(arguments: [
    ("k: plain text  # no\n", "plain text"), ("k: 'it''s'\n", "'it''s'"), ("k: \"a\\n\"\n", "\"a\\n\""),
    ("k: |\n  a\n  b\n\nl: 1\n", "|\n  a\n  b"), ("k: >-  # c\n  a\n# c\n", ">-  # c\n  a"),
    ("k: [a,\n  b]\n", "[a,\n  b]"),
    ("k: {a: b}\n", "{a: b}"), ("k:\n  a: b\n  c: 'd'\nl: 1\n", "a: b\n  c: 'd'"), ("k:\n- a\n- b\nl: 1\n", "- a\n- b"),
    ("k: &anchor plain\n", "plain"), ("k: &anchor\n  a: b\n", "a: b"), ("k: &anchor [1]\n", "[1]"),
    ("k: one\n  two\n", "one\n  two"), ("é: ü\nk: ö # ä\n", "ö"), ("\u{FEFF}k: x", "x"),
    ("é: |\r\n  ü\r\nk: 'ö'\r\n", "'ö'"), ("k:\n  - a: 1\n    b: &x 2\n  - *x\nl: 1", "- a: 1\n    b: &x 2\n  - *x"),
  ])
  func `a node's range is its text`(text: String, expected: String) throws {
    #expect(try root(text).first("k")?.range.text == expected)
  }

  @Test func `a document's range reaches from its marker to the end of its content`() {
    #expect(read("---\na: 1\n\n---\nb: 2").documents.map(\.range.text) == ["---\na: 1", "---\nb: 2"])
  }

  @Test(arguments: [
    ("k: a # b\n", "# b"), ("k: a #b", "#b"), ("k: 'a' # b\r\n", "# b"), ("k: a#b\n", nil), ("k: a\n# b\n", nil),
    ("k: a\n  # b\n", nil), ("k: [a] # b\n", nil), ("k: |  # b\n  a\n", nil), ("k: \"x\"\t# é\n", "# é"),
  ])
  func `a comment behind a scalar is found`(text: String, expected: String?) throws {
    let value = try #require(root(text).first("k"))
    #expect(value.trailingComment.map { value.source.text(in: $0) } == expected)
  }

  @Test func `many keys are looked up and checked like few`() throws {
    let text = (0..<100).map { "key\($0): \($0)\n" }.joined()
    #expect(try root(text).first("key77")?.text == "77")
    #expect(
      read(text + "key5: again\nkey99: again\n").diagnostics.map(\.brief) == [
        "yaml-duplicate-key @ key5", "yaml-duplicate-key @ key99",
      ])
  }
}
