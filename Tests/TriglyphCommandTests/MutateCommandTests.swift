import Testing

/// `triglyph test --mutate` and `--coverage`.
@Suite struct MutateCommandTests {
  static let rule = """
    kind: rule
    id: cheap-enough
    name: Cheap
    title: No system is dear
    clauses: [security/1]
    for: system
    severity: minor
    stage: design
    require: 'self.mfa ? self.cost < 9 : self.cost < 3'
    message: ${self} is dear
    remedy: Find a cheaper one.
    examples:
      - title: cheap
        given: [{kind: system, id: a, mfa: false, cost: 2}]
        finds: []
      - title: dear
        given: [{kind: system, id: a, mfa: false, cost: 3}]
        finds: [a]
    """

  @Test func `survivors are told at their place, and the status is 1`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write(Self.rule, to: "rules/cheap.yaml")
    let run = try await BuiltCommand.run("test", "--mutate", "--repository", place.path, "cheap-enough")
    #expect(run.status == 1)
    #expect(run.errors == "")
    #expect(
      run.output == """
        1 rule, 2 examples: 2 hold, 0 do not
        error[unreached]: cheap-enough: no example evaluates `self.cost < 9`
          --> rules/cheap.yaml:9:22
           |
         9 | require: 'self.mfa ? self.cost < 9 : self.cost < 3'
           |                      ^^^^^^^^^^^^^
           = note: 4 changes in it survive

        1 rule: examples evaluate 2 of 3 parts
        killed 5 of 9 mutants; 4 survived, 0 said to be equivalent

        """)
  }

  @Test func `what is explained does not count, and the lines of each rule are there when asked for`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write(
      Self.rule + "\nequivalents:\n  - {text: self.cost < 9, why: Nothing that asks twice has a price.}\n",
      to: "rules/cheap.yaml")
    let run = try await BuiltCommand.run("test", "--mutate", "--verbose", "--repository", place.path)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("\ncheap-enough: killed 5 of 9 mutants; 0 survived, 4 said to be equivalent\n"))
    #expect(run.output.contains("\nsec-mfa: killed "))
  }

  @Test func `coverage asks for the parts alone`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write(Self.rule, to: "rules/cheap.yaml")
    let run = try await BuiltCommand.run("test", "--coverage", "--quiet", "--repository", place.path, "cheap-enough")
    #expect(run.status == 1)
    #expect(run.output.hasSuffix("1 rule: examples evaluate 2 of 3 parts\n"))
    #expect(!run.output.contains("mutants"))
  }

  @Test func `a mistake in an entry is told without mutating, too`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write(Self.rule + "\nequivalents: [{text: self.cost < 9}]\n", to: "rules/cheap.yaml")
    let run = try await BuiltCommand.run("test", "--repository", place.path)
    #expect(run.status == 2)
    #expect(run.output.contains("error[missing-key]: "))
  }

  @Test func `one task writes what eight write`() async throws {
    let place = try TemporaryRepository.clean()
    for index in 0..<5 {
      try place.write(
        Self.rule.replacing("cheap-enough", with: "cheap-\(index)").replacing("cost < 9", with: "cost < \(index)"),
        to: "rules/cheap-\(index).yaml")
    }
    let one = try await BuiltCommand.run("test", "--mutate", "--verbose", "--jobs", "1", "--repository", place.path)
    let eight = try await BuiltCommand.run("test", "--mutate", "--verbose", "--jobs", "8", "--repository", place.path)
    #expect(one.output == eight.output)
    #expect(one.status == 1)
  }

  @Test func `the rules of a new repository leave nothing open`() async throws {
    let place = try TemporaryRepository()
    let made = try await BuiltCommand.run("init", place.path)
    #expect(made.status == 0, "\(made.errors)")
    let run = try await BuiltCommand.run("test", "--mutate", "--repository", place.path)
    #expect(run.status == 0, "\(run.output)")
    let others = try await BuiltCommand.run("test", "--mutate", "--repository", OwnVocabularyTests.folder)
    #expect(others.status == 0, "\(others.output)")
  }
}
