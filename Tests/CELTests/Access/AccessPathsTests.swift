import CEL
import Testing

/// The shapes of access paths, over the small estate.
@Suite struct AccessPathsTests {
  /// The reduced paths of expressions, one line for each way in, step and link; `self` is state 0 where it is read.
  private static func outline(_ texts: String..., in bench: Workbench = Workbench()) -> [String] {
    guard bench.mistakes.isEmpty else { return bench.mistakes }
    var builder = AccessPathsBuilder()
    builder.bind(0, kinds: SmallEstate.system)
    for text in texts {
      let problems = bench.problems(text)
      guard problems.isEmpty else { return problems }
      builder.add(CompiledExpression(bench.check(text), in: bench.environment))
    }
    return outline(builder.paths.reduced())
  }

  private static func outline(_ paths: AccessPaths) -> [String] {
    func kinds(_ kinds: KindSet) -> String {
      kinds.kinds.map { SmallEstate.kinds[$0] }.joined(separator: "|")
    }
    func place(_ context: Int) -> String {
      context == 0 ? "" : " in " + paths.contexts[context].joined(separator: ", ")
    }
    return paths.starts.map { "slot \($0.slot): \($0.state)" }
      + paths.listed.map { "every \(kinds($0.kinds)): \($0.state)\(place($0.context))" }
      + paths.literals.map { "\(SmallEstate.ids[Int($0.row)]): \($0.state)" }
      + paths.globals.map { "global \($0.index): \($0.state)\(place($0.context))" }
      + paths.steps.map { step in
        let field = step.field < 0 ? "fact\(step.field)" : SmallEstate.fieldNames[Int(step.field)]
        return "\(step.from).\(field)" + (step.to.map { ": \($0)" } ?? "") + place(step.context)
      } + paths.links.map { "\($0.from) > \($0.to)" }
  }

  @Test("A chain has a state for each select; what nothing is read from has none")
  func chains() {
    #expect(Self.outline("self.leader.leader.mfa") == ["slot 0: 0", "0.leader: 1", "1.leader: 2", "2.mfa"])
    #expect(Self.outline("self.uses.size() > 2") == ["slot 0: 0", "0.uses"])
    #expect(Self.outline("1 + 1 == 2") == [])
  }

