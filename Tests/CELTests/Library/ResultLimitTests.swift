import CEL
import Testing

/// Short expressions that would make something without end.
@Suite struct ResultLimitTests {
  /// `a` doubled so many times.
  private static func doubled(_ start: String, _ times: Int, _ sum: String, _ end: String) -> String {
    var text = end
    for _ in 0..<times { text = "cel.bind(a, \(sum), \(text))" }
    return "cel.bind(a, \(start), \(text))"
  }

  @Test("Texts and lists are not doubled without end")
  func doubling() {
    let bench = Workbench()
    #expect(bench.value(Self.doubled("self.id", 60, "a + a", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("'ab'", 60, "a + a", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("bytes(self.id)", 60, "a + a", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("[self.id]", 60, "a + a", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("self.uses", 60, "a + a", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("self.id", 60, "[a, a].join()", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("self.id", 60, "'%s%s'.format([a, a])", "a.size()")) == "error costLimit")
    #expect(bench.value(Self.doubled("self.id", 10, "a + a", "a.size()")) == "\(3 << 10)")
  }

  @Test("A list that holds another twice, and so on, is not made, and what is made is compared in time")
  func nesting() {
    let bench = Workbench()
    #expect(bench.value(Self.doubled("[self.id]", 60, "[[a, a]].flatten()", "a == a")) == "error costLimit")
    var text = "a\(30) == a\(30)"
    for level in (1...30).reversed() {
      text = "cel.bind(a\(level), [a\(level - 1), a\(level - 1)].map(x, [x]), \(text))"
    }
    let mixed = bench.problems("cel.bind(a0, [self.id], \(text))")
    #expect(mixed.isEmpty)
    #expect(bench.value("cel.bind(a0, [self.id], \(text))") == "error costLimit")
  }

  @Test(
    "What grows in one call is bounded",
    arguments: [
      "BIG.replace('', BIG)", "BIG.replace('a', BIG)", "lists.range(1000000).map(n, BIG).join()",
      "('%x%x' + '%x').format([BIG, BIG, BIG])", "base64.encode(bytes(BIG + BIG.substring(5)))",
      "strings.quote(BIG.replace('a', '\"'))",
      "[[self.id].map(x, BIG)].flatten().join() + BIG + BIG", "lists.range(1000000).map(n, lists.range(1000000))",
    ])
  func growth(text: String) {
    // Eight million and some bytes.
    let big = Self.doubled("'aaaaaaaa'", 20, "a + a", "a")
    #expect(Workbench().value(text.replacing("BIG", with: "(\(big))")) == "error costLimit", "\(text)")
  }

  @Test(
    "What is refused before anything of it is gone through is not counted as done",
    arguments: [
      "[3, 3, 3].map(n, lists.range(1000000)).flatten(9).size()",
      "[3, 3].map(n, lists.range(1000000)).distinct().size()",
      "[3, 3].map(n, lists.range(1000000)).common().size()",
      "[[[1]] + [3, 3, 3].map(n, lists.range(1000000))].flatten(1).size()",
    ])
  func refused(text: String) {
    let bench = Workbench()
    let compiled = CompiledExpression(bench.check(text), in: bench.environment)
    var frame = Frame(graph: SmallEstate.graph, slotCount: compiled.slotCount, costLimit: 10_000)
    frame.slots[0] = .entity(SmallEstate.row("hub"))
    #expect(Workbench.shown(compiled.evaluate(&frame)) == "error costLimit", "\(text)")
    #expect(frame.cost == 10_001, "\(text)")
  }

  @Test("Calls in a loop pay for what they read and make")
  func loops() {
    let bench = Workbench()
    let big = Self.doubled("'aaaaaaaa'", 14, "a + a", "a")
    for step in [
      "t.upperAscii().size() < n", "t.contains('b')", "t.indexOf('b') == n", "t + 'x' == 'b'",
      "t.split('b').size() > n + 1",
    ] {
      let text = "cel.bind(t, \(big), lists.range(1000000).exists(n, \(step)))"
      #expect(bench.value(text, costLimit: 400_000) == "error costLimit", "\(step)")
    }
  }

  @Test("A search takes time in proportion to both texts")
  func searching() {
    let bench = Workbench()
    // With a comparison of each place, sixteen million million steps.
    let long = Self.doubled("'aaaaaaaa'", 20, "a + a", "a")
    let part = Self.doubled("'aaaaaaaa'", 19, "a + a", "a + 'b'")
    for call in [
      "contains(p)", "indexOf(p) >= 0", "lastIndexOf(p) >= 0", "replace(p, '').size() == 0", "split(p).size() == 2",
    ] {
      #expect(bench.value("cel.bind(t, \(long), cel.bind(p, \(part), t.\(call)))") == "false", "\(call)")
    }
  }

  @Test(
    "Searches find what stands there",
    arguments: [
      Expectation("'aabaabaaab'.indexOf('aaab')", is: "6"), Expectation("'ababababc'.indexOf('ababc')", is: "4"),
      Expectation("'aaaa'.lastIndexOf('aa')", is: "2"), Expectation("'aaaa'.lastIndexOf('aa', 1)", is: "1"),
      Expectation("'aaaa'.indexOf('aa', 3)", is: "-1"), Expectation("'éaéa'.lastIndexOf('a', 2)", is: "1"),
      Expectation("'aaaa'.replace('aa', 'b')", is: "'bb'"), Expectation("'aaa'.replace('aa', 'b')", is: "'ba'"),
      Expectation("'éa'.replace('', '-')", is: "'-é-a-'"), Expectation("'éa'.replace('', '-', 2)", is: "'-é-a'"),
      Expectation("''.replace('', '-')", is: "'-'"), Expectation("'ab'.replace('b', 'c', 0)", is: "'ab'"),
      Expectation("'éab'.split('')", is: "['é', 'a', 'b']"), Expectation("'éab'.split('', 2)", is: "['é', 'ab']"),
      Expectation("''.split('')", is: "[]"), Expectation("',a,'.split(',')", is: "['', 'a', '']"),
      Expectation("'a'.contains('')", is: "true"), Expectation("''.contains('a')", is: "false"),
    ])
  func places(item: Expectation) { item.verify() }
}
