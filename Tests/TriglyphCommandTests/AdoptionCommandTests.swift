import Foundation
import Testing

/// Rules that are not adopted and rules that weigh something else, in what people and programs read.
@Suite struct AdoptionCommandTests {
  private static let more = [
    "rules/cost.yaml": """
    kind: rule
    id: sec-cost
    name: Cost
    title: Nothing costs more than it may
    clauses: [security/1]
    for: system
    severity: minor
    stage: design
    params: {limit: {type: integer, default: 10}}
    require: self.cost < params.limit
    message: ${self} costs ${self.cost}
    remedy: Pay less.
    examples:
      - title: cheap
        given: [{kind: system, id: a, cost: 1}]
        finds: []
      - title: dear
        given: [{kind: system, id: a, cost: 50}]
        finds: [a]
    """,
    "standards/security.yaml": """
    kind: standard
    id: security
    name: Security
    purpose: Keeps things safe.
    clauses:
      - {id: "1", name: Everybody proves who they are, level: must, requirement: Ask twice., sources: [{name: A law, point: Art 5, status: memory}, {name: A guide, status: verified}]}
      - {id: "2", name: Nobody looks at this, level: may, requirement: Whatever.}
    """,
    "catalogue/systems.yaml":
      "{kind: system, id: hub, name: Hub, mfa: false, cost: 20}\n---\n{kind: decision, id: board, name: B, date: 2025-12-01, outcome: approved, targets: ['rule:sec-cost']}\n",
  ]

  private static let without = """
    format: 1
    settings: {waiverNotice: 10d}
    rules:
      except:
        - rule: sec-mfa
          reason: Sign-in is <replaced> next year
    overrides:
      - {rule: sec-cost, set: {severity: blocker, params: {limit: 15}}, reason: Money is short, decision: board}
    """

  private func repository(_ settings: String = without) throws -> TemporaryRepository {
    let repository = try TemporaryRepository(TemporaryRepository.base.merging(Self.more) { $1 })
    try repository.write(settings, to: "triglyph.yaml")
    return repository
  }

