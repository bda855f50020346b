import CEL
import Testing

@Suite struct SyntaxLimitTests {
  private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  private func ids(_ text: String) -> [String] { Parser.parse(text).problems.map(\.id) }

  @Test(
    "Brackets nest to the limit and not beyond",
    arguments: [("(", ")"), ("[", "]"), ("f(", ")"), ("{1: ", "}"), ("T{a: ", "}"), ("a[", "]"), ("x.all(y, ", ")")])
  func nesting(open: String, close: String) {
    for (count, expected) in [(Parser.nestingLimit, []), (Parser.nestingLimit + 1, ["nesting-too-deep"])] {
      #expect(ids(repeated(open, count) + "1" + repeated(close, count)) == expected)
    }
  }

  @Test("The place where the nesting becomes too deep is named")
  func nestingPlace() {
    let problem = Parser.parse(repeated("(", 10_000)).problems.first
    #expect(problem?.range == Parser.nestingLimit + 1..<Parser.nestingLimit + 2)
  }

  @Test(
    "Chains that lean to one side end at the depth limit",
    arguments: [("1", "+1"), ("a", ".b"), ("a", "[0]"), ("a", ".f()"), ("a", " == b"), ("a", "*b"), ("a", "?b:c")])
  func chains(first: String, link: String) {
    let longest = Parser.parse(first + repeated(link, Parser.depthLimit - 1))
    #expect(longest.problems.isEmpty)
    #expect(height(longest.tree) == Parser.depthLimit)
    let tooLong = Parser.parse(first + repeated(link, Parser.depthLimit))
    #expect(tooLong.problems.map(\.id) == ["nesting-too-deep"])
    #expect(height(tooLong.tree) == 1)
  }

  @Test("Chains within brackets count with what is around them")
  func nestedChains() {
    var text = "1"
    for _ in 0..<20 { text = "(\(text)\(repeated("+1", 60)))" }
    #expect(ids(text) == ["nesting-too-deep"])
  }

  @Test("Logical chains of any length are balanced and keep their order", arguments: ["&&", "||"])
  func logicalChains(link: String) {
    let names = (0..<20_000).map { "a\($0 % 10)" }
    let parsed = Parser.parse(names.joined(separator: link))
    #expect(parsed.problems.isEmpty)
    #expect(height(parsed.tree) == 16)
    var found: [String] = []
    var pending = [parsed.tree.root]
    while let id = pending.popLast() {
      if case .identifier(let name, _) = parsed.tree[id] { found.append(name) }
      pending.append(contentsOf: children(parsed.tree[id]).reversed())
    }
    #expect(found == names)
  }

  @Test("Runs of signs and of words need no stack")
  func runs() {
    #expect(outline(repeated("-", 50_000) + "x") == "x")
    #expect(outline(repeated("!", 50_001) + "x") == "(!_ x)")
    #expect(ids(repeated("not ", 20_000) + "x").contains("nesting-too-deep") == false)
    #expect(!ids(repeated("not ", 20_000) + "x").isEmpty)
    #expect(ids(repeated("{", 90_000)) == ["nesting-too-deep"])
    #expect(ids("1" + repeated("+1", 49_000)) == ["nesting-too-deep"])
    #expect(ids(repeated("a?b:", 20_000) + "c") == ["nesting-too-deep"])
    #expect(ids("a" + repeated(" not in b", 5_000)).count == Parser.problemLimit)
  }

  @Test("The specification's floor of capacity is exceeded")
  func capacity() {
    let tests = [
      repeated("a || ", 100) + "a", "f(\(repeated("1, ", 100))1)", "[\(repeated("1, ", 100))1]",
      "{\(repeated("1: 2, ", 100))1: 2}", repeated("a ? b : ", 100) + "c", repeated("a + ", 100) + "b",
      repeated("a < ", 100) + "b", repeated("f(", 100) + repeated(")", 100),
    ]
    for text in tests { #expect(ids(text) == []) }
  }

  @Test("Length is counted in code points")
  func length() {
    #expect(ids("'\(repeated("é", Parser.codePointLimit - 2))'") == [])
    #expect(ids("'\(repeated("é", Parser.codePointLimit - 1))'") == ["expression-too-long"])
    #expect(ids(repeated("1+", 500_000)) == ["expression-too-long"])
  }
}
