internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
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

  @Flag(help: "Print the time of each phase and rule, to standard error.")
  var stats = false

  @Option(help: ArgumentHelp("How many tasks work at once.", visibility: .hidden))
  var jobs = 2

  var date: CivilDate { asOf ?? Terminal.today }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs is between 1 and 256") }
  }

  /// Loads the repository; a broken environment is one sentence and status 2.
  func load(derives: LoadedRepository.Derives = .all, judges: Bool = true) async throws -> LoadedRepository {
    do {
      return try await LoadedRepository.load(repository, asOf: date, tasks: jobs, derives: derives, judges: judges)
    } catch let failure as WorkingTree.Failure {
      Terminal.complain("triglyph: \(failure.description)\n")
      throw ExitCode(2)
    }
  }

  /// Loads and checks.
  ///
  /// - Parameters:
  ///   - initiative: the one to check, alone; nil: the estate and all open ones.
  ///   - alone: whether the others that are approved are left out of its base.
  func check(
    failOn: Severity?, failsOnUndecided: Bool, derives: LoadedRepository.Derives = .all, initiative: String? = nil,
    alone: Bool = false
  ) async throws -> (LoadedRepository, CheckReport) {
    let clock = ContinuousClock()
    let start = clock.now
    let repository = try await load(derives: derives)
    let report = try await check(
      repository, failOn: failOn, failsOnUndecided: failsOnUndecided, initiative: initiative, alone: alone,
      loadedIn: clock.now - start)
    return (repository, report)
  }

  /// Checks what is loaded.
  func check(
    _ repository: LoadedRepository, failOn: Severity?, failsOnUndecided: Bool, initiative: String? = nil,
    alone: Bool = false, since: Since? = nil, own: OwnJudge? = nil, loadedIn loading: Duration
  ) async throws -> CheckReport {
    let clock = ContinuousClock()
    let loaded = clock.now
    let estate = repository.estate
    let only = try initiative.map { try openInitiative($0, repository) }
    let whole = await Assessment.run(repository.book.rules, on: estate, tasks: jobs)
    let assessment = only == nil ? whole : await Assessment.run([], on: estate, tasks: jobs)
    let checked = clock.now
    let portfolio = await Portfolio.run(
      repository.book.rules, on: estate, beside: whole, only: only.map { [$0.id] } ?? [], alone: alone,
      tasks: jobs)
    let viewed = clock.now
    let report = CheckReport(
      estate: estate, assessment: assessment, portfolio: portfolio, isOfInitiativesOnly: only != nil, since: since,
      own: own, waivers: repository.waivers, baseline: repository.baseline, diagnostics: repository.diagnostics,
      ruleDocumentCount: repository.book.documentCount, failOn: failOn ?? repository.settings.failOn ?? .major,
      failsOnUndecided: failsOnUndecided, adoption: repository.book.adoption,
      settingChanges: SettingChange.all(repository.settings.values, estate))
    if verbose || stats {
      // Times go to standard error only: the same input gives the same output.
      Terminal.complain(
        "loaded in \(milliseconds(loading)) ms, checked in \(milliseconds(checked - loaded)) ms\n"
          + "views: \(portfolio.checks.count) initiatives, \(portfolio.targetCount) targets re-evaluated, "
          + "\(portfolio.wholeCount) rules evaluated whole, \(milliseconds(viewed - checked)) ms\n")
    }
    if stats {
      let phases = [
        RunStatistics.Phase("running rules", checked - loaded), RunStatistics.Phase("views", viewed - checked),
        RunStatistics.Phase("what stands", clock.now - viewed),
      ]
      Terminal.complain(RunStatistics.text(repository.times + phases) + RunStatistics.text(whole, portfolio))
    }
    return report
  }

  /// What is found in the view of one initiative; nothing where it has none of its own.
  func findings(inViewOf id: String, _ repository: LoadedRepository) async -> [Finding] {
    let name = id.split(separator: ":").last.map(String.init) ?? id
    let estate = repository.estate
    guard estate.initiatives.contains(where: { $0.id == name && $0.isOpen }) else { return [] }
    let portfolio = await Portfolio.run(repository.book.rules, on: estate, only: [name], tasks: jobs)
    return CheckReport(
      estate: estate, assessment: await Assessment.run([], on: estate, tasks: jobs), portfolio: portfolio,
      isOfInitiativesOnly: true, waivers: repository.waivers, baseline: repository.baseline,
      diagnostics: repository.diagnostics, ruleDocumentCount: repository.book.documentCount, failOn: .major,
      failsOnUndecided: false
    ).allFindings
  }

  /// Loads, and goes through the days to the horizon.
  func roadmap(failOn: Severity?, failsOnUndecided: Bool) async throws -> (LoadedRepository, RoadmapReport) {
    let clock = ContinuousClock()
    let start = clock.now
    let repository = try await load(derives: .readByRules)
    let loaded = clock.now
    let roadmap = await Roadmap.run(repository.book.rules, on: repository.estate, tasks: jobs)
    let walked = clock.now
    let assessment = await Assessment.run(repository.book.rules, on: roadmap.estate, tasks: jobs)
    if verbose {
      let (loading, walking) = (milliseconds(loaded - start), milliseconds(walked - loaded))
      Terminal.complain(
        "loaded in \(loading) ms, \(roadmap.days.count) days in \(walking) ms: \(roadmap.targetCount) targets, "
          + "\(roadmap.wholeCount) rules evaluated whole; the first day's counts in "
          + "\(milliseconds(clock.now - walked)) ms\n")
    }
    let report = CheckReport(
      estate: roadmap.estate, assessment: assessment, waivers: repository.waivers, baseline: repository.baseline,
      applied: roadmap.initiatives, diagnostics: repository.diagnostics + roadmap.diagnostics,
      ruleDocumentCount: repository.book.documentCount, failOn: failOn ?? repository.settings.failOn ?? .major,
      failsOnUndecided: failsOnUndecided, adoption: repository.book.adoption,
      settingChanges: SettingChange.all(repository.settings.values, repository.estate))
    return (
      repository, RoadmapReport(roadmap.standing(repository.waivers, repository.baseline), report)
    )
  }

  /// The open initiative of a name; one that is not open is a sentence and status 2.
  private func openInitiative(_ name: String, _ repository: LoadedRepository) throws -> Initiative {
    let estate = repository.estate
    let reference = name.contains(":") ? name : "initiative:\(name)"
    let all = estate.initiatives
    guard case .found(let row) = estate.find(reference), let found = all.first(where: { $0.row == row }) else {
      let near = suggestion(for: name, among: all.map(\.id)).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no initiative \(escapedForTerminal(name))\(near)\n")
      throw ExitCode(2)
    }
    guard found.isOpen else {
      let why = found.isBeforeLive ? "was rejected" : "is live or closed"
      Terminal.complain("triglyph: initiative \(found.id) \(why): it has no view to check\n")
      throw ExitCode(2)
    }
    return found
  }

  func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
  }
}
