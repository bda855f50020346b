import CEL
import Testing

/// About how much an expression visits: eight systems, three datasets; a system uses one or two others.
@Suite struct CostEstimateTests {
  private static let model = CostModel(
    rows: { $0 == SmallEstate.system ? 100 : 10 }, targets: { $0.name == "uses" ? 5 : 2 })

  private static func estimate(_ text: String, _ bench: Workbench = Workbench()) -> CostEstimate? {
    let checked = bench.check(text)
    guard checked.problems.isEmpty else { return nil }
    return CompiledExpression(checked, in: bench.environment).estimate(model)
  }

  @Test(
    "What each target visits is told from what all of them share",
    arguments: [
      ("self.users > 3", 0, 0), ("self.uses.all(s, s.mfa)", 5, 0), ("every(system).all(s, s.mfa)", 1, 100),
      ("every(system).all(s, s != self)", 100, 0),
      ("every(system).all(s, every(system).all(t, s != t || t == self))", 10_100, 0),
      ("every(system).all(s, every(system).all(t, s != t))", 1, 10_100),
      ("self.uses.map(s, s.uses).flatten().all(s, s.mfa)", 30, 0), ("self.closure(s, s.uses).size()", 100, 0),
      ("self.closure(s, s.uses).all(s, s.uses.all(t, t.mfa))", 700, 0),
      ("self.uses.filter(s, every(system).exists(t, t.mfa)).size() + self.holds.map(d, d).size()", 12, 100),
      ("cel.bind(x, self.uses, x.all(s, s.mfa) && x.all(s, true))", 10, 0),
      ("self.mfa ? self.uses.all(s, true) : every(system).all(s, s != self)", 100, 0),
      ("{'a': self.uses.all(s, true)}.a", 5, 0), ("[self, other].all(s, s.uses.all(t, true))", 12, 0),
    ])
  func estimates(text: String, eachTarget: Int, once: Int) {
    #expect(Self.estimate(text) == CostEstimate(eachTarget: eachTarget, once: once), "\(text)")
  }

  @Test("Names and functions cost what their bodies cost")
  func names() {
    var bench = Workbench()
    bench.define("used", [("s", .entity(SmallEstate.system))], "s.uses.filter(t, t.mfa)")
    bench.bind("near", "used(self)")
    bench.bind("all", "every(system).filter(s, s.mfa)")
    #expect(bench.mistakes == [])
    #expect(Self.estimate("used(self).all(s, s.mfa)", bench) == CostEstimate(eachTarget: 10, once: 0))
    #expect(Self.estimate("near.all(s, s.mfa)", bench) == CostEstimate(eachTarget: 10, once: 0))
    #expect(Self.estimate("all.size() > 3", bench) == CostEstimate(eachTarget: 1, once: 100))
  }

  @Test("A cost beyond all numbers is the greatest")
  func saturation() {
    let deep = (0..<12).map { "every(system).all(s\($0), " }.joined() + "s0 == self" + String(repeating: ")", count: 12)
    #expect(Self.estimate(deep)?.eachTarget == .max)
    #expect(
      CostEstimate(eachTarget: .max, once: 1) + CostEstimate(eachTarget: 5, once: 2)
        == CostEstimate(eachTarget: .max, once: 3))
    #expect(CostEstimate(eachTarget: 7, once: 1).times(3) == CostEstimate(eachTarget: 21, once: 1))
  }

  @Test("A graph tells its own sizes")
  func graph() {
    let model = CostModel(SmallEstate.graph)
    #expect(model.rows(SmallEstate.system) == 8)
    let uses = SmallEstate().field("uses", ofKind: 0)
    #expect(uses.map(model.targets) == 1)
  }
}
