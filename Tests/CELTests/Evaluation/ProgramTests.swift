import CEL
import Testing

@Suite struct ProgramTests {
  @Test("An expression over named values is checked, then run as often as one likes")
  func values() throws {
    let program = try Program("user.startsWith('a') && age >= 18", variables: ["user": .string, "age": .int])
    #expect(program.type == .bool)
    #expect(program.evaluate(["user": .string("ada"), "age": .int(36)]).text == "true")
    #expect(program.evaluate(["user": .string("ada"), "age": .int(12)]).text == "false")
    #expect(try Program("1 + 2").evaluate().text == "3")
    #expect(
      try Program("xs.map(x, x * 2).sum()", variables: ["xs": .list(.int)]).evaluate(["xs": .list([.int(4)])]).text
        == "8")
  }

  @Test("A variable without a value is an error, or an unknown, only where it decides")
  func missing() throws {
    let program = try Program("a || b", variables: ["a": .bool, "b": .bool])
    #expect(program.evaluate(["b": .bool(true)]).text == "true")
    guard case .error(let error) = program.evaluate(["b": .bool(false)]) else {
      Issue.record("no error")
      return
    }
    #expect(error.code == .noSuchAttribute && error.message == "`a` has no value")
    #expect(program.evaluate(["a": .bool(true)], missingIsUnknown: true).text == "true")
    guard case .unknown(let unknown) = program.evaluate(["a": .bool(false)], missingIsUnknown: true) else {
      Issue.record("no unknown")
      return
    }
    #expect(unknown.facts == [Fact(row: -1, field: 1)])
  }

  @Test("Mistakes are told with their places, all of them")
  func mistakes() {
    do {
      _ = try Program("'é' + nam\n  || age > 'x'", variables: ["name": .string, "age": .int])
      Issue.record("no mistakes")
    } catch {
      #expect(error.problems.count == 2)
      #expect(
        error.description == """
          ERROR: <expression>:1:7: there is no `nam` here
          ERROR: <expression>:2:6: `>` cannot compare int with string
          """)
    }
  }

  @Test("The host's functions and slots stand beside the variables")
  func environment() throws {
    var environment = Environment()
    environment.hostFunctions["twice"] = Function(
      "twice", [Overload([.int], .int)],
      .unary { if case .int(let number) = $0 { .int(number &* 2) } else { .error(.noSuchOverload, "twice") } })
    environment.variables["limit"] = .constant(.int(10), .int)
    environment.firstFreeSlot = 4
    let program = try Program("twice(n) > limit", variables: ["n": .int], in: environment)
    #expect(program.evaluate(["n": .int(6)]).text == "true")
    #expect(program.evaluate(["n": .int(5)]).text == "false")
  }

  @Test("An evaluation beyond the cost limit is an error")
  func costLimit() throws {
    let program = try Program(
      "xs.all(a, xs.all(b, a == b || a != b))", variables: ["xs": .list(.int)], costLimit: 100)
    guard case .error(let error) = program.evaluate(["xs": .list((0..<20).map { .int($0) })]) else {
      Issue.record("no error")
      return
    }
    #expect(error.code == .costLimit)
  }
}
