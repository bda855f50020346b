internal import ArgumentParser
internal import Diagnostics
internal import Governance
internal import Reports

struct Digest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Print a digest of each entry of an initiative, for a decision to record.",
    discussion: """
      A digest is the same for all ways of writing an entry: the order of keys, of entries and of sets, quotes, \
      comments, units and the file do not matter, and neither do fields that the metamodel declares immaterial. An \
      entry without a date has none in its digest: another go-live leaves it as it is.

      Exit status: 0 the digests are printed; 2 the initiative has mistakes, or is not there.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "initiative:id, or the id.")
  var initiative: String

  @Option(name: [.short, .long], help: "text or json.")
  var format = "text"

  func validate() throws {
    guard ["text", "json"].contains(format) else {
      throw ValidationError("there is no format \(format); formats are text and json")
    }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none)
    let row = try repository.initiative(initiative)
    // What an approved initiative adds is no mistake here: a check finds it, too.
    let view = repository.estate.initiativeViews().first { $0.initiative.row == row }
    var mistakes = CheckedMerge.mistakes(of: row, repository.estate, repository.diagnostics, in: view)
    if !repository.isVocabularyWhole { mistakes += repository.diagnostics.filter { $0.severity == .error } }
    if !mistakes.isEmpty {
      Terminal.complain(mistakes.sortedForPrinting())
      Terminal.complain("triglyph: what has mistakes has no digest\n")
      throw ExitCode(2)
    }
    let report = DigestReport(row, repository.estate)
    Terminal.write(format == "json" ? report.json() : report.text(isVerbose: common.verbose))
    if !common.quiet, report.immaterialCount > 0 {
      let count = report.immaterialCount
      Terminal.complain(
        "triglyph: \(count) \(count == 1 ? "entry is" : "entries are") of immaterial fields and without a digest\n")
    }
  }
}
