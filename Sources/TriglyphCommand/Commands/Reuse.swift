internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Discovery
internal import Governance
internal import Reports

struct Reuse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reuse",
    abstract: "Show what there is already of what somebody is about to build or buy.",
    discussion: """
      A question in anybody's words finds capabilities, and what provides them: who uses it, how to connect, who owns it, \
      and what stands against it. What does not fit comes last, with the reason.

        triglyph reuse "take card payments online"
        triglyph reuse "an account to log in with" --go-live 2027-06-01

      With --initiative: for each of its needs and for what it adds, what there is, and the block `reuseConsidered` of its \
      document with an entry for each, to be filled in.

        triglyph reuse --initiative one-log-in

      Exit status: 0 the answer is complete; 2 the question says nothing, something is unknown, or the catalogue has \
      mistakes; 3 a bug of triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "What is needed, in your own words.")
  var question: [String] = []

  @Option(help: "What an initiative needs and adds, instead of a question.", completion: .ids(ofKind: "initiative"))
  var initiative: String?

  @Option(help: "The classification of what is to be handled.")
  var classification: String?

  @Option(help: "From where it has to be reached.")
  var exposure: String?

  @Option(help: "The day from which on it is needed, YYYY-MM-DD (default: the day of the run).")
  var goLive: CivilDate?

  @Option(help: "How many capabilities to tell of.")
  var limit = 5

  @Flag(help: "Tell of everything that is offered, not only of the first.")
  var all = false

  @Option(name: [.short, .long], help: "The form of the answer (default: table on a terminal, else tsv).")
  var format: SheetFormat?

  @Flag(help: "Leave out the line of headings.")
  var noHeadings = false

  func validate() throws {
    if question.isEmpty, initiative == nil { throw ValidationError("give a question or --initiative") }
    if !question.isEmpty, initiative != nil { throw ValidationError("a question and --initiative exclude one another") }
    if initiative != nil, classification != nil || exposure != nil || goLive != nil {
      throw ValidationError("--classification, --exposure and --go-live go with a question")
    }
    if !(1...100).contains(limit) { throw ValidationError("--limit is between 1 and 100") }
    if let goLive, goLive < common.date {
      throw ValidationError("--go-live is no day before \(common.date.text), the day of the run")
    }
  }

  private var sheetFormat: SheetFormat { format ?? (Terminal.isOutput ? .table : .tsv) }

  private var options: ReuseReport.Options {
    ReuseReport.Options(
      style: Terminal.style, width: Terminal.width, hasHeadings: !noHeadings, isQuiet: common.quiet,
      isVerbose: common.verbose)
  }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var repository = try await common.load(derives: .none)
    let loaded = clock.now
    let roles: ReuseRoles
    do {
      roles = try ReuseRoles(repository.estate.metamodel)
    } catch {
      repository.complainOfInput()
      throw refusal(error.sentence + (error.role.map(PackedRole.note) ?? ""))
    }
    try check(.classification, classification, repository.estate)
    try check(.exposure, exposure, repository.estate)
    let read = Assessment.reads(of: repository.book, repository.waivers, about: roles.providers)
    let status: Int32
    do {
      // What a search reads is recorded, as a rule: it goes on beside the working out of derived fields.
      let bare = repository.estate
      if let initiative {
        let row = try repository.initiative(initiative)
        async let early = bare.canRead(roles.searched) ? try InitiativeReuse.Searches(row, in: bare, roles) : nil
        repository = repository.deriving(toRead: roles.reads.union(read))
        status = try weigh(row, repository, roles, try await early)
      } else {
        let (asked, day) = (question.joined(separator: " "), goLive)
        async let early = bare.canRead(roles.searched) ? try ReuseSearch(asked, in: Self.seen(bare, day), roles) : nil
        repository = repository.deriving(toRead: roles.reads.union(read))
        status = try answer(repository, roles, try await early)
      }
    } catch let failure as ReuseFailure {
      throw refusal(failure.sentence + (failure.role.map(PackedRole.note) ?? ""))
    }
    repository.complainOfInput()
    if common.verbose {
      let (loading, answering) = (common.milliseconds(loaded - start), common.milliseconds(clock.now - loaded))
      Terminal.complain("loaded in \(loading) ms, answered in \(answering) ms\n")
    }
    Terminal.end(status)
  }

  private func refusal(_ sentence: String) -> ExitCode {
    Terminal.complain("triglyph: \(escapedForTerminal(sentence))\n")
    return ExitCode(2)
  }

  /// Refuses a value that the field in a role cannot have.
  private func check(_ role: ReuseRole, _ value: String?, _ estate: Estate) throws {
    guard let value else { return }
    let fields = estate.metamodel.fields(inRole: role.rawValue)
    let types = fields.compactMap { field in
      if case .scalar(.enumeration(let type)) = field.shape { type } else { nil }
    }
    if types.isEmpty { throw refusal("no field of the metamodel has the role `\(role.rawValue)`") }
    if types.contains(where: { $0.ordinal(of: value) != nil }) { return }
    let known = types.first?.values ?? []
    let near = suggestion(for: value, among: known) ?? "known: \(known.joined(separator: ", "))"
    throw refusal("there is no \(role.rawValue) `\(value)`; \(near)")
  }

  /// The estate on the day on which something is needed: what is approved will be there, and gone, by then.
  private static func seen(_ estate: Estate, _ goLive: CivilDate?) -> Estate {
    let date = goLive ?? estate.asOf
    let isLater = date > estate.asOf && estate.initiatives.contains(where: \.isCommitted)
    return date == estate.asOf ? estate : estate.seen(in: isLater ? estate.committedView() : estate.view, at: date)
  }

  /// - Parameter early: what was found already; nil: nobody has looked.
  private func answer(_ repository: LoadedRepository, _ roles: ReuseRoles, _ early: ReuseSearch?) throws -> Int32 {
    let estate = repository.estate
    let narrowing = ReuseNarrowing(classification: classification, exposure: exposure, goLive: goLive)
    let seen = Self.seen(estate, goLive)
    let found = try early ?? ReuseSearch(question.joined(separator: " "), in: seen, roles)
    let answer = ReuseAnswer(found, narrowing, in: seen, roles, limit: limit)
    let findings = Assessment.openFindings(
      about: answer.offered.filter { estate.graph.members.contains($0) }, repository.book, repository.waivers,
      repository.baseline, on: estate)
    let report = ReuseReport(answer.with(findings), listsAll: all, inputErrorCount: repository.errorCount)
    Terminal.write(report.text(sheetFormat, options))
    if sheetFormat != .json, sheetFormat != .table, let line = report.warning {
      Terminal.complain("triglyph: \(escapedForTerminal(line))\n")
    }
    return report.exitStatus
  }

  /// - Parameter early: what was found already; nil: nobody has looked.
  private func weigh(
    _ initiative: Int32, _ repository: LoadedRepository, _ roles: ReuseRoles, _ early: InitiativeReuse.Searches?
  ) throws -> Int32 {
    let estate = repository.estate
    let reuse = try InitiativeReuse(initiative, in: estate, roles, early)
    let findings = Assessment.openFindings(
      about: reuse.offered.filter { estate.graph.members.contains($0) }, repository.book, repository.waivers,
      repository.baseline, on: estate)
    let report = InitiativeReuseReport(reuse.with(findings), inputErrorCount: repository.errorCount)
    Terminal.write(report.text(sheetFormat, options))
    if sheetFormat != .json, sheetFormat != .table {
      Terminal.complain("triglyph: \(escapedForTerminal(report.summary))\n")
    }
    return report.exitStatus
  }
}
