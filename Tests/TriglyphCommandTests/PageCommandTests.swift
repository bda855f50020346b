import Foundation
import Testing

/// show, explain, test and the help.
@Suite struct PageCommandTests {
  @Test func `show prints one entity, both ways, with what was found`() async throws {
    let repository = try TemporaryRepository.failing()
    let run = try await BuiltCommand.run("show", "--repository", repository.path, "gap")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Gap  system:gap\n"))
    #expect(run.output.contains("fedBy"))
    #expect(run.output.contains("undecided[sec-mfa]"))
  }

  @Test func `show without findings says that it looked for none, and the rest is the same`() async throws {
    let repository = try TemporaryRepository.failing()
    let whole = try await BuiltCommand.run("show", "--repository", repository.path, "gap")
    let run = try await BuiltCommand.run("show", "--repository", repository.path, "--findings", "none", "gap")
    #expect(run.status == 0)
    #expect(run.errors == whole.errors)
    let page = try #require(run.output.range(of: "\nfindings\n"))
    #expect(run.output[page.upperBound...] == "  not looked for\n")
    #expect(whole.output.hasPrefix(run.output[..<page.upperBound]))
  }

  @Test func `show says who adds what is not there yet, and shows it in that view`() async throws {
    let common = ["--repository", ReadmeTests.root.path, "--as-of", "2026-12-01"]
    let absent = try await BuiltCommand.run(list: ["show"] + common + ["permits-online"])
    #expect(absent.status == 2)
    #expect(absent.errors.contains("look with --with parking-permits-online"), "\(absent.errors)")
    let run = try await BuiltCommand.run(
      list: ["show"] + common + ["permits-online", "--with", "parking-permits-online"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Permits online  system:permits-online\n"))
  }

  @Test func `show finds of the estate what a whole run finds, and says how to see the rest`() async throws {
    let common = ["--repository", ReadmeTests.root.path, "--as-of", "2026-12-01", "system:legacy-payroll"]
    let here = try await BuiltCommand.run(list: ["show"] + common)
    #expect(
      here.output.contains("what initiatives bring: triglyph show system:legacy-payroll --with "), "\(here.output)")
    #expect(!here.errors.contains("input errors"))
    let all = try await BuiltCommand.run(list: ["show"] + common + ["--findings", "all"])
    let found = here.output.matches(of: #/f-[0-9a-f]{10}/#).map { String($0.output) }
    #expect(found.allSatisfy { all.output.contains($0) })
  }

  @Test func `show says what mistakes hide, of what is there and of what is not, and ends with 2`() async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write("{kind: system, id: odd, name: Odd, bogus: 1}\n", to: "catalogue/odd.yaml")
    for name in ["gap", "nowhere"] {
      let run = try await BuiltCommand.run("show", "--repository", repository.path, name)
      #expect(run.status == 2)
      #expect(run.errors.contains("the answer lacks what 1 input error hides"), "\(run.errors)")
      #expect(run.output.isEmpty == (name == "nowhere"))
    }
    let long = try await BuiltCommand.run(
      "show", "--repository", repository.path, String(repeating: "a", count: 90_000))
    #expect(long.status == 2)
    #expect(long.errors.utf8.count < 300)
  }

  @Test func `show asks for a name, and offers the near kind`() async throws {
    let repository = try TemporaryRepository.failing()
    let nothing = try await BuiltCommand.run("show", "--repository", repository.path, " ")
    #expect(nothing.status == 2)
    #expect(nothing.errors == "triglyph: name an entity, such as system:payments\n")
    let kind = try await BuiltCommand.run("show", "--repository", repository.path, "sytem:gap")
    #expect(kind.status == 2)
    #expect(kind.errors == "triglyph: there is no sytem:gap; did you mean `system`?\n")
  }

  @Test func `show offers the near match, and asks where a name is ambiguous`() async throws {
    let repository = try TemporaryRepository.failing()
    let near = try await BuiltCommand.run("show", "--repository", repository.path, "gapp")
    #expect(near.status == 2)
    #expect(near.errors == "triglyph: there is no gapp; did you mean `gap`?\n")
    let two = try await BuiltCommand.run("show", "--repository", repository.path, "hub")
    #expect(two.status == 2)
    #expect(two.errors == "triglyph: hub may be dataset:hub or system:hub\n")
    #expect(try await BuiltCommand.run("show", "--repository", repository.path, "system:hub").status == 0)
    let kind = try await BuiltCommand.run("show", "--repository", repository.path, "system:gapp")
    #expect(kind.status == 2)
    #expect(kind.errors.contains("gap`"))
  }

  @Test func `explain counts a finding once that initiatives inherit`() async throws {
    let run = try await BuiltCommand.run(
      "explain", "--repository", ReadmeTests.root.path, "--as-of", "2026-12-01", "data/6")
    #expect(run.status == 0)
    #expect(run.output.contains("(1 failed)"), "\(run.output)")
  }

  @Test func `explain knows rules, clauses, findings and errors`() async throws {
    let repository = try TemporaryRepository.failing()
    let check = try await BuiltCommand.run("check", "--repository", repository.path)
    let finding = try #require(check.output.firstMatch(of: #/f-[0-9a-f]{10}/#).map { String($0.output) })
    for (name, says) in [
      ("sec-mfa", "Sign-in asks for more than one factor"), ("security/1", "sec-mfa"),
      (finding, "Its identity is sec-mfa|system:hub"),
      ("unknown-key", "metamodel"), ("dangling-reference", "reference"), ("security", "Everybody proves"),
    ] {
      let run = try await BuiltCommand.run("explain", "--repository", repository.path, name)
      #expect(run.status == 0, "\(name): \(run.errors)")
      #expect(run.output.contains(says), "\(name): \(run.output)")
    }
    let near = try await BuiltCommand.run("explain", "--repository", repository.path, "sec-mfaa")
    #expect(near.status == 2)
    #expect(near.errors == "triglyph: nothing here is called sec-mfaa; did you mean `sec-mfa`?\n")
  }

  @Test func `test runs the examples`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await BuiltCommand.run("test", "--repository", repository.path)
    #expect(run.status == 0)
    #expect(run.output == "1 rule, 2 examples: 2 hold, 0 do not\n")
    let rule = try #require(TemporaryRepository.base["rules/mfa.yaml"])
    try repository.write(rule.replacing("finds: [a]", with: "finds: [b]"), to: "rules/mfa.yaml")
    let wrong = try await BuiltCommand.run("test", "--repository", repository.path, "sec-mfa")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("rules/mfa.yaml:19:") && wrong.output.contains("it should find: b"))
    try repository.write(rule.replacing("finds: [a]", with: "find: [a]"), to: "rules/mfa.yaml")
    #expect(try await BuiltCommand.run("test", "--repository", repository.path).status == 2)
    let unknown = try await BuiltCommand.run("test", "--repository", repository.path, "sec-mfaa")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("sec-mfa`"))
  }

  @Test func `a rule that has a mistake is not said to be missing when it is tested`() async throws {
    let repository = try TemporaryRepository.clean()
    let rule = try #require(TemporaryRepository.base["rules/mfa.yaml"])
    try repository.write(rule.replacing("require: self.mfa", with: "require: self.mfaa"), to: "rules/mfa.yaml")
    let run = try await BuiltCommand.run("test", "--repository", repository.path, "sec-mfa")
    #expect(run.status == 2)
    #expect(run.errors.contains("error[unknown-field]: system has no field `mfaa`"), "\(run.errors)")
    #expect(run.errors.hasSuffix("triglyph: the rule sec-mfa cannot be tested: its mistakes come first\n"))
  }

  @Test func `explain tells a finding of a rule once that an initiative inherits or puts right`() async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write(
      "{kind: initiative, id: i, name: I, stage: build, goLive: 2027-01-01, changes: [{ref: 'system:hub', set: {mfa: true}}]}\n",
      to: "catalogue/i.yaml")
    let run = try await BuiltCommand.run("explain", "--repository", repository.path, "--as-of", "2026-12-01", "sec-mfa")
    let lines = run.output.split(separator: "\n").filter {
      $0.contains("asks for one factor only") && $0.contains("f-")
    }
    #expect(lines.count == 1, "\(run.output)")
  }

  @Test func `a test of a repository with a broken catalogue is 2`() async throws {
    let repository = try TemporaryRepository.clean()
    try repository.write("a: [", to: "catalogue/broken.yaml")
    #expect(try await BuiltCommand.run("test", "--repository", repository.path).status == 2)
  }

  @Test func `the help lists only what is built`() async throws {
    let run = try await BuiltCommand.run("--help")
    #expect(run.status == 0)
    let commands = run.output.split(separator: "\n").drop { !$0.contains("SUBCOMMANDS") }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }.compactMap {
        $0.split(separator: " ").first.map(String.init)
      }
    #expect(
      Set(commands).isSubset(of: [
        "baseline", "check", "diff", "digest", "draw", "explain", "fmt", "impact", "import", "init", "merge", "new",
        "opportunities", "packs", "query", "rename", "report", "reuse", "schema", "show", "test",
      ]), "\(commands)")
    #expect(commands.count >= 4)
    for command in commands {
      var help = try await BuiltCommand.run(command, "--help")
      if command == "draw" { help = try await BuiltCommand.run("draw", "landscape", "--help") }
      if command == "new" { help = try await BuiltCommand.run("new", "waiver", "--help") }
      if command == "packs" { help = try await BuiltCommand.run("packs", "show", "--help") }
      if command == "import" { help = try await BuiltCommand.run("import", "csv", "--help") }
      #expect(help.status == 0)
      for option in ["--as-of", "--repository", "--quiet", "--verbose"] {
        #expect(help.output.contains(option), "\(command)")
      }
    }
    #expect(try await BuiltCommand.run("serve").status == 2)
    #expect(try await BuiltCommand.run("--version").output.split(separator: ".").count == 3)
  }
}
