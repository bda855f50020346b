import Diagnostics
import Testing
import YAMLTree

@Suite struct NullTests {
  @Test(arguments: [
    ("a:\nb: 1\n", "a", "b: 1\n", "a: unknown\nb: 1\n"),
    ("b: 1\na: ~\n", "~", "b: 1\n", "b: 1\na: unknown\n"),
    ("a: null # c\nb: 1\n", "null", "b: 1\n", "a: unknown # c\nb: 1\n"),
    ("o:\n  a: NULL\n  b: 1\n", "NULL", "o:\n  b: 1\n", "o:\n  a: unknown\n  b: 1\n"),
    ("{a: , b: 1}\n", "a", "no replacement", "{a: unknown, b: 1}\n"),
    ("{a, b: 1}\n", "a", "no replacement", "{a: unknown, b: 1}\n"),
    ("- x\n-\n- y\n", "-", "- x\n- y\n", "- x\n- unknown\n- y\n"),
    ("- x\n- ~\n", "~", "- x\n", "- x\n- unknown\n"),
    ("- a:\n  b: 1\n", "a", "no replacement", "- a: unknown\n  b: 1\n"),
    ("[x, null]\n", "null", "no replacement", "[x, unknown]\n"),
    ("a: &x\nb: 1\n", "a", "b: 1\n", "a: &x unknown\nb: 1\n"),
    ("é:\nb: 1\n", "é", "b: 1\n", "é: unknown\nb: 1\n"),
    ("a:", "a", "", "a: unknown"),
  ])
  func `a null is an error with two fixes`(text: String, place: String, removed: String, unknown: String) throws {
    let file = read(text)
    #expect(file.diagnostics.map(\.brief) == ["yaml-empty-value @ \(place)"])
    let fixes = try #require(file.diagnostics.first?.fixes)
    try #require(fixes.count == 2)
    #expect(applying(fixes[0], to: file) == removed)
    #expect(applying(fixes[1], to: file) == unknown)
    #expect(read(unknown).diagnostics.isEmpty)
    #expect(file.documents.count == 1)
  }

  @Test func `a null keeps its place in the tree`() throws {
    let file = read("a: ~\nb: 1\n")
    let node = try #require(file.documents.first?.root)
    #expect(node.count == 2)
    #expect(node.first("a")?.isNull == true && node.first("a")?.isReported == true)
    #expect(node.first("b")?.isNull == false && node.first("b")?.isReported == false)
  }

  @Test func `a document of null alone is an error`() {
    let file = read("--- ~\n---\na: 1\n")
    #expect(file.diagnostics.map(\.brief) == ["yaml-empty-document @ ~"])
    #expect(file.documents.count == 2)
  }

  @Test func `a document of an anchor alone is an error, and one of nothing is none`() {
    #expect(read("&a").diagnostics.map(\.id) == ["yaml-empty-document"])
    #expect(read("--- &a\n---\na: 1\n").diagnostics.map(\.id) == ["yaml-empty-document"])
    let file = read("---\n--- # nothing\n---\na: 1\n")
    #expect(file.diagnostics.isEmpty && file.documents.count == 1)
  }

  @Test(arguments: ["a: ''\n", "a: \"~\"\n", "a: |\nb: 1\n", "a: nil\n", "a: unknown\n", "~: x\n", "null: x\n"])
  func `what is not null is no error`(text: String) {
    #expect(read(text).diagnostics.isEmpty)
  }
}
