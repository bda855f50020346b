import Foundation
import Testing

@Suite struct ImportCommandTests {
  static let map = """
    format: 1
    kind: system
    id: {column: Ref}
    fields:
      name: {column: Name}
      mfa: {column: MFA, values: {"Yes": true, "No": false}}
      feeds: {column: Feeds, split: ";", by: name}
    """

  static func repository(_ csv: String) throws -> TemporaryRepository {
    let repository = try TemporaryRepository.clean()
    try repository.write(csv, to: "list.csv")
    try repository.write(map, to: "map.yaml")
    return repository
  }

  static func run(_ repository: TemporaryRepository, _ options: String...) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["import", "csv", "\(repository.path)/list.csv", "--kind", "system", "--repository", repository.path]
        + options)
  }

  static let good = "Ref,Name,MFA,Feeds\r\ndesk,Desk,Yes,Hub;Till\r\ntill,Till,No,\r\n"
  static let documents = """
    kind: system
    id: desk
    name: Desk
    mfa: true
    feeds: [hub, till]
    ---
    kind: system
    id: till
    name: Till
    mfa: false

    """

  @Test func `a table is written as documents that load`() async throws {
    let repository = try Self.repository(Self.good)
    let map = "\(repository.path)/map.yaml"
    let dry = try await Self.run(repository, "--map", map, "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.output == "# catalogue/systems-imported.yaml\n" + Self.documents)
    #expect(dry.errors == "would import 2 of 2 rows as systems into catalogue/systems-imported.yaml\n")
    #expect(repository.contents(of: "catalogue/systems-imported.yaml") == nil)

    let run = try await Self.run(repository, "--map", map)
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(run.errors == "imported 2 of 2 rows as systems into catalogue/systems-imported.yaml\n")
    #expect(repository.contents(of: "catalogue/systems-imported.yaml") == Self.documents)
    #expect(
      try await BuiltCommand.run(
        "query", "--repository", repository.path, "--kind", "system", "--columns", "id", "-f", "csv"
      ).output
        == "id\ndesk\nhub\ntill\n".replacing("\n", with: "\r\n"))
    let again = try await Self.run(repository, "--map", map)
    #expect(again.status == 2)
    #expect(again.errors.contains("system:desk is there already (catalogue/systems-imported.yaml:1)"))
    #expect(again.errors.hasSuffix("triglyph: 2 of 2 rows do not fit; nothing is written\n"))
  }

  @Test func `a folder gets a file for each, and an existing file is never written over`() async throws {
    let repository = try Self.repository(Self.good)
    let map = "\(repository.path)/map.yaml"
    try repository.write("# mine\n", to: "catalogue/in/till.yaml")
    let refused = try await Self.run(repository, "--map", map, "--out", "catalogue/in/")
    #expect(refused.status == 2)
    #expect(refused.errors == "triglyph: catalogue/in/till.yaml is there already; nothing is written\n")
    #expect(repository.contents(of: "catalogue/in/desk.yaml") == nil)
    #expect(repository.contents(of: "catalogue/in/till.yaml") == "# mine\n")
    let run = try await Self.run(repository, "--map", map, "--out", "catalogue/new/deep/")
    #expect(run.status == 0)
    #expect(run.errors == "imported 2 of 2 rows as systems into 2 files in catalogue/new/deep/\n")
    #expect(
      repository.contents(of: "catalogue/new/deep/till.yaml") == "kind: system\nid: till\nname: Till\nmfa: false\n")
  }

  @Test func `rows that do not fit stop all, or are left out`() async throws {
    let repository = try Self.repository(Self.good + "x y,Bad,Perhaps,\r\n")
    let map = "\(repository.path)/map.yaml"
    let refused = try await Self.run(repository, "--map", map)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("error[not-imported]: row 4, column `Ref`: `x y` cannot be an id\n"))
    #expect(refused.errors.contains("list.csv:4:9\n"))
    #expect(
      refused.errors.hasSuffix(
        "triglyph: 1 of 3 rows do not fit; nothing is written (--skip-bad-rows writes the others)\n"))
    #expect(repository.contents(of: "catalogue/systems-imported.yaml") == nil)
    let rest = try await Self.run(repository, "--map", map, "--skip-bad-rows")
    #expect(rest.status == 1)
    #expect(rest.errors.hasSuffix("imported 2 of 3 rows as systems into catalogue/systems-imported.yaml\n"))
    #expect(repository.contents(of: "catalogue/systems-imported.yaml") == Self.documents)
    #expect(try await BuiltCommand.run("explain", "--repository", repository.path, "not-imported").status == 0)
  }

  @Test func `without a map one is proposed, and nothing is written`() async throws {
    let repository = try Self.repository(Self.good)
    let before = try InitCommandTests.files(in: repository.path)
    let run = try await Self.run(repository)
    #expect(run.status == 0)
    #expect(run.output.contains("id: {column: Ref}    # confirm"))
    #expect(run.output.contains("  feeds: {column: Feeds, by: name, split: \";\"}    # confirm; leads to system\n"))
    #expect(try InitCommandTests.files(in: repository.path) == before)
    try repository.write(run.output, to: "map.yaml")
    let confirmed = try await Self.run(repository, "--map", "\(repository.path)/map.yaml")
    #expect(confirmed.status == 0)
    #expect(repository.contents(of: "catalogue/systems-imported.yaml") == Self.documents)
  }

  @Test func `the limits and the encoding of a table are told in a sentence`() async throws {
    let repository = try Self.repository("")
    let path = "\(repository.path)/list.csv"
    try Data(Array("Ref,Name\nx,caf".utf8) + [0xE9]).write(to: URL(fileURLWithPath: path))
    let latin = try await Self.run(repository, "--map", "\(repository.path)/map.yaml")
    #expect(latin.status == 2)
    #expect(latin.errors.contains("is not UTF-8: line 2 has a byte that is not; it may be Latin-1 or Windows-1252"))
    #expect(latin.errors.hasSuffix("triglyph: the table or the map has mistakes; nothing is written\n"))
    let proposed = try await Self.run(repository)
    #expect(proposed.status == 2)
    #expect(proposed.output == "")
    try repository.write("Ref;Name\nx;y\n", to: "list.csv")
    let semicolon = try await Self.run(repository, "--map", "\(repository.path)/map.yaml")
    #expect(semicolon.errors.contains("it may be divided otherwise: --separator ';'"))
    try repository.write("Ref;Name;MFA;Feeds\nx;y;Yes;\n", to: "list.csv")
    #expect(try await Self.run(repository, "--map", "\(repository.path)/map.yaml", "--separator", ";").status == 0)
  }

  @Test func `hostile cells do not reach the terminal as they are`() async throws {
    let repository = try Self.repository("Ref,Name,MFA,Feeds\n\u{1B}[31mx,\u{202E}n,Yes,\n")
    let run = try await Self.run(repository, "--map", "\(repository.path)/map.yaml")
    #expect(run.status == 2)
    #expect(!run.errors.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test(arguments: [
    ["--out", "elsewhere/x.yaml"], ["--out", "catalogue/../x.yaml"], ["--out", "/tmp/x.yaml"],
    ["--out", "catalogue/.x.yaml"],
    ["--out", "catalogue/x.txt"], ["--out", "catalogue//x.yaml"], ["--out", "catalogue"], ["--out", ""],
    ["--separator", "ab"], ["--separator", "a"], ["--separator", "\""], ["--separator", ""], ["--separator", "\n"],
    ["--separator", "é"],
  ])
  func `what cannot be is a sentence, and nothing is written`(options: [String]) async throws {
    let repository = try Self.repository(Self.good)
    let before = try InitCommandTests.files(in: repository.path)
    let run = try await BuiltCommand.run(
      list: [
        "import", "csv", "\(repository.path)/list.csv", "--kind", "system", "--repository", repository.path, "--map",
        "\(repository.path)/map.yaml",
      ] + options)
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("Error: "))
    #expect(try InitCommandTests.files(in: repository.path) == before)
  }

  @Test func `a file, a map, a kind that is not there is a sentence`() async throws {
    let repository = try Self.repository(Self.good)
    let map = "\(repository.path)/map.yaml"
    let list = "\(repository.path)/list.csv"
    func errors(_ arguments: String...) async throws -> String {
      let run = try await BuiltCommand.run(list: ["import", "csv"] + arguments + ["--repository", repository.path])
      #expect(run.status == 2)
      return run.errors
    }
    #expect(
      try await errors("none.csv", "--kind", "system") == "triglyph: cannot read none.csv: No such file or directory\n")
    #expect(try await errors("/tmp", "--kind", "system") == "triglyph: /tmp is a folder, and a file is wanted\n")
    #expect(
      try await errors(list, "--kind", "system", "--map", "none")
        == "triglyph: cannot read none: No such file or directory\n")
    #expect(
      try await errors(list, "--kind", "sistem", "--map", map)
        == "triglyph: there is no kind sistem; did you mean `system`?\n")
    #expect(try await errors(list, "--kind", "flow", "--map", map) == "triglyph: there is no kind flow\n")
    #expect(try await errors(list, "--kind", "system", "--dry-run").hasPrefix("Error: without --map a map is proposed"))
    try repository.write("kind: metamodel\nid: other\nkinds: {a: {plurall: b}}\n", to: "catalogue/other.yaml")
    #expect(
      try await errors(list, "--kind", "system", "--map", map).hasSuffix(
        "triglyph: the metamodel has mistakes: put them right first; nothing is written\n"))
  }
}
