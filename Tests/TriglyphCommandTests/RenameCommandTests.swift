import Foundation
import Testing

@Suite struct RenameCommandTests {
  static let systems =
    "# All systems\r\nkind: system\r\nid: hub # first\r\nname: Hub\r\nmfa: false\r\n---\r\n{kind: system, id: gap, name: Gap, mfa: true, feeds: [hub]}\r\n"

  static func repository() throws -> TemporaryRepository {
    try TemporaryRepository(
      TemporaryRepository.base.merging([
        "catalogue/systems.yaml": systems, "catalogue/data.yaml": "{kind: dataset, id: pile, name: About the hub}\n",
      ]) { $1 })
  }

  @Test func `rename writes the id, the alias and the references, and prints the difference`() async throws {
    let repository = try Self.repository()
    let dry = try await BuiltCommand.run("rename", "--repository", repository.path, "--dry-run", "system:hub", "centre")
    #expect(dry.status == 0)
    #expect(
      dry.output == """
        --- a/catalogue/systems.yaml
        +++ b/catalogue/systems.yaml
        @@ -1,7 +1,8 @@
         # All systems\r
         kind: system\r
        -id: hub # first\r
        +id: centre # first\r
         name: Hub\r
        +aliases: [hub]\r
         mfa: false\r
         ---\r
        -{kind: system, id: gap, name: Gap, mfa: true, feeds: [hub]}\r
        +{kind: system, id: gap, name: Gap, mfa: true, feeds: [centre]}\r

        """)
    #expect(
      dry.errors == """
        texts, comments and expressions that say hub are not touched:
          catalogue/data.yaml:1
        would rename system:hub to system:centre: 1 reference, in 1 file

        """)
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)
    let run = try await BuiltCommand.run("rename", "--repository", repository.path, "hub", "system:centre")
    #expect(run.status == 0)
    #expect(run.output == dry.output)
    #expect(run.errors.hasSuffix("\nrenamed system:hub to system:centre: 1 reference, in 1 file\n"))
    let check = try await BuiltCommand.run("check", "--repository", repository.path)
    #expect(check.status == 1)
    #expect(check.output.contains("major[sec-mfa]"))
    #expect(!check.output.contains("alias-used"))
    #expect(try await BuiltCommand.run("show", "--repository", repository.path, "system:hub").status == 0)
    let back = try await BuiltCommand.run("rename", "--repository", repository.path, "--quiet", "centre", "hub")
    #expect(back.status == 0)
    #expect(back.output == "")
    #expect(
      repository.contents(of: "catalogue/systems.yaml")
        == Self.systems.replacing("name: Hub\r\n", with: "name: Hub\r\naliases: [centre]\r\n"))
  }

  @Test(arguments: [
    ("system:hub", "gap", "triglyph: system:gap is there already\n"),
    ("system:hub", "hub", "triglyph: system:hub is called that already\n"),
    (
      "system:hub", "a--b",
      "triglyph: a--b cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes\n"
    ),
    (
      "system:hub", "dataset:x",
      "triglyph: dataset:x cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes\n"
    ),
    ("system:hub", "", "triglyph:  cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes\n"),
    ("system:hup", "x", "triglyph: there is no system:hup; did you mean `hub`?\n"),
    ("security/1", "x", "triglyph: clause:security/1 is a part; its id is changed by hand, where it stands\n"),
    (
      "metamodel:small", "x",
      "triglyph: nothing refers to metamodel documents; change the id of metamodel:small by hand\n"
    ),
    ("initiative:plan", "other", "triglyph: initiative:other is an alias of initiative:second\n"),
    ("system:hub", "planned", "triglyph: initiative:plan adds system:planned\n"),
    (
      "system:planned", "x",
      "triglyph: system:planned is not there yet: initiative:plan adds it; look with --with plan\n"
    ),
  ])
  func `what cannot be renamed is a sentence, and nothing is written`(name: String, id: String, sentence: String)
    async throws
  {
    let repository = try Self.repository()
    try repository.write(
      "{kind: initiative, id: plan, name: P, stage: idea, adds: [{kind: system, id: planned, name: P}]}\n---\n{kind: initiative, id: second, name: S, stage: idea, aliases: [other]}\n",
      to: "catalogue/plan.yaml")
    let run = try await BuiltCommand.run("rename", "--repository", repository.path, name, id)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors == sentence)
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)
  }

  @Test func `a repository with mistakes is not renamed in`() async throws {
    let repository = try Self.repository()
    try repository.write("kind: system\nid: x\nname: X\nfeeed: []\n", to: "catalogue/bad.yaml")
    let run = try await BuiltCommand.run("rename", "--repository", repository.path, "hub", "centre")
    #expect(run.status == 2)
    #expect(run.errors.contains("error[unknown-key]"))
    #expect(run.errors.hasSuffix("triglyph: system:hub is not renamed, and nothing is written\n"))
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)
  }
}
