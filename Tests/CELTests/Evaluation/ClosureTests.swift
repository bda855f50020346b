import CEL
import Testing

@Suite struct ClosureTests {
  private static var bench: Workbench {
    var bench = Workbench()
    let system = ValueType.entity(SmallEstate.system)
    bench.define("receivers", [("s", system)], "s.sends.map(f, f.destination)")
    bench.define("next", [("s", system), ("limit", .int)], "s.uses.filter(t, t.users >= limit)")
    return bench
  }

  @Test(
    "A closure is all that one or more steps reach, breadth first, ends in a cycle, and keeps nodes without edges",
    arguments: [
      Expectation("self.closure(s, s.uses)", of: "hub", is: "[archive, billing, permits, caesar, ledger]"),
      Expectation("self.closure(s, s.uses)", of: "archive", is: "[billing, caesar, archive]"),
      Expectation("self.closure(s, s.uses)", of: "ledger", is: "[]"),
      Expectation("self.closure(s, s.uses)", of: "vault", is: "[…(vault.uses)]"),
      Expectation(
        "self.closure(s, s.uses.filter(t, t.users > 0))", of: "hub",
        is: "[archive, billing, permits, caesar, ledger]"),
      Expectation("self.closure(s, s.uses.filter(t, t != 'billing'))", of: "hub", is: "[archive, permits, ledger]"),
      Expectation("[self, other].closure(s, s.uses)", of: "permits", is: "[caesar, ledger, archive, billing]"),
      Expectation("every(service).closure(c, c.supportedBy)", is: "[permits, portal, caesar, hub]"),
    ])
  func reaching(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "A closure takes at most so many steps",
    arguments: [
      Expectation("self.closure(s, s.uses, 1)", is: "[archive, billing, permits]"),
      Expectation("self.closure(s, s.uses, 2)", is: "[archive, billing, permits, caesar, ledger]"),
      Expectation("self.closure(s, s.uses, 0)", is: "[]"), Expectation("self.closure(s, s.uses, -1)", is: "[]"),
      Expectation("self.closure(s, s.uses.filter(t, true), 1)", is: "[archive, billing, permits]"),
      Expectation("self.closure(s, s.uses, self.users)", of: "vault", is: "unknown(vault.users)"),
      Expectation("self.closure(s, s.uses, 1 / 0)", is: "error divisionByZero"),
    ])
  func steps(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "What is reached only through a possible step is possible, and the rest of the closure stays certain",
    arguments: [
      Expectation("self.closure(s, s.uses.filter(t, t.mfa))", of: "portal", is: "[hub, archive]"),
      Expectation(
        "self.closure(s, s.perhaps)", of: "archive",
        is: "[billing, archive, permits?(archive.perhaps), ledger?(archive.perhaps)]"),
      Expectation("self.closure(s, s.perhaps, 1)", of: "archive", is: "[billing, permits?(archive.perhaps)]"),
      Expectation(
        "self.closure(s, s.perhaps)", of: "billing",
        is: "[archive, billing, permits?(archive.perhaps), ledger?(archive.perhaps)]"),
      Expectation(
        "self.closure(s, s.sends.map(f, f.destination))", of: "hub",
        is: "[billing, caesar, ledger, …(billing-out.destination)]"),
      Expectation("every(system).filter(s, s.users == 5).closure(s, s.uses)", is: "[…(vault.users, vault.uses)]"),
      Expectation("every(system).filter(s, s.users == 70).closure(s, s.uses).exists(s, s == 'ledger')", is: "true"),
      Expectation("self.closure(s, s.perhaps).exists(s, s == 'ledger')", of: "archive", is: "unknown(archive.perhaps)"),
      Expectation("self.closure(s, s.perhaps).all(s, s != 'hub')", of: "archive", is: "true"),
      Expectation("self.closure(s, s.uses.filter(t, 1 / 0 == 1))", is: "error divisionByZero"),
    ])
  func possible(item: Expectation) { item.verify(in: Self.bench) }

