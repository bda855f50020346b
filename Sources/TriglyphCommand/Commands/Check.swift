internal import ArgumentParser
internal import Governance
internal import Reports

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the catalogue, and every open initiative, against the rules.",
    discussion: """
      An initiative is judged by the estate that it would create: its view is compared with its base, which is the \
      catalogue with the other initiatives that are approved.

      With --roadmap, says instead from when to when a rule fails in the estate with every approved initiative applied, \
      up to the horizon of the settings. Every day is looked at on which something enters a phase or a change comes into \
      effect, and the days that rules compare the date with; where a rule computes with the date otherwise, it can turn \
      between two of these, and the later one is told. What is there on the first day counts, with all that is approved, \
      so that the numbers are not those of a check of the estate as it is; what begins later is told and does not count.

      With --changed-since REV only findings count that were not there at that revision. Both sides are judged by the \
      standards, rules, vocabulary, settings, waivers and decisions of the revision, so that no change brings its own \
      judge (--trust head takes those of the working tree); what differs between the two is told.

      With --initiative X --gate STAGE says what is missing for the initiative to enter that stage, in the order of what \
      to do next: it is judged as if it stood there, so that rules that bind it from there on are asked, too. Exit \
      status 0 then means that the gate can be passed.

      Exit status: 0 nothing counts; 1 something counts; 2 the input could not be evaluated completely; 3 a bug of \
      triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  /// Nothing is checked by its path alone; who gives one is told what to do.
  @Argument(help: .hidden)
  var paths: [String] = []

  @Option(
    help: "Check this initiative only: what it introduces and worsens counts.",
    completion: .ids(ofKind: "initiative"))
  var initiative: String?

  @Option(
    help: ArgumentHelp("Say what is missing for the initiative to enter a stage, and its lane.", valueName: "stage"),
    completion: .gates)
  var gate: String?

  @Flag(help: "Leave other approved initiatives out of an initiative's base.")
  var alone = false

  @Flag(help: "Say from when to when rules fail in the estate with every approved initiative applied.")
  var roadmap = false

  @Option(help: ArgumentHelp("Count only what is new since a Git revision.", valueName: "rev"))
  var changedSince: String?

  @Option(help: "Whose rules judge with --changed-since: base (the revision) or head (the working tree).")
  var trust: Since.Trust?

  @Option(help: "The least severity that counts.")
  var failOn: Severity?

  @Flag(help: "Undecided outcomes count like failures.")
  var failOnUndecided = false

  @Option(
    name: [.short, .long],
    help: "\(CheckFormat.list); with =FILE to write it to a file; may be repeated.",
    completion: .list(CheckFormat.allCases.map(\.rawValue)))
  var format: [String] = []

  private func outputs() throws -> [ReportOutput<CheckFormat>] {
    let outputs = try ReportOutput<CheckFormat>.read(format)
    if roadmap, let other = outputs.first(where: { !$0.format.isOfRoadmaps }) {
      throw ValidationError("--roadmap is written as text or json, not as \(other.format.rawValue)")
    }
    return outputs
  }

  /// The forms in which a gate is written.
  private static let gateFormats: [CheckFormat] = [.text, .json, .markdown]

  func validate() throws {
    if gate != nil {
      if initiative == nil { throw ValidationError("--gate goes with --initiative") }
      if roadmap || changedSince != nil { throw ValidationError("--gate excludes --roadmap and --changed-since") }
      if let other = try outputs().first(where: { !Self.gateFormats.contains($0.format) }) {
        throw ValidationError("--gate is written as text, json or markdown, not as \(other.format.rawValue)")
      }
    }
    if let path = paths.first { throw ValidationError(WrongArgument.sentence(path)) }
    if roadmap, initiative != nil || alone {
      throw ValidationError("--roadmap looks at all approved initiatives: it excludes --initiative and --alone")
    }
    if roadmap, changedSince != nil { throw ValidationError("--roadmap and --changed-since exclude one another") }
    if trust != nil, changedSince == nil { throw ValidationError("--trust goes with --changed-since") }
    _ = try outputs()
  }

  func run() async throws {
    let outputs = try outputs()
    if let gate, let initiative {
      let report = try await common.gate(
        gate, of: initiative, alone: alone, failOn: failOn, failsOnUndecided: failOnUndecided)
      let isWritten = ReportOutput.write(
        outputs,
        text: { output in
          switch output.format {
          case .json: report.json()
          case .markdown: report.markdown()
          default: report.text(style: output.path == nil ? Terminal.style : .plain, isQuiet: common.quiet)
          }
        })
      Terminal.end(isWritten ? report.outcome.exitStatus : 2)
    }
    let (repository, made) = try await made()
    var setting = CheckFormat.Setting(
      version: Root.configuration.version, wayFromGitRoot: repository.tree.wayFromGitRoot)
    if outputs.contains(where: { $0.format == .html }) { setting.provenance = await repository.provenance() }
    let clock = ContinuousClock()
    let start = clock.now
    let isForGitHub = outputs.contains { $0.format == .github }
    let isWritten = ReportOutput.write(
      outputs,
      text: { output in
        let style = output.path == nil ? Terminal.style : .plain
        let text = TextReport(style: style, isQuiet: common.quiet, isVerbose: common.verbose)
        return made.text(output.format, setting, text)
      }, summary: isForGitHub ? { made.summary(setting, taken: $0) } : nil)
    if common.stats {
      Terminal.complain(RunStatistics.text([RunStatistics.Phase("writing the report", clock.now - start)]))
    }
    if common.verbose, repository.otherFileCount > 0 {
      Terminal.complain(
        "\(repository.otherFileCount) files under catalogue, standards and rules are not YAML and were not read\n")
    }
    Terminal.end(isWritten ? made.outcome.exitStatus : 2)
  }

  /// What is written.
  private enum Report {
    case check(CheckReport)
    case roadmap(RoadmapReport)

    var outcome: CheckReport.Outcome {
      switch self {
      case .check(let report): report.outcome
      case .roadmap(let report): report.outcome
      }
    }

    func text(_ format: CheckFormat, _ setting: CheckFormat.Setting, _ text: TextReport) -> String {
      switch self {
      case .check(let report): format.write(report, setting, text: text)
      case .roadmap(let report): format == .json ? report.json : text.text(report)
      }
    }

    func summary(_ setting: CheckFormat.Setting, taken: Int) -> String {
      switch self {
      case .check(let report): GitHubReport.summary(report, setting, taken: taken)
      case .roadmap: ""
      }
    }
  }

  private func made() async throws -> (LoadedRepository, Report) {
    if roadmap {
      let (repository, report) = try await common.roadmap(failOn: failOn, failsOnUndecided: failOnUndecided)
      return (repository, .roadmap(report))
    }
    if let changedSince {
      let (repository, report) = try await common.check(
        since: changedSince, trust: trust ?? .base, failOn: failOn, failsOnUndecided: failOnUndecided,
        initiative: initiative, alone: alone)
      return (repository, .check(withLane(report, repository)))
    }
    let (repository, report) = try await common.check(
      failOn: failOn, failsOnUndecided: failOnUndecided, derives: .readByRules, initiative: initiative,
      alone: alone)
    return (repository, .check(withLane(report, repository)))
  }

  /// The same report, with the lane of the initiative that is checked.
  private func withLane(_ report: CheckReport, _ repository: LoadedRepository) -> CheckReport {
    guard initiative != nil, let check = report.portfolio?.checks.first else { return report }
    var report = report
    let row = check.view.initiative.row
    report.lanes[report.estate.identity(row)] = Triage(ofOpen: row, report.estate, repository.book, alone: alone)
    return report
  }
}
