import Foundation
import Testing

/// `check --changed-since`: what counts, who judges, and what is told of the judges.
@Suite struct ChangedSinceCommandTests {
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

  @Test func `what was there counts for nothing, what is new does`() async throws {
    let repository = try await repository()
    let same = try await check(repository)
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains("only what is new since main ("))
    #expect(!same.output.contains("sec-mfa"))
    #expect(same.output.contains(", 2 known at main\nnothing counts\n"))
    try repository.write("{kind: system, id: late, name: Late, mfa: false}\n", to: "catalogue/late.yaml")
    let new = try await check(repository)
    #expect(new.status == 1)
    #expect(new.output.contains("Late asks for one factor only") && !new.output.contains("Hub asks"))
    #expect(new.output.contains("1 of these counts: major and above"))
    let all = try await check(repository, "--verbose")
    #expect(all.output.contains("Hub asks for one factor only"))
    // Undecided is worse than passed, and failed is worse than undecided.
    try repository.write("{kind: system, id: late, name: Late}\n", to: "catalogue/late.yaml")
    #expect(try await check(repository).status == 1)
    try repository.remove("catalogue/late.yaml")
    try repository.replace(
      "{kind: system, id: gap, name: Gap}", with: "{kind: system, id: gap, name: Gap, mfa: false}",
      in: "catalogue/systems.yaml")
    let worse = try await check(repository)
    #expect(worse.status == 1)
    #expect(worse.output.contains("Gap asks for one factor only"))
  }

  @Test func `of nothing it is not told that it is known`() async throws {
    let repository = try TemporaryRepository.clean()
    try await repository.commit()
    let run = try await check(repository)
    #expect(run.status == 0)
    #expect(run.output.hasSuffix(", 0 undecided\nnothing counts\n"), "\(run.output)")
  }

  @Test func `a rename keeps what is known`() async throws {
    let repository = try await repository()
    try repository.replace(
      "id: hub, name: Hub, mfa", with: "id: core, aliases: [hub], name: Hub, mfa", in: "catalogue/systems.yaml")
    let run = try await check(repository)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(", 2 known at main"))
    // A rule's, too, whoever judges.
    try repository.replace("id: sec-mfa", with: "id: sec-factors\naliases: [sec-mfa]", in: "rules/mfa.yaml")
    for trust in ["base", "head"] {
      let rule = try await check(repository, "--trust", trust)
      #expect(rule.status == 0, "\(rule.output)")
      #expect(rule.output.contains("governance[rule-renamed] rule:sec-factors: it was rule:sec-mfa"))
      #expect(rule.output.contains(", 2 known at main"))
    }
  }

  @Test func `the revision's rules judge, and each difference is told`() async throws {
    let repository = try await repository()
    try repository.write("{kind: system, id: late, name: Late, mfa: false}\n", to: "catalogue/late.yaml")
    try repository.replace("require: self.mfa\n", with: "require: \"true\"\n", in: "rules/mfa.yaml")
    let base = try await check(repository)
    #expect(base.status == 1)
    #expect(
      base.output.contains(
        "governance[rule-weakened] rule:sec-mfa: `require` is now `true`, was `self.mfa`\n  --> rules/mfa.yaml:9:10\n"))
    #expect(base.output.contains("1 governance change since main, 1 of which may let more pass; not in this verdict"))
    let head = try await check(repository, "--trust", "head")
    #expect(head.status == 0)
    #expect(head.output.contains("judge are those at hand") && head.output.contains("this verdict rests on them"))
    // So does a rule that is taken away, and one that means nothing any more.
    try repository.replace("require: \"true\"\n", with: "require: self.mfa\n", in: "rules/mfa.yaml")
    try repository.replace("severity: major\n", with: "severity: major\nstatus: draft\n", in: "rules/mfa.yaml")
    #expect(try await check(repository).status == 1)
    try repository.remove("rules/mfa.yaml")
    let removed = try await check(repository)
    #expect(removed.status == 1)
    #expect(
      removed.output.contains("governance[rule-removed] rule:sec-mfa: it is removed\n  --> main:rules/mfa.yaml:2:5\n"))
  }

  struct Play: Sendable, CustomTestStringConvertible {
    var name: String
    /// The file, what it holds, and what instead.
    var file: String
    var old: String
    var new: String
    var told: String
    var testDescription: String { name }
  }

  private static let judges = [
    "triglyph.yaml": "format: 1\nfailOn: major\n",
    "rules/more.yaml":
      "kind: rule\nid: sec-more\nname: M\ntitle: T\nfor: system\nseverity: advisory\nstage: idea\nrequire: self.name != \"x\"\nmessage: M\nremedy: R\n",
    "catalogue/decisions.yaml":
      "{kind: decision, id: old, name: Old, date: 2025-01-01, outcome: deferred, targets: ['system:hub']}\n",
    "catalogue/required.yaml":
      "{kind: metamodel, id: more, name: More, kinds: {place: {plural: places, fields: {zone: {type: string, required: true, why: T.}}}}}\n",
  ]

  static let plays = [
    Play(
      name: "rule removed", file: "rules/more.yaml", old: "", new: "",
      told: "governance[rule-removed] rule:sec-more: it is removed"),
    Play(
      name: "rule weakened", file: "rules/more.yaml", old: "self.name != \"x\"", new: "\"true\"",
      told: "governance[rule-weakened] rule:sec-more: `require` is now `true`, was `self.name != \"x\"`"),
    Play(
      name: "stage later", file: "rules/mfa.yaml", old: "stage: design", new: "stage: build",
      told: "governance[rule-weakened] rule:sec-mfa: `stage` is now `build`, was `design`"),
    Play(
      name: "severity lowered", file: "rules/mfa.yaml", old: "severity: major", new: "severity: minor",
      told: "governance[severity-lowered] rule:sec-mfa: its severity is now minor, was major"),
    Play(
      name: "field no longer required", file: "catalogue/required.yaml", old: "required: true", new: "required: false",
      told: "governance[field-relaxed] place.zone: it is no longer required"),
    Play(
      name: "waiver added", file: "catalogue/decisions.yaml", old: "{kind: decision",
      new:
        "{kind: waiver, id: w, name: W, rule: sec-mfa, targets: ['system:late'], reason: R., from: 2025-01-01, until: 2027-01-01}\n---\n{kind: decision",
      told: "governance[waiver-added] waiver:w: it waives sec-mfa until 2027-01-01"),
    Play(
      name: "decision invented", file: "catalogue/decisions.yaml", old: "{kind: decision",
      new:
        "{kind: decision, id: new, name: N, date: 2026-01-01, outcome: approved, targets: ['system:late']}\n---\n{kind: decision",
      told: "governance[decision-added] decision:new: it says approved on system:late"),
    Play(
      name: "settings overridden", file: "triglyph.yaml", old: "failOn: major", new: "failOn: blocker",
      told: "governance[setting-changed] failOn: it is now blocker, was major: less counts"),
    Play(
      name: "standard weakened", file: "standards/security.yaml", old: "level: must", new: "level: may",
      told: "governance[standard-weakened] clause:security/1: `level` is now `may`, was `must`"),
  ]

  @Test(arguments: plays)
  func `no change brings its own judge`(play: Play) async throws {
    let repository = try await repository(Self.judges)
    // A new failure, which each play would like to hide.
    try repository.write("{kind: system, id: late, name: Late, mfa: false}\n", to: "catalogue/late.yaml")
    if play.old.isEmpty {
      try repository.remove(play.file)
    } else {
      try repository.replace(play.old, with: play.new, in: play.file)
    }
    let run = try await check(repository)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("Late asks for one factor only"))
    #expect(run.output.contains(play.told), "\(run.output)")
    #expect(run.output.contains("1 governance change since main, 1 of which may let more pass"))
    let json = try await check(repository, "-f", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["governance"] as? [[String: Any]])?.count == 1)
    #expect((object["since"] as? [String: Any])?["judge"] as? String == "base")
  }

  @Test func `a vocabulary that only adds can be used at once, another cannot`() async throws {
    let repository = try await repository()
    try repository.replace(
      "dataset: {plural: datasets}", with: "dataset: {plural: datasets}\n  thing: {plural: things}",
      in: "catalogue/metamodel.yaml")
    try repository.write("{kind: thing, id: t, name: T}\n", to: "catalogue/t.yaml")
    let added = try await check(repository)
    #expect(added.status == 0, "\(added.output)\(added.errors)")
    #expect(added.output.contains("governance[vocabulary-extended] metamodel:small"))
    try repository.replace("cost: {type: integer}", with: "cost: {type: string}", in: "catalogue/metamodel.yaml")
    let changed = try await check(repository)
    #expect(changed.status == 2)
    #expect(changed.errors.contains("unknown-kind") && changed.errors.contains("or --trust head judges by its own"))
    #expect(try await check(repository, "--trust", "head").status == 0)
  }

  @Test func `a decision and what it is about may go together`() async throws {
    let repository = try await repository(Self.judges)
    try repository.remove("catalogue/decisions.yaml")
    try repository.write(
      "{kind: system, id: gap, name: Gap}\n---\n{kind: dataset, id: hub, name: Hub data}\n",
      to: "catalogue/systems.yaml")
    let run = try await check(repository)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("governance[decision-changed] decision:old: it is removed"))
  }

  @Test func `mistakes on either side are 2, and say on which`() async throws {
    let repository = try await repository()
    try repository.write("{kind: system, id: x, name: X, mfaa: true}\n", to: "catalogue/x.yaml")
    let head = try await check(repository)
    #expect(head.status == 2)
    #expect(head.output.contains("error[unknown-key]") && head.output.contains("catalogue/x.yaml:1:32"))
    try await repository.commit()
    try repository.remove("catalogue/x.yaml")
    let base = try await check(repository)
    #expect(base.status == 2)
    #expect(base.output == "")
    #expect(base.errors.contains("--> main:catalogue/x.yaml:1:32"))
    #expect(base.errors.hasSuffix("triglyph: main has 1 input error: nothing can be compared with it\n"))
  }

  @Test func `what cannot be compared is one sentence`() async throws {
    let none = try TemporaryRepository.clean()
    let outside = try await check(none)
    #expect(outside.status == 2 && outside.output == "")
    #expect(
      outside.errors.hasPrefix("triglyph: /")
        && outside.errors.hasSuffix(" is not in a Git repository, so it has no revisions\n"))
    try await none.git("init", "--quiet", "--initial-branch=main")
    let empty = try await check(none)
    #expect(empty.status == 2)
    #expect(empty.errors == "triglyph: the Git repository has no commit yet, so there is nothing to compare with\n")
    let repository = try await repository()
    func errors(_ revision: String) async throws -> String {
      let run = try await BuiltCommand.run("check", "--repository", repository.path, "--changed-since=\(revision)")
      #expect(run.status == 2 && run.output == "")
      return run.errors
    }
    #expect(try await errors("nope").hasPrefix("triglyph: there is no revision `nope` in this Git repository;"))
    #expect(try await errors("--upload-pack=x") == "triglyph: `--upload-pack=x` is no revision: none begins with `-`\n")
    #expect(try await errors("a\u{1B}[31m").hasPrefix("triglyph: `a\\u{1b}[31m` is no revision"))
    let without = try await BuiltCommand.run(
      "check", "--repository", repository.path, environment: ["PATH": "/nowhere"])
    #expect(without.status == 1)
    let git = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--changed-since", "main", environment: ["PATH": "/nowhere:."])
    #expect(git.errors == "triglyph: git is not installed, and revisions are read with it\n")
    for wrong in [["--changed-since", "main", "--roadmap"], ["--trust", "head"]] {
      #expect(try await BuiltCommand.run(list: ["check", "--repository", repository.path] + wrong).status == 2)
    }
  }

  @Test func `only what an initiative brings anew counts`() async throws {
    let repository = try await repository([
      "catalogue/i.yaml":
        "kind: initiative\nid: i\nname: I\nstage: build\ngoLive: 2026-06-01\nadds:\n  - {kind: system, id: one, name: One, mfa: false}\n"
    ])
    #expect(try await check(repository).status == 0)
    try repository.replace(
      "adds:\n", with: "adds:\n  - {kind: system, id: two, name: Two, mfa: false}\n", in: "catalogue/i.yaml")
    let run = try await check(repository, "--initiative", "i")
    #expect(run.status == 1)
    #expect(run.output.contains("Two asks for one factor only") && !run.output.contains("One asks"))
  }

  @Test func `nothing that the repository's configuration names is run`() async throws {
    let repository = try await repository()
    let script = "\(repository.path)/evil.sh"
    try repository.write("#!/bin/sh\ntouch '\(repository.path)/owned'\n", to: "evil.sh")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    for name in [
      "core.fsmonitor", "diff.external", "core.pager", "pager.cat-file", "credential.helper", "core.sshCommand",
    ] {
      try await repository.git("config", name, script)
    }
    try await repository.git("config", "alias.cat-file", "!\(script)")
    #expect(try await check(repository).status == 0)
    #expect(try await BuiltCommand.run("diff", "main", "--repository", repository.path).status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/owned"))
  }

  @Test func `no path that a forge reads has a revision in it`() async throws {
    // A rule about decisions: what it finds stands in the revision's documents where these judge.
    let outer = try TemporaryRepository()
    for (name, text) in TemporaryRepository.base { try outer.write(text, to: "archive/\(name)") }
    try outer.write(
      "kind: rule\nid: sec-decided\nname: D\ntitle: T\nfor: decision\nseverity: major\nstage: idea\nrequire: every(system).all(s, s.mfa)\nmessage: M\nremedy: R\n",
      to: "archive/rules/decided.yaml")
    try outer.write(
      "{kind: decision, id: old, name: Old, date: 2025-01-01, outcome: deferred, targets: ['system:hub']}\n",
      to: "archive/catalogue/decisions.yaml")
    try outer.write("{kind: system, id: hub, name: Hub, mfa: true}\n", to: "archive/catalogue/systems.yaml")
    try await outer.commit()
    try outer.write("{kind: system, id: hub, name: Hub, mfa: false}\n", to: "archive/catalogue/systems.yaml")
    try outer.remove("archive/rules/mfa.yaml")
    let files = ["sarif", "gitlab", "junit"].flatMap { ["-f", "\($0)=\(outer.path)/out.\($0)"] }
    let run = try await BuiltCommand.run(
      list: [
        "check", "--repository", "\(outer.path)/archive", "--as-of", "2026-01-01", "--changed-since", "main", "-f",
        "github",
      ] + files)
    #expect(run.status == 1 && run.errors == "")
    let sarif = try #require(outer.contents(of: "out.sarif"))
    let gitlab = try #require(outer.contents(of: "out.gitlab"))
    let junit = try #require(outer.contents(of: "out.junit"))
    for path in ["archive/rules/mfa.yaml", "archive/catalogue/decisions.yaml"] {
      #expect(sarif.contains("\"uri\": \"\(path)\""))
      #expect(gitlab.contains("\"path\": \"\(path)\""))
      #expect(junit.contains("file=\"\(path)\""))
      #expect(run.output.contains(" file=\(path),line="), "\(run.output)")
    }
    for text in [sarif, gitlab, junit, run.output] {
      #expect(text.contains("main:rules/mfa.yaml:2") && text.contains("main:catalogue/decisions.yaml:1"))
      #expect(!text.contains("archive/main") && !text.contains("main%3A"))
    }
  }
}
