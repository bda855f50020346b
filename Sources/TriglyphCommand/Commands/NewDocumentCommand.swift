internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Interchange

struct NewDocumentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document",
    abstract: "Write a document of a kind (this is what `triglyph new KIND ID` does).",
    discussion: """
      It has what the metamodel requires, each with its reason and choices, and what else it may say as comments. On a \
      terminal the required fields are asked for; elsewhere each is given with --set, and nothing is written while one is \
      missing. Before it is written, the repository is loaded with it. A new rule holds together as it is, is a draft, and \
      has examples that `triglyph test` runs.

      Exit status: 0 it is written; 2 it is not.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The kind.", completion: .kinds(written: true))
  var kind: String

  @Argument(help: "The id; of a part its own, its owner is a field.")
  var id: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A field and its value; may be repeated, of a list for each item. `unknown` admits a gap.",
      valueName: "field=value"))
  var assignments: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file, from the repository's root (default: one of its own, where most documents of the kind are).",
      valueName: "file"))
  var output: String?

  @Flag(help: "Print the document and write nothing.")
  var dryRun = false

  func validate() throws {
    if let output {
      _ = try ImportPlace(output, option: "--output")
      if output.hasSuffix("/") { throw ValidationError("--output is a file that ends with .yaml") }
    }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none)
    let estate = repository.estate
    if !repository.isVocabularyWhole {
      Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
      try refuse("the metamodel has mistakes: put them right first; nothing is written")
    }
    let kind = try checkedKind(estate.metamodel)
    guard EntityID.isID(id) else {
      try refuse(
        "`\(escapedForTerminal(id))` cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes")
    }
    if kind.ownerRelation == nil { try checkFree("\(kind.name):\(id)", estate) }
    var given = GivenValues(kind, estate)
    do {
      for assignment in assignments { try given.take(assignment) }
    } catch {
      try refuse("\(error.sentence); nothing is written")
    }
    if !DocumentDraft(id, given).missing.isEmpty {
      guard FieldQuestions.canAsk else { try refuse(missing: DocumentDraft(id, given).missing, kind, estate) }
      guard FieldQuestions.ask(DocumentDraft(id, given).missing, &given, id) else {
        Terminal.write("\n")
        try refuse("nothing is written")
      }
    }
    if let owner = kind.ownerRelation.flatMap({ given.texts($0)?.first }) {
      let name = owner.firstIndex(of: ":").map { String(owner[owner.index(after: $0)...]) } ?? owner
      try checkFree("\(kind.name):\(name)/\(id)", estate)
    }
    try await write(DocumentDraft(id, given), kind, repository)
  }

  private func checkedKind(_ metamodel: Metamodel) throws -> Kind {
    guard let found = metamodel.kind(named: kind) else {
      let near = suggestion(for: kind, among: metamodel.kinds.filter(\.isWritten).map(\.name))
      try refuse("there is no kind \(escapedForTerminal(kind)); \(near ?? "`triglyph query --kinds` has them all")")
    }
    guard found.isWritten else { try refuse("nobody writes a \(found.name): the engine derives it") }
    return found
  }

  private func checkFree(_ name: String, _ estate: Estate) throws {
    guard let kind = estate.metamodel.kind(named: self.kind) else { return }
    let own = String(name.dropFirst(kind.name.utf8.count + 1))
    if case .found(let row) = estate.find(name) {
      let place = estate.place(of: row)?.range.source.name
      let file = place.map { " in \(escapedForTerminal($0))" } ?? ""
      if estate.entity(row).id != own {
        try refuse("\(estate.identity(row))\(file) was called \(own) once; its alias leads there")
      }
      try refuse("there is a \(estate.identity(row)) already\(file)")
    }
    if estate.hasID(own, ofKinds: KindSet([kind.index])) { try refuse("an open initiative adds \(name) already") }
    let others = estate.metamodel.kinds.compactMap { other -> String? in
      guard other.index != kind.index, case .found(let row) = estate.find("\(other.name):\(own)") else { return nil }
      return estate.identity(row)
    }
    if !others.isEmpty, !common.quiet {
      Terminal.complain(
        "note: \(others.joined(separator: " and ")) \(others.count == 1 ? "has" : "have") that id, too; "
          + "where either may stand, the kind is written before it\n")
    }
  }

  private func refuse(missing: [Field], _ kind: Kind, _ estate: Estate) throws -> Never {
    let count = missing.count == 1 ? "one more field" : "\(missing.count) more fields"
    Terminal.complain("triglyph: \(kind.name) \(id) needs \(count); nothing is written\n")
    for field in missing {
      let hint = FieldHint(field, estate.metamodel)
      Terminal.complain("  \(field.path): \(escapedForTerminal(hint.why ?? hint.form))\n")
      if hint.why != nil { Terminal.complain("      \(escapedForTerminal(hint.line))\n") }
    }
    Terminal.complain(
      "give each as --set field=value, or --set field=unknown to admit a gap; a terminal would be asked\n")
    throw ExitCode(2)
  }

  private func write(_ draft: DocumentDraft, _ kind: Kind, _ repository: LoadedRepository) async throws {
    let estate = repository.estate
    let path = output ?? NewDocument.path(for: kind, id, estate)
    let schema = "\(SchemaFolder.usual)/\(SchemaFolder.anyDocument)"
    let hasSchema = WorkingTree.exists("\(repository.tree.root)/\(schema)")
    let text = draft.text(line: hasSchema ? SchemaFolder.line(schema, for: path) : nil)
    let problems = await NewDocument.problems(
      SourceText(name: path, text: text),
      CheckedMerge.Repository(
        files: repository.files, estate: estate, diagnostics: repository.diagnostics,
        isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values), tasks: common.jobs)
    if !problems.isEmpty {
      Terminal.complain(problems)
      try refuse("it would be wrong so; nothing is written")
    }
    if dryRun {
      Terminal.write(Terminal.isOutput ? escapedForTerminal(text, keepingLineBreaks: true) : text)
      return
    }
    do {
      try NewFiles.write([(path, Array(text.utf8))], under: repository.tree.root)
    } catch {
      let other = output == nil && error.description.hasSuffix("there already; nothing is written")
      try refuse(error.description + (other ? "; --output names another file" : ""))
    }
    if common.quiet { return }
    Terminal.write("wrote \(escapedForTerminal(path))\n\(next(draft, kind))")
  }

  private func next(_ draft: DocumentDraft, _ kind: Kind) -> String {
    if kind.name == "rule" {
      return """
        it is a draft that checks names: put `title`, `for`, `require`, `at`, `message`, `remedy` and the examples right
        then: triglyph test \(id), and take `status: draft` away

        """
    }
    let count = draft.optionalCount
    let fields = count == 1 ? "one more field stands" : "\(count) more fields stand"
    return (count == 0 ? "" : "\(fields) there as \(count == 1 ? "a comment" : "comments")\n")
      + "then: triglyph check\n"
  }

  private func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
