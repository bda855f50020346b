internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance

struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Write an initiative's entries into the catalogue's documents, and make it live.",
    discussion: """
      The difference is printed; comments and everything that no entry is about stay as they are. Where the vocabulary \
      knows passages of gates, the day is recorded as that of going live. Before anything is written, the whole \
      repository is loaded with the changes: they are refused where it would not say what the entries say, or would have \
      a mistake that it has not now. All files are written, or none.

      Exit status: 0 the entries are written (with --dry-run: would be); 2 they cannot be, and nothing is.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "initiative:id, or the id.", completion: .ids(ofKind: "initiative"))
  var initiative: String

  @Flag(help: "Print the difference and write nothing.")
  var dryRun = false

  func run() async throws {
    let repository = try await common.load()
    let row = try repository.initiative(initiative)
    let name = repository.estate.identity(row)
    if let ruled = repository.estate.initiatives.first(where: { $0.row == row }), ruled.ruling == .rejected {
      let day = ruled.ruled.map { " on \($0.text)" } ?? ""
      Terminal.complain("triglyph: \(name) was rejected\(day); it is not merged, and nothing is written\n")
      throw ExitCode(2)
    }
    let merge = await CheckedMerge.run(
      row,
      CheckedMerge.Repository(
        files: repository.files, estate: repository.estate, diagnostics: repository.diagnostics,
        isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values),
      tasks: common.jobs)
    if !merge.problems.isEmpty {
      Terminal.complain(merge.problems)
      Terminal.complain("triglyph: \(name) is not merged, and nothing is written\n")
      throw ExitCode(2)
    }
    if !dryRun { try write(merge.changes, repository.tree) }
    if !common.quiet {
      let diff = merge.changes.map { UnifiedDiff.text($0.name, before: $0.before, after: $0.after) }.joined()
      Terminal.write(Terminal.isOutput ? escapedForTerminal(diff, keepingLineBreaks: true) : diff)
    }
    Terminal.complain(merge.remarks)
    if merge.earlyCount > 0 {
      Terminal.complain(
        "triglyph: \(merge.earlyCount) \(merge.earlyCount == 1 ? "entry comes" : "entries come") into effect after \(repository.estate.asOf.text); the documents say \(merge.earlyCount == 1 ? "it" : "them") from now on\n"
      )
    }
    let count = "\(merge.entryCount) \(merge.entryCount == 1 ? "entry" : "entries") of \(name)"
    let files = "\(merge.changes.count) \(merge.changes.count == 1 ? "file" : "files")"
    Terminal.complain(dryRun ? "would merge \(count), changing \(files)\n" : "merged \(count), changing \(files)\n")
  }

  private func write(_ changes: [InitiativeMerge.Change], _ tree: WorkingTree) throws {
    do {
      try FileReplacement.replace(
        changes.map { .init(path: "\(tree.root)/\($0.name)", before: $0.before, after: $0.after) })
    } catch {
      Terminal.complain("triglyph: \(error.description)\n")
      throw ExitCode(2)
    }
  }
}
