internal import ArgumentParser
internal import CEL
internal import Diagnostics
internal import Governance
internal import Reports

struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "State how an initiative, or the whole portfolio, conforms to the standards.",
    discussion: """
      With --initiative: clause by clause, what conforms, does not conform (with its findings), is waived until when, \
      attested by whom, not yet due, not applicable, undecided or checked by nothing; each standard summed up in one of \
      six levels. Of one that is live or closed, how what it added and changed stands today. Without: all open initiatives by standard and by who answers for them, the estate's findings, and \
      waivers with their ends. It says what the catalogue declares at a revision on a day, and never that a law is \
      complied with.

      With --since: one row for each day from then on, evaluated from Git's objects as the branch that is checked out \
      stood on that day, by the rules of its own revision; what is not committed is not in it.

        triglyph report --initiative one-log-in
        triglyph report --since 2026-01-01 --every month -f csv=trend.csv
        triglyph report -f html=portfolio.html

      Exit status: 0 everything was evaluated, whatever was found (`triglyph check` judges); 2 the input could not be \
      evaluated completely; 3 a bug of triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "The statement of this initiative.", completion: .ids(ofKind: "initiative"))
  var initiative: String?

  @Flag(help: "Leave other approved initiatives out of its base.")
  var alone = false

  @Option(help: "How it stood from this day on, YYYY-MM-DD.")
  var since: CivilDate?

  @Option(help: "With --since, the step from day to day: week, month, quarter or year (default: month).")
  var every: Trend.Step?

  @Option(
    name: [.short, .long], help: "\(ReportFormat.list); with =FILE to write it to a file; may be repeated.")
  var format: [String] = []

  func validate() throws {
    _ = try ReportOutput<ReportFormat>.read(format)
    if since != nil, initiative != nil {
      throw ValidationError("--since is of the whole portfolio, not of one initiative")
    }
    if every != nil, since == nil { throw ValidationError("--every goes with --since") }
    if let since {
      if since > common.date {
        throw ValidationError("--since is no day after \(common.date.text), the day of the run")
      }
      if Trend.days(from: since, to: common.date, every: every ?? .month) == nil {
        throw ValidationError("that is more than \(Trend.limit) days to look at; take a longer step (--every)")
      }
    }
    if alone, initiative == nil { throw ValidationError("--alone goes with --initiative") }
  }

  func run() async throws {
    let outputs = try ReportOutput<ReportFormat>.read(format)
    let written = try await written()
    let isWritten = ReportOutput.write(
      outputs,
      text: { output in
        let isTerminal = output.path == nil
        return written.text(
          output.format,
          AnswerReport.Options(
            style: isTerminal ? Terminal.style : .plain, width: isTerminal ? Terminal.width : 100,
            isQuiet: common.quiet, isVerbose: common.verbose))
      })
    Terminal.end(isWritten ? written.exitStatus : 2)
  }

  /// What is written.
  private struct Written {
    var text: (ReportFormat, AnswerReport.Options) -> String
    var exitStatus: Int32
  }

  private func written() async throws -> Written {
    if let since { return try await trend(since) }
    if let initiative, let written = try await done(initiative) { return written }
    let (repository, check) = try await common.check(
      failOn: nil, failsOnUndecided: false, derives: .readByRules, initiative: initiative, alone: alone)
    repository.complainOfInput()
    let provenance = await repository.provenance()
    if initiative != nil {
      guard let report = StatementReport(check, provenance) else { throw ExitCode(2) }
      return Written(text: report.text, exitStatus: report.exitStatus)
    }
    let report = PortfolioReport(check, provenance)
    return Written(text: report.text, exitStatus: report.exitStatus)
  }

  /// Of an initiative that is live or closed, which has no view; nil: it is another.
  private func done(_ name: String) async throws -> Written? {
    let repository = try await common.load(derives: .readByRules)
    let row = try repository.initiative(name)
    guard let initiative = repository.estate.initiatives.first(where: { $0.row == row }), !initiative.isBeforeLive
    else { return nil }
    if alone {
      Terminal.complain("triglyph: --alone is of open initiatives, and \(initiative.id) is live or closed\n")
      throw ExitCode(2)
    }
    repository.complainOfInput()
    let check = try await common.check(repository, failOn: nil, failsOnUndecided: false, loadedIn: .zero)
    let report = StatementReport(ofDone: initiative, check, await repository.provenance())
    return Written(text: report.text, exitStatus: report.exitStatus)
  }

  private func trend(_ since: CivilDate) async throws -> Written {
    let step = every ?? .month
    do {
      let tree = try WorkingTree.nearest(to: common.repository)
      let days = Trend.days(from: since, to: common.date, every: step) ?? []
      let report = TrendReport(try await Trend(tree: tree, common: common).rows(days), every: step.rawValue)
      return Written(text: report.text, exitStatus: report.exitStatus)
    } catch let failure as WorkingTree.Failure {
      Terminal.complain("triglyph: \(failure.description)\n")
      throw ExitCode(2)
    }
  }
}
