import Testing

@testable import CEL

/// What of an expression depends on one entity alone, and is asked for its value instead of being followed.
@Suite struct AccessConditionsTests {
  private static func paths(_ text: String, usesConditions: Bool = true) -> AccessPaths {
    let bench = Workbench()
    var builder = AccessPathsBuilder(usesConditions: usesConditions)
    builder.bind(0, kinds: SmallEstate.system)
    builder.add(CompiledExpression(bench.check(text), in: bench.environment))
    return builder.paths.reduced()
  }

  /// The fields that a way reads, those of conditions left out.
  private static func fields(_ paths: AccessPaths) -> Set<String> {
    Set(paths.steps.filter { $0.field >= 0 }.map { SmallEstate.fieldNames[Int($0.field)] })
  }

  @Test("A filter's condition on its variable alone is one fact of the variable, with ways of its own")
  func condition() throws {
    let paths = Self.paths("self.uses.filter(u, u.leader.mfa).exists(u, u.users > 1)")
    #expect(Self.fields(paths) == ["uses"])
    #expect(paths.conditions.count == 2)
    let inner = paths.conditions.values.map { Self.fields($0.paths) }
    #expect(Set(inner) == [["leader", "mfa"], ["users"]])
    for condition in paths.conditions.keys { #expect(paths.steps.contains { $0.field == condition }) }
    let plain = Self.paths("self.uses.filter(u, u.leader.mfa).exists(u, u.users > 1)", usesConditions: false)
    #expect(plain.conditions.isEmpty)
    #expect(Self.fields(plain) == ["uses", "leader", "mfa", "users"])
  }

  @Test("A list that is read for a filter alone tells which conditions its elements must meet")
  func filter() throws {
    let paths = Self.paths("self.uses.filter(u, u.mfa).size() > 0")
    let step = try #require(paths.steps.first { $0.field >= 0 })
    #expect(step.filter?.conditions == Array(paths.conditions.keys))
    #expect(Self.paths("self.uses.size() > 0").steps.allSatisfy { $0.filter == nil })
  }

  @Test("What more than the variable decides is followed")
  func open() {
    #expect(Self.paths("self.uses.filter(u, u.users > self.users).size() > 0").conditions.isEmpty)
    #expect(Self.paths("self.uses.filter(u, every(system).exists(s, s == u)).size() > 0").conditions.isEmpty)
  }

  @Test("After a condition that may fail none is taken for what decides")
  func mayFail() throws {
    let paths = Self.paths("self.uses.filter(u, 10 / u.users > self.users && u.mfa).size() > 0")
    #expect(paths.conditions.isEmpty)
    #expect(paths.steps.allSatisfy { $0.filter == nil })
  }

  @Test("A closure of one step goes no further")
  func oneStep() {
    let one = Self.paths("self.closure(s, s.uses, 1).size() > 0")
    #expect(one.links.allSatisfy { $0.to != $0.from } && one.steps.count == 1)
    let uses = one.steps[0]
    #expect(!one.links.contains { $0.from == uses.to })
    let many = Self.paths("self.closure(s, s.uses, 2).size() > 0")
    #expect(many.links.contains { link in many.steps.contains { $0.to == link.from } })
  }

  @Test("What goes through a list without entities is followed all the same")
  func numbers() {
    #expect(Self.fields(Self.paths("[1, 2].exists(n, n < 2 && self.leader.mfa)")) == ["leader", "mfa"])
  }

  @Test("An operand that is of the view once the target is none of the initiative's stands for the whole")
  func conjuncts() {
    var bench = Workbench()
    let system = ValueType.entity(SmallEstate.system)
    bench.environment.hostFunctions["touched"] = Function(
      "touched", [Overload([system], .bool)], fact: -1, .unary { _ in .bool(true) })
    func count(_ text: String) -> Int {
      CompiledExpression(bench.check(text), in: bench.environment).conjuncts(without: ["touched"], of: 0).count
    }
    let ofView = "every(system).exists(s, s.mfa)"
    #expect(count("self.mfa && (touched(self) || \(ofView))") == 1)
    #expect(count("touched(self) && self.mfa && touched(self)") == 2)
    #expect(count(ofView) == 0)
    #expect(count("touched(self) || self.mfa") == 0)
    #expect(count("touched(self.leader) || \(ofView)") == 0)
    // What may fail before it is told whatever it says.
    #expect(count("10 / self.users > 1 && (touched(self) || \(ofView))") == 0)
  }
}
