import CEL
import Testing

@Suite struct CompilationTests {
  /// A chain of six nodes of which one has its flag.
  private static let chain: TinyWorld = {
    var world = TinyWorld(
      nodeCount: 6, flags: [], ranks: [], counts: [], leaders: [], uses: [], itemFlags: [], owners: [], nexts: [])
    for row in 0..<Int32(6) {
      world.flags.append(row == 4)
      world.ranks.append(0)
      world.counts.append(1)
      world.leaders.append(0)
      world.uses.append(TinyWorld.Uses(certain: row < 5 ? [row + 1] : []))
    }
    return world
  }()

  @Test("What is known of a caller's closures is not taken for the function's", arguments: ["exists", "all", "filter"])
  func functionsAndClosures(macro: String) {
    func values(isPlain: Bool) -> [String] {
      var environment = TinyHost().environment(isPlain: isPlain)
      environment.functions["busy"] = SharedFunction(
        name: "busy", parameters: [("n", TinyHost.node)],
        body: Parser.parse("!false && n.uses.\(macro)(m, m.flag)\(macro == "filter" ? ".size() > 0" : "")"))
      let text = "self.closure(x, x.uses).exists(y, y.flag) && !busy(self)"
      let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
      guard checked.problems.isEmpty else { return checked.problems.map(\.message) }
      let compiled = CompiledExpression(checked, in: environment)
      var frame = Frame(graph: Self.chain.graph(), slotCount: 0)
      return (0..<Int32(6)).map { node in
        frame.reset(slotCount: max(environment.firstFreeSlot, compiled.slotCount))
        frame.slots[0] = .entity(node)
        return compiled.evaluate(&frame).text ?? "?"
      }
    }
    let plain = values(isPlain: true)
    #expect(plain.contains("true") && plain.contains("false"))
    #expect(values(isPlain: false) == plain)
  }

  @Test(
    "However deep faster ways stand in one another, compiling takes about as long as the text is",
    arguments: [
      ("every(node).filter(a, a.count == ", "1", ").size()"), ("1 + self.uses[", "0", "].count"),
      ("self.uses.filter(a, a.count == ", "1", ")[0].count"),
      ("self.closure(a, a.uses.filter(b, b.count == ", "1", ")).size()"),
      ("(self.count + ", "1", ")"), ("(self.count in [1, 2] ? ", "1", " : 2)"),
    ])
  func depth(start: String, middle: String, end: String) {
    let environment = TinyHost().environment()
    let count = 60
    let text = String(repeating: start, count: count) + middle + String(repeating: end, count: count)
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    #expect(checked.problems.isEmpty, "\(checked.problems.first?.message ?? "")")
    guard checked.problems.isEmpty else { return }
    // Doubling at each of sixty levels, this would never end.
    #expect(CompiledExpression(checked, in: environment).type == .int)
  }
}
