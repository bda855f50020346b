internal import ArgumentParser
internal import CEL
internal import Diagnostics

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a small repository that passes its own check, to begin with.",
    discussion: """
      It uses the pack public-sector/1, of whose rules it adopts twenty, and holds a few entities, a proposal, a rule of \
      its own with examples, what CI runs, who has to approve a change of what judges, and in .triglyph/schema/ what editors \
      need to complete and to check what is typed. Nothing is written over: where one of the files is there already, \
      nothing is written.

      Exit status: 0 all files are written; 2 none is.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The folder, which is made where it is not there (default: that of --repository).")
  var place: String?

  @Option(help: "What runs the check: github, gitlab or none.")
  var ci = StarterRepository.CI.github

  @Option(help: "Who has to approve a change of what judges, for CODEOWNERS: \"@org/team mail@example.org\".")
  var owners = StarterRepository.placeholder.owners

  @Option(help: "Where CI takes Triglyph from: OWNER/REPOSITORY@REVISION.")
  var source =
    "\(StarterRepository.placeholder.source.repository)@\(StarterRepository.placeholder.source.revision)"

  @Option(help: ArgumentHelp("A file that is not written; may be repeated.", valueName: "file"))
  var without: [String] = []

  private var folder: String { place ?? common.repository }

  private var parts: (repository: String, revision: String)? {
    let parts = source.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0].contains("/") else { return nil }
    for part in parts {
      guard part.utf8.first.map(Self.isNameByte) == true, part.utf8.allSatisfy({ Self.isNameByte($0) || $0 == 0x2F })
      else { return nil }
    }
    return (parts[0], parts[1])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private var starter: StarterRepository {
    get throws {
      guard let parts else {
        throw ValidationError("--source is OWNER/REPOSITORY@REVISION, of letters, digits, `.`, `-`, `_` and `/`")
      }
      return StarterRepository(
        ci: ci, owners: owners, source: parts, goLive: Self.halfAYear(after: common.date))
    }
  }

  func validate() throws {
    if place != nil, common.repository != "." {
      throw ValidationError("the folder is given twice, as an argument and as --repository")
    }
    if folder.isEmpty || folder.utf8.contains(0) { throw ValidationError("the folder has no name") }
    let names = owners.split(separator: " ")
    let areNames = names.allSatisfy { name in
      name.utf8.contains(0x40) && name.utf8.allSatisfy { Self.isNameByte($0) || [0x40, 0x2F, 0x2B].contains($0) }
    }
    if names.isEmpty || !areNames {
      throw ValidationError("--owners are @names, @org/teams or mail addresses, divided by spaces")
    }
    let known = try starter.files.map(\.path)
    for name in without where !known.contains(name) {
      let near = suggestion(for: name, among: known) ?? "it writes \(known.joined(separator: ", "))"
      throw ValidationError("init does not write \(escapedForTerminal(name)); \(near)")
    }
  }

  func run() async throws {
    let starter = try starter
    let files = starter.files.filter { !without.contains($0.path) }
    let schemas = await starter.schemas(asOf: common.date)
    do {
      try RepositoryPlace.check(folder)
      if !without.contains("CODEOWNERS") { try RepositoryPlace.checkOwners(folder) }
      try NewFiles.write((files + schemas).map { ($0.path, Array($0.text.utf8)) }, under: folder)
    } catch {
      Terminal.complain("triglyph: \(error.description)\n")
      throw ExitCode(2)
    }
    if common.verbose {
      let all = files.map { escapedForTerminal($0.path) } + ["\(schemas.count) schemas into \(SchemaFolder.usual)"]
      Terminal.write(all.map { "wrote \($0)\n" }.joined())
    }
    if !common.quiet { Terminal.write(words(starter, fileCount: files.count, schemaCount: schemas.count)) }
  }

  private func words(_ starter: StarterRepository, fileCount: Int, schemaCount: Int) -> String {
    let place = escapedForTerminal(folder)
    let here = folder == "." ? "" : "cd \(ShellWord.quoted(folder)) && "
    var open: [String] = []
    if starter.owners == StarterRepository.placeholder.owners, !without.contains("CODEOWNERS") {
      open.append("who approves changes of the rules (CODEOWNERS)")
    }
    if let path = starter.ciFile, !without.contains(path),
      starter.source.repository == StarterRepository.placeholder.source.repository
    {
      open.append("where CI takes Triglyph from (\(path))")
    }
    let last =
      open.isEmpty ? "git add . && git commit" : "say \(open.joined(separator: ", and ")); then git add . && git commit"
    return """
      \(fileCount) files are in \(place)\(folder == "." ? " (this folder)" : ""): a small repository that passes its own check
      \(schemaCount) schemas for editors are in \(SchemaFolder.usual); `triglyph help schema` tells how they are found
      1. \(here)triglyph check && triglyph test
      2. triglyph import csv FILE --kind system: your spreadsheet becomes documents; without a map it proposes one
      3. \(last)
      \(belowGitRoot(starter))
      """
  }

  /// Forges read some files in the root of a Git repository only.
  private func belowGitRoot(_ starter: StarterRepository) -> String {
    let way = (try? WorkingTree.nearest(to: folder))?.wayFromGitRoot ?? ""
    let files = [starter.ciFile, "CODEOWNERS"].compactMap { $0 }.filter { !without.contains($0) }
    guard !way.isEmpty, !files.isEmpty else { return "" }
    let shown = escapedForTerminal(String(way.dropLast()))
    return """
      4. the root of the Git repository is above this folder, and \(files.joined(separator: " and ")) would only be read there: \
      move what is in them, with the input `repository: \(shown)` for the check, and /\(shown) before the owners' paths

      """
  }

  /// The first day of the month half a year later.
  private static func halfAYear(after day: CivilDate) -> CivilDate {
    let parts = day.text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return day }
    let months = parts[0] * 12 + parts[1] - 1 + 7
    return CivilDate(year: months / 12, month: months % 12 + 1, day: 1) ?? day
  }
}

extension StarterRepository.CI: ExpressibleByArgument {}
