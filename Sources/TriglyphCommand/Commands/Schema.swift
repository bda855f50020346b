internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Glibc
internal import Interchange

struct Schema: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schema of the documents, for editors.",
    discussion: """
      Without a kind it is one schema of any document, told apart by `kind`. It comes from the repository's metamodel: write it \
      anew when that changes. A schema knows kinds, keys, nesting, choices and the form of values; what a reference leads to, \
      what is unique and what an expression says, only `triglyph check` knows.

      An editor with yaml-language-server finds a schema by the comment `# yaml-language-server: $schema=…` above the first \
      key of a document, which `init` and `new` write; or by its settings, which --output prints. With --check nothing is \
      written: CI sees whether the folder is that of today's metamodel.

      Exit status: 0 it is written, or of today; 1 with --check: it is not of today; 2 a mistake, and nothing is written.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "A kind; triglyph.yaml and baseline.yaml have one, too.")
  var kind: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write every schema into a folder, and print what an editor needs.", valueName: "folder"))
  var output: String?

  @Flag(help: "Write nothing; tell whether the folder (default: .triglyph/schema) is of today's metamodel.")
  var check = false

  func validate() throws {
    if kind != nil, check { throw ValidationError("--check looks at the schemas of every kind; leave the kind out") }
    if kind != nil, output != nil {
      throw ValidationError("--output writes the schemas of every kind; leave the kind out")
    }
    if output?.isEmpty == true { throw ValidationError("--output names a folder") }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none, judges: false)
    if !repository.isVocabularyWhole {
      Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
      try refuse("the metamodel has mistakes: put them right first; nothing is written")
    }
    let schemas = SchemaSet(repository.estate.metamodel)
    if check {
      let here = realpath(".", nil)
      defer { free(here) }
      let isHere = here.map { String(cString: $0) } == repository.tree.root
      let usual = isHere ? SchemaFolder.usual : "\(repository.tree.root)/\(SchemaFolder.usual)"
      try compare(schemas, output ?? usual)
      return
    }
    guard let output else {
      Terminal.write(try text(schemas, repository.estate.metamodel))
      return
    }
    let folder = SchemaFolder(path: output)
    let outcome: SchemaFolder.Outcome
    do {
      outcome = try folder.write(schemas.files)
    } catch {
      try refuse(error.description)
    }
    if common.quiet { return }
    let place = escapedForTerminal(output)
    let removed = outcome.removed == 0 ? "" : ", \(outcome.removed) removed"
    Terminal.write(
      "\(place): \(schemas.files.count) schemas, \(outcome.written) written\(removed)\n\n"
        + folder.advice(repository.tree.root))
  }

  private func compare(_ schemas: SchemaSet, _ path: String) throws {
    let shown = escapedForTerminal(path)
    let differing: [String]
    do {
      differing = try SchemaFolder(path: path).differing(schemas.files)
    } catch {
      try refuse(error.description)
    }
    if differing.isEmpty {
      if !common.quiet { Terminal.write("\(shown): \(schemas.files.count) schemas, all of today\n") }
      return
    }
    Terminal.write(differing.map { "\(shown)/\($0)\n" }.joined())
    let count = differing.count == 1 ? "1 schema is" : "\(differing.count) schemas are"
    let way = "triglyph schema --output \(escapedForTerminal(ShellWord.quoted(path)))"
    Terminal.complain("triglyph: \(count) not of today; `\(way)` writes them\n")
    throw ExitCode(1)
  }

  private func text(_ schemas: SchemaSet, _ metamodel: Metamodel) throws -> String {
    guard let kind else { return schemas.document }
    switch kind {
    case RepositoryLayout.settingsFile: return schemas.settingsFile
    case RepositoryLayout.baselineFile: return schemas.baselineFile
    default: break
    }
    guard let found = metamodel.kind(named: kind) else {
      let near = suggestion(for: kind, among: metamodel.kinds.filter(\.isWritten).map(\.name)).map { "; \($0)" } ?? ""
      try refuse("there is no kind \(escapedForTerminal(kind))\(near)")
    }
    guard found.isWritten else { try refuse("nobody writes a \(found.name): the engine derives it") }
    return schemas.document(of: found)
  }

  private func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
