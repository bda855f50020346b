internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Glibc
internal import Governance
internal import Interchange

struct ImportCSV: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv",
    abstract: "Turn a table into documents of one kind.",
    discussion: """
      A map says which column becomes which field, and how. Without one, a map is proposed, from the names of columns and \
      fields alone, and nothing else happens: save it, confirm each line, give it as --map.

      What does not fit is told row by row, and nothing is guessed. Before anything is written, the repository is loaded \
      with the documents. An existing file is never written over. See docs/import.md.

      Exit status: 0 all rows are written (with --dry-run: would be), or a map is proposed; 1 with --skip-bad-rows: \
      some are left out; 2 nothing is written.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The table: CSV in UTF-8, with the names of the columns in its first row.")
  var file: String

  @Option(help: "The kind of the documents.")
  var kind: String

  @Option(help: ArgumentHelp("The map.", valueName: "file"))
  var map: String?

  @Option(help: "What divides cells: a character, or tab.")
  var separator = ","

  @Option(
    help: ArgumentHelp(
      "Where the documents go, from the repository's root: a file, or a folder with a `/` behind it for a file each.",
      valueName: "path"))
  var out: String?

  @Flag(help: "Print the documents and write nothing.")
  var dryRun = false

  @Flag(help: "Write what fits, and leave out what does not.")
  var skipBadRows = false

  private var separatorByte: UInt8? {
    if separator == "tab" || separator == "\\t" { return 0x09 }
    guard separator.utf8.count == 1, let byte = separator.utf8.first, byte < 0x7F, byte == 0x09 || byte >= 0x20,
      ![0x22, 0x20].contains(byte), !(0x30...0x39).contains(byte), !(0x41...0x5A).contains(byte & 0xDF)
    else { return nil }
    return byte
  }

  func validate() throws {
    if separatorByte == nil { throw ValidationError("--separator is one character that stands in no word, or tab") }
    if let out { _ = try ImportPlace(out) }
    if map == nil, out != nil || dryRun || skipBadRows {
      throw ValidationError(
        "without --map a map is proposed, and nothing else happens; --out, --dry-run and --skip-bad-rows want one")
    }
  }

  func run() async throws {
    let table = try text(of: file, named: file)
    let mapText = try map.map { try text(of: $0, named: $0) }
    let repository = try await common.load()
    let metamodel = repository.estate.metamodel
    guard let kind = metamodel.kind(named: kind), kind.isWritten else {
      let near = suggestion(for: kind, among: metamodel.kinds.filter(\.isWritten).map(\.name)).map { "; \($0)" } ?? ""
      throw failed("there is no kind \(escapedForTerminal(kind))\(near)")
    }
    guard let mapText else { return try propose(table, kind, metamodel) }
    if !repository.isVocabularyWhole {
      Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
      throw failed("the metamodel has mistakes: put them right first; nothing is written")
    }
    let place = try ImportPlace(out ?? ImportPlace.path(for: kind))
    var options = CSVImport.Options()
    options.separator = separatorByte ?? UInt8(ascii: ",")
    options.skipsBadRows = skipBadRows
    options.tasks = common.jobs
    let result = await CSVImport.run(
      table, kind: kind, map: mapText,
      CheckedMerge.Repository(
        files: repository.files, estate: repository.estate, diagnostics: repository.diagnostics,
        isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values), options)
    try finish(result, kind, place, repository)
  }

  private func propose(_ table: SourceText, _ kind: Kind, _ metamodel: Metamodel) throws {
    let proposal = MapProposal(table, kind: kind, metamodel, separator: separatorByte ?? UInt8(ascii: ","))
    tell(proposal.problems)
    if proposal.text.isEmpty { throw failed("no map can be proposed") }
    Terminal.write(proposal.text)
  }

  private func finish(
    _ result: CSVImport, _ kind: Kind, _ place: ImportPlace, _ repository: LoadedRepository
  ) throws {
    tell(result.problems)
    let rows = "\(result.rowCount) \(result.rowCount == 1 ? "row" : "rows")"
    if result.documents.isEmpty {
      if result.problems.isEmpty { throw failed("there is no row in \(escapedForTerminal(file)); nothing is written") }
      if !result.isRead { throw failed("the table or the map has mistakes; nothing is written") }
      let bad = result.badRowCount > 0 ? "\(result.badRowCount) of \(rows) do not fit" : "nothing is imported"
      let hint =
        result.badRowCount > 0 && result.badRowCount < result.rowCount && !skipBadRows
        ? " (--skip-bad-rows writes the others)" : ""
      throw failed("\(bad); nothing is written\(hint)")
    }
    let files = place.files(result.documents)
    if dryRun {
      if !common.quiet {
        let text = files.map { "# \($0.path)\n\($0.text)" }.joined(separator: "\n")
        Terminal.write(Terminal.isOutput ? escapedForTerminal(text, keepingLineBreaks: true) : text)
      }
    } else {
      do {
        try NewFiles.write(files.map { ($0.path, Array($0.text.utf8)) }, under: repository.tree.root)
      } catch {
        throw failed(error.description)
      }
    }
    tell(result.remarks)
    let what = "\(result.documents.count) of \(rows) as \(kind.plural)"
    let places = files.count == 1 ? files[0].path : "\(files.count) files in \(place.path)"
    let empty = result.emptyRowCount > 0 ? "; \(result.emptyRowCount) empty passed over" : ""
    Terminal.complain("\(dryRun ? "would import" : "imported") \(what) into \(escapedForTerminal(places))\(empty)\n")
    if !result.problems.isEmpty { throw ExitCode(1) }
  }

  // MARK: Words

  private static let shownLimit = 50

  private func tell(_ diagnostics: [Diagnostic]) {
    let limit = common.verbose ? diagnostics.count : Self.shownLimit
    Terminal.complain(Array(diagnostics.prefix(limit)))
    if diagnostics.count > limit {
      Terminal.complain("… and \(diagnostics.count - limit) more; --verbose shows all\n")
    }
  }

  private func failed(_ sentence: String) -> ExitCode {
    Terminal.complain("triglyph: \(sentence)\n")
    return ExitCode(2)
  }

  private func text(of path: String, named name: String) throws -> SourceText {
    do {
      return SourceText(name: name, bytes: try FileBytes.read(path))
    } catch {
      throw failed(error.description)
    }
  }
}
