import Diagnostics
import Testing
import YAMLTree

@Suite struct MistakeTests {
  @Test(arguments: [
    ("a: \"x\n", "yaml-unclosed-quote @ "), ("a: 'x\n---\nb: 1", "yaml-unclosed-quote @ -"),
    ("a: [1\nb: 2\n", "yaml-unclosed-bracket @ :"), ("a: {b: 1\n", "yaml-unclosed-bracket @ "),
    ("a: [1, , 2]\n", "yaml-missing-item @ ,"),
    ("a:\n  - b\n  c: 1\n", "yaml-indentation @ c:"), ("a: 1\n  b: 2\n", "yaml-indentation @ b"),
    ("a:\n - b\n- c\n", "yaml-indentation @ -"),
    ("foo\nbar: 1\n", "yaml-missing-colon @ foo"), ("a: 1\nfoo\nb: 2\n", "yaml-missing-colon @ foo"),
    ("key: - a\n", "yaml-list-item @ -"), ("a: b: c\n", "yaml-colon-in-value @ :"),
    ("x: {is: a ? b : c}\n", "yaml-colon-in-value @ :"), ("x: {\n  is: a ? b : c}\n", "yaml-colon-in-value @ :"),
    ("a: @x\n", "yaml-reserved-character @ @"), ("a: `x`\n", "yaml-reserved-character @ `"),
    ("a: %x\n", "yaml-reserved-character @ %"),
    ("a:\n\tb: 1\n", "yaml-tab @ \t"), ("a: x\n\tb: 1\n", "yaml-tab @ \t"), ("a: |\n\tb\n", "yaml-tab @ \t"),
    ("a: \"\\q\"\n", "yaml-escape @ \\q"), ("a: \"\\xZZ\"\n", "yaml-escape @ Z"),
    ("a: | x\n", "yaml-block-scalar @ x"), ("a: |0\n x\n", "yaml-block-scalar @ 0"),
    ("a: 'x' y\n", "yaml-text-after-value @ y"), ("a: &\n", "yaml-anchor @ \n"), ("a: !(a && b)\n", "yaml-anchor @ &"),
    ("a: !x!y z\n", "yaml-tag @ !"), ("%FOO x\n---\n", "yaml-directive @ %FOO x"),
    ("%YAML 3.0\n---\n", "yaml-directive @ %YAML 3.0"),
    ("{a: 1}\n}\n", "yaml-text-after-document @ }"),
    ("é: ü\nb: @ö\n", "yaml-reserved-character @ @"), ("\u{FEFF}a: @\n", "yaml-reserved-character @ @"),
  ])
  func `a syntax error is named at its place and costs the document`(text: String, expected: String) {
    let file = read(text)
    #expect(file.diagnostics.count == 1)
    let brief = file.diagnostics.first?.brief ?? ""
    #expect(brief == expected || brief + "\n" == expected)
    #expect(file.diagnostics.first?.notes.contains { $0.contains("the YAML reader says") } == true)
    #expect(file.brokenDocuments.count == 1)
    #expect(!file.diagnostics.contains { $0.id == "yaml-syntax" })
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key @ a", #"{"a": "1", "b": "2"}"#),
    ("a: 1\n\"a\": 3\n", "yaml-duplicate-key @ \"a\"", #"{"a": "1"}"#),
    ("<<: {x: 1}\nb: 2\n", "yaml-merge-key @ <<", #"{"b": "2"}"#),
    ("[a]: 1\nb: 2\n", "yaml-complex-key @ [a]", #"{"b": "2"}"#),
    ("? a\n: 1\nb: 2\n", "yaml-complex-key @ a", #"{"b": "2"}"#),
    ("a: &x 1\n*x : 2\n", "yaml-complex-key @ *x", #"{"a": "1"}"#),
    ("'': 1\nb: 2\n", "yaml-empty-key @ ''", #"{"b": "2"}"#),
    ("a: !!str x\n", "yaml-tag @ !!str", #"{"a": "x"}"#),
    ("a: !foo {b: 1}\n", "yaml-tag @ !foo", #"{"a": {"b": "1"}}"#),
    ("%YAML 1.2\n---\na: 1\n", "yaml-directive @ %YAML 1.2", #"{"a": "1"}"#),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", "yaml-directive @ %TAG ! tag:x,2000:", #"{"a": "1"}"#),
    ("a: *nope\n", "yaml-unknown-alias @ *nope", #"{"a": ""}"#),
    ("a: &x [*x]\n", "yaml-recursive-alias @ *x", #"{"a": [""]}"#),
    ("a: x\u{2028}\n", "yaml-line-separator @ \u{2028}", #"{"a": "x"}"#),
  ])
  func `what is not supported is named and costs one entry or none`(text: String, id: String, tree: String) {
    let file = read(text)
    #expect(file.diagnostics.map(\.brief) == [id])
    #expect(file.documents.map { outline($0.root) } == [tree])
    #expect(file.brokenDocuments.isEmpty)
  }

  @Test func `a duplicate key shows both places`() {
    let diagnostic = read("a: 1\nb: 2\na: 3\n").diagnostics.first
    #expect(diagnostic?.range?.described == "test.yaml:3:1")
    #expect(diagnostic?.related.first?.range.described == "test.yaml:1:1")
  }

  @Test(arguments: [
    ("a: \"x\ny: 1\n", "test.yaml:1:4"), ("k: v\na: [1\nb: 2\n", "test.yaml:2:4"), ("a: 'x\n", "test.yaml:1:4"),
  ])
  func `where a quote or bracket opened is shown`(text: String, expected: String) {
    #expect(read(text).diagnostics.first?.related.first?.range.described == expected)
  }

  @Test(arguments: [
    ("a: *nope\nb: &node 1\n", false), ("b: &node 1\na: *nope\n", true),
  ])
  func `an unknown alias offers the anchors before it`(text: String, isOffered: Bool) {
    #expect(read(text).diagnostics.first?.notes.contains("did you mean `node`?") == isOffered)
  }

  @Test(arguments: [
    ("require: !self.mfa\n", "require: '!self.mfa'\n"),
    ("require: !self.mfa # why\n", "require: '!self.mfa' # why\n"),
    ("require: !has(self.x) || self.y == 'z'\n", "require: \"!has(self.x) || self.y == 'z'\"\n"),
    ("is: a ? b : c\n", "is: 'a ? b : c'\n"),
    ("is: a == 'x' ? \"b\" : c\n", "is: 'a == ''x'' ? \"b\" : c'\n"),
    ("- is: a ? b : c\n", "- is: 'a ? b : c'\n"),
    ("- a ? b : c : d\n", "- 'a ? b : c : d'\n"),
    ("is: [self] + self.needs\n", "is: '[self] + self.needs'\n"),
    ("is: {'a': 1}.size() > 1\n", "is: \"{'a': 1}.size() > 1\"\n"),
    ("is: \"a\" + b\n", "is: '\"a\" + b'\n"),
    ("is: *x\n", "is: '*x'\n"), ("is: &&x\n", "is: '&&x'\n"), ("is: @x\n", "is: '@x'\n"), ("is: %x\n", "is: '%x'\n"),
    ("is: `x`\n", "is: '`x`'\n"), ("is: !(a && b)\n", "is: '!(a && b)'\n"), ("is: !a!b\n", "is: '!a!b'\n"),
  ])
  func `an expression without quotes gets a fix that works`(text: String, expected: String) throws {
    let file = read(text)
    let diagnostic = try #require(file.diagnostics.first)
    #expect(diagnostic.notes.contains("if this is an expression, quote it or put it in a block scalar (|)"))
    let fix = try #require(diagnostic.fixes.first)
    #expect(applying(fix, to: file) == expected)
    #expect(read(expected).diagnostics.isEmpty)
  }

  @Test(arguments: ["x: [a, @b]\n", "x: {\n  is: !a,\n  y: 1}\n", "x: {\n  is: *a,\n  y: 1}\n", "a: 'it's'\n"])
  func `where an expression would end is not guessed`(text: String) {
    #expect(read(text).diagnostics.allSatisfy { $0.fixes.allSatisfy { $0.replacement == nil } })
  }
}
