import Foundation
import Testing

/// The command `report`, as a shell runs it.
@Suite struct ReportCommandTests {
  private func report(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["report", "--repository", repository.path, "--as-of", "2026-03-01"] + arguments)
  }

  private static let initiative =
    "{kind: initiative, id: one, name: One, stage: design, goLive: 2026-06-01, changes: [{ref: 'system:hub', set: {mfa: false}}]}\n"

  /// A commit in which the hub is safe and an initiative makes it unsafe.
  private func repository() async throws -> TemporaryRepository {
    let repository = try TemporaryRepository.clean()
    try repository.write(Self.initiative, to: "catalogue/one.yaml")
    try await repository.commit()
    return repository
  }

  @Test func `a statement says at which revision the catalogue declares it`() async throws {
    let repository = try await repository()
    let commit = try await repository.git("rev-parse", "HEAD").prefix(10)
    let run = try await report(repository, "--initiative", "one")
    #expect(run.status == 0 && run.errors == "", "what is found does not matter to the status")
    #expect(
      run.output.hasPrefix(
        "Conformance statement: One\nas declared in the catalogue at revision \(commit) on 2026-03-01\n"))
    #expect(run.output.contains("security/1  must  Everybody proves who they are  does not conform: 1 finding\n"))
    try repository.write("{kind: system, id: hub, name: Hub, mfa: true, cost: 2}\n", to: "catalogue/systems.yaml")
    let changed = try await report(repository, "--initiative", "initiative:one", "--quiet")
    #expect(
      changed.output.contains(
        "as declared in the catalogue at revision \(commit), with changes that are not committed, on 2026-03-01\n"))
    #expect(!changed.output.contains("security/1"))
  }

  @Test func `without Git there is no revision, and that is said`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await report(repository)
    #expect(run.status == 0 && run.output.contains("on 2026-03-01, at no revision: "))
  }

  @Test func `settings, the baseline and a new file are changes`() async throws {
    for (name, text) in [
      ("triglyph.yaml", "format: 1\n"), ("baseline.yaml", "format: 1\ntaken: 2026-01-01\nfindings: []\n"),
      ("catalogue/new.yaml", "{kind: system, id: new, name: New, mfa: true}\n"),
    ] {
      let repository = try await repository()
      #expect(try await report(repository, "--quiet").output.contains(", with changes") == false)
      try repository.write(text, to: name)
      #expect(try await report(repository, "--quiet").output.contains(", with changes"), "\(name)")
    }
    let repository = try await repository()
    try repository.write("Hello.\n", to: "README.md")
    #expect(try await report(repository, "--quiet").output.contains(", with changes") == false)
  }

  @Test func `every format, each into its file`() async throws {
    let repository = try await repository()
    let formats = ["text", "markdown", "json", "csv", "html"]
    let run = try await BuiltCommand.run(
      list: ["report", "--repository", repository.path, "--as-of", "2026-03-01"]
        + formats.flatMap { ["-f", "\($0)=\(repository.path)/out.\($0)"] })
    #expect(run.status == 0 && run.output == "" && run.errors == "")
    for format in formats { #expect(repository.contents(of: "out.\(format)")?.contains("security") == true) }
  }

  @Test func `what cannot be asked is a sentence`() async throws {
    let repository = try await repository()
    for (arguments, sentence) in [
      (["--initiative", "two"], "there is no initiative two"),
      (["--alone"], "--alone goes with --initiative"), (["--every", "month"], "--every goes with --since"),
      (["--since", "2026-03-02"], "--since is no day after 2026-03-01"),
      (["--since", "2026-01-01", "--initiative", "one"], "--since is of the whole portfolio"),
      (["--since", "1000-01-01", "--every", "week"], "more than 400 days to look at"),
      (["--since", "2026-01-01", "--every", "fortnight"], "fortnight"), (["-f", "pdf"], "there is no format pdf"),
    ] {
      let run = try await BuiltCommand.run(
        list: ["report", "--repository", repository.path, "--as-of", "2026-03-01"] + arguments)
      #expect(run.status == 2 && run.errors.contains(sentence) && run.output == "", "\(arguments): \(run.errors)")
    }
  }

  @Test func `mistakes in the input make it incomplete`() async throws {
    let repository = try await repository()
    try repository.write("a: [", to: "catalogue/broken.yaml")
    let run = try await report(repository)
    #expect(run.status == 2 && run.output.contains("Not evaluated completely: the input has 1 mistake"))
  }

  @Test(arguments: ["live", "closed"])
  func `of one that is done it says how what it left stands`(stage: String) async throws {
    let repository = try await repository()
    let text = Self.initiative.replacing("stage: design", with: "stage: \(stage)").replacing(
      "goLive: 2026-06-01", with: "goLive: 2026-02-01")
    try repository.write(text, to: "catalogue/one.yaml")
    try repository.write(
      "{kind: system, id: hub, name: Hub, mfa: false}\n---\n{kind: system, id: far, name: Far, mfa: false}\n",
      to: "catalogue/systems.yaml")
    let run = try await report(repository, "--initiative", "one")
    #expect(run.status == 0 && run.errors == "")
    #expect(
      run.output.contains(
        "initiative:one (\(stage)), live since 2026-02-01: what it added and changed is judged as it is in the estate on 2026-03-01, whoever made it so\n"
      ), "\(run.output)")
    #expect(run.output.contains("security/1  must  Everybody proves who they are  does not conform: 1 finding\n"))
    #expect(run.output.contains("Hub asks for one factor only (security/1)\n      remedy: Ask for a second one.\n"))
    #expect(!run.output.contains("Far asks"), "it did not touch that")
    let json = try await report(repository, "--initiative", "one", "-f", "json")
    #expect(json.output.contains("\"judgedBy\": \"estate\"") && json.output.contains("\"fails\": 1"))
    let other = try await report(repository, "--initiative", "one", "--alone")
    #expect(other.status == 2)
    #expect(other.errors == "triglyph: --alone is of open initiatives, and one is live or closed\n")
  }

  @Test func `what one that is live has not left is told, and what is put right since conforms`() async throws {
    let repository = try await repository()
    try repository.write(
      Self.initiative.replacing("stage: design", with: "stage: live").replacing("2026-06-01", with: "2026-02-01"),
      to: "catalogue/one.yaml")
    let run = try await report(repository, "--initiative", "one")
    #expect(run.output.contains("Everybody proves who they are  conforms\n"), "\(run.output)")
    #expect(run.output.contains("Beyond the standards") && run.output.contains("[entry-not-merged]"))
  }

  @Test func `that not every rule is adopted is said`() async throws {
    let repository = try await repository()
    let other = (TemporaryRepository.base["rules/mfa.yaml"] ?? "").replacing("id: sec-mfa", with: "id: sec-other")
    try repository.write(other, to: "rules/other.yaml")
    try repository.write(
      "format: 1\nrules: {except: [{rule: sec-other, reason: It is the same.}]}\n", to: "triglyph.yaml")
    for arguments in [["--initiative", "one"], []] {
      let run = try await BuiltCommand.run(
        list: ["report", "--repository", repository.path, "--as-of", "2026-03-01"] + arguments)
      #expect(run.status == 0 && run.output.contains("1 of 2 rules adopted; "), "\(run.output) \(run.errors)")
    }
  }

  // MARK: The trend

  /// Commits on the tenth of January and of February, which the other helper gives one day.
  private func history() async throws -> TemporaryRepository {
    let repository = try TemporaryRepository.clean()
    try await commit(repository, "2026-01-10T09:00:00Z")
    try repository.write("{kind: system, id: hub, name: Hub, mfa: false}\n", to: "catalogue/systems.yaml")
    try repository.write(Self.initiative.replacing("mfa: false", with: "mfa: true"), to: "catalogue/one.yaml")
    try await commit(repository, "2026-02-10T23:30:00Z")
    return repository
  }

  private func commit(_ repository: TemporaryRepository, _ day: String) async throws {
    try await repository.commit()
    // The commit of the helper, with another day.
    let tree = try await repository.git("rev-parse", "HEAD^{tree}").trimmingCharacters(in: .newlines)
    let parent = repository.contents(of: ".git/last")
    let seconds = Int(ISO8601DateFormatter().date(from: day)?.timeIntervalSince1970 ?? 0)
    let text =
      "tree \(tree)\n" + (parent.map { "parent \($0)\n" } ?? "")
      + "author A <a@example.org> \(seconds) +0000\ncommitter A <a@example.org> \(seconds) +0000\n\nx\n"
    try repository.write(text, to: ".git/commit")
    let name = try await repository.git("hash-object", "-t", "commit", "-w", "\(repository.path)/.git/commit")
      .trimmingCharacters(in: .newlines)
    try await repository.git("reset", "--quiet", "--soft", name)
    try repository.write(name, to: ".git/last")
  }

  @Test func `one row a day, each by the state of its day`() async throws {
    let repository = try await history()
    // What is not committed is not in it.
    try repository.write("{kind: system, id: more, name: More, mfa: false}\n", to: "catalogue/more.yaml")
    let run = try await report(repository, "--since", "2025-12-31", "--every", "month", "-f", "csv")
    #expect(run.status == 0 && run.errors == "")
    let rows = run.output.components(separatedBy: "\r\n").dropLast().map { $0.components(separatedBy: ",") }
    #expect(rows.map { $0[0] } == ["date", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-01"])
    #expect(rows.map { $0[2] } == ["state", "nothing", "complete", "complete", "complete"])
    let (major, initiatives) = try (
      #require(rows[0].firstIndex(of: "major")), #require(rows[0].firstIndex(of: "initiatives"))
    )
    #expect(rows.dropFirst(2).map { $0[major] } == ["0", "1", "1"])
    #expect(rows.dropFirst(2).map { $0[initiatives] } == ["0", "1", "1"])
    #expect(rows[1][3] == "no commit of this branch is so old")
  }

  @Test func `the end of a day is that of UTC`() async throws {
    let repository = try await history()
    let run = try await report(repository, "--since", "2026-02-09", "--every", "year", "-f", "json")
    let later = try await report(repository, "--since", "2026-02-10", "--every", "year", "-f", "json")
    #expect(run.output.contains("\"major\": 0") && !later.output.contains("\"date\": \"2026-02-09\""))
    let rows = try #require(
      (try JSONSerialization.jsonObject(with: Data(later.output.utf8)) as? [String: Any])?["rows"] as? [[String: Any]])
    #expect((rows.first?["estate"] as? [String: Int])?["major"] == 1)
  }

  @Test func `a shallow clone says what it cannot see`() async throws {
    let repository = try await history()
    let clone = try TemporaryRepository()
    try await clone.git(
      "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth", "1", "file://\(repository.path)",
      "\(clone.path)/copy")
    let run = try await BuiltCommand.run(
      "report", "--repository", "\(clone.path)/copy", "--as-of", "2026-03-01", "--since", "2026-02-01")
    #expect(run.status == 2)
    #expect(run.output.contains("2026-02-01: this clone is shallow") && run.output.contains("git fetch --unshallow"))
  }

  @Test func `a state that cannot be understood is told, and the others too`() async throws {
    let repository = try await history()
    try repository.write("a: [", to: "catalogue/broken.yaml")
    try await commit(repository, "2026-02-20T09:00:00Z")
    let run = try await report(repository, "--since", "2026-02-15")
    #expect(run.status == 2 && run.output.contains("2026-03-01: not evaluated completely: 1 input error"))
    try await repository.git("rm", "--quiet", "-r", "--cached", "catalogue")
    for name in ["catalogue/broken.yaml", "catalogue/one.yaml", "catalogue/systems.yaml", "catalogue/metamodel.yaml"] {
      try repository.remove(name)
    }
    try await commit(repository, "2026-02-25T09:00:00Z")
    try repository.write(Self.initiative, to: "catalogue/one.yaml")
    let none = try await report(repository, "--since", "2026-02-15")
    #expect(none.output.contains("2026-03-01: there was no catalogue yet"))
  }

  @Test func `outside of Git there is no trend`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await report(repository, "--since", "2026-01-01")
    #expect(run.status == 2 && run.output == "" && run.errors.contains("it has no revisions"))
  }

  // MARK: The shipped repository

  @Test func `the shipped portfolio is stated completely, and every standard has something to say`() async throws {
    let root = ImportTableTests.root.path
    let run = try await BuiltCommand.run(
      "report", "--repository", root, "--as-of", "2026-12-01", "-f", "json")
    #expect(run.status == 0 && run.errors == "")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let statements = try #require(json["statements"] as? [[String: Any]])
    #expect(!statements.isEmpty)
    var states: Set<String> = []
    for statement in statements {
      let standards = try #require(statement["standards"] as? [[String: Any]])
      #expect(standards.count == 6)
      let counts = try #require(statement["clauses"] as? [String: Int])
      #expect(counts.values.reduce(0, +) == standards.reduce(0) { $0 + (($1["clauses"] as? [Any])?.count ?? 0) })
      for standard in standards {
        for clause in try #require(standard["clauses"] as? [[String: Any]]) {
          let state = try #require(clause["state"] as? String)
          states.insert(state)
          // What does not conform says by what.
          if state == "fails" { #expect((clause["findings"] as? [Any])?.isEmpty == false) }
        }
        let level = try #require(standard["level"] as? String)
        let fails = ((standard["counts"] as? [String: Int])?["fails"] ?? 0) > 0
        #expect(fails == (level == "non-conformant"))
      }
    }
    #expect(states.isSuperset(of: ["fails", "conforms", "attested", "unattested", "notYetDue", "notApplicable"]))
  }
}
