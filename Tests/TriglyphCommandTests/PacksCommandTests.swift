import Foundation
import Testing

@Suite struct PacksCommandTests {
  /// The shipped repository without what the pack holds, which it uses instead.
  static func moved() throws -> TemporaryRepository {
    let repository = try TemporaryRepository()
    let root = ReadmeTests.root.path
    try FileManager.default.copyItem(atPath: "\(root)/catalogue", toPath: "\(repository.path)/catalogue")
    try FileManager.default.removeItem(atPath: "\(repository.path)/catalogue/metamodel")
    let settings = try String(contentsOfFile: "\(root)/triglyph.yaml", encoding: .utf8)
    try repository.write(settings + "use: [public-sector/1]\n", to: "triglyph.yaml")
    return repository
  }

  static func small(_ settings: String = "", _ files: [String: String] = [:]) throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files)
    try repository.write("format: 1\nuse: [public-sector/1]\n\(settings)", to: "triglyph.yaml")
    let capabilities = ["open-data-publishing", "privileged-access", "records-management", "security-monitoring"]
    let documents = capabilities.map { "kind: capability\nid: \($0)\nname: \($0)\ncommon: true\n" }
    try repository.write(documents.joined(separator: "---\n"), to: "catalogue/capabilities.yaml")
    return repository
  }

  private func report(_ folder: String) async throws -> [String: Any] {
    let run = try await BuiltCommand.run("check", "--repository", folder, "--as-of", "2026-12-01", "-f", "json")
    #expect(run.errors == "")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  // MARK: Judging

  @Test func `the shipped catalogue finds the same with the pack as with its own files`() async throws {
    let moved = try Self.moved()
    let own = try await report(ReadmeTests.root.path)
    let packed = try await report(moved.path)
    // Places in the pack's own texts have its name before them; nothing else is otherwise.
    func text(_ value: Any?) throws -> String {
      let data = try JSONSerialization.data(
        withJSONObject: #require(value), options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
      return String(decoding: data, as: UTF8.self).replacing("pack:public-sector/1/", with: "")
    }
    #expect((own["findings"] as? [Any])?.count ?? 0 > 50)
    for key in ["findings", "initiatives"] { #expect(try text(packed[key]) == text(own[key]), "\(key)") }
    #expect((packed["inputErrors"] as? [Any])?.isEmpty == true)
    for key in ["exitStatus", "outcome"] { #expect("\(own[key] ?? "")" == "\(packed[key] ?? "")", "\(key)") }
    let packs = try #require(packed["packs"] as? [[String: Any]])
    #expect(packs.map { $0["pack"] as? String } == ["public-sector/1"])
    #expect(packs.map { $0["of"] as? Int } == [108])
    #expect(own["packs"] == nil)
  }

  @Test func `what a pack's rule finds says where the rule comes from`() async throws {
    let repository = try Self.small()
    let explained = try await BuiltCommand.run("explain", "--repository", repository.path, "data-one-master")
    #expect(
      explained.output.contains(
        "\nof the pack public-sector/1; `triglyph packs export public-sector/1` writes its files\n"))
    #expect(explained.output.contains("\ndeclared at pack:public-sector/1/rules/data/data-one-master.yaml:2:5\n"))
    let check = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(check.status == 0)
    #expect(check.output.contains("\n108 rules of public-sector/1, none of your own\n"))
  }

  @Test func `what a pack asks for by name and is not there is told in its own text, with what to do`() async throws {
    let repository = try Self.small()
    try repository.write(
      "kind: organisation\nid: us\nname: Us\nrole: hub\n", to: "catalogue/capabilities.yaml")
    let check = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(check.status == 2)
    #expect(
      check.output.contains(
        """
        error[unknown-entity]: there is no capability `records-management`
           --> pack:public-sector/1/rules/records/rec-decision-record-channel.yaml:10:40
            |
         10 |   records: {type: capability, default: records-management,
        """))
    #expect(check.output.contains("public-sector/1 asks for it by name: give it a document"))
    try repository.write(
      "format: 1\nuse: [public-sector/1]\nrules: {only: [data-one-master, sec-supplier-access-path]}\n",
      to: "triglyph.yaml")
    let few = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(few.output.components(separatedBy: "error[").count == 2, "that of the rule that is adopted, and no other")
    #expect(few.output.contains("error[unknown-entity]: there is no capability `privileged-access`"))
    try repository.write(
      """
      format: 1
      use: [public-sector/1]
      overrides:
        - {rule: sec-supplier-access-path, set: {params: {door: front}}, reason: x, decision: d}
      rules: {only: [data-one-master, sec-supplier-access-path]}

      """, to: "triglyph.yaml")
    try repository.write(
      """
      {kind: capability, id: front, name: Front, common: true}
      ---
      {kind: decision, id: d, name: D, date: 2026-01-01, outcome: approved, targets: ['rule:sec-supplier-access-path']}

      """, to: "catalogue/front.yaml")
    let set = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(set.status == 0, "\(set.output)")
    #expect(
      set.output.contains("sec-supplier-access-path: params.door is front, not privileged-access, by decision:d: x"))
    try repository.write("format: 1\nuse: [public-sector/1]\n", to: "triglyph.yaml")
    for format in ["sarif", "github", "gitlab", "junit"] {
      let run = try await BuiltCommand.run(
        "check", "--repository", repository.path, "--as-of", "2026-12-01", "-f", format)
      #expect(run.status == 2)
      #expect(
        run.output.contains("pack:public-sector/1/rules/records/rec-decision-record-channel.yaml:10"), "\(format)")
      for place in ["\"uri\": \"pack", "\"path\": \"pack", "file=pack", "file=\"pack"] {
        #expect(!run.output.contains(place), "\(format) sends somebody to a file that is not there")
      }
    }
  }

  @Test func `rules are chosen, replaced and added beside those of a pack`() async throws {
    let repository = try Self.small(
      """
      rules:
        except:
          - {rule: gov-triage-lane-matches-facts, reason: One lane until March}

      """)
    try repository.write(
      """
      kind: rule
      id: tech-zombie-system
      overrides: public-sector/1
      name: Nobody's system
      title: A system that nobody needs is told
      for: system
      severity: minor
      stage: design
      require: self.neededBy.size() > 0
      message: nobody needs ${self}
      remedy: Ask who uses it.

      """, to: "rules/zombie.yaml")
    let check = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(check.status == 0)
    #expect(
      check.output.contains(
        """
        107 rules of public-sector/1, 1 of your own
        107 of 108 rules adopted (triglyph.yaml:4)
          not adopted: gov-triage-lane-matches-facts: One lane until March (triglyph.yaml:5)
        rule:tech-zombie-system stands in place of that of public-sector/1 (rules/zombie.yaml:3)

        """))
    let explained = try await BuiltCommand.run("explain", "--repository", repository.path, "tech-zombie-system")
    #expect(explained.output.contains("\nin place of the rule of public-sector/1\n"))
    let json = try await report(repository.path)
    let replaced = (json["packs"] as? [[String: Any]])?.first?["replaced"] as? [[String: Any]]
    #expect(replaced?.map { $0["document"] as? String } == ["rule:tech-zombie-system"])
  }

  @Test func `an unknown pack is told at its place, and what is known`() async throws {
    let repository = try TemporaryRepository(["triglyph.yaml": "format: 1\nuse: [public-sector/7]\n"])
    let check = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(check.status == 2)
    #expect(
      check.output.contains(
        """
        error[unknown-pack]: this triglyph has no public-sector/7; of public-sector it has public-sector/1
          --> triglyph.yaml:2:7
           |
         2 | use: [public-sector/7]
        """))
    try repository.write("kind: system\nid: a\n", to: "catalogue/a.yaml")
    let more = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(more.status == 2)
    #expect(
      more.output.contains("`use` of triglyph.yaml has a mistake; one further error may come of it and is not shown"))
    #expect(!more.output.contains("error[unknown-kind]"))
    let explained = try await BuiltCommand.run("explain", "--repository", repository.path, "unknown-pack")
    #expect(explained.status == 0)
  }

  @Test func `a mistake that hides nothing does not count what it hides`() async throws {
    let repository = try Self.small()
    try repository.write("format: 1\nuse: [public-sector/1, public-sector/1]\n", to: "triglyph.yaml")
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(run.status == 2)
    #expect(
      run.output.contains("error[incomplete-vocabulary]: `use` of triglyph.yaml has a mistake\n"), "\(run.output)")
    #expect(!run.output.contains("0 further errors"))
  }

  @Test func `a pack's documents are not counted among those that are put in order`() async throws {
    let repository = try Self.small()
    let run = try await BuiltCommand.run("fmt", "--check", "--repository", repository.path)
    #expect(run.errors == "would put 0 of 1 file in order\n")
  }

  // MARK: Commands

  @Test func `packs are listed with and without a repository`() async throws {
    let repository = try Self.small()
    let here = try await BuiltCommand.run("packs", "--repository", repository.path)
    #expect(here.status == 0)
    #expect(here.output.hasPrefix("public-sector/1  Vocabulary, standards and rules for a public authority"))
    #expect(here.output.hasSuffix("28 kinds, 6 standards with 72 clauses, 108 rules; in use here\n"))
    let nowhere = try await BuiltCommand.run("packs", "--repository", "/nowhere")
    #expect(nowhere.output.hasSuffix("108 rules\n"))
    let shown = try await BuiltCommand.run("packs", "show", "public-sector/1")
    #expect(shown.output.contains("\n  data-one-master                         blocker   One master at a time\n"))
    #expect(shown.output.contains("\n  capability:privileged-access: sec-supplier-access-path\n"))
    let wrong = try await BuiltCommand.run("packs", "show", "public-sector/2")
    #expect(wrong.status == 2)
    #expect(wrong.errors == "triglyph: there is no pack public-sector/2; did you mean `public-sector/1`?\n")
  }

  @Test func `a pack is exported as it is, over nothing`() async throws {
    let place = try TemporaryRepository()
    let run = try await BuiltCommand.run("packs", "export", "public-sector/1", "--output", "\(place.path)/out")
    #expect(run.status == 0)
    #expect(run.output == "120 files of public-sector/1 are in \(place.path)/out\n")
    let rule = "rules/data/data-one-master.yaml"
    let shipped = try String(contentsOf: ReadmeTests.root.appendingPathComponent(rule), encoding: .utf8)
    #expect(place.contents(of: "out/\(rule)") == shipped)
    try FileManager.default.removeItem(atPath: "\(place.path)/out/standards")
    let again = try await BuiltCommand.run("packs", "export", "public-sector/1", "--output", "\(place.path)/out")
    #expect(again.status == 2)
    #expect(again.errors.hasSuffix(" are there already; nothing is written\n"))
    #expect(!FileManager.default.fileExists(atPath: "\(place.path)/out/standards"))
  }

  @Test func `the examples of a pack run where they are asked for`() async throws {
    let repository = try Self.small()
    let run = try await BuiltCommand.run("test", "--repository", repository.path)
    #expect(run.status == 0)
    #expect(
      run.output
        == "0 rules, 0 examples: 0 hold, 0 do not\n108 rules of public-sector/1 not tested here: --packs does\n")
    let one = try await BuiltCommand.run("test", "--repository", repository.path, "data-one-master")
    #expect(one.output.hasPrefix("1 rule, "))
    let all = try await BuiltCommand.run("test", "--packs", "--repository", repository.path)
    #expect(all.status == 0)
    #expect(all.output.hasPrefix("108 rules, "))
  }

  @Test func `nothing is written into a pack`() async throws {
    let repository = try Self.small()
    let rename = try await BuiltCommand.run("rename", "--repository", repository.path, "rule:data-one-master", "mine")
    #expect(rename.status == 2)
    #expect(rename.errors.contains("rule:data-one-master is in the pack public-sector/1, which nobody writes here"))
    // What a pack asks for by name it finds by the alias.
    let asked = try await BuiltCommand.run(
      "rename", "--repository", repository.path, "capability:records-management", "keeping-records")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(repository.contents(of: "catalogue/capabilities.yaml")?.contains("aliases: [records-management]") == true)
    #expect(try await BuiltCommand.run("check", "--repository", repository.path).status == 0)
  }

  // MARK: Revisions

  @Test func `a change of use is a change of what judges`() async throws {
    let repository = try Self.small()
    try await repository.commit("before")
    try repository.write("format: 1\n", to: "triglyph.yaml")
    let pack = try await BuiltCommand.run("packs", "export", "public-sector/1", "--output", "\(repository.path)/out")
    #expect(pack.status == 0)
    for folder in ["catalogue/metamodel", "standards", "rules"] {
      try FileManager.default.moveItem(
        atPath: "\(repository.path)/out/\(folder)", toPath: "\(repository.path)/\(folder)")
    }
    let check = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-12-01", "--changed-since", "HEAD")
    #expect(check.status == 0)
    #expect(check.output.contains("governance[setting-changed] use: the pack public-sector/1 is used no more\n"))
    #expect(check.output.contains("\n1 governance change since HEAD, 1 of which may let more pass"))
    try await repository.commit("own files")
    let back = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-12-01", "--changed-since", "HEAD~1")
    #expect(back.status == 0)
  }
}
