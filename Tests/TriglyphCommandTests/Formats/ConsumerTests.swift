import Foundation
import Testing

/// Outputs of whole runs, read by the published schemas and by tools that others wrote.
@Suite(.readByConsumers) struct ConsumerTests {
  /// Writes every format of a check into a folder of its own.
  private func outputs(of root: String, _ arguments: String...) async throws -> TemporaryRepository {
    let folder = try TemporaryRepository()
    let formats = ["json", "sarif", "junit", "gitlab", "markdown", "csv", "html"].flatMap {
      ["-f", "\($0)=\(folder.path)/\($0)"]
    }
    let run = try await BuiltCommand.run(
      list: ["check", "--repository", root, "--as-of", "2026-12-01", "-f", "github"] + formats + arguments)
    #expect(run.errors == "")
    return folder
  }

  private static let schemas = ImportTableTests.root.appendingPathComponent("docs/schemas").path

  /// Each consumer reads its format; what they say is given back by format.
  private func readAll(_ folder: TemporaryRepository) async throws -> [String: String] {
    var said: [String: String] = [:]
    for form in ["sarif", "junit", "markdown", "csv", "html"] {
      said[form] = try await Consumer.read(form, "\(folder.path)/\(form)")
    }
    try await Consumer.read("json", "\(folder.path)/json", "\(Self.schemas)/check-1.json")
    try await Consumer.read("gitlab", "\(folder.path)/gitlab")
    return said
  }

