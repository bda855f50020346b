internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct NewWaiver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiver",
    abstract: "Write a waiver for a finding that is there now.",
    discussion: """
      It is written to catalogue/governance/, and holds as soon as a decision approves it; `triglyph new decision` writes \
      that. Exit status: 0 it is written; 2 it is not.
      """)

  @OptionGroup var common: CommonOptions

  @Option(name: .customLong("for"), help: "The finding, f-….")
  var finding: String

  @Option(help: "Why the failure may be for a time.")
  var reason: String

  @Option(help: "The first day on which it holds (default: the day looked at; of an initiative its go-live).")
  var from: CivilDate?

  @Option(help: "The first day on which it holds no more (default: as late as the severity allows).")
  var until: CivilDate?

  @Option(help: "The decision that approves it.")
  var decision: String?

  @Option(help: "The initiative that puts things right.")
  var remedy: String?

  @Option(help: "The initiative in whose view the finding is, where it is in several.")
  var initiative: String?

  @Option(help: "The waiver that it renews: it begins when that one ends.")
  var renews: String?

  @Option(help: "Its id.")
  var id: String?

  @Flag(help: "Print the document and write nothing.")
  var dryRun = false

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("a waiver without a reason cannot be reviewed") }
    if let id, !EstateLoader.isID(id) {
      throw ValidationError("an id is made of a-z, 0-9 and single hyphens, at most 80 bytes")
    }
  }

  func run() async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false)
    let estate = repository.estate
    let found = try await chosen(repository, report)
    try refuseWhatCannotBeWaived(found, repository)
    let renewed = try renews.map { try repository.row(of: $0, kind: "waiver") }
    if case .waived(let waiver, let until) = found.standing, renewed.map(estate.identity) != waiver {
      try refuse("\(found.shortName) is waived already until \(until.text) by \(waiver); to go on: --renews \(waiver)")
    }
    var day = found.inView.map { max($0.date, common.date) } ?? common.date
    if let renewed, case .date(let end) = estate.value("until", of: renewed) { day = max(end, day) }
    let request = WaiverDraft.Request(
      reason: reason, from: from ?? day, until: until, id: try id.map { try free($0, estate) },
      decision: try decision.map { estate.entity(try repository.row(of: $0, kind: "decision")).id },
      remedy: try remedy.map { estate.entity(try repository.row(of: $0, kind: "initiative")).id },
      renews: renewed.map { estate.entity($0).id })
    if let until, until <= request.from {
      try refuse("it would never hold: it begins on \(request.from.text) and ends on \(until.text)")
    }
    let draft = WaiverDraft(found, request, estate, repository.waivers.limits)
    if dryRun {
      Terminal.write(draft.text)
      return
    }
    do {
      try FileReplacement.replace([
        .init(path: "\(repository.tree.root)/\(draft.path)", before: nil, after: Array(draft.text.utf8))
      ])
    } catch {
      try refuse(error.description)
    }
    if !common.quiet { Terminal.write(next(draft, request, found)) }
  }

  // MARK: What it is for

  private func chosen(_ repository: LoadedRepository, _ report: CheckReport) async throws -> Finding {
    let all = report.allFindings.filter { $0.inView.map(\.comparison.isOwn) ?? true }
    let shown = escapedForTerminal(finding)
    var found = all.filter { $0.shortName == finding }
    if let initiative {
      let name = initiative.contains(":") ? initiative : "initiative:\(initiative)"
      found = found.filter { $0.inView?.initiative == name }
      if found.isEmpty { try refuse("\(escapedForTerminal(name)) does not bring \(shown)") }
    }
    // What is there already is the estate's, whatever else brings it.
    if let first = found.first(where: { $0.inView == nil }) ?? (found.count == 1 ? found.first : nil) { return first }
    if found.isEmpty { try refuse(await common.absence(of: finding, repository, report)) }
    let names = found.compactMap { $0.inView?.initiative }.joined(separator: " and ")
    try refuse("\(names) bring \(shown); say which by --initiative")
  }

  private func refuseWhatCannotBeWaived(_ found: Finding, _ repository: LoadedRepository) throws {
    let name = found.shortName
    if found.outcome == .error { try refuse("\(name) is an error of the rule; put the rule right") }
    if PaperRule(rawValue: found.rule) != nil {
      try refuse("\(name) is about a waiver or the baseline itself; such findings cannot be waived")
    }
    if repository.book.rules.first(where: { $0.id == found.rule })?.isUnwaivable == true {
      try refuse("\(found.rule) cannot be waived: its document says so")
    }
  }

  private func free(_ id: String, _ estate: Estate) throws -> String {
    if case .none = estate.find("waiver:\(id)") { return id }
    try refuse("there is a waiver \(id) already")
  }

  // MARK: What next

  private func next(_ draft: WaiverDraft, _ request: WaiverDraft.Request, _ found: Finding) -> String {
    let text = """
      wrote \(draft.path)
      waiver:\(draft.id) covers \(found.shortName) from \(request.from.text) until \(draft.until.text)

      """
    if let decision = request.decision {
      return text + "it holds when decision:\(decision) approves and has \"waiver:\(draft.id)\" among its targets\n"
    }
    return text + """
      it holds when a decision approves it, and each names the other; when it is decided:
      triglyph new decision --for waiver:\(draft.id) --outcome approved

      """
  }

  private func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
