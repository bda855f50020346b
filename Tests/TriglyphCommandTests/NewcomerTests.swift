import Foundation
import Testing

/// What somebody reads who has no repository yet, or is in the wrong place: one sentence, and what to do.
@Suite struct NewcomerTests {
  static func errors(_ arguments: String...) async throws -> String {
    let run = try await BuiltCommand.run(list: arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    return run.errors
  }

  @Test(arguments: ["check", "test", "query", "digest", "explain", "show", "rename"])
  func `where there is no repository every command says how to begin`(command: String) async throws {
    let place = try TemporaryRepository()
    let rest = ["query": ["1"], "digest": ["x"], "explain": ["x"], "show": ["x"], "rename": ["a", "b"]][command] ?? []
    let run = try await BuiltCommand.run(list: [command, "--repository", place.path] + rest)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(
      run.errors
        == "triglyph: there is no repository here: neither triglyph.yaml nor catalogue/ in \(place.path) or above it; `triglyph init` writes a small one to begin with\n"
    )
  }

  @Test func `a folder above the repository names the one below`() async throws {
    let place = try TemporaryRepository(["our estate/triglyph.yaml": "format: 1\n"])
    #expect(
      try await Self.errors("check", "--repository", place.path).hasSuffix(
        "; there is one below: --repository '\(place.path)/our estate'\n"))
  }

  @Test(arguments: ["catalog", "Catalogue", "CATALOGUES"])
  func `a folder that is called almost so is named`(name: String) async throws {
    let place = try TemporaryRepository(["\(name)/x.yaml": "kind: system\n"])
    #expect(
      try await Self.errors("check", "--repository", place.path).hasSuffix(
        "; there is a folder \(name)/, and it has to be called catalogue/\n"))
  }

  @Test func `a file is no repository`() async throws {
    let place = try TemporaryRepository(["README.md": "# Hello"])
    let file = "\(place.path)/README.md"
    #expect(
      try await Self.errors("check", "--repository", file)
        == "triglyph: \(file) is a file, and --repository takes the folder of a repository: the one that holds catalogue/\n"
    )
    #expect(
      try await Self.errors("check", file).hasPrefix(
        "Error: \(file) is one file, and check looks at a whole repository: triglyph check, in its folder or with --repository\n"
      ))
    #expect(
      try await Self.errors("check", place.path).hasPrefix(
        "Error: check looks at a whole repository: triglyph check --repository \(place.path)\n"))
    #expect(
      try await Self.errors("check", "data-one-master").hasPrefix(
        "Error: check looks at a whole repository and takes no data-one-master; --initiative checks one proposal\n"))
  }

  @Test(arguments: [
    (["chekc"], "there is no command chekc; did you mean `check`?"),
    (["help", "chekc"], "there is no command chekc; did you mean `check`?"),
    (["draw", "landscpe"], "there is no command draw landscpe; did you mean `landscape`?"),
    (["packs", "sho", "x"], "there is no command packs sho; did you mean `show`?"),
    (["zzzzzz"], "there is no command zzzzzz; `triglyph --help` lists what there is"),
    (["\u{1B}[31mred"], "there is no command \\u{1b}[31mred; `triglyph --help` lists what there is"),
  ])
  func `a command that is none has its neighbours`(line: [String], sentence: String) async throws {
    let run = try await BuiltCommand.run(list: line)
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors == "triglyph: \(sentence)\n")
  }

  @Test(arguments: [
    ["new", "system"], ["new", "a", "b", "c"], ["show"], ["check", "--nonsense"], ["packs", "--nonsense"],
  ])
  func `another mistake on a command line is told as what it is, in lines that a terminal has room for`(line: [String])
    async throws
  {
    let run = try await BuiltCommand.run(list: line)
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.hasPrefix("Error: ") && run.errors.contains("\nUsage: triglyph \(line[0])"), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(run.errors)")
  }

  @Test(arguments: ["show", "impact"])
  func `who remembers a part of an id is told the whole`(command: String) async throws {
    let errors = try await Self.errors(command, "--repository", ReadmeTests.root.path, "gateway")
    #expect(errors.hasPrefix("triglyph: there is no gateway; did you mean `"), "\(errors)")
    #expect(errors.contains("`payments-gateway`"), "\(errors)")
    // What the engine derives is nobody's to ask for by a part.
    #expect(!errors.contains("/add/") && !errors.contains("/link/"))
  }

  @Test func `a folder that is not there can be made`() async throws {
    let place = try TemporaryRepository()
    let missing = "\(place.path)/new place"
    #expect(
      try await Self.errors("check", "--repository", missing)
        == "triglyph: there is no folder \(missing); `triglyph init '\(missing)'` makes one with a small repository in it\n"
    )
    #expect(try await Self.errors("check", "--repository", "\u{1B}[31m").unicodeScalars.allSatisfy { $0 != "\u{1B}" })
  }

  @Test func `an empty catalogue says what a document is`() async throws {
    let place = try TemporaryRepository(["catalogue/notes.txt": "x"])
    let run = try await BuiltCommand.run("check", "--repository", place.path, "--as-of", "2026-11-22")
    #expect(run.status == 2)
    #expect(
      run.output.contains(
        """
        error[nothing-to-check]: there is no document under catalogue, standards or rules
           = note: an empty catalogue passes nothing
           = help: write documents into files that end with .yaml; `triglyph init DIR` makes a small repository to look at

        """))
  }
}