  @Test func `the shipped repository's check`() async throws {
    let folder = try await outputs(of: ImportTableTests.root.path)
    let said = try await readAll(folder)
    let html = try #require(said["markdown"])
    #expect(html.contains("<h2>Triglyph: ") && html.contains("<table>"))
    let rows = try #require(try JSONSerialization.jsonObject(with: Data((said["csv"] ?? "").utf8)) as? [[String: Any]])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data((folder.contents(of: "json") ?? "").utf8)) as? [String: Any])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(rows.count == findings.count)
    #expect(rows.compactMap { $0["identity"] as? String } == findings.compactMap { $0["identity"] as? String })
    #expect(rows.compactMap { $0["message"] as? String } == findings.compactMap { $0["message"] as? String })
    let page = try #require(try JSONSerialization.jsonObject(with: Data((said["html"] ?? "").utf8)) as? [[String: Any]])
    #expect(page.count == Set(findings.compactMap { $0["identity"] as? String }).count)
    #expect(
      Set(page.compactMap { $0["id"] as? String }) == Set(findings.compactMap { $0["shortName"] as? String }))
    let counting = findings.filter { $0["counts"] as? Bool == true }.compactMap { $0["identity"] as? String }
    #expect(page.count { $0["counts"] as? String == "yes" } == Set(counting).count)
  }

  @Test func `one initiative's, an incomplete run's, and none at all`() async throws {
    let one = try await outputs(of: ImportTableTests.root.path, "--initiative", "one-log-in")
    _ = try await readAll(one)
    let broken = try TemporaryRepository.failing()
    try broken.write("{kind: system, id: b, name: B, mfaa: true}", to: "catalogue/b.yml")
    try broken.write("a: [1", to: "catalogue/c.yml")
    _ = try await readAll(try await outputs(of: broken.path))
    let empty = try TemporaryRepository(["catalogue/readme.txt": "nothing"])
    _ = try await readAll(try await outputs(of: empty.path))
  }

  @Test func `a gate's, with everything missing, with nothing, and with input errors`() async throws {
    for files in [[:], GateCommandTests.done, ["catalogue/c.yml": "a: [1"]] {
      let repository = try GateRepository.make(files)
      let path = "\(repository.path)/gate"
      _ = try await BuiltCommand.run(
        "check", "--repository", repository.path, "--as-of", "2026-07-01", "--initiative", "renewal", "--gate", "build",
        "-f", "json=\(path).json", "-f", "markdown=\(path).md")
      try await Consumer.read("json", "\(path).json", "\(Self.schemas)/gate-1.json")
      #expect(try await Consumer.read("markdown", "\(path).md").contains("<h2>Triglyph: gate build of Renewal"))
    }
  }

  /// Names that YAML can hold, as a document writes them.
  private static let names = [
    "=cmd|' /C calc'!A0", "@everyone and #1", "::error file=x::broken", "]]>", "</script><script>alert(1)</script>",
    "<img src=x onerror=y>", "&amp;&#x3c;", "\\\"quoted\\\" 'twice'", "a|b|c", "`code` ``two``",
    "**bold** _em_ ~~gone~~",
    "[x](javascript:alert(1))", "![x](http://evil.example/)", "https://evil.example/", "www.evil.example",
    "line\\nbreak\\r\\n::error::x", "\\u202Egnp.exe", "\\u2066iso\\u2069", "\\e[31mred\\a", "a\\tb", "nul\\0",
    "{0} [0](1)",
    "\\uFFFE", "user@example.com", "$x$", "1. item", "- item", "# heading", "e\\u0301", "",
  ]

  @Test func `names that are hostile`() async throws {
    var files = TemporaryRepository.base
    for (index, name) in Self.names.enumerated() {
      files["catalogue/a b \(index) é#%.yaml"] = "{kind: system, id: s\(index), name: \"\(name)\", mfa: false}\n"
    }
    let repository = try TemporaryRepository(files)
    let folder = try await outputs(of: repository.path)
    let said = try await readAll(folder)
    let html = try #require(said["markdown"])
    for mark in ["<script", "<img", "<a ", "<strong>bold", "<em>", "<del>", "<ol>", "<ul>", "@everyone"] {
      #expect(!html.contains(mark), "\(mark)")
    }
    #expect(html.contains("&lt;img src=x onerror=y&gt;"))
    let rows = try #require(try JSONSerialization.jsonObject(with: Data((said["csv"] ?? "").utf8)) as? [[String: Any]])
    #expect(rows.allSatisfy { $0.count == 27 && $0.values.allSatisfy { $0 is String } })
    let sarif = try #require(folder.contents(of: "sarif"))
    #expect(sarif.contains("catalogue/a%20b%200%20%C3%A9%23%25.yaml"))
  }

  @Test func `a waiver that ends soon is in the schema`() async throws {
    let folder = try TemporaryRepository()
    let run = try await BuiltCommand.run(
      "check", "-f", "json", "--repository", ImportTableTests.root.path, "--as-of", "2027-05-10")
    try folder.write(run.output, to: "ending.json")
    #expect(run.output.contains("\"endingWaivers\": ["))
    try await Consumer.read("json", "\(folder.path)/ending.json", "\(Self.schemas)/check-1.json")
  }

  @Test func `what a change permits itself is in the schema, and every consumer takes it`() async throws {
    let repository = try TemporaryRepository.clean()
    try await repository.commit()
    try repository.write(
      "{kind: system, id: late, name: Late, mfa: false}\n---\n{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:late'], reason: R., from: 2025-12-01, until: 2026-07-01, decision: yes}\n---\n{kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ['waiver:w']}\n",
      to: "catalogue/late.yaml")
    let folder = try await outputs(of: repository.path, "--changed-since", "main", "--as-of", "2026-01-01")
    _ = try await readAll(folder)
    #expect(folder.contents(of: "json")?.contains("\"onceMerged\": {") == true)
  }

  @Test func `a choice among rules is in the schemas, whatever its reasons hold`() async throws {
    let repository = try TemporaryRepository.failing()
    let rule = try #require(TemporaryRepository.base["rules/mfa.yaml"])
    try repository.write(rule.replacing("sec-mfa", with: "sec-other"), to: "rules/other.yaml")
    try repository.write(
      "{kind: decision, id: board, name: B, date: 2025-12-01, outcome: approved, targets: ['rule:sec-other']}\n",
      to: "catalogue/board.yaml")
    let words = Self.names.joined(separator: " ")
    try repository.write(
      """
      format: 1
      settings: {waiverNotice: 10d}
      rules: {except: [{rule: sec-mfa, reason: "\(words) x"}]}
      overrides: [{rule: sec-other, set: {severity: minor, stage: build}, reason: "\(words) y", decision: board}]
      """, to: "triglyph.yaml")
    let folder = try await outputs(of: repository.path)
    let said = try await readAll(folder)
    #expect(folder.contents(of: "json")?.contains("\"adoption\": {") == true)
    // The rule that is not adopted is a case under its own id, and is skipped for its reason.
    let cases = try #require(
      try JSONSerialization.jsonObject(with: Data((said["junit"] ?? "").utf8)) as? [[String: Any]])
    let excluded = cases.filter { $0["suite"] as? String == "sec-mfa" }
    #expect(excluded.map { $0["classname"] as? String } == ["sec-mfa"])
    let skipped = try #require(excluded.first?["skipped"] as? [String: String])
    #expect(skipped["type"] == "not adopted")
    let message = try #require(skipped["message"])
    #expect(message.hasPrefix("not adopted: ") && message.hasSuffix(" x"))
    #expect(message.contains("<img src=x onerror=y>") && message.contains("]]>") && message.contains("&amp;&#x3c;"))
    #expect(folder.contents(of: "sarif")?.contains("\"ruleConfigurationOverrides\": [") == true)
    for arguments in [["check"], ["explain", "sec-mfa"], ["explain", "sec-other"], ["explain", "security/1"]] {
      let text = try await BuiltCommand.run(
        list: arguments + ["--repository", repository.path, "--as-of", "2026-12-01"])
      #expect(text.output.contains("everyone and"))
      #expect(text.output.unicodeScalars.allSatisfy { $0 == "\n" || !$0.properties.isBidiControl && $0.value >= 0x20 })
    }
  }

  @Test func `a roadmap is a check with more keys`() async throws {
    let folder = try TemporaryRepository()
    let run = try await BuiltCommand.run(
      "check", "--roadmap", "-f", "json", "--repository", ImportTableTests.root.path, "--as-of", "2026-12-01")
    try folder.write(run.output, to: "roadmap.json")
    #expect(run.output.contains("\"roadmap\": ["))
    try await Consumer.read("json", "\(folder.path)/roadmap.json", "\(Self.schemas)/check-1.json")
  }

  @Test(arguments: [
    ("answer-1", ["query", "--kind", "system", "--where", "rto < duration(\"1h\")", "--columns", "id, holds, rto"]),
    ("answer-1", ["query", "--kind", "system", "--sort", "rto", "--columns", "id, lifecycle"]),
    ("answer-1", ["query", "every(system).groupBy(s, s.classification)"]),
    ("answer-1", ["query", "every(system).size()"]),
    ("answer-1", ["query", "--kinds"]), ("answer-1", ["query", "--fields", "component"]),
    ("impact-1", ["impact", "legacy-payroll"]), ("impact-1", ["impact", "dataset:person"]),
    ("impact-1", ["impact", "legacy-procurement", "--with", "its-payroll-and-procurement"]),
    ("report-1", ["report"]), ("report-1", ["report", "--initiative", "its-payroll-and-procurement"]),
    ("report-1", ["report", "--initiative", "planning-notices"]),
  ])
  func `an answer, an impact and a report`(schema: String, arguments: [String]) async throws {
    let folder = try TemporaryRepository()
    let run = try await BuiltCommand.run(
      list: arguments + ["-f", "json", "--repository", ImportTableTests.root.path, "--as-of", "2026-12-01"])
    try folder.write(run.output, to: "answer.json")
    try await Consumer.read("json", "\(folder.path)/answer.json", "\(Self.schemas)/\(schema).json")
  }

  @Test func `a difference`() async throws {
    let repository = try TemporaryRepository.failing()
    for (index, name) in Self.names.enumerated() {
      try repository.write(
        "{kind: system, id: s\(index), name: \"\(name)\", mfa: false, feeds: [hub]}\n",
        to: "catalogue/a b \(index) é#%.yaml")
    }
    try repository.write(
      "{kind: initiative, id: one, name: One, stage: design, goLive: 2027-06-01, changes: [{ref: 'system:gap', set: {mfa: false}}]}\n",
      to: "catalogue/one.yaml")
    try await repository.commit()
    for index in 0..<5 { try repository.remove("catalogue/a b \(index) é#%.yaml") }
    for (index, name) in Self.names.enumerated() {
      try repository.write(
        "{kind: system, id: t\(index), name: \"\(name)\", mfa: false, cost: \(index)}\n", to: "catalogue/t\(index).yaml"
      )
    }
    try repository.write(
      "{kind: system, id: core, aliases: [s9], name: Core, feeds: [t1], cost: unknown}\n",
      to: "catalogue/a b 9 é#%.yaml")
    try repository.replace("{mfa: false}", with: "{mfa: true, cost: 3}", in: "catalogue/one.yaml")
    try repository.replace("severity: major", with: "severity: minor", in: "rules/mfa.yaml")
    for (trust, head) in [("base", nil), ("head", nil), ("base", "main")] {
      let run = try await BuiltCommand.run(
        list: ["diff", "main"] + [head].compactMap(\.self) + [
          "--trust", trust, "--repository", repository.path, "--as-of", "2026-12-01", "-f",
          "sarif=\(repository.path)/out.sarif", "-f", "json=\(repository.path)/out.json",
        ])
      #expect(run.status == 0 && run.errors == "")
      try await Consumer.read("sarif", "\(repository.path)/out.sarif")
      try await Consumer.read("json", "\(repository.path)/out.json", "\(Self.schemas)/difference-1.json")
      let sarif = try #require(repository.contents(of: "out.sarif"))
      #expect(sarif.contains("\"baselineState\": \"absent\"") == (head == nil) && !sarif.contains("main%3A"))
    }
    let json = try #require(repository.contents(of: "out.json"))
    for (text, other) in [
      ("\"judge\"", "\"judges\""), ("\"complete\"", "\"whole\""),
      ("\"novelty\": \"unchanged\"", "\"novelty\": \"same\""),
    ] {
      #expect(json.contains(text), "\(text)")
      try repository.write(json.replacing(text, with: other), to: "wrong.json")
      #expect(
        try await !Consumer.accepts("json", "\(repository.path)/wrong.json", ["\(Self.schemas)/difference-1.json"]))
    }
  }

  @Test func `a reader that finds something wrong says so`() async throws {
    let folder = try await outputs(of: ImportTableTests.root.path)
    for (form, text, other) in [
      ("sarif", "\"columnKind\"", "\"columnkind\""), ("sarif", "\"startLine\": ", "\"startLine\": -"),
      ("junit", "<failure ", "<fault "), ("junit", "<testcase ", "<testcase colour=\"red\" "),
      ("json", "\"outcome\": \"findings\"", "\"outcome\": \"fine\""), ("json", "\"asOf\"", "\"asof\""),
      ("gitlab", "\"severity\": \"blocker\"", "\"severity\": \"bad\""),
    ] {
      let whole = try #require(folder.contents(of: form))
      #expect(whole.contains(text), "\(form): \(text)")
      try folder.write(whole.replacing(text, with: other), to: "wrong")
      let schema = form == "json" ? ["\(Self.schemas)/check-1.json"] : []
      #expect(try await !Consumer.accepts(form, "\(folder.path)/wrong", schema), "\(form): \(other)")
    }
  }
}
