import CEL
import Testing

/// A host's functions that evaluate an argument elsewhere: on another graph, at another date, at several.
@Suite struct DeferredFunctionTests {
  private static let t = ValueType.variable(0)

  /// The small estate; before, nobody had a second factor and the hub used nothing.
  private static let before: Graph = {
    let graph = SmallEstate.graph
    return graph.replacing(
      adjacencies: graph.adjacencies.enumerated().map { index, adjacency in
        index == 0
          ? Adjacency(rows: adjacency.rows, pairs: [(source: 3, target: 1), (source: 1, target: 5)]) : adjacency
      }, computed: graph.computed)
  }()

  private static func environment() -> Environment {
    var environment = Workbench().environment
    environment.hostFunctions = [
      "at": Function(
        "at", [Overload([.date, t], t)],
        .deferred { frame, arguments in
          guard case .date(let date) = arguments[0].value(&frame) else { return arguments[0].value(&frame) }
          return arguments[1].value(&frame, on: frame.graph, at: date)
        }),
      "before": Function(
        "before", [Overload([t], .optional(t))],
        .deferred { frame, arguments in
          let value = arguments[0].value(&frame, on: before, at: frame.date)
          return value.isErrorOrUnknown ? value : .optional(value)
        }),
      "timeline": Function(
        "timeline", [Overload([t], .list(.abstract("span", [t])))],
        .deferred { frame, arguments in
          let days = arguments[0].footprint.readsDate ? [0, 10, 20] : [0]
          return .list(
            days.map { day in
              let date = CivilDate(days: Int32(day))
              let value = arguments[0].value(&frame, on: frame.graph, at: date)
              return .record(
                RecordBox(
                  type: .abstract("span", []),
                  fields: [.date(date), .date(CivilDate(days: Int32(day + 10))), value]))
            })
        }),
    ]
    environment.records = [
      ParametricRecord(
        "span", parameterCount: 1, fields: [("from", .date), ("until", .date), ("value", .variable(0))])
    ]
    return environment
  }

  private static func value(_ text: String, _ environment: Environment) -> String {
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else { return checked.problems.map(\.message).joined(separator: "; ") }
    let compiled = CompiledExpression(checked, in: environment)
    var frame = Frame(graph: SmallEstate.graph, slotCount: max(environment.firstFreeSlot, compiled.slotCount))
    frame.slots[0] = .entity(SmallEstate.row("hub"))
    frame.slots[1] = .entity(SmallEstate.row("billing"))
    return Workbench.shown(compiled.evaluate(&frame))
  }

  @Test(
    "An argument is evaluated on the other graph, at the other date",
    arguments: [
      ("self.uses", "[archive, billing, permits]"), ("before(self.uses)", "optional([billing])"),
      ("before(self.uses).orValue([]).size() < self.uses.size()", "true"),
      ("at(date('2030-01-01'), date)", "2030-01-01"),
      ("at(date('2030-01-01'), before(date))", "optional(2030-01-01)"),
      ("before(at(date('2030-01-01'), date)).value()", "2030-01-01"),
      ("at(self.lifecycle.active, date) == self.lifecycle.active", "true"),
      ("self.uses.filter(u, !(u in before(self.uses).value()))", "[archive, permits]"),
    ])
  func elsewhere(text: String, expected: String) {
    #expect(Self.value(text, Self.environment()) == expected)
  }

  @Test("Lazy variables have values of their own there, and theirs again afterwards")
  func lazyVariables() {
    var bench = Workbench()
    bench.environment = Self.environment()
    bench.bind("used", "self.uses")
    bench.bind("count", "used.size()")
    #expect(bench.mistakes == [])
    let text = "[count, before(count).value(), count, before(used.size() + count).value(), used.size()]"
    #expect(Self.value(text, bench.environment) == "[3, 1, 3, 2, 3]")
  }

  @Test("What all targets share is kept apart, too")
  func sharedWork() {
    let text = "every(system).filter(s, s.id != 'vault' && s.uses.size() > 1).size()"
    #expect(Self.value("[\(text), before(\(text)).value(), \(text)]", Self.environment()) == "[1, 0, 1]")
    let reach = "self.closure(s, s.uses).exists(s, s == 'ledger')"
    #expect(Self.value("[\(reach), before(\(reach)).value(), \(reach)]", Self.environment()) == "[true, false, true]")
  }

  @Test("A way that was walked elsewhere is told as it was there")
  func paths() {
    let here = "self.closure(s, s.uses).pathTo('permits')"
    #expect(Self.value(here, Self.environment()) == "hub -uses-> permits")
    let there = "before(self.closure(s, s.uses).pathTo('permits')).value()"
    #expect(Self.value(there, Self.environment()) == "hub -uses-> billing -uses-> permits")
    let late = "before(self.closure(s, s.uses)).value().pathTo('permits')"
    #expect(Self.value(late, Self.environment()) == "hub -uses-> billing -uses-> permits")
  }

  @Test("A record with parameters has typed fields, and a misspelt one is told")
  func records() {
    let environment = Self.environment()
    #expect(Self.value("timeline(date).map(s, days(s.from, s.value))", environment) == "[0, 0, 0]")
    #expect(Self.value("timeline(self.mfa).size()", environment) == "1")
    #expect(Self.value("timeline(self.users)[0].value + 1 > 0", environment) == "true")
    #expect(
      Self.value("timeline(date)[0].vaule", environment).contains("span has no field `vaule`"))
    #expect(Self.value("timeline(date)[0].value + 1", environment).contains("cannot take date and int"))
  }

  @Test("What is remembered of a graph is not taken for another's, when the first is gone")
  func graphsThatCome() {
    var environment = Workbench().environment
    let count = Counter()
    environment.hostFunctions["whatif"] = Function(
      "whatif", [Overload([Self.t], Self.t)],
      .deferred { frame, arguments in
        count.increment()
        let used = (0..<Int32(min(count.count, 7))).map { (source: Int32(3), target: $0) }
        let graph = SmallEstate.graph
        let other = graph.replacing(
          adjacencies: graph.adjacencies.enumerated().map { index, adjacency in
            index == 0 ? Adjacency(rows: adjacency.rows, pairs: used) : adjacency
          }, computed: graph.computed)
        return arguments[0].value(&frame, on: other, at: frame.date)
      })
    let sizes = (0..<6).map { _ in "whatif(every(system).map(s, s.uses).flatten().size())" }
    #expect(Self.value("[\(sizes.joined(separator: ", "))]", environment) == "[1, 2, 3, 4, 5, 6]")
  }
}
