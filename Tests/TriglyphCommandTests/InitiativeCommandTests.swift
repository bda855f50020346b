import Foundation
import Testing

/// merge and digest.
@Suite struct InitiativeCommandTests {
  static let initiative = """
    # Why
    kind: initiative
    id: renewal
    name: Renewal
    stage: build # soon
    goLive: 2027-01-01
    adds:
      - kind: system      # the new one
        id: desk
        name: Desk
        mfa: true
        feeds: [hub]
    changes:
      - {ref: "system:hub", date: 2026-06-01, set: {mfa: false, name: Old hub}}
      - {ref: "system:gap", link: {feeds: [desk]}}

    """

  static let systems =
    "# All systems\r\nkind: system\r\nid: hub\r\nname: Hub\r\nmfa: true # both\r\n---\r\n{kind: system, id: gap, name: Gap, mfa: true}"

  static func repository() throws -> TemporaryRepository {
    try TemporaryRepository(
      TemporaryRepository.base.merging([
        "catalogue/initiatives/renewal.yaml": initiative, "catalogue/systems.yaml": systems,
      ]) { $1 })
  }

  static let merged =
    "# All systems\r\nkind: system\r\nid: hub\r\nname: Old hub\r\nmfa: false # both\r\n---\r\n{kind: system, id: gap, name: Gap, mfa: true, feeds: [desk]}\r\n---\r\nkind: system      # the new one\r\nid: desk\r\nname: Desk\r\nmfa: true\r\nfeeds: [hub]\r\n"