  @Test(
    "A path is a shortest one, ties go to the first in order, and each hop names its relation and what carries it",
    arguments: [
      Expectation("self.closure(s, s.uses).pathTo('caesar')", is: "hub -uses-> billing -uses-> caesar"),
      Expectation(
        "self.closure(s, s.uses).pathTo('ledger')", of: "portal",
        is: "portal -uses-> hub -uses-> permits -uses-> ledger"),
      Expectation("self.closure(s, s.uses).pathTo(s, s.users > 30)", is: "hub -uses-> permits"),
      Expectation("self.closure(s, s.uses).pathTo('vault')", is: "no path"),
      Expectation("self.closure(s, s.uses).pathTo(s, s.users > 300)", is: "no path"),
      Expectation(
        "self.closure(s, s.uses).pathTo(self)", of: "caesar",
        is: "caesar -uses-> archive -uses-> billing -uses-> caesar"),
      Expectation(
        "self.closure(s, s.sends.map(f, f.destination)).pathTo('ledger')",
        is: "hub -sends hub-caesar-> caesar -sends caesar-ledger-> ledger"),
      Expectation(
        "self.closure(s, s.sends.filter(f, f.id != 'x').map(f, f.destination)).pathTo('billing')",
        is: "hub -sends hub-billing-> billing"),
      Expectation(
        "self.closure(s, receivers(s)).pathTo('ledger')",
        is: "hub -sends hub-caesar-> caesar -sends caesar-ledger-> ledger"),
      Expectation("self.closure(s, next(s, 20)).pathTo('ledger')", is: "hub -uses-> permits -uses-> ledger"),
      Expectation("self.closure(s, receivers(s) + s.uses).pathTo('permits')", is: "hub -uses-> permits"),
      Expectation(
        "self.closure(s, (s.uses + receivers(s)).distinct()).pathTo('ledger')", of: "caesar",
        is: "caesar -sends caesar-ledger-> ledger"),
      Expectation("[self, other].closure(s, s.uses).pathTo('ledger')", is: "hub -uses-> permits -uses-> ledger"),
      Expectation("[self, other].closure(s, s.uses).pathTo('caesar')", is: "billing -uses-> caesar"),
      Expectation("self.closure(s, s.uses).pathTo('caesar').nodes", is: "[hub, billing, caesar]"),
      Expectation("self.closure(s, receivers(s)).pathTo('ledger').vias", is: "[hub-caesar, caesar-ledger]"),
      Expectation(
        "self.uses.map(t, t.closure(s, s.uses.filter(u, u != t)).pathTo('caesar'))",
        is: "[archive -uses-> billing -uses-> caesar, billing -uses-> caesar, no path]"),
      Expectation(
        "self.closure(s, s.perhaps).pathTo('ledger')", of: "archive",
        is: "archive -perhaps-> permits -perhaps-> ledger"),
    ])
  func paths(item: Expectation) { item.verify(in: Self.bench) }

  @Test("A step is typed on what it reaches as well as on its start")
  func typing() {
    let bench = Self.bench
    #expect(bench.type("self.closure(s, s.uses)") == "reach(system)")
    #expect(bench.type("every(service).closure(c, c.supportedBy)") == "reach(system)")
    #expect(bench.type("self.closure(s, s.sends)") == "reach(flow)")
    #expect(bench.type("self.closure(s, s.uses + s.sends.map(f, f.destination))") == "reach(system)")
    #expect(
      bench.problems("every(flow).closure(f, f.destination)") == [
        "unknown-field at \"destination\": system has no field `destination` (flow has it; the expression may stand for any of these kinds)"
      ])
    #expect(
      bench.problems("self.closure(s, s.users)") == [
        "wrong-type at \"s.users\": a step gives entities, and this is int"
      ])
    #expect(
      bench.problems("self.users.closure(s, s)") == [
        "wrong-type at \"closure\": `closure` starts at entities, and this is int"
      ])
    #expect(
      bench.problems("self.closure(s, s.uses).pathTo('cases')") == [
        "unknown-entity at \"'cases'\": there is no system `cases`"
      ])
    #expect(
      bench.problems("self.uses.pathTo('hub')") == [
        "no-overload at \"self.uses.pathTo('hub')\": `pathTo` cannot take list(system) and string (it takes `reach(entity).pathTo(entity)`)"
      ])
  }
}