  @Test("Loops bind their variable to what they go through, and give what they keep or make")
  func loops() {
    #expect(
      Self.outline("self.uses.filter(u, u.mfa).map(u, u.leader).all(l, l.users > 1)") == [
        "slot 0: 0", "0.uses: 1", "1.mfa", "1.leader: 2", "2.users",
      ])
    #expect(
      Self.outline("self.uses.groupBy(u, u.leader).exists(g, g.key.mfa && g.items.exists(i, i.users > 1))") == [
        "slot 0: 0", "0.uses: 1", "1.users", "1.mfa", "1.leader: 2", "2.users", "2.mfa",
      ])
    #expect(Self.outline("self.uses.sortBy(u, u.leader)[0].mfa") == ["slot 0: 0", "0.uses: 1", "1.mfa", "1.leader"])
    #expect(Self.outline("self.uses.all(i, u, i > 0 || u.mfa)") == ["slot 0: 0", "0.uses: 1", "1.mfa"])
    #expect(Self.outline("cel.bind(l, self.leader, l.mfa && has(l.uses))").contains("1.uses"))
  }

  @Test("A closure's step is taken from its start and from what it reaches")
  func closures() {
    #expect(
      Self.outline("self.closure(s, s.uses.filter(u, u.mfa)).exists(s, s.users > 1)") == [
        "slot 0: 0", "1.uses: 2", "2.users", "2.mfa", "0 > 1", "2 > 1",
      ])
    #expect(
      Self.outline("self.closure(s, s.sends.map(f, f.destination)).size()") == [
        "slot 0: 0", "1.sends: 2", "2.destination: 3", "0 > 1", "3 > 1",
      ])
  }

  @Test("A way holds where it starts, what it passes and what carries it")
  func ways() {
    let way = "self.closure(s, s.sends.map(f, f.destination)).pathTo(s, s.mfa)"
    let carried = Self.outline("\(way).vias.of(flow).exists(f, f.dataset == 'cases')")
    #expect(carried.contains("2.dataset"))
    let passed = Self.outline("\(way).nodes.of(system).exists(s, s.users > 1)")
    #expect(passed.contains("0.users"))
    #expect(passed.contains("3.users"))
  }

  @Test("Equal ways are one, cycles too")
  func equalWays() {
    #expect(
      Self.outline("self.uses.exists(u, u.mfa) && self.uses.exists(u, u.users > 1)") == [
        "slot 0: 0", "0.uses: 1", "1.users", "1.mfa",
      ])
    let reach = "self.closure(s, s.uses)"
    #expect(
      Self.outline("\(reach).exists(s, s.mfa)", "\(reach).all(s, s.users > 1)") == [
        "slot 0: 0", "1.uses: 2", "2.users", "2.mfa", "0 > 1", "2 > 1",
      ])
  }

  @Test("Lists of a kind, literals, constants and globals are ways in of their own")
  func waysIn() {
    #expect(Self.outline("every(system).exists(s, s.mfa)") == ["every system: 0", "0.mfa"])
    #expect(Self.outline("[self, 'hub'].exists(s, s.mfa)") == ["slot 0: 0", "hub: 1", "0.mfa", "1.mfa"])
    #expect(Self.outline("self.leader == 'hub'") == ["slot 0: 0", "0.leader"])
    var bench = Workbench()
    bench.environment.variables["pair"] = .constant(
      .entities([SmallEstate.row("portal"), SmallEstate.row("hub"), SmallEstate.row("hub")]),
      .list(.entity(SmallEstate.system)))
    bench.environment.variables["first"] = .global(4, .entity(SmallEstate.system))
    #expect(Self.outline("pair.exists(p, p.mfa)", in: bench) == ["hub: 0", "portal: 0", "0.mfa"])
    #expect(Self.outline("first.mfa", in: bench) == ["global 4: 0", "0.mfa"])
    // Nobody said what these slots hold.
    #expect(Self.outline("other.mfa") == ["every system: 0", "0.mfa"])
    #expect(Self.outline("any.rto < duration('1h')") == ["every system|service: 0", "0.rto"])
  }

  @Test("What is of a kind is a state of its own")
  func kinds() {
    #expect(
      Self.outline("[any].of(service).exists(s, s.supportedBy.size() > 0) && [self, any].of(system).exists(s, s.mfa)")
        == ["slot 0: 0", "every system|service: 1", "0.mfa", "2.supportedBy", "3.mfa", "1 > 2", "1 > 3"])
  }

  @Test("Lazy variables are analysed once, shared functions for each call")
  func names() {
    var bench = Workbench()
    bench.define("near", [("s", .entity(SmallEstate.system))], "s.uses + [s.leader]")
    bench.bind("friends", "near(self)")
    #expect(
      Self.outline("friends.exists(f, f.mfa)", "friends.exists(f, near(f).exists(g, g.users > 1))", in: bench) == [
        "slot 0: 0", "0.uses: 1", "0.leader: 2", "1.mfa", "1.uses: 3", "1.leader: 4", "2.mfa", "2.uses: 3",
        "2.leader: 4", "3.users", "4.users",
      ])
  }

  @Test("An element of a generator is in the states of its list")
  func generators() {
    let bench = Workbench()
    var builder = AccessPathsBuilder()
    let start = builder.bind(0, kinds: SmallEstate.system)
    func compiled(_ text: String) -> CompiledExpression {
      CompiledExpression(bench.check(text), in: bench.environment)
    }
    #expect(builder.add(compiled("[self]")) == [start])
    let elements = builder.bind(1, toElementsOf: compiled("self.uses + [self.leader]"))
    #expect(elements.count == 2)
    #expect(builder.add(compiled("other.mfa && self.mfa")) == [])
    #expect(
      Self.outline(builder.paths.reduced()) == [
        "slot 0: 0", "0.mfa", "0.uses: 1", "0.leader: 2", "1.mfa", "2.mfa",
      ])
  }

  @Test("What is read inside a deferred argument says so, with the functions' names")
  func elsewhere() {
    var bench = Workbench()
    let t = ValueType.variable(0)
    for (name, overload) in [("before", Overload([t], t)), ("at", Overload([.date, t], t))] {
      bench.environment.hostFunctions[name] = Function(
        name, [overload], .deferred { frame, arguments in arguments[arguments.count - 1].value(&frame) })
    }
    bench.bind("used", "self.uses")
    #expect(
      Self.outline("before(used).exists(u, u.mfa) && used.exists(u, u.users > 1)", in: bench) == [
        "slot 0: 0", "0.uses: 2", "0.uses: 1 in before", "1.mfa", "2.users",
      ])
    #expect(
      Self.outline("before(at(date, before(self.leader))).mfa && at(date, before(self.leader)).mfa", in: bench) == [
        "slot 0: 0", "0.leader: 1 in at, before", "1.mfa",
      ])
    #expect(Self.outline("before(every(system)).size() > 0", in: bench) == [])
  }

  @Test("A function's fact is read of what is in its arguments, and what it gives comes out of it")
  func facts() {
    var bench = Workbench()
    let system = ValueType.entity(SmallEstate.system)
    bench.environment.hostFunctions["touched"] = Function(
      "touched", [Overload([system], .bool)], fact: -1, .unary { _ in .bool(true) })
    bench.environment.hostFunctions["heirs"] = Function(
      "heirs", [Overload([.list(system)], .list(system))], fact: -2, .unary { $0 })
    #expect(Self.outline("touched(self.leader)", in: bench) == ["slot 0: 0", "0.leader: 1", "1.fact-1"])
    #expect(
      Self.outline("heirs([self]).exists(h, h.mfa)", in: bench) == ["slot 0: 0", "0.fact-2: 1", "0.mfa", "1.mfa"])
  }

  @Test("The date and the globals that are read are told")
  func dateAndGlobals() {
    var bench = Workbench()
    bench.environment.variables["limit"] = .global(2, .int)
    var builder = AccessPathsBuilder()
    builder.add(CompiledExpression(bench.check("self.lifecycle.active < date"), in: bench.environment))
    #expect(builder.paths.readsDate)
    #expect(builder.paths.readsGlobals == [])
    builder.add(CompiledExpression(bench.check("self.users < limit"), in: bench.environment))
    #expect(builder.paths.reduced().readsGlobals == [2])
    #expect(builder.paths.reduced().readsDate)
  }

  @Test("Of a place only what leads to its entity counts")
  func places() throws {
    let bench = Workbench()
    let place = try #require(CompiledExpression.place(bench.check("self.leader.mfa"), in: bench.environment))
    var builder = AccessPathsBuilder()
    let start = builder.bind(0, kinds: SmallEstate.system)
    #expect(builder.add(place.entity) == [start + 1])
    #expect(Self.outline(builder.paths) == ["slot 0: 0", "0.leader: 1"])
  }

  @Test("Records, maps and optionals hand on what they hold, and dotted fields are read whole")
  func containers() {
    #expect(Self.outline("self.needs[0][0].mfa") == ["slot 0: 0", "0.needs: 1", "1.mfa"])
    #expect(Self.outline("self.lifecycle.active == date") == ["slot 0: 0", "0.lifecycle.active"])
    #expect(Self.outline("self.contact.team == 'x'") == ["slot 0: 0", "0.contact"])
    #expect(Self.outline("self.?leader.optMap(l, l.mfa).orValue(true)") == ["slot 0: 0", "0.leader: 1", "1.mfa"])
    #expect(Self.outline("{'a': self.leader}.a.mfa") == ["slot 0: 0", "0.leader: 1", "1.mfa"])
    #expect(Self.outline("has(self.leader.mfa)") == ["slot 0: 0", "0.leader: 1", "1.mfa"])
  }

  @Test("Many places of one expression, and calls within calls, do not make many more states")
  func bounds() {
    let many = (0..<400).map { _ in "self.leader" }.joined(separator: ", ")
    var builder = AccessPathsBuilder()
    builder.bind(0, kinds: SmallEstate.system)
    let bench = Workbench()
    builder.add(
      CompiledExpression(
        bench.check("[\(many)].map(x, [\(many), x.leader]).flatten().all(x, x.mfa)"), in: bench.environment)
    )
    #expect(builder.paths.kinds.count < 900)
    #expect(builder.paths.steps.count < 1_200)
    #expect(Self.outline(builder.paths.reduced()).contains("0.leader: 1"))

    var nested = Workbench()
    nested.define("f0", [("s", .entity(SmallEstate.system))], "s.mfa")
    for level in 1...13 {
      nested.define(
        "f\(level)", [("s", .entity(SmallEstate.system))],
        "f\(level - 1)(s.leader) || s.uses.exists(u, f\(level - 1)(u))")
    }
    builder = AccessPathsBuilder()
    builder.bind(0, kinds: SmallEstate.system)
    builder.add(CompiledExpression(nested.check("f13(self)"), in: nested.environment))
    #expect(builder.paths.steps.count < 30_000)
    #expect(builder.paths.links.count < 30_000)
    #expect(!builder.paths.links.isEmpty)
  }

  @Test("The deepest expressions that parse are analysed")
  func depth() {
    let chain = "self" + String(repeating: ".leader", count: Parser.depthLimit - 2)
    #expect(Self.outline("\(chain).mfa").count == Parser.depthLimit)
    let filters = "self.uses" + String(repeating: ".filter(u, u.mfa)", count: 400)
    #expect(Self.outline("\(filters).size() > 0") == ["slot 0: 0", "0.uses: 1", "1.mfa"])
    var nested = "self.mfa"
    for level in 0..<120 { nested = "self.uses.exists(u\(level), \(nested) && u\(level).mfa)" }
    #expect(Self.outline(nested) == ["slot 0: 0", "0.mfa", "0.uses: 1", "1.mfa"])
  }
}