  @Test func `merge writes the entries, prints the difference and makes the initiative live`() async throws {
    let repository = try Self.repository()
    let dry = try await BuiltCommand.run(
      "merge", "--repository", repository.path, "--as-of", "2026-11-22", "--dry-run", "renewal")
    #expect(dry.status == 0)
    #expect(dry.output.contains("--- a/catalogue/systems.yaml\n+++ b/catalogue/systems.yaml\n"))
    #expect(dry.output.contains("-stage: build # soon\n+stage: live # soon\n"))
    #expect(
      dry.errors == """
        triglyph: 2 entries come into effect after 2026-11-22; the documents say them from now on
        would merge 4 entries of initiative:renewal, changing 2 files

        """)
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)

    let path = "\(repository.path)/catalogue/systems.yaml"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let run = try await BuiltCommand.run(
      "merge", "--repository", repository.path, "--as-of", "2026-11-22", "initiative:renewal")
    #expect(run.status == 0)
    #expect(run.output == dry.output)
    #expect(run.errors.hasSuffix("\nmerged 4 entries of initiative:renewal, changing 2 files\n"))
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.merged)
    #expect(
      repository.contents(of: "catalogue/initiatives/renewal.yaml")
        == Self.initiative.replacing("stage: build", with: "stage: live"))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(repository.path)/catalogue")
    #expect(names.sorted() == ["initiatives", "metamodel.yaml", "systems.yaml"])

    let again = try await BuiltCommand.run("merge", "--repository", repository.path, "renewal")
    #expect(again.status == 2)
    #expect(again.output == "")
    #expect(again.errors.contains("error[not-merged]: initiative:renewal is merged already: it is live"))
    #expect(try await BuiltCommand.run("explain", "--repository", repository.path, "not-merged").status == 0)
  }

  @Test func `merge into a kind without documents makes a file`() async throws {
    let repository = try Self.repository()
    try repository.write(
      "kind: initiative\nid: i\nname: I\nstage: idea\nadds: [{kind: dataset, id: d, name: D}]\n", to: "catalogue/i.yaml"
    )
    let run = try await BuiltCommand.run("merge", "--repository", repository.path, "--quiet", "i")
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(repository.contents(of: "catalogue/datasets.yaml") == "{kind: dataset, id: d, name: D}\n")
    // A file that is no document's must not be replaced.
    try repository.write(
      "kind: initiative\nid: j\nname: J\nstage: idea\nadds: [{kind: standard, id: d, name: D}]\n",
      to: "catalogue/j.yaml")
    try FileManager.default.removeItem(atPath: "\(repository.path)/standards")
    try FileManager.default.removeItem(atPath: "\(repository.path)/rules")
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/catalogue/standards.yaml", withDestinationPath: "datasets.yaml")
    let link = try await BuiltCommand.run("merge", "--repository", repository.path, "j")
    #expect(link.status == 2)
    #expect(link.errors.contains("catalogue/standards.yaml is there already"))
    #expect(repository.contents(of: "catalogue/j.yaml")?.contains("stage: idea") == true)
  }

  @Test(arguments: [
    ("ref: \"system:gap\"", "ref: \"system:gpa\"", "error[unknown-entity]: there is no system `gpa` to change"),
    ("mfa: false", "mfa: maybe", "error[wrong-value]: `maybe` is not true or false"),
    ("feeds: [desk]", "feeds: [dsk]", "error[dangling-reference]: there is no system `dsk`"),
    ("desk", "hub", "error[id-taken]: `system:hub` cannot be added"),
  ])
  func `Broken entries have neither a merge nor a digest`(_ old: String, _ new: String, _ error: String) async throws {
    let repository = try Self.repository()
    let broken = Self.initiative.replacing(old, with: new)
    try repository.write(broken, to: "catalogue/initiatives/renewal.yaml")
    let merge = try await BuiltCommand.run("merge", "--repository", repository.path, "renewal")
    #expect(merge.status == 2)
    #expect(merge.output == "")
    #expect(merge.errors.contains(error), "\(merge.errors)")
    #expect(merge.errors.hasSuffix("triglyph: initiative:renewal is not merged, and nothing is written\n"))
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)
    let digest = try await BuiltCommand.run("digest", "--repository", repository.path, "renewal")
    #expect(digest.status == 2)
    #expect(digest.output == "")
    #expect(digest.errors.contains(error) && digest.errors.hasSuffix("triglyph: what has mistakes has no digest\n"))
  }

  @Test func `check --initiative counts what it introduces and nothing else`() async throws {
    let repository = try Self.repository()
    try repository.write("{kind: system, id: bare, name: Bare, mfa: false}\n", to: "catalogue/bare.yaml")
    let run = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-11-22", "--initiative", "renewal")
    #expect(run.status == 1)
    #expect(
      run.output.hasPrefix(
        "initiative renewal as of 2026-11-22; fails on major and above\n\ninitiative renewal (build) on"))
    #expect(run.output.contains("major[sec-mfa]") && !run.output.contains("Bare"))
    #expect(
      run.output.hasSuffix(
        """
        checked 1 of 1 initiative: 1 introduced, 0 worsened, 0 undecided, 0 inherited, 0 improved, 0 resolved
        checked what it changes against 1 rule: 0 blocker, 1 major, 0 minor, 0 advisory, 0 undecided
        1 of these counts: major and above

        """), "\(run.output)")
    try repository.write(Self.initiative.replacing("mfa: false, ", with: ""), to: "catalogue/initiatives/renewal.yaml")
    let sound = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--initiative", "renewal", "--quiet")
    #expect(sound.status == 0)
    #expect(sound.output.hasSuffix("\nnothing counts\n"))
    let json = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--initiative", "renewal", "-f", "json", "--as-of", "2026-11-22")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["outcome"] as? String == "clean")
    #expect((object["counts"] as? [String: Int])?["rules"] == 1)
    // Nothing passes for want of rules.
    try FileManager.default.removeItem(atPath: "\(repository.path)/rules")
    let none = try await BuiltCommand.run("check", "--repository", repository.path, "--initiative", "renewal")
    #expect(none.status == 2 && none.output.contains("error[no-rules]"))
  }

  @Test func `What was rejected is not merged`() async throws {
    let repository = try Self.repository()
    try repository.write(
      "kind: decision\nid: no\nname: \"No\"\ndate: 2025-01-01\noutcome: rejected\ntargets: [\"initiative:renewal\"]\n",
      to: "catalogue/no.yaml")
    let merge = try await BuiltCommand.run("merge", "--repository", repository.path, "renewal")
    #expect(merge.status == 2)
    #expect(
      merge.errors
        == "triglyph: initiative:renewal was rejected on 2025-01-01; it is not merged, and nothing is written\n")
    #expect(repository.contents(of: "catalogue/systems.yaml") == Self.systems)
  }

  @Test func `An initiative that is not there is offered its neighbour`() async throws {
    let repository = try Self.repository()
    for command in ["merge", "digest"] {
      let near = try await BuiltCommand.run(command, "--repository", repository.path, "renewl")
      #expect(near.status == 2)
      #expect(near.errors == "triglyph: there is no initiative renewl; did you mean `renewal`?\n")
      let other = try await BuiltCommand.run(command, "--repository", repository.path, "system:hub")
      #expect(other.status == 2)
      #expect(other.errors == "triglyph: system:hub is no initiative\n")
    }
    #expect(try await BuiltCommand.run("digest", "--repository", repository.path, "-f", "xml", "renewal").status == 2)
  }

  @Test func `digest prints a line for each entry`() async throws {
    let repository = try Self.repository()
    let run = try await BuiltCommand.run("digest", "--repository", repository.path, "renewal")
    #expect(run.status == 0)
    #expect(
      run.output.split(separator: "\n").map { $0.drop { $0 != " " } } == [
        "  add system:desk", "  set system:hub mfa false (from 2026-06-01)",
        "  link system:gap feeds desk (at go-live, 2027-01-01)",
      ])
    #expect(run.output.split(separator: "\n").allSatisfy { $0.prefixMatch(of: #/[0-9a-f]{32}  /#) != nil })
    #expect(run.errors == "triglyph: 1 entry is of immaterial fields and without a digest\n")
    let verbose = try await BuiltCommand.run("digest", "--repository", repository.path, "--verbose", "renewal")
    #expect(verbose.output.contains("    set system:desk mfa true\n"))
    #expect(!verbose.output.contains("desk name"))

    try repository.write(
      Self.initiative.replacing("# Why\n", with: "").replacing(
        "stage: build # soon\ngoLive: 2027-01-01", with: "stage: design\ngoLive: 2028-01-01"
      )
      .replacing("        id: desk\n        name: Desk\n", with: "        name: 'The desk'\n        id: desk\n"),
      to: "catalogue/initiatives/renewal.yaml")
    let other = try await BuiltCommand.run("digest", "--repository", repository.path, "--quiet", "renewal")
    #expect(other.output == run.output.replacing("2027-01-01", with: "2028-01-01"))
    #expect(other.errors == "")

    let json = try await BuiltCommand.run("digest", "--repository", repository.path, "-f", "json", "renewal")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let entries = try #require(object["entries"] as? [[String: Any]])
    #expect(
      entries.compactMap { $0["digest"] as? String } == run.output.split(separator: "\n").map { String($0.prefix(32)) })
    #expect(object["initiative"] as? String == "initiative:renewal")
    #expect(object["immaterial"] as? Int == 1)
    #expect((entries[0]["contents"] as? [[String: Any]])?.compactMap { $0["field"] as? String } == ["mfa", "feeds"])
    #expect(entries[2]["values"] as? [String] == ["desk"])
  }
}
