import Foundation
import Testing

/// `check --changed-since` where the change brings waivers or grows the baseline, or takes from them.
@Suite struct ChangedPapersCommandTests {
  private func check(_ repository: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["check", "--repository", repository.path, "--as-of", "2026-01-01", "--changed-since", "main"] + arguments)
  }

  /// Committed; `hub` fails, `gap` is undecided.
  private func repository(_ more: [String: String] = [:]) async throws -> TemporaryRepository {
    let repository = try TemporaryRepository.failing()
    for (name, text) in more { try repository.write(text, to: name) }
    try await repository.commit()
    return repository
  }

  @Test func `a baseline that grows hides nothing, and is told`() async throws {
    let repository = try await repository()
    let made = try await BuiltCommand.run(
      "baseline", "--create", "--repository", repository.path, "--as-of", "2026-01-01")
    #expect(made.status == 0, "\(made.errors)")
    try await repository.commit()
    try repository.write("{kind: system, id: late, name: Late, mfa: false}\n", to: "catalogue/late.yaml")
    let text = try #require(repository.contents(of: "baseline.yaml"))
    let entry = try #require(text.split(separator: "\n").first { $0.contains("system:hub") })
    try repository.write(text + entry.replacing("system:hub", with: "system:late") + "\n", to: "baseline.yaml")
    let run = try await check(repository)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("Late asks for one factor only"))
    #expect(run.output.contains("governance[baseline-grown] sec-mfa|system:late: it is in the baseline now"))
    #expect(run.output.contains("   = in this change: baselined; that counts once it is merged\n"), "\(run.output)")
    #expect(run.output.contains(", 1 baselined in this change\n"))
    let head = try await check(repository, "--trust", "head")
    #expect(head.status == 0, "\(head.output)\(head.errors)")
    // What is put right may leave the baseline in the same change.
    try repository.remove("catalogue/late.yaml")
    try repository.replace("name: Hub, mfa: false", with: "name: Hub, mfa: true", in: "catalogue/systems.yaml")
    try repository.write(text.replacing(entry + "\n", with: ""), to: "baseline.yaml")
    let shrunk = try await check(repository)
    #expect(shrunk.status == 0, "\(shrunk.output)\(shrunk.errors)")
    #expect(
      shrunk.output.contains("governance[baseline-shrunk] sec-mfa|system:hub")
        && !shrunk.output.contains("baseline-stale"))
  }

  @Test func `a waiver and what it waives may go together`() async throws {
    let repository = try await repository([
      "catalogue/waiver.yaml":
        "{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:hub'], reason: R., from: 2025-12-01, until: 2026-05-01, decision: yes}\n---\n{kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ['waiver:w']}\n"
    ])
    let waived = try await check(repository)
    #expect(waived.status == 0 && waived.output.contains("1 waived"), "\(waived.output)")
    try repository.remove("catalogue/waiver.yaml")
    // The revision's waiver still judges: it is not this change that makes the finding count.
    let withdrawn = try await check(repository)
    #expect(withdrawn.status == 0 && withdrawn.output.contains("waiver-removed"), "\(withdrawn.output)")
    try repository.replace("name: Hub, mfa: false", with: "name: Hub, mfa: true", in: "catalogue/systems.yaml")
    let right = try await check(repository)
    #expect(right.status == 0 && !right.output.contains("waiver-unused"), "\(right.output)")
    let diff = try await BuiltCommand.run("diff", "main", "--repository", repository.path, "--as-of", "2026-01-01")
    #expect(diff.status == 0 && diff.output.contains("waiver-removed waiver:w"), "\(diff.output)")
  }

  @Test func `a waiver that comes with what it waives is told beside it, and counts once it is merged`() async throws {
    let repository = try await repository([
      "catalogue/i.yaml": "{kind: initiative, id: i, name: I, stage: design, goLive: 2026-06-01, adds: []}\n"
    ])
    try repository.replace("name: Gap}", with: "name: Gap, mfa: false}", in: "catalogue/systems.yaml")
    try repository.replace(
      "adds: []", with: "adds: [{kind: system, id: new, name: New, mfa: false}]", in: "catalogue/i.yaml")
    let waiver = { (id: String, target: String, more: String) in
      "{kind: waiver, id: \(id), name: W, rule: sec-mfa, targets: ['system:\(target)'], reason: R., from: 2025-12-01, until: 2026-07-01\(more)}\n---\n"
    }
    try repository.write(
      waiver("w", "gap", "") + waiver("own", "new", ", decision: yes, initiative: i")
        + "{kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ['waiver:own']}\n",
      to: "catalogue/waivers.yaml")
    // Of one that does not hold it is told why.
    let unapproved = try await check(repository)
    #expect(unapproved.status == 1)
    #expect(
      unapproved.output.contains(
        "   = note: in this change: waiver:w does not hold: no decision approves it\n"), "\(unapproved.output)")
    #expect(unapproved.output.contains(", 1 waived in this change\n2 of these count: major and above\n"))
    try repository.write(
      waiver("w", "gap", ", decision: yes") + waiver("own", "new", ", decision: yes, initiative: i")
        + "{kind: decision, id: yes, name: Y, date: 2025-12-01, outcome: approved, targets: ['waiver:own', 'waiver:w']}\n",
      to: "catalogue/waivers.yaml")
    let (json, markdown) = ("\(repository.path)/out.json", "\(repository.path)/out.md")
    let run = try await check(repository, "-f", "text", "-f", "json=\(json)", "-f", "markdown=\(markdown)")
    #expect(run.status == 1)
    for name in ["w", "own"] {
      let line = "in this change: waived by waiver:\(name) until 2026-07-01; that counts once it is merged"
      #expect(run.output.contains("   = \(line)\n"), "\(run.output)")
      #expect(repository.contents(of: "out.md")?.contains("<br>\(line)<br>") == true)
    }
    // Where a format has a finding's details, it has this.
    for format in ["github", "sarif", "gitlab", "junit", "csv"] {
      let other = try await check(repository, "-f", format)
      #expect(
        other.output.contains("in this change: waived by waiver:own until 2026-07-01; that counts once it is merged"),
        "\(other.output)")
    }
    #expect(run.output.contains(", 2 waived in this change\n2 of these count: major and above\n"))
    #expect(repository.contents(of: "out.md")?.contains("; 2 waived in this change") == true)
    let text = try #require(repository.contents(of: "out.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts["waived"] == 0 && counts["waivedOnceMerged"] == 2 && counts["baselinedOnceMerged"] == 0)
    #expect(counts["known"] == 1)
    let told = (object["findings"] as? [[String: Any]] ?? []).compactMap { $0["onceMerged"] as? [String: Any] }
    #expect(told.map { $0["standing"] as? String } == ["waived", "waived"])
    #expect(told.compactMap { ($0["waived"] as? [String: String])?["by"] } == ["waiver:w", "waiver:own"])
    // Merged first, it covers.
    try await repository.commit()
    let merged = try await check(repository)
    #expect(merged.status == 0 && !merged.output.contains("in this change"))
  }

  @Test func `an initiative that the change's own decision turns down is judged by the revision's`() async throws {
    let repository = try await repository([
      "catalogue/i.yaml":
        "{kind: initiative, id: i, name: I, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: new, name: New, mfa: true}]}\n"
    ])
    try repository.replace("mfa: true", with: "mfa: false", in: "catalogue/i.yaml")
    try repository.write(
      "{kind: decision, id: no, name: No, date: 2025-12-01, outcome: rejected, targets: ['initiative:i']}\n",
      to: "catalogue/no.yaml")
    let run = try await check(repository, "--initiative", "i")
    #expect(run.status == 1 && run.errors == "", "\(run.errors)")
    #expect(run.output.contains("New asks for one factor only") && !run.output.contains("in this change"))
  }
}
