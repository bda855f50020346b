import CEL
import Synchronization
import Testing

@Suite struct WalkingTests {
  @Test(
    "`every` lists a kind in order, `of` keeps the entities of a kind",
    arguments: [
      Expectation("every(dataset)", is: "[cases, invoices, trader]"),
      Expectation("every(component).map(c, c.id).size()", is: "10"),
      Expectation("every(component).of(service)", is: "[parking, tax]"),
      Expectation("every(component).of(system).size()", is: "8"),
      Expectation(
        "every(component).map(c, c.holds).flatten().distinct().of(dataset).exists(d, d == 'cases')", is: "true"),
      Expectation("any.holds", is: "[]"), Expectation("any.rto", is: "3600s"),
    ])
  func kinds(item: Expectation) { item.verify() }

  @Test(
    "Equality of entities is identity",
    arguments: [
      Expectation("self == self", is: "true"), Expectation("self == other", is: "false"),
      Expectation("self != other", is: "true"), Expectation("self == 'hub'", is: "true"),
      Expectation("self in self.uses", is: "false"), Expectation("other in self.uses", is: "true"),
      Expectation("self.sends.map(f, f.destination) == ['billing', 'caesar']", is: "true"),
      Expectation("any == 'parking'", is: "true"), Expectation("any == self", is: "false"),
    ])
  func identity(item: Expectation) { item.verify() }

  @Test(
    "Fields of every storage are read",
    arguments: [
      Expectation("self.id", is: "'hub'"), Expectation("self.rto", is: "7200s"), Expectation("self.users", is: "40"),
      Expectation("self.lifecycle.active", is: "2026-01-01"),
      Expectation("self.contact", is: "('hub team', unknown(hub.contact))"),
      Expectation("self.contact.team", is: "'hub team'"), Expectation("self.contact.since", is: "unknown(hub.contact)"),
      Expectation("self.depth", is: "3"), Expectation("self.uses.map(s, s.depth)", is: "[0, 1, 5]"),
      Expectation("'cases'.size()", is: "5"), Expectation("date", is: "2026-06-15"),
      Expectation("date + period('1m')", is: "2026-07-15"), Expectation("settings.limit + 1", is: "4"),
      Expectation("self.lifecycle.retired == date", of: "caesar", is: "false"),
      Expectation("self.lifecycle.retired > date", of: "caesar", is: "true"),
      Expectation(
        "self.heldBy",
        is:
          "unknown-field at \"heldBy\": system has no field `heldBy` (it has: classification, contact, depth, holds, id, leader, lifecycle.active, lifecycle.retired, mfa, needs, perhaps, rto, sends, type, users, uses)"
      ),
      Expectation(
        "every(dataset).map(d, d.heldBy)",
        is: "[[caesar, hub, permits], [billing, hub], [permits?(permits.holds), portal]]"),
    ])
  func fields(item: Expectation) { item.verify() }

  @Test("A lazy variable is evaluated once, and only when it is read")
  func lazyVariables() {
    var bench = Workbench()
    let calls = Counter()
    bench.environment.hostFunctions["tick"] = Function(
      "tick", [Overload([.int], .int)],
      .contextual { _, values in
        calls.increment()
        return values[0]
      })
    bench.bind("ticked", "tick(self.users)")
    bench.bind("twice", "ticked + ticked")
    #expect(bench.mistakes.isEmpty)
    #expect(bench.value("1 + 1") == "2")
    #expect(calls.count == 0)
    #expect(bench.value("ticked + twice + self.uses.map(s, ticked).sum()") == "240")
    #expect(calls.count == 1)
    #expect(bench.value("self.users > 1 || ticked > 1") == "true")
    #expect(calls.count == 1)
  }

