internal import ArgumentParser
internal import CEL
internal import Governance
internal import Reports

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("as-of"), help: "The day to look at, YYYY-MM-DD (default: today).")
  var asOf: CivilDate?

  @Option(help: "The repository's folder, or one inside it.")
  var repository = "."

  @Flag(help: "Print the summary only.")
  var quiet = false

  @Flag(help: "Print more: counters, all missing facts, what was passed over, times.")
  var verbose = false

  @Option(help: ArgumentHelp("How many tasks work at once.", visibility: .hidden))
  var jobs = 2

  var date: CivilDate { asOf ?? Terminal.today }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs is between 1 and 256") }
  }

  /// Loads the repository; a broken environment is one sentence and status 2.
  func load(derives: LoadedRepository.Derives = .all) async throws -> LoadedRepository {
    do {
      return try await LoadedRepository.load(repository, asOf: date, tasks: jobs, derives: derives)
    } catch let failure as WorkingTree.Failure {
      Terminal.complain("triglyph: \(failure.description)\n")
      throw ExitCode(2)
    }
  }

  /// Loads and checks.
  func check(
    failOn: Severity?, failsOnUndecided: Bool, derives: LoadedRepository.Derives = .all
  ) async throws -> (LoadedRepository, CheckReport) {
    let clock = ContinuousClock()
    let start = clock.now
    let repository = try await load(derives: derives)
    let loaded = clock.now
    let assessment = await Assessment.run(repository.book.rules, on: repository.estate, tasks: jobs)
    if verbose {
      // Times go to standard error only: the same input gives the same output.
      let (loading, checking) = (milliseconds(loaded - start), milliseconds(clock.now - loaded))
      Terminal.complain("loaded in \(loading) ms, checked in \(checking) ms\n")
    }
    let report = CheckReport(
      estate: repository.estate, assessment: assessment, diagnostics: repository.diagnostics,
      ruleDocumentCount: repository.book.documentCount, failOn: failOn ?? repository.settings.failOn ?? .major,
      failsOnUndecided: failsOnUndecided)
    return (repository, report)
  }

  func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
  }
}
