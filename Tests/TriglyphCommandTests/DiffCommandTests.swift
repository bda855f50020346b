import Foundation
import Testing

@Suite struct DiffCommandTests {
  private func diff(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(list: ["diff", "--repository", repository.path, "--as-of", "2026-01-01"] + arguments)
  }

  /// Two commits, tagged, and something in the working tree.
  private func repository() async throws -> TemporaryRepository {
    let repository = try TemporaryRepository.failing()
    try repository.write("{kind: system, id: desk, name: Desk, mfa: true, feeds: [hub]}\n", to: "catalogue/desk.yaml")
    try await repository.commit()
    try await repository.git("tag", "one")
    try repository.write(
      "{kind: system, id: core, aliases: [hub], name: Core, mfa: true, feeds: [gap, new]}\n---\n{kind: system, id: gap, name: Gap}\n---\n{kind: system, id: new, name: New, mfa: false}\n",
      to: "catalogue/systems.yaml")
    try repository.write("{kind: system, id: desk, name: Desk, mfa: true, feeds: [core]}\n", to: "catalogue/desk.yaml")
    try await repository.commit()
    try await repository.git("tag", "two")
    return repository
  }

  @Test func `a commit that is named by itself is named once`() async throws {
    let repository = try await repository()
    let commit = try await repository.git("rev-parse", "one").trimmingCharacters(in: .newlines)
    let run = try await diff(repository, commit, "two")
    #expect(run.output.hasPrefix("\(commit.prefix(10)) beside two ("))
    let check = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-01-01", "--changed-since", commit)
    #expect(check.output.contains("\nonly what is new since \(commit.prefix(10)) counts; "))
  }