  private func run(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: [arguments[0], "--repository", repository.path, "--as-of", "2026-01-01"] + arguments.dropFirst())
  }

  @Test func `the header says how many rules judge and what settings changed`() async throws {
    let check = try await run(repository(), "check")
    #expect(check.status == 1)
    #expect(
      check.output.hasPrefix(
        """
        the estate as of 2026-01-01; fails on major and above
        1 of 2 rules adopted (triglyph.yaml:4)
          not adopted: sec-mfa: Sign-in is <replaced> next year (triglyph.yaml:5)
        sec-cost: severity is blocker, not minor, by decision:board: Money is short (triglyph.yaml:8)
        sec-cost: params.limit is 15, not 10, by decision:board: Money is short (triglyph.yaml:8)
        setting waiverNotice is 10d, not 30d (triglyph.yaml:2)

        blocker[sec-cost]
        """), "\(check.output)")
    #expect(!check.output.contains("one factor only"))
    #expect(check.output.contains("\nchecked by nothing: security/2\n"))
    #expect(check.output.contains("against 1 rule: 1 blocker, 0 major"))
  }

  @Test func `a roadmap says it, too`() async throws {
    let roadmap = try await run(repository(), "check", "--roadmap")
    #expect(
      roadmap.output.contains("approved initiatives\n1 of 2 rules adopted (triglyph.yaml:4)\n"), "\(roadmap.output)")
    #expect(!roadmap.output.contains("one factor only"))
  }

  @Test func `a list names the others at length`() async throws {
    let repository = try repository("format: 1\nrules: {only: [sec-mfa]}\n")
    let check = try await run(repository, "check")
    #expect(check.output.contains("\n1 of 2 rules adopted (triglyph.yaml:2)\n\nmajor[sec-mfa]"), "\(check.output)")
    let verbose = try await run(repository, "check", "--verbose")
    #expect(verbose.output.contains("\n  not adopted: sec-cost\n"))
  }

  @Test func `JSON, SARIF and Markdown carry it`() async throws {
    let repository = try repository()
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try await run(repository, "check", "-f", "json").output.utf8))
        as? [String: Any])
    let adoption = try #require(json["adoption"] as? [String: Any])
    #expect(adoption["adopted"] as? Int == 1 && adoption["of"] as? Int == 2 && adoption["mode"] as? String == "except")
    let excluded = try #require((adoption["notAdopted"] as? [[String: Any]])?.first)
    #expect(
      excluded["rule"] as? String == "sec-mfa" && excluded["reason"] as? String == "Sign-in is <replaced> next year")
    #expect((excluded["place"] as? [String: Any])?["line"] as? Int == 5)
    let overrides = try #require(adoption["overrides"] as? [[String: Any]])
    #expect(
      overrides.map { "\($0["key"] ?? "") \($0["value"] ?? "") \($0["former"] ?? "")" } == [
        "severity blocker minor", "params.limit 15 10",
      ])
    #expect(overrides.first?["decision"] as? String == "decision:board")
    #expect((json["settings"] as? [[String: Any]])?.first?["name"] as? String == "waiverNotice")
    #expect(json["uncheckedClauses"] as? [String] == ["security/2"])

    let sarif = try #require(
      try JSONSerialization.jsonObject(with: Data(try await run(repository, "check", "-f", "sarif").output.utf8))
        as? [String: Any])
    let first = try #require((sarif["runs"] as? [[String: Any]])?.first)
    let rules = try #require(
      ((first["tool"] as? [String: Any])?["driver"] as? [String: Any])?["rules"] as? [[String: Any]])
    let own = rules.first { $0["id"] as? String == "sec-cost" }?["defaultConfiguration"] as? [String: Any]
    #expect(own?["level"] as? String == "warning")
    let invocation = try #require((first["invocations"] as? [[String: Any]])?.first)
    let changes = try #require(invocation["ruleConfigurationOverrides"] as? [[String: Any]])
    let told = changes.map { change in
      let descriptor = change["descriptor"] as? [String: Any]
      let index = descriptor?["index"] as? Int ?? -1
      #expect(rules.indices.contains(index) && rules[index]["id"] as? String == descriptor?["id"] as? String)
      let configuration = change["configuration"] as? [String: Any]
      return "\(descriptor?["id"] ?? "") \(configuration?["enabled"] ?? "") \(configuration?["level"] ?? "")"
    }
    #expect(told.count == 2 && told.last == "sec-cost  error", "\(told)")
    #expect((changes.first?["configuration"] as? [String: Any])?["enabled"] as? Bool == false)
    let notes = (invocation["toolConfigurationNotifications"] as? [[String: Any]] ?? []).compactMap {
      ($0["message"] as? [String: Any])?["text"] as? String
    }
    #expect(notes.contains("1 of 2 rules adopted"))

    let markdown = try await run(repository, "check", "-f", "markdown")
    #expect(
      markdown.output.contains(
        "\n- 1 of 2 rules adopted — `triglyph.yaml:4`\n  - not adopted: sec-mfa: Sign-in is &lt;replaced&gt; next year — `triglyph.yaml:5`\n"
      ), "\(markdown.output)")
    #expect(markdown.output.contains("\nChecked by nothing: `security/2`\n"))
  }

  @Test func `JUnit, GitHub, GitLab and CSV carry it, and so does every sentence that sums up`() async throws {
    let repository = try repository()
    let junit = try await run(repository, "check", "-f", "junit").output
    #expect(
      junit.contains(
        """
          <testsuite name="sec-mfa" tests="1" failures="0" errors="0" skipped="1">
            <testcase classname="sec-mfa" name="Sign-in asks for more than one factor" file="triglyph.yaml">
              <skipped type="not adopted" message="not adopted: Sign-in is &lt;replaced&gt; next year">triglyph.yaml:5
        </skipped>
            </testcase>
          </testsuite>
        """), "\(junit)")
    let sentence = "1 of 2 rules adopted; 1 rule overridden"
    for format in ["junit", "github", "sarif", "markdown"] {
      #expect(try await run(repository, "check", "-f", format).output.contains(sentence), "\(format)")
    }
    let gitlab = try #require(
      try JSONSerialization.jsonObject(with: Data(try await run(repository, "check", "-f", "gitlab").output.utf8))
        as? [[String: Any]])
    let entry = try #require(gitlab.first { $0["check_name"] as? String == "adoption" })
    #expect(entry["severity"] as? String == "info")
    #expect(
      (entry["description"] as? String)?.hasPrefix(
        "1 of 2 rules adopted; not adopted: sec-mfa: Sign-in is <replaced> next year; sec-cost: severity is blocker")
        == true, "\(entry)")
    #expect((entry["location"] as? [String: Any])?["path"] as? String == "triglyph.yaml")
    let csv = try await run(repository, "check", "-f", "csv").output
    #expect(csv.contains("\r\n,note,note,,,,,adoption,,,,,,,,,1 of 2 rules adopted,,triglyph.yaml,4,"), "\(csv)")
    #expect(csv.contains(",not adopted: sec-mfa: Sign-in is <replaced> next year,,triglyph.yaml,5,"))
    let sarif = try await run(repository, "check", "-f", "sarif").output
    #expect(sarif.contains("\"rulesAdopted\": 1") && sarif.contains("\"rulesActive\": 2"))
  }

  @Test func `of a list each rule that it leaves out is a case that is skipped`() async throws {
    let repository = try repository("format: 1\nrules: {only: [sec-mfa]}\n")
    let junit = try await run(repository, "check", "-f", "junit").output
    #expect(
      junit.contains(
        "name=\"Nothing costs more than it may\" file=\"triglyph.yaml\">\n      <skipped type=\"not adopted\" message=\"not adopted\">"
      ))
    #expect(try await run(repository, "check", "-f", "csv").output.contains("1 of 2 rules adopted"))
  }

  @Test func `without a choice nothing is said of one`() async throws {
    let repository = try repository("format: 1\n")
    #expect(!(try await run(repository, "check").output.contains("adopted")))
    #expect(!(try await run(repository, "check", "-f", "json").output.contains("adoption")))
    #expect(!(try await run(repository, "check", "-f", "sarif").output.contains("ruleConfigurationOverrides")))
    for format in ["sarif", "junit", "github", "gitlab", "markdown", "csv"] {
      #expect(!(try await run(repository, "check", "-f", format).output.contains("adopted")), "\(format)")
    }
  }

  @Test func `a slip is status 2, and every rule judges`() async throws {
    let repository = try repository("format: 1\nrules: {except: [{rule: sec-mfaa, reason: R}]}\n")
    let check = try await run(repository, "check")
    #expect(check.status == 2)
    #expect(check.output.contains("error[adoption-mistake]: there is no rule `sec-mfaa`\n  --> triglyph.yaml:2:25"))
    #expect(check.output.contains("did you mean `sec-mfa`?"))
    #expect(check.output.contains("Hub asks for one factor only"))
  }

  @Test(arguments: [
    "rules: {only: [sec-cost, null]}", "rules: {only: [sec-cost], only: [sec-cost]}", "rules: &a {only: [*a]}",
    "rules:",
    "rules: [sec-cost]", "rules: {only: {sec-cost: yes}}", "rules: {except: [{rule: sec-mfa, reason: [R]}]}",
    "rules: {except: [{rule: sec-mfa, reason: R, until: 2027-01-01}]}",
  ])
  func `of a broken choice nothing is left out`(settings: String) async throws {
    let check = try await run(repository("format: 1\n\(settings)\n"), "check")
    #expect(check.status == 2, "\(check.output)")
    #expect(check.output.contains("Hub asks for one factor only") && check.output.contains("against 2 rules"))
    #expect(check.output.contains("--> triglyph.yaml:2:"))
  }

  @Test func `explain says that a rule is not adopted, and why, and what is set in another`() async throws {
    let repository = try repository()
    let rule = try await run(repository, "explain", "sec-mfa")
    #expect(
      rule.output.contains(
        "\nNot adopted, so it judges nothing: Sign-in is <replaced> next year (triglyph.yaml:5). Its examples\nstill run.\n"
      ),
      "\(rule.output)")
    #expect(!rule.output.contains("how the estate stands"))
    let other = try await run(repository, "explain", "sec-cost")
    #expect(other.output.hasPrefix("sec-cost  (blocker, binds initiatives from design)\n"))
    #expect(
      other.output.contains(
        "\ntriglyph.yaml: sec-cost: severity is blocker, not minor, by decision:board: Money is short\n"))
  }

  @Test func `a rule about rules reads what an override sets`() async throws {
    let repository = try repository()
    let query = try await run(
      repository, "query", "--kind", "rule", "--columns", "id, highestSeverity, stage", "-f", "csv")
    #expect(query.output.contains("sec-cost,blocker,design"), "\(query.output)")
    #expect(query.output.contains("sec-mfa,major,design"))
  }

  @Test func `the examples of all rules run, as they are written`() async throws {
    let repository = try repository()
    let all = try await run(repository, "test")
    #expect(all.status == 0 && all.output == "2 rules, 4 examples: 4 hold, 0 do not\n", "\(all.output)\(all.errors)")
    #expect(try await run(repository, "test", "sec-mfa").status == 0)
  }

  @Test func `a change that leaves out the rule that it breaks is judged by it`() async throws {
    let repository = try repository("format: 1\n")
    try await repository.commit()
    try repository.write(Self.without, to: "triglyph.yaml")
    try repository.write("{kind: system, id: late, name: Late, mfa: false, cost: 1}\n", to: "catalogue/late.yaml")
    let check = try await run(repository, "check", "--changed-since", "main")
    #expect(check.status == 1)
    #expect(check.output.contains("Late asks for one factor only"))
    #expect(
      check.output.contains(
        "governance[rule-excluded] rule:sec-mfa: it is no longer adopted: Sign-in is <replaced> next year\n  --> triglyph.yaml:5:13"
      ), "\(check.output)")
    let own = try await run(repository, "check", "--changed-since", "main", "--trust", "head")
    #expect(!own.output.contains("Late asks for one factor only") && own.output.contains("governance[rule-excluded]"))
  }

  @Test func `a waiver of a rule that is not adopted hides nothing, and says why`() async throws {
    let repository = try repository()
    try repository.write(
      """
      {kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:hub'], reason: R., from: 2025-01-01, until: 2026-03-01, decision: d}
      ---
      {kind: decision, id: d, name: D, date: 2025-01-01, outcome: approved, targets: ['waiver:w']}
      """, to: "catalogue/waiver.yaml")
    let check = try await run(repository, "check")
    #expect(check.output.contains("waiver:w hides nothing: sec-mfa is not adopted"), "\(check.output)")
  }

  // MARK: Clauses and standards

  @Test func `a clause says who looks at it and how the portfolio stands`() async throws {
    let repository = try repository("format: 1\nrules: {only: [sec-cost]}\n")
    try repository.write(
      "{kind: initiative, id: new, name: New, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: s, name: S, mfa: true, cost: 30}]}\n",
      to: "catalogue/new.yaml")
    let clause = try await run(repository, "explain", "security/1")
    let finding = try #require(
      clause.output.firstMatch(of: #/does not conform: 1 finding: f-[0-9a-f]{10}/#).map { String($0.output) })
    let here = try #require(clause.output.firstMatch(of: #/\n  (f-[0-9a-f]{10})  minor/#).map { String($0.output.1) })
    #expect(
      clause.output == """
        security/1  Everybody proves who they are  (must)

        Ask twice.

        sources
          A law: Art 5 (to be confirmed)
          A guide

        checked by
          sec-cost  Nothing costs more than it may  (2 failed)
          sec-mfa  Sign-in asks for more than one factor  (not adopted)

        how the estate stands
          1 failed
          \(here)  minor  Hub costs 20

        how the open initiatives stand
          new (design)  \(finding)

        As declared in the catalogue, on 2026-01-01.

        """)
    let nothing = try await run(repository, "explain", "security/2")
    #expect(nothing.output.contains("\nchecked by\n  nothing: no rule checks it, and nobody attests it\n"))
  }

  @Test func `explaining a clause tells of an initiative what its statement tells`() async throws {
    let files = SilentPass.base.merging([
      "standards/security.yaml": """
      kind: standard
      id: security
      name: Security
      clauses:
        - {id: "1", name: Everybody proves who they are, level: must, requirement: Ask twice.}
        - {id: "2", name: Somebody looks, level: must, requirement: Look., attested: Somebody looked}
      """, SilentPass.ruleFile: SilentPass.rule("require: 1 / self.cost > 0", id: "sec-mfa"),
      "catalogue/new.yaml":
        "{kind: initiative, id: new, name: New, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: s, name: S, mfa: true, level: public, cost: 0, feeds: [], holds: []}]}\n",
    ]) { $1 }
    let repository = try TemporaryRepository(files)
    let report = try await run(repository, "report", "--initiative", "new")
    for (clause, words) in [("security/1", "undecided: 1 not evaluated"), ("security/2", "to be attested")] {
      let explained = try await run(repository, "explain", clause)
      #expect(explained.output.contains("\nhow the open initiatives stand\n  new (design)  \(words)"), "\(explained)")
      let line = report.output.split(separator: "\n").first { $0.contains(clause) && $0.contains(words) }
      #expect(line != nil, "\(report.output)")
    }
    let standard = try await run(repository, "explain", "security")
    #expect(
      standard.output.contains("  1 is undecided\n") && standard.output.contains("  1 has still to be attested\n"))
  }

  @Test func `a standard is a table of its clauses`() async throws {
    let repository = try repository("format: 1\nrules: {only: [sec-cost]}\n")
    let standard = try await run(repository, "explain", "security")
    #expect(
      standard.output == """
        Security

        Keeps things safe.

        clauses
        clause      level  what it is about               checked by             estate    open initiatives
        ----------  -----  -----------------------------  ---------------------  --------  ----------------
        security/1  must   Everybody proves who they are  1 rule, 1 not adopted  1 failed
        security/2  may    Nobody looks at this           nothing

        checked by nothing: security/2

        As declared in the catalogue, on 2026-01-01; `triglyph explain CLAUSE` says more.

        """, "\(standard.output)")
  }
}
