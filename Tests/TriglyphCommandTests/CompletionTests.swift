import Testing

/// What a shell's completion script asks of the command.
@Suite struct CompletionTests {
  /// As the generated scripts do: the command, the argument, the place of the word and of the cursor in it, the line.
  private func complete(_ line: [String], _ argument: String) async throws -> [String] {
    let word = line.last ?? ""
    let run = try await BuiltCommand.run(
      list: ["---completion", line[1], "--", argument, String(line.count - 1), String(word.count)] + line)
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

  @Test func `where nothing can be read nothing is completed, and nothing is said`() async throws {
    #expect(try await complete(["triglyph", "show", "--repository", "/nowhere", "x"], "positional@0") == [])
  }
}