  @Test func `two revisions in words`() async throws {
    let repository = try await repository()
    let run = try await diff(repository, "one", "two")
    #expect(run.status == 0 && run.errors == "")
    let commits = try await (
      repository.git("rev-parse", "one").prefix(10), repository.git("rev-parse", "two").prefix(10)
    )
    let finding = run.output.split(separator: "f-").dropFirst().map { $0.prefix(10) }
    try #require(finding.count == 2)
    #expect(
      run.output == """
        one (\(commits.0)) beside two (\(commits.1)), as of 2026-01-01; both have the same rules

        renamed
          system:hub is now system:core (Core) --> two:catalogue/systems.yaml:1
              name: Core; was Hub (two:catalogue/systems.yaml:1, was one:catalogue/systems.yaml:1)
              mfa: true; was false (two:catalogue/systems.yaml:1, was one:catalogue/systems.yaml:1)
              feeds: gains system:new (two:catalogue/systems.yaml:1, was one:catalogue/systems.yaml:1)

        added
          system:new (New) --> two:catalogue/systems.yaml:5

        removed
          dataset:hub (Hub data) --> was one:catalogue/systems.yaml:5

        who uses what differs
          system:core, renamed: system:desk (feeds)

        findings
          new    major[sec-mfa] f-\(finding[0]): New asks for one factor only --> two:catalogue/systems.yaml:5
          fixed  major[sec-mfa] f-\(finding[1]): Hub asks for one factor only --> one:catalogue/systems.yaml:1

        1 renamed, 1 added, 0 changed, 1 removed; 1 finding new, 0 worse, 1 fixed, 1 unchanged

        """)
    // Nothing differs between a revision and itself, nor between the last one and the tree it was made of.
    for head in [["two", "two"], ["two"]] {
      let same = try await BuiltCommand.run(list: ["diff", "--repository", repository.path] + head)
      #expect(same.status == 0 && same.output.contains("\nnothing differs in what the documents say\n"))
    }
  }

  @Test func `the working tree is the other side, and is left as it is`() async throws {
    let repository = try await repository()
    try repository.remove("catalogue/desk.yaml")
    try repository.write("{kind: system, id: fresh, name: Fresh, mfa: true}\n", to: "catalogue/fresh.yaml")
    let status = try await repository.git("status", "--porcelain")
    let run = try await diff(repository, "HEAD")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("HEAD ("))
    #expect(
      run.output.contains("beside the working tree")
        && run.output.contains("system:fresh (Fresh) --> catalogue/fresh.yaml:1"))
    #expect(run.output.contains("system:desk (Desk) --> was HEAD:catalogue/desk.yaml:1"))
    #expect(try await repository.git("status", "--porcelain") == status)
  }

  @Test func `whose rules judge is said`() async throws {
    let repository = try await repository()
    try repository.replace("severity: major", with: "severity: blocker", in: "rules/mfa.yaml")
    let base = try await diff(repository, "HEAD")
    #expect(
      base.output.contains("both judged by the rules of HEAD\n")
        && base.output.contains(
          "rule-tightened rule:sec-mfa: its severity is now blocker, was major --> rules/mfa.yaml:7")
    )
    #expect(base.output.contains("0 findings new, 0 worse, 0 fixed, 2 unchanged; 1 governance change"))
    let head = try await diff(repository, "HEAD", "--trust", "head")
    #expect(head.output.contains("both judged by the rules of the working tree\n"))
    #expect(head.output.contains("0 findings new, 0 worse, 0 fixed, 2 unchanged; 1 governance change"))
  }

  @Test func `several formats in one run, each the same every time`() async throws {
    let repository = try await repository()
    let files = ["a", "b"].map { "\(repository.path)/\($0)" }
    for file in files {
      let run = try await diff(
        repository, "one", "two", "-f", "json=\(file).json", "-f", "markdown=\(file).md", "-f", "text")
      #expect(run.status == 0 && run.output.hasPrefix("one ("))
    }
    for ending in ["json", "md"] {
      #expect(repository.contents(of: "a.\(ending)") == repository.contents(of: "b.\(ending)"))
    }
    let json = try #require(repository.contents(of: "a.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["counts"] as? [String: Int])?["renamed"] == 1)
    #expect((object["entities"] as? [[String: Any]])?.first?["former"] as? String == "system:hub")
    let page = try #require(repository.contents(of: "a.md"))
    #expect(page.hasPrefix("<!-- triglyph diff -->\n## What this changes in the architecture\n"))
    #expect(page.contains("**1 finding new or worse.**"))
    #expect(page.contains("```mermaid\nflowchart LR\n  n0[\"Core<br>system:core<br>#126; changed\"]:::changed\n"))
    // One that cannot be written keeps none of the others from being written.
    let full = try await diff(
      repository, "one", "two", "-f", "json=/dev/full", "-f", "markdown=\(repository.path)/c.md")
    #expect(full.status == 2 && full.errors == "triglyph: cannot write /dev/full: No space left on device\n")
    #expect(repository.contents(of: "c.md") == page)
    for wrong in [["-f", "yaml"], ["-f", "json="], ["-f", "json", "-f", "text"], ["-f", "json=a", "-f", "sarif=a"]] {
      #expect(try await BuiltCommand.run(list: ["diff", "one", "--repository", repository.path] + wrong).status == 2)
    }
  }

  @Test func `a rename makes no finding of the other side's waiver`() async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write(
      "{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:hub'], reason: R., decision: board, from: 2025-11-01, until: 2026-06-01}\n---\n{kind: decision, id: board, name: Board, date: 2025-11-01, outcome: approved, targets: ['waiver:w']}\n",
      to: "catalogue/waiver.yaml")
    try repository.write(
      "kind: initiative\nid: i\nname: I\nstage: design\ngoLive: 2026-06-01\nreuseConsidered: [{candidate: 'system:hub', verdict: adopt, reason: R.}]\n",
      to: "catalogue/i.yaml")
    try await repository.commit()
    let renamed = try await BuiltCommand.run(
      "rename", "--repository", repository.path, "--as-of", "2026-01-01", "system:hub", "core")
    #expect(renamed.status == 0, "\(renamed.errors)")
    for trust in ["base", "head"] {
      let run = try await diff(repository, "main", "--trust", trust)
      #expect(run.output.contains("system:hub is now system:core"))
      #expect(!run.output.contains("alias-used") && !run.output.contains("dangling"), "\(run.output)")
      #expect(!run.output.contains("reuseConsidered"), "\(run.output)")
      #expect(run.output.contains("\n1 renamed, 0 added, 0 changed, 0 removed; 0 findings new, 0 worse, 0 fixed, "))
    }
  }

  @Test func `mistakes on either side are 2`() async throws {
    let repository = try await repository()
    try repository.write("{kind: system, id: x, name: X, mfaa: true}\n", to: "catalogue/x.yaml")
    let run = try await diff(repository, "HEAD")
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.hasSuffix("triglyph: the working tree has 1 input error: nothing can be compared with it\n"))
    for name in ["nope", "HEAD~9"] {
      let unknown = try await diff(repository, "HEAD", name)
      #expect(unknown.status == 2 && unknown.errors.hasPrefix("triglyph: there is no revision `\(name)`"))
    }
    // To the command line this is an option; behind `--` it is a revision that cannot be.
    #expect(try await diff(repository, "--output=x").status == 2)
    #expect(try await diff(repository, "--", "-x").errors == "triglyph: `-x` is no revision: none begins with `-`\n")
  }

  @Test func `a repository inside the Git root, and submodules`() async throws {
    let outer = try TemporaryRepository(
      Dictionary(uniqueKeysWithValues: TemporaryRepository.base.map { ("archive/\($0.key)", $0.value) }))
    try outer.write("{kind: system, id: a, name: A, mfa: true}\n", to: "archive/catalogue/a.yaml")
    try await outer.commit()
    try outer.write("{kind: system, id: a, name: A, mfa: false}\n", to: "archive/catalogue/a.yaml")
    let run = try await BuiltCommand.run("diff", "main", "--repository", "\(outer.path)/archive/catalogue")
    #expect(run.status == 0)
    #expect(run.output.contains("mfa: false; was true (catalogue/a.yaml:1, was main:catalogue/a.yaml:1)"))
    let commit = try await outer.git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
    try await outer.git("update-index", "--add", "--cacheinfo", "160000,\(commit),archive/catalogue/other")
    try await outer.git("commit", "--quiet", "-m", "A submodule")
    let submodule = try await BuiltCommand.run("diff", "main", "--repository", "\(outer.path)/archive")
    #expect(submodule.status == 0)
    #expect(submodule.errors == "triglyph: at main submodules are not looked into: catalogue/other\n")
  }

  private struct Result: Equatable {
    var rule: String
    var state: String
    var path: String
    var line: Int
    var level: String
  }

  private func run(_ sarif: String) throws -> (results: [Result], run: [String: Any]) {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(sarif.utf8)) as? [String: Any])
    let run = try #require((object["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    return (
      try results.map { result in
        let location = try #require((result["locations"] as? [[String: Any]])?.first)
        let place = try #require(location["physicalLocation"] as? [String: Any])
        return Result(
          rule: try #require(result["ruleId"] as? String), state: try #require(result["baselineState"] as? String),
          path: try #require((place["artifactLocation"] as? [String: String])?["uri"]),
          line: try #require((place["region"] as? [String: Int])?["startLine"]),
          level: try #require(result["level"] as? String))
      }, run
    )
  }

  @Test func `SARIF says what became of each finding`() async throws {
    let repository = try await repository()
    let systems = "catalogue/systems.yaml"
    let two = try await diff(repository, "one", "two", "-f", "sarif")
    #expect(two.status == 0 && two.errors == "")
    let (results, run) = try run(two.output)
    #expect(
      results == [
        Result(rule: "sec-mfa", state: "new", path: systems, line: 5, level: "error"),
        Result(rule: "sec-mfa", state: "unchanged", path: systems, line: 3, level: "none"),
        Result(rule: "sec-mfa", state: "absent", path: systems, line: 1, level: "error"),
      ])
    let properties = try #require(run["properties"] as? [String: Any])
    #expect((properties["base"] as? [String: Any])?["revision"] as? String == "one")
    #expect(["new", "updated", "unchanged", "absent"].map { properties[$0] as? Int } == [1, 0, 1, 1])
    #expect(two.output.contains("at one:catalogue/systems.yaml:1") && !two.output.contains("one%3A"))
    // What is gone has the fingerprint that it had, and what is there the one that a check gives it.
    func prints(_ sarif: String) throws -> [String] {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(sarif.utf8)) as? [String: Any])
      let found = (object["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]] ?? []
      return found.compactMap { ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"] }
    }
    let check = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-01-01", "-f", "sarif")
    #expect(try prints(check.output) == Array(prints(two.output).prefix(2)))
    try await repository.git("checkout", "--quiet", "one")
    let before = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-01-01", "-f", "sarif")
    #expect(try prints(before.output).first == prints(two.output).last)
  }

  @Test func `what weighs or measures more is updated, what is waived or baselined stays out`() async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write(
      "kind: rule\nid: dear\nname: D\ntitle: T\nfor: system\nseverity: minor\nstage: idea\nwhen: has(self.cost)\nrequire: self.cost < 10\nmeasure: self.cost\nmessage: M\nremedy: R\n",
      to: "rules/dear.yaml")
    try repository.write(
      "{kind: system, id: a, name: A, mfa: true, cost: 20}\n---\n{kind: system, id: b, name: B, mfa: false, cost: 20}\n",
      to: "catalogue/more.yaml")
    try repository.write(
      "{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:b'], reason: R., decision: board, from: 2025-11-01, until: 2026-06-01}\n---\n{kind: decision, id: board, name: Board, date: 2025-11-01, outcome: approved, targets: ['waiver:w']}\n",
      to: "catalogue/waiver.yaml")
    try await repository.commit()
    try repository.replace(
      "id: a, name: A, mfa: true, cost: 20", with: "id: a, name: A, mfa: true, cost: 30", in: "catalogue/more.yaml")
    try repository.replace("name: Gap}", with: "name: Gap, mfa: false}", in: "catalogue/systems.yaml")
    let diff = try await diff(repository, "main", "-f", "sarif=\(repository.path)/out.sarif")
    #expect(diff.status == 0 && diff.output == "" && diff.errors == "")
    let sarif = try #require(repository.contents(of: "out.sarif"))
    let (results, run) = try run(sarif)
    let (more, systems) = ("catalogue/more.yaml", "catalogue/systems.yaml")
    #expect(
      results == [
        Result(rule: "sec-mfa", state: "updated", path: systems, line: 3, level: "error"),
        Result(rule: "dear", state: "updated", path: more, line: 1, level: "warning"),
        Result(rule: "sec-mfa", state: "unchanged", path: systems, line: 1, level: "error"),
        Result(rule: "dear", state: "unchanged", path: more, line: 3, level: "warning"),
      ])
    #expect(sarif.contains("was undecided") && sarif.contains("measure 30, was 20"))
    let properties = try #require(run["properties"] as? [String: Any])
    #expect(properties["waived"] as? Int == 1 && properties["baselined"] as? Int == 0)
    // What differs in the judges is a notification, at the path that it had.
    try repository.remove("rules/dear.yaml")
    let governed = try await self.diff(repository, "main", "-f", "sarif")
    #expect(governed.status == 0 && governed.output.contains("at main:rules/dear.yaml:2"))
    #expect(governed.output.contains("\"uri\": \"rules/dear.yaml\"") && !governed.output.contains("main%3A"))
  }
}
