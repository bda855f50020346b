import Foundation
import Testing

/// What a person reads who made a mistake, or left something out.
@Suite struct PlainWordsTests {
  private static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    kinds:
      system:
        plural: systems
        lifecycle: true
        fields: {mfa: {type: boolean, required: true, why: Decides who gets in.}}
        relations: {owner: {to: system}, feeds: {to: system, many: true, absent: unknown}}
    """

  private static func place(_ system: String, _ rule: String = "require: self.mfa") throws -> TemporaryRepository {
    let head = "kind: rule\nid: r\nname: R\ntitle: T\nfor: system\nseverity: major\nstage: idea\nremedy: R\n"
    return try TemporaryRepository([
      "catalogue/metamodel.yaml": vocabulary, "catalogue/hub.yaml": "kind: system\nid: hub\nname: Hub\n\(system)\n",
      "rules/r.yaml": head + "message: M\n\(rule)\n",
    ])
  }

  private static func check(_ place: TemporaryRepository, _ more: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(list: ["check", "--repository", place.path, "--as-of", "2026-12-01"] + more)
  }

  @Test func `what to do comes before why`() async throws {
    let run = try await Self.check(try Self.place("summary: S"))
    #expect(
      run.output.contains(
        "remedy: add `mfa: …`, or `mfa: unknown` to admit the gap; why: Decides who gets in.\n"), "\(run.output)")
  }

  @Test func `a required field that was misspelt is told with the slip`() async throws {
    let run = try await Self.check(try Self.place("mffa: true"))
    #expect(run.output.contains("error[unknown-key]: a system has no `mffa`"))
    #expect(run.output.contains("remedy: `mffa` may be meant for it: write `mfa`; why:"), "\(run.output)")
  }

  @Test func `nobody is told to call a rule unknown`() async throws {
    let place = try Self.place("mfa: true")
    let text = try #require(place.contents(of: "rules/r.yaml"))
    try place.write(text.replacingOccurrences(of: "name: R\n", with: ""), to: "rules/r.yaml")
    let run = try await Self.check(place)
    #expect(run.output.contains("rule:r does not say its `name`"), "\(run.output)")
    #expect(run.output.contains("add `name: …`") && !run.output.contains("name: unknown"), "\(run.output)")
  }

  @Test(arguments: [
    ("owner: nowhere", "require: self.owner.mfa", "owner does not lead anywhere"),
    ("feeds: [nowhere]", "require: self.feeds.all(f, f.mfa)", "not all of feeds leads anywhere"),
    ("lifecycle: {active: soon}", "require: self.lifecycle.active > today", "lifecycle.active is not readable"),
    ("owner: unknown", "require: self.owner.mfa", "no owner here"),
    ("summary: S", "require: self.owner.mfa", "no owner here"),
  ])
  func `a value that is written and is no fact is not said to be absent`(
    line: String, rule: String, label: String
  ) async throws {
    let run = try await Self.check(try Self.place("mfa: true\n\(line)", rule))
    #expect(run.output.contains("^ \(label)\n"), "\(run.output)")
  }

  @Test func `a list that nobody recorded says how to write that there is nothing`() async throws {
    let place = try Self.place("mfa: true", "require: self.feeds.size() == 0")
    let run = try await Self.check(place)
    #expect(
      run.output.contains("missing: system:hub.feeds (catalogue/hub.yaml:2); write `feeds: []` if there is none"),
      "\(run.output)")
    let made = try await BuiltCommand.run(
      "new", "system", "sea", "--set", "name=Sea", "--set", "mfa=true", "--dry-run", "--repository",
      place.path)
    #expect(
      made.output.contains("# feeds:  # a list; each the id of a system; [] if there is none\n"), "\(made.output)")
  }

  @Test func `a document with a bad id tells its other mistakes, too, and nothing that comes of it`() async throws {
    let place = try Self.place("mfa: true")
    try place.write(
      "kind: system\nid: Bad Id\nname: B\nmffa: 3\nmfa: yess\nowner: hub\n", to: "catalogue/bad.yaml")
    let run = try await Self.check(place)
    let told = run.output.matches(of: /(?m)^[a-z]+\[[a-z-]+\].*$/).map { String($0.output) }
    #expect(
      told == [
        "error[bad-id]: `Bad Id` cannot be an id", "error[unknown-key]: a system has no `mffa`",
        "error[wrong-value]: `yess` is not true or false",
      ], "\(run.output)")
  }

  @Test func `the end of a long output says where the first input error is`() async throws {
    let place = try Self.place("mfa: yess")
    #expect(
      try await Self.check(place).output.hasSuffix(
        "1 input error\nnot evaluated completely: the input error comes first: catalogue/hub.yaml:4: `yess` is not true or false\n"
      ))
    try place.write("kind: system\nid: two\nname: Two\nmfa: nno\n", to: "catalogue/two.yaml")
    let both = try await Self.check(place, "--quiet")
    #expect(both.output.contains(", 2 input errors\n"))
    #expect(both.output.hasSuffix("catalogue/hub.yaml:4: `yess` is not true or false; and 1 more, at the top\n"))
  }

  @Test func `few idle rules are named, the others counted, and a quiet run counts all`() async throws {
    let place = try Self.place("mfa: true")
    let text = try #require(place.contents(of: "rules/r.yaml"))
    for name in ["a", "b", "c", "d", "e"] {
      try place.write(
        text.replacingOccurrences(of: "id: r\n", with: "id: \(name)\nwhen: self.name == \"\"\n"),
        to: "rules/\(name).yaml")
    }
    let run = try await Self.check(place)
    #expect(run.output.contains("\nlooked at nothing: a, b, c and 2 more; --verbose lists them\n"), "\(run.output)")
    #expect(try await Self.check(place, "--verbose").output.contains("\nlooked at nothing: a, b, c, d, e\n"))
    let quiet = try await Self.check(place, "--quiet")
    #expect(
      quiet.output == """
        checked 1 entity in 8 documents of 8 files against 6 rules: 0 blocker, 0 major, 0 minor, 0 advisory, 0 undecided, 5 rules looked at nothing
        nothing counts

        """)
  }

  @Test func `whoever models does not hear that there is no rule yet`() async throws {
    let place = try Self.place("mfa: true")
    try FileManager.default.removeItem(atPath: "\(place.path)/rules")
    let here = ["--repository", place.path, "--as-of", "2026-12-01"]
    for arguments in [["show", "hub", "--findings", "all"], ["show", "hub"], ["query", "--kind", "system"]] {
      let run = try await BuiltCommand.run(list: arguments + here)
      #expect(run.status == 0 && run.errors == "", "\(arguments): \(run.errors)")
    }
    let check = try await Self.check(place)
    #expect(check.status == 2 && check.output.contains("error[no-rules]"))
  }
}
