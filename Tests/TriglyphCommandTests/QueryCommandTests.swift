import Foundation
import Testing

/// The command `query`, as a shell runs it.
@Suite struct QueryCommandTests {
  private func run(
    _ repository: TemporaryRepository, _ arguments: [String], environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["query", "--repository", repository.path, "--as-of", "2026-01-01"] + arguments, environment: environment,
      sourceLocation: sourceLocation)
  }

  @Test func `an expression, a table of a kind, and every format`() async throws {
    let repository = try TemporaryRepository.failing()
    let size = try await run(repository, ["every(system).size()"])
    #expect(size.status == 0)
    #expect(size.output == "2\n")
    #expect(size.errors == "")
    let plain = try await run(repository, ["--kind", "system"])
    #expect(plain.output == "id\tname\ngap\tGap\nhub\tHub\n")
    let bare = try await run(
      repository, ["--kind", "system", "--no-headings", "--columns", "feeds.map(s, s.name), id"])
    #expect(bare.output == "\tgap\nGap\thub\n")
    let table = try await run(repository, ["--kind", "system", "--format", "table"])
    #expect(table.output == "id   name\n---  ----\ngap  Gap\nhub  Hub\n\n2 systems\n")
    let csv = try await run(
      repository, ["every(system)", "-f", "csv", "--columns", "id", "--sort", "id", "--descending"])
    #expect(csv.output == "id\r\nhub\r\ngap\r\n")
    let json = try await run(repository, ["every(system)", "--format", "json", "--where", "id == \"hub\""])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["count"] as? Int == 1)
    #expect((object["rows"] as? [[String: Any]])?.first?["entity"] as? String == "system:hub")
    #expect(json.errors == "")
  }

  @Test func `what is not recorded is marked, counted on standard error, and no failure`() async throws {
    let repository = try TemporaryRepository.failing()
    let arguments = ["--kind", "system", "--where", "!mfa", "--columns", "id, mfa"]
    let plain = try await run(repository, arguments)
    #expect(plain.status == 0)
    #expect(plain.output == "id\tmfa\tundecided\ngap\t?\tsystem:gap.mfa\nhub\tfalse\t\n")
    #expect(
      plain.errors
        == "triglyph: 1 system; 1 more is undecided (?); 1 value is not known (?); not recorded: system:gap.mfa\n")
    let table = try await run(repository, arguments + ["--format", "table"])
    #expect(
      table.output == """
          id   mfa
          ---  -----
        ? gap  ?
          hub  false

        1 system; 1 more is undecided (?); 1 value is not known (?)

        not recorded:
          system:gap.mfa (catalogue/systems.yaml:3)

        """)
    #expect(table.errors == "")
    let quiet = try await run(repository, arguments + ["--format", "table", "--quiet"])
    #expect(quiet.output == "1 system; 1 more is undecided (?); 1 value is not known (?)\n")
  }

  @Test func `no rows are an answer`() async throws {
    let repository = try TemporaryRepository.clean()
    let plain = try await run(repository, ["--kind", "system", "--where", "!mfa"])
    #expect(plain.status == 0)
    #expect(plain.output == "id\tname\n")
    #expect(plain.errors == "triglyph: 0 systems\n")
    let table = try await run(repository, ["--kind", "system", "--where", "!mfa", "--format", "table"])
    #expect(table.output == "0 systems\n")
  }

  @Test func `a mistake is shown under what was typed, and is 2`() async throws {
    let repository = try TemporaryRepository.clean()
    let field = try await run(repository, ["every(system).filter(s, s.mfaa)"])
    #expect(field.status == 2)
    #expect(field.output == "")
    #expect(
      field.errors == """
        error[unknown-field]: system has no field `mfaa`
          --> <expression>:1:27
           |
         1 | every(system).filter(s, s.mfaa)
           |                           ^^^^
           = note: did you mean `mfa`?

        """)
    for (arguments, says) in [
      (["--kind", "sistem"], "did you mean `system`?"), (["--fields", "sistem"], "did you mean `system`?"),
      (["--kind", "system", "--where", "mfa == 1"], "--where:1:1"),
      (["--kind", "system", "--columns", "id, nme"], "--columns:1:5"), (["1 / 0"], "division by zero"),
      (["[1, 2].map(x, 1 / (x - 1))"], "division by zero"),
    ] {
      let run = try await run(repository, arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(run.output == "", "\(arguments)")
      #expect(run.errors.contains(says), "\(arguments): \(run.errors)")
    }
    let cell = try await run(repository, ["--kind", "system", "--columns", "id, 1 / 0"])
    #expect(cell.status == 2)
    #expect(cell.output == "id\t1 / 0\nhub\t!\n")
    #expect(cell.errors.contains("for system:hub"))
  }

  @Test func `options that do not go together`() async throws {
    let repository = try TemporaryRepository.clean()
    for arguments in [
      [], ["1", "--kind", "system"], ["--kinds", "--where", "true"], ["--kind", "system", "--descending"],
      ["--kind", "system", "--where", "false", "--where", "true"], ["--kind", "system", "--kind", "dataset"],
      ["1", "--format", "yaml"], ["--fields", "system", "--kinds"], ["1", "--quiet", "--verbose"],
    ] {
      let run = try await run(repository, arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(run.output == "", "\(arguments)")
    }
  }

  @Test func `mistakes in the catalogue are told, and the answer is not complete`() async throws {
    let repository = try TemporaryRepository.clean()
    try repository.write("{kind: system, id: b, name: B, mfaa: true}", to: "catalogue/b.yaml")
    let answer = try await run(repository, ["every(system).size()"])
    #expect(answer.status == 2)
    #expect(answer.output == "2\n")
    #expect(
      answer.errors == "triglyph: the answer lacks what 1 input error hides; `triglyph check` shows it\n")
    let json = try await run(repository, ["every(system).size()", "--format", "json"])
    #expect(json.output.contains("\"outcome\": \"incomplete\"") && json.output.contains("\"inputErrors\": 1"))
    #expect(try await run(repository, ["--kinds"]).status == 2)
    let none = try await BuiltCommand.run("query", "1", "--repository", "/nowhere/at/all")
    #expect(none.status == 2)
    #expect(none.errors.hasPrefix("triglyph: there is no folder /nowhere/at/all; "))
  }

  @Test func `what can be asked is listed`() async throws {
    let repository = try TemporaryRepository.failing()
    let kinds = try await run(repository, ["--kinds"])
    #expect(kinds.status == 0)
    #expect(kinds.output.contains("\nsystem\t2\t"))
    let fields = try await run(repository, ["--fields", "system"])
    #expect(fields.status == 0)
    #expect(fields.output.contains("\nfedBy\tlist(system)\tinverse of system.feeds\t\t\n"))
  }

  @Test func `rows are counted by groups, and a mistake in a key has its place`() async throws {
    let repository = try TemporaryRepository.failing()
    let plain = try await run(repository, ["--kind", "system", "--group-by", "Factor: mfa"])
    #expect(plain.status == 0)
    #expect(plain.output == "Factor\tcount\nfalse\t1\n?\t1\n")
    #expect(plain.errors == "triglyph: 2 groups; 1 value is not known (?); not recorded: system:gap.mfa\n")
    let lists = try await run(repository, ["every(system)", "--group-by", "feeds", "-f", "csv"])
    #expect(lists.output == "feeds,count\r\nnone,1\r\nsystem:gap,1\r\n")
    let wrong = try await run(repository, ["--kind", "system", "--group-by", "mfaa"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("--group-by:1:1"))
    #expect(wrong.errors.contains("did you mean `mfa`?"))
    for arguments in [
      ["--kind", "system", "--group-by", "mfa", "--columns", "id"], ["--kinds", "--group-by", "id"],
      ["every(system).size()", "--group-by", "id"],
    ] {
      #expect(try await run(repository, arguments).status == 2)
    }
  }

  @Test func `the view of an initiative is asked, and a name that is none is told`() async throws {
    let repository = try TemporaryRepository.clean()
    let unknown = try await run(repository, ["every(system)", "--with", "nowhere"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is no initiative nowhere"))
    #expect(try await run(repository, ["every(system)", "--at", "2025-12-31"]).status == 2)
    #expect(try await run(repository, ["every(system)", "--at", "2027-12-31"]).status == 0)
    let root = ReadmeTests.root.path
    let estate = try await BuiltCommand.run(
      list: ["query", "every(system).size()", "--repository", root, "--as-of", "2026-12-01"])
    let view = try await BuiltCommand.run(
      list: [
        "query", "every(system).filter(s, s.id == \"permits-online\").size()", "--repository", root, "--as-of",
        "2026-12-01", "--with", "parking-permits-online",
      ])
    #expect(estate.status == 0)
    #expect(view.output == "1\n")
  }

  @Test func `the help's examples run`() async throws {
    let repository = try TemporaryRepository.clean()
    let help = try await BuiltCommand.run("query", "--help")
    let examples = help.output.split(separator: "\n").filter { $0.hasPrefix("  triglyph query ") }
    #expect(examples.count == 4)
    for example in examples {
      let arguments = example.dropFirst("  triglyph query ".count).matches(of: #/'([^']*)'|(\S+)/#).map {
        String($0.1 ?? $0.2 ?? "")
      }
      let run = try await run(repository, arguments)
      #expect(run.status == 0, "\(example): \(run.errors)")
      #expect(run.output.split(separator: "\n").count >= 1)
    }
  }

  @Test func `a table is as wide as COLUMNS says`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await run(
      repository, ["--kinds", "--format", "table"], environment: ["COLUMNS": "50", "NO_COLOR": "1"])
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 50 })
    #expect(!run.output.contains("\u{1B}"))
  }
}
