import Subprocess
import Testing

/// What a shell's completion script asks of the command.
@Suite struct CompletionTests {
  /// As the generated scripts do: the command, the argument, the place of the word and of the cursor in it, the line.
  private func complete(
    _ line: [String], _ argument: String, depth: Int = 1, shell: String = "bash"
  ) async throws -> [String] {
    let word = line.last ?? ""
    let run = try await BuiltCommand.run(
      list: ["---completion"] + line[1...depth] + ["--", argument, String(line.count - 1), String(word.count)] + line,
      environment: ["SAP_SHELL": shell, "SAP_SHELL_VERSION": "5.0"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    return run.output.split(separator: "\n").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
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

  /// What stands behind a colon zsh takes for a description.
  @Test(arguments: [
    ("bash", "system:payments-gateway"), ("fish", "system:payments-gateway"), ("zsh", "system\\:payments-gateway"),
  ])
  func `a colon is spelt as the shell wants it`(shell: String, spelt: String) async throws {
    let line = ["triglyph", "show", "--repository", ReadmeTests.root.path, "system:payments-g"]
    #expect(try await complete(line, "positional@0", shell: shell) == [spelt])
  }

  /// Bash gives a word with a colon in three parts.
  @Test(arguments: [
    (["show", "system", ":", "payments-g"], ["payments-gateway"]),
    (["show", "payments-gateway/t"], ["payments-gateway/takings"]),
    (["show", "interface", ":", "payments-v"], ["payments-v1"]), (["opport"], ["opportunities"]),
    (["impact", "system", ":", "payments-g", "--with", "one"], ["one-log-in"]),
  ])
  func `the script for bash puts together what a colon parts`(words: [String], meant: [String]) async throws {
    let script = try await BuiltCommand.run("--generate-completion-script", "bash")
    #expect(script.status == 0 && script.output.hasSuffix("\ncomplete -o filenames -F _triglyph_joined triglyph\n"))
    let folder = try TemporaryRepository(["script": script.output])
    let path = try #require(BuiltCommand.location())
    let result = try await Subprocess.run(
      .path("/usr/bin/env"),
      arguments: Arguments(
        [
          "bash", "-c",
          """
          source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
          cd "$ROOT"; _triglyph_joined "$1" "${!#}" ''; printf '%s\\n' "${COMPREPLY[@]}"
          """, "bash", "\(folder.path)/script", path,
        ] + words),
      environment: .custom(["PATH": "/usr/bin:/bin", "ROOT": ReadmeTests.root.path]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.standardOutput.split(separator: "\n").map(String.init) == meant, "\(result.standardError)")
  }

  @Test func `what the engine derives is completed for those only who name its kind`() async throws {
    let folder = ReadmeTests.root.path
    let plain = try await complete(["triglyph", "show", "--repository", folder, "one-log-in"], "positional@0")
    #expect(plain.first == "one-log-in" && !plain.contains { $0.contains("/add/") || $0.contains("/link/") })
    let edits = try await complete(["triglyph", "show", "--repository", folder, "edit:one-log-in"], "positional@0")
    #expect(edits.count > 3 && edits.allSatisfy { $0.hasPrefix("edit:one-log-in/") })
  }

  @Test(arguments: [
    (["new", "document"], "positional@0", "sys", ["system"]), (["query"], "--kind", "sys", ["system"]),
    (["query"], "--fields", "compon", ["component"]), (["check"], "--gate", "b", ["build"]),
    (["new", "document"], "positional@0", "edi", []),
  ])
  func `kinds and gates are those of the vocabulary`(
    command: [String], argument: String, typed: String, meant: [String]
  ) async throws {
    let option = argument.hasPrefix("--") ? [argument] : []
    let line = ["triglyph"] + command + ["--repository", ReadmeTests.root.path] + option + [typed]
    #expect(try await complete(line, argument, depth: command.count) == meant)
  }

  @Test func `where nothing can be read nothing is completed, and nothing is said`() async throws {
    #expect(try await complete(["triglyph", "show", "--repository", "/nowhere", "x"], "positional@0") == [])
  }
}