  @Test("A lazy variable keeps slots of its own")
  func lazySlots() {
    var bench = Workbench()
    bench.bind("near", "self.uses.filter(s, s.uses.exists(t, t == 'caesar'))")
    #expect(
      bench.value("self.uses.map(s, near.map(t, [s.id, t.id]))")
        == "[[['archive', 'billing']], [['billing', 'billing']], [['permits', 'billing']]]")
  }

  @Test("Shared functions are typed, may call one another and are not confused by equal names")
  func sharedFunctions() {
    var bench = Workbench()
    let system = ValueType.entity(SmallEstate.system)
    bench.define("double", [("n", .int)], "n + n")
    bench.define("quadruple", [("n", .int)], "double(double(n))")
    bench.define("busy", [("s", system), ("least", .int)], "s.uses.filter(t, t.users >= least)")
    bench.define("atLeast", [("c", .enumeration(SmallEstate.classification))], "self.classification >= c")
    #expect(bench.value("quadruple(3) + double(1)") == "14")
    #expect(bench.value("[1, 2].map(n, double(n + double(n)))") == "[6, 12]")
    #expect(bench.value("busy(self, double(30)).map(s, busy(s, 1))") == "[[ledger]]")
    #expect(bench.value("busy('portal', 1)") == "[hub]")
    #expect(bench.value("double(self.users)", of: "vault") == "unknown(vault.users)")
    #expect(bench.value("double(1 / 0)") == "error divisionByZero")
    #expect(
      bench.problems("busy('portl', 1)") == [
        "unknown-entity at \"'portl'\": there is no system `portl` (did you mean `portal`?)"
      ])
    #expect(
      bench.problems("double('x')") == ["wrong-type at \"'x'\": `n` of `double` is int, and this is string"])
    #expect(
      bench.problems("double(1, 2)") == [
        "wrong-arguments at \"double\": `double` takes 1 argument, not 2 (it takes `double(n: int)`)"
      ])
  }

  @Test("A shared function that calls itself, also by way of another, is refused")
  func recursion() {
    var bench = Workbench()
    bench.define("up", [("n", .int)], "n > 9 ? n : up(n + 1)")
    bench.define("ping", [("n", .int)], "pong(n)")
    bench.define("pong", [("n", .int)], "ping(n)")
    for name in ["up", "ping", "pong"] {
      let found = bench.environment.functions[name].map { Checker.check($0, in: bench.environment).problems } ?? []
      #expect(found.map(\.id) == ["recursive-function"], "\(name)")
      #expect(bench.value("\(name)(1)") == "error noSuchOverload", "\(name)")
    }
  }

  @Test("An error that another operand absorbed is kept in the frame")
  func absorbedErrors() {
    let bench = Workbench()
    for (text, isAbsorbed) in [
      ("true || 1 / 0 == 1", false), ("1 / 0 == 1 || true", true), ("self.leader == self && 1 / 0 == 1", true),
      ("1 / 0 == 1", false), ("[0, 1].exists(n, 1 / n == 1)", true), ("self.leader.users + 1 / 0 > 1", true),
      ("self.mfa && true", false), ("self.leader.users == 1 / 0", true), ("1 / 0 < self.leader.users", true),
    ] {
      let checked = bench.check(text)
      #expect(checked.problems.isEmpty, "\(text)")
      var frame = Frame(graph: SmallEstate.graph, slotCount: 3)
      frame.slots[0] = .entity(SmallEstate.row("hub"))
      _ = CompiledExpression(checked, in: bench.environment).evaluate(&frame)
      #expect((frame.absorbedError != nil) == isAbsorbed, "\(text)")
    }
  }

  @Test("Beyond its cost limit an evaluation is an error, also inside logic")
  func costLimit() {
    let bench = Workbench()
    let text = "every(system).all(a, every(system).all(b, every(system).all(c, a.id != 'x')))"
    #expect(bench.value(text) == "true")
    #expect(bench.value(text, costLimit: 100) == "error costLimit")
    #expect(bench.value("true || \(text)", costLimit: 100) == "true")
    #expect(bench.value("self.closure(s, s.uses).size()", costLimit: 2) == "error costLimit")
    #expect(
      bench.value("every(system).all(s, every(system).all(t, t == t || s == t))", costLimit: 20) == "error costLimit")
  }
}

final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func increment() { value.withLock { $0 += 1 } }
}
