import Testing

/// What a shell's completion script asks of the command.
@Suite struct CompletionTests {
  /// As the generated scripts do: the command, the argument, the place of the word and of the cursor in it, the line.
  private func complete(_ line: [String], _ argument: String, depth: Int = 1) async throws -> [String] {
    let word = line.last ?? ""
    let run = try await BuiltCommand.run(
      list: ["---completion"] + line[1...depth] + ["--", argument, String(line.count - 1), String(word.count)] + line)
    #expect(run.status == 0)
    #expect(run.errors == "")
    return run.output.split(separator: "\n").map(String.init).filter { !$0.isEmpty }
  }

  @Test func `ids are completed, with their kind and without`() async throws {
    let folder = ReadmeTests.root.path
    let plain = try await complete(["triglyph", "show", "--repository", folder, "payments-g"], "positional@0")
    #expect(plain.first == "payments-gateway")
    #expect(plain.allSatisfy { $0.hasPrefix("payments-gateway") })
    let kinds = try await complete(["triglyph", "show", "--repository", folder, "system:payments-g"], "positional@0")
    #expect(kinds == ["system:payments-gateway"])
    let initiatives = try await complete(
      ["triglyph", "reuse", "--repository=\(folder)", "--initiative", "one"], "--initiative")
    #expect(initiatives == ["one-log-in"])
  }

  @Test(arguments: [
    (["rename"], "positional@0", "system:payments-g", "system:payments-gateway"),
    (["merge"], "positional@0", "one", "one-log-in"),
    (["check"], "--initiative", "one", "one-log-in"), (["query"], "--with", "one", "one-log-in"),
    (["show"], "--with", "one", "one-log-in"),
    (["draw", "context"], "positional@0", "system:payments-g", "system:payments-gateway"),
    (["draw", "dependencies"], "positional@0", "system:payments-g", "system:payments-gateway"),
    (["draw", "integration"], "positional@0", "system:payments-g", "system:payments-gateway"),
    (["opportunities"], "positional@0", "used-by", "used-by-nobody"),
    (["explain"], "positional@0", "tech-zom", "tech-zombie-system"),
    (["explain"], "positional@0", "data/9", "data/9"), (["report"], "--initiative", "one", "one-log-in"),
    (["impact"], "positional@0", "system:payments-g", "system:payments-gateway"),
    (["draw", "initiative"], "positional@0", "one", "one-log-in"),
    (["draw", "capabilities"], "--with", "one", "one-log-in"),
    (["draw", "dataflow"], "positional@0", "notification-p", "notification-preference"),
  ])
  func `every command that takes an id completes it`(command: [String], argument: String, typed: String, meant: String)
    async throws
  {
    let option = argument.hasPrefix("--") ? [argument] : []
    let line = ["triglyph"] + command + ["--repository", ReadmeTests.root.path] + option + [typed]
    #expect(try await complete(line, argument, depth: command.count) == [meant])
  }

  @Test func `where nothing can be read nothing is completed, and nothing is said`() async throws {
    #expect(try await complete(["triglyph", "show", "--repository", "/nowhere", "x"], "positional@0") == [])
  }
}
