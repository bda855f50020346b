import CEL
import Testing

/// Lists as sets. `permits` holds one dataset and perhaps another; nobody knows all that `ledger` holds.
@Suite struct SetTests {
  @Test(
    "Sets are compared by the equality of their elements",
    arguments: [
      Expectation("sets.contains([], [])", is: "true"), Expectation("sets.contains([], [1])", is: "false"),
      Expectation("sets.contains([1, 2, 3, 4], [2, 3, 2])", is: "true"),
      Expectation("sets.contains([dyn(1), 2.0, 3u], [dyn(1.0), 2u, 3])", is: "true"),
      Expectation("sets.contains([dyn(9007199254740993)], [dyn(9007199254740992.0)])", is: "false"),
      Expectation("sets.contains([[1], [2, 3]], [[2, 3]])", is: "true"),
      Expectation("sets.contains([{'a': 1, 'b': 2}], [{'b': 2, 'a': 1}])", is: "true"),
      Expectation("sets.contains(['e\\u0301'], ['\\u00e9'])", is: "false"),
      Expectation("sets.contains([0.0 / 0.0], [0.0 / 0.0])", is: "false"),
      Expectation("sets.contains([0.0], [-0.0])", is: "true"),
      Expectation("sets.equivalent([], [])", is: "true"), Expectation("sets.equivalent([1], [1, 1])", is: "true"),
      Expectation("sets.equivalent([dyn(1)], [dyn(1u), 1.0])", is: "true"),
      Expectation("sets.equivalent([1, 2], [2])", is: "false"),
      Expectation("sets.equivalent([2], [1, 2])", is: "false"),
      Expectation("sets.intersects([1], [])", is: "false"), Expectation("sets.intersects([], [])", is: "false"),
      Expectation("sets.intersects([1], [2, 1])", is: "true"),
      Expectation("sets.intersects([[1], [2, 3]], [[1, 2], [2, 3]])", is: "true"),
      Expectation("sets.intersects([dyn(1)], [dyn('1'), true])", is: "false"),
    ])
  func relations(item: Expectation) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    item.verify(in: bench)
  }

  /// `portal` is possibly there, and nobody knows of more.
  static let guarded = "every(system).filter(s, s.id == 'hub' || s.id == 'portal' && s.mfa)"

  @Test(
    "What is only possibly there decides nothing that it could decide otherwise",
    arguments: [
      Expectation("sets.contains(GUARDED, [self])", is: "true"),
      Expectation("sets.contains(GUARDED, [other])", is: "false"),
      Expectation("sets.contains(GUARDED, every(system).filter(s, s == 'portal'))", is: "unknown(portal.mfa)"),
      Expectation("sets.contains([self], GUARDED)", is: "unknown(portal.mfa)"),
      Expectation("sets.contains([other], GUARDED)", is: "false"),
      Expectation("sets.contains(every(system), GUARDED)", is: "true"),
      Expectation("sets.equivalent(GUARDED, [self])", is: "unknown(portal.mfa)"),
      Expectation("sets.equivalent(GUARDED, [other])", is: "false"),
      Expectation("sets.intersects(GUARDED, [self, other])", is: "true"),
      Expectation("sets.intersects(GUARDED, [other])", is: "false"),
      Expectation("sets.intersects(every(system).filter(s, s == 'portal'), GUARDED)", is: "unknown(portal.mfa)"),
      Expectation("sets.contains(self.holds, every(dataset))", of: "permits", is: "false"),
      Expectation("sets.contains(every(dataset), self.holds)", of: "permits", is: "true"),
      Expectation("sets.intersects(self.holds, every(dataset))", of: "permits", is: "true"),
      Expectation("sets.contains(self.holds, every(dataset))", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("sets.contains(every(dataset), self.holds)", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("sets.intersects(self.holds, every(dataset))", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation(
        "sets.equivalent([self].filter(s, false).map(s, 'cases'), self.holds.map(d, d.id))", of: "permits", is: "false"),
      Expectation("sets.intersects([].map(x, 'a'), self.holds.map(d, d.id))", of: "ledger", is: "false"),
      Expectation("sets.intersects(self.holds.map(d, d.id), [].map(x, 'a'))", of: "ledger", is: "false"),
      Expectation("sets.contains([self.contact], [self.contact])", is: "unknown(hub.contact)"),
    ])
  func partial(item: Expectation) {
    var item = item
    item.text = item.text.replacing("GUARDED", with: "\(Self.guarded)")
    item.verify()
  }

  @Test("Large sets are compared in proportion to their size")
  func large() {
    let size = 100_000
    let bench = Workbench()
    // Ten thousand million comparisons would not come to an end here.
    #expect(bench.value("sets.equivalent(lists.range(\(size)), lists.range(\(size)).reverse())") == "true")
    #expect(bench.value("sets.intersects(lists.range(\(size)), lists.range(\(size)).map(n, n + \(size)))") == "false")
    #expect(bench.value("sets.contains(lists.range(\(size)).map(n, {n: n}), [{7: 7}])") == "true")
    #expect(bench.value("sets.contains(lists.range(\(size)).map(n, 0.0 / 0.0), [1.0])") == "false")
  }
}
