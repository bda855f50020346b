internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Glibc

struct Format: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Put the keys of documents into the metamodel's order.",
    discussion: """
      Whole keys are moved with the comments right above them; nothing inside them is touched. A file of which it is not \
      proven that it says the same afterwards is left as it is, and named with the reason.

        triglyph fmt                     # every document
        triglyph fmt catalogue/a.yaml
        triglyph fmt --check             # writes nothing; exit 1 where something would move
        triglyph fmt - <a.yaml           # from standard input to standard output

      Exit status: 0 what can be moved is moved; 1 with --check, when something would move; 2 a file cannot be read, has \
      mistakes in its YAML, or cannot be written.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(
    help: "Files and folders of the repository; `-` is standard input (default: every document).", completion: .file())
  var files: [String] = []

  @Flag(help: "Name the files that would change, and write nothing.")
  var check = false

  @Flag(help: "Print the difference, and write nothing.")
  var dryRun = false

  func validate() throws {
    if check, dryRun { throw ValidationError("--check and --dry-run exclude one another") }
    if files.contains("-"), files.count > 1 || check || dryRun {
      throw ValidationError("`-` stands alone: what comes from standard input goes to standard output")
    }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none, judges: false)
    guard repository.isVocabularyWhole else {
      throw failed("the metamodel has mistakes: nobody can tell its order; `triglyph check` shows them")
    }
    let order = KeyOrder(repository.estate.metamodel)
    if files == ["-"] { return try arrangeInput(order) }
    // A pack's documents are not the repository's to write.
    let chosen = try files.isEmpty ? repository.files.filter { $0.pack == nil } : chosen(repository)
    var changes: [(source: SourceText, after: [UInt8])] = []
    var mistakeCount = 0
    for source in chosen {
      switch order.arrange(source) {
      case .same: break
      case .moved(let bytes): changes.append((source, bytes))
      case .left(let obstacle):
        if obstacle.isMistake { mistakeCount += 1 }
        tell(obstacle, source.name)
      }
    }
    let root = repository.tree.root
    if !check, !dryRun {
      do {
        try FileReplacement.replace(
          changes.map { .init(path: "\(root)/\($0.source.name)", before: $0.source.bytes, after: $0.after) })
      } catch {
        throw failed(error.description)
      }
    }
    for change in changes where !common.quiet {
      if dryRun {
        let diff = UnifiedDiff.text(change.source.name, before: change.source.bytes, after: change.after)
        Terminal.write(Terminal.isOutput ? escapedForTerminal(diff, keepingLineBreaks: true) : diff)
      } else {
        Terminal.write(escapedForTerminal(change.source.name) + "\n")
      }
    }
    let count = changes.count
    Terminal.complain(
      "\(check || dryRun ? "would put" : "put") \(count) of \(chosen.count) \(chosen.count == 1 ? "file" : "files") in order\n"
    )
    if mistakeCount > 0 { throw ExitCode(2) }
    if check, count > 0 { throw ExitCode(1) }
  }

  /// The repository's files that the arguments name, each once.
  private func chosen(_ repository: LoadedRepository) throws -> [SourceText] {
    let root = repository.tree.root
    let all = try Set(files).sorted().flatMap { path -> [SourceText] in
      guard let resolved = realpath(path, nil) else {
        let shown = path.isEmpty ? "a file without a name" : escapedForTerminal(path)
        throw failed("cannot read \(shown): \(String(cString: strerror(errno)))")
      }
      defer { free(resolved) }
      let whole = String(cString: resolved)
      let name = whole.hasPrefix(root + "/") ? String(whole.dropFirst(root.count + 1)) : whole
      let found = repository.files.filter {
        $0.pack == nil && (whole == root || $0.name == name || $0.name.hasPrefix(name + "/"))
      }
      if found.isEmpty { throw failed("\(escapedForTerminal(path)) \(Self.reason(name, root))") }
      return found
    }
    var seen: Set<String> = []
    return all.filter { seen.insert($0.name).inserted }
  }

  /// Why nothing at a place is put in order.
  private static func reason(_ name: String, _ root: String) -> String {
    let folders = "the documents of \(RepositoryLayout.folders.joined(separator: "/, "))/"
    switch name {
    case RepositoryLayout.settingsFile, RepositoryLayout.baselineFile:
      return "keeps the order in which it is written: fmt is for \(folders)"
    default:
      let outside = name.hasPrefix("/") ? " of the repository at \(escapedForTerminal(root))" : ""
      return "holds no document\(outside): fmt is for \(folders)"
    }
  }

  /// From standard input to standard output: what cannot be moved comes out as it went in.
  private func arrangeInput(_ order: KeyOrder) throws {
    let source = SourceText(name: "standard input", bytes: try Self.input())
    switch order.arrange(source) {
    case .same: Terminal.write(bytes: source.bytes)
    case .moved(let bytes): Terminal.write(bytes: bytes)
    case .left(let obstacle):
      Terminal.write(bytes: source.bytes)
      tell(obstacle, source.name)
      if obstacle.isMistake { throw ExitCode(2) }
    }
  }

  private static func input() throws -> [UInt8] {
    var result: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while result.count <= RepositoryLayout.largestFile {
      let got = part.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      result += part[..<got]
    }
    return result
  }

  private func tell(_ obstacle: KeyOrder.Obstacle, _ name: String) {
    let place = escapedForTerminal(name) + (obstacle.line.map { ":\($0)" } ?? "")
    Terminal.complain("\(place): left as it is: \(escapedForTerminal(obstacle.reason))\n")
  }

  private func failed(_ sentence: String) -> ExitCode {
    Terminal.complain("triglyph: \(sentence)\n")
    return ExitCode(2)
  }
}
