import Foundation
import Testing

/// The command `reuse`, as a shell runs it on the shipped catalogue.
@Suite struct ReuseCommandTests {
  private func run(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws
    -> BuiltCommand.Run
  {
    try await BuiltCommand.run(
      list: ["reuse", "--repository", ReadmeTests.root.path, "--as-of", "2026-12-01"] + arguments,
      sourceLocation: sourceLocation)
  }

  @Test func `every format tells of the same`() async throws {
    let table = try await run("take card payments online", "-f", "table", "--limit", "1")
    #expect(table.status == 0)
    #expect(table.output.contains("1. Payments  capability:payments  (common)\n"))
    #expect(table.output.contains("+ Payments gateway  system:payments-gateway  fits, designated for everybody\n"))
    let tsv = try await run("take", "card", "payments", "online", "--limit", "1")
    #expect(tsv.output.split(separator: "\n").count == 2)
    #expect(tsv.output.contains("\n1\tcapability:payments\tyes\tcard, payments, online\tsystem:payments-gateway\t"))
    let json = try await run("take card payments online", "-f", "json", "--limit", "1")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["format"] as? String == "triglyph-reuse-1")
    let hits = try #require(object["hits"] as? [[String: Any]])
    #expect(hits.map { $0["capability"] as? String } == ["capability:payments"])
    let offers = try #require(hits[0]["offers"] as? [[String: Any]])
    #expect(offers.first?["entity"] as? String == "system:payments-gateway")
    #expect(offers.first?["classification"] as? String == "official")
  }

  @Test func `a level that nobody recorded is told as that`() async throws {
    let repository = try PacksCommandTests.small(
      "",
      [
        "catalogue/till.yaml": """
        {kind: system, id: till, name: Till, classification: unknown, exposure: unknown, provides: [privileged-access]}

        """
      ])
    let run = try await BuiltCommand.run(
      "reuse", "privileged access", "-f", "table", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(run.output.contains("classification not recorded; exposure not recorded"), "\(run.output)")
    #expect(!run.output.contains("; ?"))
  }

  @Test(arguments: ["", "   ", "the and of", "?!", "\"\"", "*", "()"])
  func `a question that says nothing is refused`(question: String) async throws {
    let run = try await run(question)
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("triglyph: the question has no word that says what is asked for"))
  }

  @Test(
    arguments: [
      "支払い カード", "платежи картой", "دفع", "🏴‍☠️ zzz", "pay\" OR (NEAR *", "name:pay AND NOT card",
      "'; DROP TABLE texts; --",
      "-f", "pay*", "^pay", "\u{202E}pay\u{1B}[31m",
    ])
  func `a question in another script or with operators has a clear answer`(question: String) async throws {
    let run = try await run("-f", "table", "--", question)
    #expect(run.status == 0)
    #expect(run.output.contains("match"))
    for text in [run.output, run.errors] {
      #expect(!text.contains("SQL") && !text.contains("fts5") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
  }

  @Test func `unknown levels, ids and days are told`() async throws {
    let level = try await run("pay", "--classification", "offical")
    #expect(level.status == 2)
    #expect(level.errors == "triglyph: there is no classification `offical`; did you mean `official`?\n")
    let exposure = try await run("pay", "--exposure", "zz")
    #expect(exposure.errors == "triglyph: there is no exposure `zz`; known: internal, partner, internet\n")
    let initiative = try await run("--initiative", "one-login")
    #expect(initiative.status == 2)
    #expect(initiative.errors == "triglyph: there is no initiative one-login; did you mean `one-log-in`?\n")
    #expect(try await run("pay", "--go-live", "2026-11-30").status == 2)
    #expect(try await run().status == 2)
    #expect(try await run("pay", "--initiative", "one-log-in").status == 2)
    #expect(try await run("pay", "--limit", "0").status == 2)
  }

  /// The block is what the rule wants: for each initiative of which it finds something, with its own block taken away, the
  /// entries are those that it names.
  @Test func `the block names what the rule finds missing, and filled in satisfies it`() async throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("triglyph-reuse-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for name in ["catalogue", "standards", "rules", "triglyph.yaml"] {
      try files.copyItem(at: ReadmeTests.root.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    func triglyph(_ arguments: String...) async throws -> BuiltCommand.Run {
      try await BuiltCommand.run(list: arguments + ["--repository", folder.path, "--as-of", "2026-12-01"])
    }
    let id = "parking-permits-online"
    let document = folder.appendingPathComponent("catalogue/initiatives/\(id).yaml")
    var lines = try String(contentsOf: document, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "reuseConsidered:"))
    let end = try #require(lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") })
    lines.removeSubrange(start..<end)
    try lines.joined(separator: "\n").write(to: document, atomically: true, encoding: .utf8)
    let json = try await triglyph("reuse", "--initiative", id, "-f", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let block = try #require(object["block"] as? String)
    let named = Set(block.matches(of: /candidate: system:([a-z0-9-]+)/).map { String($0.1) })
    let run = try await triglyph("check", "--initiative", id, "-f", "json")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    let wanted = findings.filter { $0["rule"] as? String == "tech-need-met-by-existing" }
      .compactMap { ($0["key"] as? [String])?.last }
    #expect(wanted.count == 5)
    #expect(Set(wanted) == Set(named.map { "system:\($0)" }))

    func check(with block: String) async throws -> String {
      var with = lines
      with.insert(contentsOf: block.split(separator: "\n").map(String.init), at: start)
      try with.joined(separator: "\n").write(to: document, atomically: true, encoding: .utf8)
      return try await triglyph("check", "--initiative", id).output
    }
    #expect(try await check(with: block).contains("undecided[tech-need-met-by-existing]"))
    let filled = block.replacing("verdict: unknown", with: "verdict: adopt")
      .replacing("reason: unknown", with: "reason: It does what is needed, and is there.")
    #expect(try await !check(with: filled).contains("tech-need-met-by-existing"))
  }
}
