import Diagnostics
import Testing
import YAMLTree

@Suite struct LimitTests {
  @Test(arguments: ["[", "{a: ", "- ", "? ", "[[", "{? "])
  func `deep nesting ends in an error at once`(opener: String) {
    let clock = ContinuousClock()
    var file: YAMLFile?
    let time = clock.measure {
      file = read(String(repeating: opener, count: 200_000 / opener.utf8.count) + "\n---\na: 1\n")
    }
    #expect(file?.diagnostics.contains { $0.id == "yaml-nesting" } == true)
    #expect(file?.documents.map { outline($0.root) } == [#"{"a": "1"}"#])
    #expect(time < .seconds(30))
  }

  @Test func `a hundred levels are allowed and one more is not`() {
    let open = String(repeating: "[", count: 100)
    let close = String(repeating: "]", count: 100)
    #expect(read("\(open)x\(close)").diagnostics.isEmpty)
    let file = read("[\(open)x\(close)]")
    #expect(file.diagnostics.map(\.id) == ["yaml-nesting"])
    #expect(file.diagnostics.first?.range?.utf8Range == 100..<101)
  }

  @Test func `aliases cannot build what brackets may not`() {
    var text = "a0: &a0 [x]\n"
    for level in 1..<120 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(read(text).diagnostics.map(\.id) == ["yaml-nesting"])
  }

  @Test func `an alias bomb is an error at the alias that is too much`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<10 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let file = read(text + "---\nb: 1\n")
    #expect(file.diagnostics.map(\.brief) == ["yaml-alias-expansion @ *a3"])
    #expect(file.documents.count == 1 && file.brokenDocuments.count == 1)
  }

  @Test func `a large document may use an alias`() {
    let text = "a: &x 1\nlist:\n" + String(repeating: "- item\n", count: 120_000) + "b: *x\n"
    #expect(read(text).diagnostics.isEmpty)
  }

  @Test func `a file over the limit is not read`() {
    let file = read("a: 12345", limits: YAMLLimits(maximumFileBytes: 7))
    #expect(file.diagnostics.map(\.id) == ["yaml-file-size"])
    #expect(file.documents.isEmpty && file.brokenDocuments.count == 1)
    #expect(read("a: 1234", limits: YAMLLimits(maximumFileBytes: 7)).diagnostics.isEmpty)
  }

  @Test(arguments: ["---\n@\n", "- ~\n", "---\n\0\n", "- !x\n", "- *x\n"])
  func `very many mistakes are capped and say so`(line: String) {
    let clock = ContinuousClock()
    var file: YAMLFile?
    let time = clock.measure {
      file = read(String(repeating: line, count: 50_000), limits: YAMLLimits(maximumDiagnostics: 50))
    }
    #expect(file?.diagnostics.count == 51)
    #expect(file?.diagnostics.contains { $0.id == "yaml-too-many-errors" } == true)
    #expect(time < .seconds(30))
  }

  @Test func `the registry is sorted and names every id once`() {
    let ids = YAMLDiagnostics.all.map(\.id)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    #expect(YAMLDiagnostics.all.allSatisfy { $0.explanation.hasSuffix(".") && $0.id.hasPrefix("yaml-") })
  }
}
