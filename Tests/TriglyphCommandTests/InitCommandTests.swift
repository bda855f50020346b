import Foundation
import Testing

@Suite struct InitCommandTests {
  static let starter = ReadmeTests.root.appendingPathComponent("Sources/TriglyphCommand/Starter")

  /// A folder without a Git root above the one that it makes.
  static func empty() throws -> TemporaryRepository { try TemporaryRepository() }

  static func files(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
      var isFolder: ObjCBool = false
      return !path.hasPrefix(".git/")
        && FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  @Test(arguments: ["github", "gitlab", "none"])
  func `what init writes passes its own check, on which many of its rules have something to say`(ci: String)
    async throws
  {
    let place = try Self.empty()
    let folder = "\(place.path)/new/estate"
    let run = try await BuiltCommand.run("init", folder, "--ci", ci, "--as-of", "2026-11-22")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.split(separator: "\n").count == 6)
    for day in ["2026-11-22", "2027-06-01", "2041-01-01"] {
      let check = try await BuiltCommand.run("check", "--repository", folder, "--as-of", day, "--verbose", "-f", "json")
      #expect(check.status == 0, "on \(day)")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
      #expect((report["findings"] as? [Any])?.isEmpty == true)
      #expect((report["inputErrors"] as? [Any])?.isEmpty == true)
    }
    let text = try await BuiltCommand.run("check", "--repository", folder, "--as-of", "2026-11-22", "--verbose")
    #expect(text.output.contains("initiative pay-by-phone (design) on 2027-06-01: changes no finding"))
    #expect(
      text.output.contains("\n108 rules of public-sector/1, 1 of your own\n21 of 109 rules adopted (triglyph.yaml:9)\n")
    )
    let told = text.output.split(separator: "\n").filter { $0.contains(" targets; ") }
    #expect(told.count == 21)
    #expect(told.count { !$0.contains("; 0 passed,") } >= 9)
    #expect(told.contains { $0.hasPrefix("our-two-factors-for-cards: ") && !$0.contains("; 0 passed,") })
    let test = try await BuiltCommand.run("test", "--repository", folder)
    #expect(test.status == 0)
    #expect(
      test.output == """
        1 rule, 2 examples: 2 hold, 0 do not
        108 rules of public-sector/1 not tested here: --packs does

        """)
    let clause = try await BuiltCommand.run("explain", "--repository", folder, "our/1")
    #expect(clause.status == 0)
  }

  @Test func `the folder can be that of --repository, and each file can be told`() async throws {
    let place = try Self.empty()
    let run = try await BuiltCommand.run("init", "--repository", "\(place.path)/a", "--verbose")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count { $0.hasPrefix("wrote ") } == 13)
    #expect(place.contents(of: "a/triglyph.yaml") != nil)
    let quiet = try await BuiltCommand.run("init", "--quiet", "\(place.path)/b")
    #expect(quiet.output == "")
    #expect(try await BuiltCommand.run("init", "--repository", "\(place.path)/c", "\(place.path)/d").status == 2)
  }

  @Test func `below the root of a Git repository it is said what has to move there`() async throws {
    let place = try Self.empty()
    let below = try await BuiltCommand.run("init", "\(place.path)/our/estate")
    #expect(below.status == 0)
    let line = try #require(below.output.split(separator: "\n").last)
    #expect(line.hasPrefix("4. the root of the Git repository is above this folder, and "))
    #expect(line.contains(" .github/workflows/architecture.yml and CODEOWNERS would only be read there: "))
    #expect(line.contains("`repository: our/estate` for the check, and /our/estate before the owners' paths"))
    let alone = try await BuiltCommand.run("init", "\(place.path)/b", "--ci", "none", "--without", "CODEOWNERS")
    #expect(alone.output.split(separator: "\n").count == 5)
    let root = try await BuiltCommand.run("init", place.path, "--without", "README.md")
    #expect(root.status == 0)
    #expect(!root.output.contains("\n4. "))
  }

  @Test func `every file of the starter is written as it stands`() async throws {
    let place = try Self.empty()
    let run = try await BuiltCommand.run("init", place.path, "--as-of", "2026-11-22")
    #expect(run.status == 0)
    let written = try Self.files(in: place.path).filter { !$0.hasPrefix(".triglyph/") }
    let shipped = try Self.files(in: Self.starter.path).map {
      $0 == "ci/architecture.yml" ? ".github/workflows/architecture.yml" : $0
    }
    .filter { $0 != "ci/gitlab-ci.yml" }.sorted()
    #expect(written == shipped)
    for name in written where !name.hasPrefix(".github") && name != "CODEOWNERS" {
      let text = try String(contentsOf: Self.starter.appendingPathComponent(name), encoding: .utf8)
      #expect(place.contents(of: name) == text, "\(name)")
    }
    #expect(place.contents(of: "README.md")?.split(separator: "\n", omittingEmptySubsequences: false).count ?? 99 <= 25)
  }

  @Test func `each document names the schema that stands beside it, and stands in order`() async throws {
    let place = try Self.empty()
    #expect(try await BuiltCommand.run("init", place.path, "--as-of", "2026-11-22").status == 0)
    let all = try Self.files(in: place.path)
    for name in all where name.hasSuffix(".yaml") {
      let schema = name == "triglyph.yaml" ? "triglyph.json" : "document.json"
      let up = String(repeating: "../", count: name.split(separator: "/").count - 1)
      let line = "# yaml-language-server: $schema=\(up).triglyph/schema/\(schema)\n"
      let documents = try #require(place.contents(of: name)).components(separatedBy: "\n---\n")
      #expect(documents.allSatisfy { $0.hasPrefix(line) }, "\(name)")
    }
    let checked = try await BuiltCommand.run("schema", "--check", "--repository", place.path)
    #expect(checked.status == 0)
    #expect(checked.output == "\(place.path)/.triglyph/schema: 43 schemas, all of today\n")
    let before = all.map { place.contents(of: $0) }
    let again = try await BuiltCommand.run(
      "schema", "--repository", place.path, "--output", "\(place.path)/.triglyph/schema")
    #expect(again.output.contains(": 43 schemas, 0 written\n"))
    #expect(try Self.files(in: place.path) == all)
    #expect(all.map { place.contents(of: $0) } == before)
    #expect(try await BuiltCommand.run("fmt", "--check", "--repository", place.path).status == 0)
  }

  @Test func `schemas that are not of today's metamodel are named`() async throws {
    let place = try Self.empty()
    #expect(try await BuiltCommand.run("init", place.path, "--as-of", "2026-11-22").status == 0)
    try place.write(
      "kind: metamodel\nid: our\nname: Ours\nkinds:\n  depot:\n    plural: depots\n    why: We have some.\n    fields: {}\n",
      to: "catalogue/metamodel.yaml")
    let run = try await BuiltCommand.run("schema", "--check", "--repository", place.path)
    #expect(run.status == 1)
    let folder = "\(place.path)/.triglyph/schema"
    #expect(run.output.contains("\(folder)/document.json\n"))
    #expect(run.output.contains("\(folder)/kinds/depot.json\n"))
    #expect(run.errors.hasSuffix(" not of today; `triglyph schema --output \(folder)` writes them\n"))
    #expect(place.contents(of: ".triglyph/schema/kinds/depot.json") == nil)
  }

  @Test func `owners, source and go-live stand where they belong`() async throws {
    let place = try Self.empty()
    for (ci, file) in [("github", ".github/workflows/architecture.yml"), ("gitlab", ".gitlab-ci.yml")] {
      let run = try await BuiltCommand.run(
        "init", "\(place.path)/\(ci)", "--ci", ci, "--owners", "@o/board chair@o.org", "--source", "o/t@v1.2.3",
        "--as-of",
        "2026-07-31")
      #expect(run.status == 0)
      let workflow = try #require(place.contents(of: "\(ci)/\(file)"))
      #expect(workflow.contains(ci == "github" ? "uses: o/t@v1.2.3\n" : "project: o/t\n    ref: v1.2.3\n"))
      let owners = try #require(place.contents(of: "\(ci)/CODEOWNERS"))
      #expect(owners.contains("/rules/ @o/board chair@o.org\n"))
      #expect(owners.contains("/.gitlab-ci.yml") == (ci == "gitlab"))
      #expect(owners.contains("/.github/") == (ci == "github"))
      #expect(!(owners + workflow).contains("your-organisation"))
      #expect(
        place.contents(of: "\(ci)/catalogue/initiatives/pay-by-phone.yaml")?.contains("goLive: 2027-02-01") == true)
      #expect(run.output.contains("\n3. git add . && git commit\n"))
    }
  }

  // MARK: Nothing is written over

  @Test func `what is there already is named, and nothing is written`() async throws {
    let place = try Self.empty()
    try place.write("mine", to: "README.md")
    try place.write("mine", to: "CODEOWNERS")
    let run = try await BuiltCommand.run("init", place.path)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors == "triglyph: CODEOWNERS and README.md are there already; nothing is written\n")
    #expect(try Self.files(in: place.path) == ["CODEOWNERS", "README.md"])
    let without = try await BuiltCommand.run("init", place.path, "--without", "README.md", "--without", "CODEOWNERS")
    #expect(without.status == 0)
    #expect(place.contents(of: "README.md") == "mine")
    #expect(try await BuiltCommand.run("check", "--repository", place.path).status == 0)
    let again = try await BuiltCommand.run("init", place.path)
    #expect(again.status == 2)
    #expect(again.errors.hasSuffix("is a repository already; `triglyph check` checks it, and nothing is written\n"))
  }

  @Test(arguments: [".github", ".gitlab", "docs"])
  func `a file of owners that would be read instead is told`(folder: String) async throws {
    let place = try Self.empty()
    try place.write("* @all\n", to: "\(folder)/CODEOWNERS")
    let run = try await BuiltCommand.run("init", place.path)
    #expect(run.status == 2)
    #expect(
      run.errors.hasPrefix("triglyph: \(folder)/CODEOWNERS is there already, beside which CODEOWNERS may not be read"))
    #expect(try Self.files(in: place.path) == ["\(folder)/CODEOWNERS"])
    #expect(try await BuiltCommand.run("init", place.path, "--without", "CODEOWNERS").status == 0)
  }

  @Test(arguments: ["catalogue", "rules", "standards"])
  func `a folder whose documents would be read too is refused`(name: String) async throws {
    let place = try Self.empty()
    try place.write("kind: system\nid: mine\n", to: "\(name)/mine.yaml")
    let run = try await BuiltCommand.run("init", place.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("has a folder \(name)/ already, and what is in it would be read too"))
    #expect(try Self.files(in: place.path) == ["\(name)/mine.yaml"])
  }

  @Test func `a folder that another repository reads is refused`() async throws {
    let place = try TemporaryRepository.clean()
    let before = try Self.files(in: place.path)
    let run = try await BuiltCommand.run("init", "\(place.path)/catalogue/deeper/new")
    #expect(run.status == 2)
    #expect(run.errors.contains("a repository, which would read it as its own; nothing is written"))
    #expect(try Self.files(in: place.path) == before)
    #expect(try await BuiltCommand.run("init", "\(place.path)/elsewhere").status == 0)
  }

  @Test func `a link is not followed out of the folder`() async throws {
    let place = try Self.empty()
    try FileManager.default.createDirectory(atPath: "\(place.path)/outside", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(place.path)/new", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(place.path)/new/.github", withDestinationPath: "\(place.path)/outside")
    let run = try await BuiltCommand.run("init", "\(place.path)/new")
    #expect(run.status == 2)
    #expect(run.errors == "triglyph: .github is there already; nothing is written\n")
    #expect(try Self.files(in: "\(place.path)/outside") == [])
  }

  @Test func `where one file cannot be written none is left`() async throws {
    let place = try Self.empty()
    try place.write("", to: "file")
    let run = try await BuiltCommand.run("init", "\(place.path)/file/new")
    #expect(run.status == 2)
    #expect(run.errors.contains("cannot"))
    #expect(try Self.files(in: place.path) == ["file"])
    let long = String(repeating: "n", count: 300)
    let deep = try await BuiltCommand.run("init", "\(place.path)/made/\(long)")
    #expect(deep.status == 2)
    #expect(deep.errors.contains("File name too long"))
    #expect(!FileManager.default.fileExists(atPath: "\(place.path)/made"))
  }

  @Test(arguments: [
    ["--ci", "jenkins"], ["--owners", "nobody"], ["--owners", "@a\n/x @b"], ["--owners", ""], ["--source", "triglyph"],
    ["--source", "a/b@c d"], ["--source", "a/b@c\nx: y"], ["--without", "nothing.yaml"], ["--as-of", "2026-02-30"],
  ])
  func `a wrong option is a sentence, and nothing is written`(options: [String]) async throws {
    let place = try Self.empty()
    let run = try await BuiltCommand.run(list: ["init", place.path] + options)
    #expect(run.status == 2)
    #expect(run.errors.contains("Error: "))
    #expect(try Self.files(in: place.path) == [])
  }
}
