internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct Impact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "Show what depends on an entity, by which way, and what open initiatives do to that.",
    discussion: """
      What cannot do without it comes first, nearest first, each with one shortest way: `stops` says whether its \
      failure alone stops that. What could be affected as well is counted by kind and by the relation that leads there. \
      Then: what ends, of the entity and of what it needs, and who still depends on it on that day; and each open \
      initiative that touches it or one that depends on it, with what comes and goes at its go-live.

        triglyph impact initiative:one-log-in
        triglyph impact organisation:design-authority --at 2028-01-01

      Exit status: 0 the answer is complete; 2 there is no such entity, or the catalogue has mistakes; 3 a bug of \
      triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids())
  var entity: String

  @Option(help: "A later day to look at, YYYY-MM-DD (default: the day of the run; with an initiative its go-live).")
  var at: CivilDate?

  @Option(
    name: .customLong("with"), help: ArgumentHelp("Look in the view of an open initiative.", valueName: "initiative"),
    completion: .ids(ofKind: "initiative"))
  var initiative: [String] = []

  @Flag(help: "List everything, not only the nearest.")
  var all = false

  @Option(name: [.short, .long], help: "The form of the answer (default: table on a terminal, else tsv).")
  var format: SheetFormat?

  @Flag(help: "Leave out the line of headings.")
  var noHeadings = false

  func validate() throws {
    if initiative.count > 1 { throw ValidationError("--with stands once: a view is one initiative's") }
    if let at, at < common.date {
      throw ValidationError("--at is no day before \(common.date.text), the day of the run")
    }
  }

  private var sheetFormat: SheetFormat { format ?? (Terminal.isOutput ? .table : .tsv) }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var repository = try await common.load(derives: .none)
    let loaded = clock.now
    let roles: ImpactRoles
    do {
      roles = try ImpactRoles(repository.estate.metamodel)
    } catch {
      Terminal.complain("triglyph: \(error.sentence)\n")
      throw ExitCode(2)
    }
    repository = repository.deriving(toRead: roles.reads)
    let view = try initiative.first.map { try repository.openView($0) }
    let estate = try repository.seen(with: initiative.first, at: at)
    let row = try repository.row(of: entity, in: estate)
    let impact = await Governance.Impact(on: row, in: estate, roles).withPlans(tasks: common.jobs)
    let report = ImpactReport(
      impact, with: view?.initiative, listsAll: all, inputErrorCount: repository.errorCount)
    Terminal.write(
      report.text(
        sheetFormat,
        ImpactReport.Options(
          style: Terminal.style, width: Terminal.width, hasHeadings: !noHeadings, isQuiet: common.quiet,
          isVerbose: common.verbose)))
    if sheetFormat == .tsv || sheetFormat == .csv, let line = report.warning {
      Terminal.complain("triglyph: \(line)\n")
    }
    repository.complainOfInput()
    if common.verbose {
      let (loading, answering) = (common.milliseconds(loaded - start), common.milliseconds(clock.now - loaded))
      Terminal.complain("loaded in \(loading) ms, answered in \(answering) ms\n")
    }
    Terminal.end(report.exitStatus)
  }
}
