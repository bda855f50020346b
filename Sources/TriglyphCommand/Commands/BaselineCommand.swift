internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct BaselineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Take a baseline of what the estate starts with, and let it shrink.",
    discussion: """
      baseline.yaml holds the estate's findings that do not count because they were there when checking began. Without \
      an option, what is not found any more is taken out, and a measure that fell is lowered; nothing is ever added so. \
      --grow adds what is found now, by a decision that approves and names the rule or the finding under `baseline`.

      What is printed is the difference. Nothing is written where the input could not be evaluated completely.

      Exit status: 0 the file is as it should be (with --dry-run: would be); 2 nothing is written.
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "Take the first one.")
  var create = false

  @Flag(help: "Add what is found now: the findings that are named, or all.")
  var grow = false

  @Option(help: "With --grow: the decision that approves it.")
  var decision: String?

  @Option(help: "With --create: the revision that it is taken at; it is written into the file as it is.")
  var revision: String?

  @Flag(help: "Print the difference and write nothing.")
  var dryRun = false

  @Argument(help: "With --grow: findings, f-….")
  var findings: [String] = []

  func validate() throws {
    if create, grow { throw ValidationError("--create and --grow exclude one another") }
    if grow, decision == nil { throw ValidationError("--grow needs --decision: nothing is added without one") }
    if !grow, decision != nil || !findings.isEmpty {
      throw ValidationError("a decision and findings are for --grow")
    }
    if !create, revision != nil { throw ValidationError("--revision is for --create") }
    if revision?.contains(where: \.isNewline) == true { throw ValidationError("a revision is one line") }
  }

  func run() async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false, derives: .readByRules)
    if report.outcome == .incomplete {
      try refuse(
        "what is there is not evaluated completely, so the baseline cannot be told; `triglyph check` says why")
    }
    let update = try await create ? taking(repository, report) : changing(repository, report)
    if !common.quiet { Terminal.write(Self.text(update)) }
    let count = update.baseline.entries.count
    let size = "\(count) \(count == 1 ? "finding" : "findings")"
    if update.changesNothing, !create {
      Terminal.complain("\(WorkingTree.baselineFile) holds \(size), and all are still there\n")
      return
    }
    if !dryRun { try write(update, repository) }
    Terminal.complain("\(dryRun ? "would write" : "wrote") \(WorkingTree.baselineFile): \(size)\n")
  }

  // MARK: What is to be written

  private func taking(_ repository: LoadedRepository, _ report: CheckReport) throws -> BaselineUpdate {
    if repository.baselineFile != nil {
      try refuse("\(WorkingTree.baselineFile) is there already; without --create what is gone is taken out of it")
    }
    return BaselineUpdate.taking(report.findings, on: common.date, revision: revision)
  }

  private func changing(_ repository: LoadedRepository, _ report: CheckReport) async throws -> BaselineUpdate {
    guard let baseline = repository.baseline else {
      let count = report.findings.count(where: BaselineUpdate.takes)
      try refuse(
        "there is no \(WorkingTree.baselineFile); --create takes one of the \(count) findings that the estate has now")
    }
    let shrunk = BaselineUpdate.shrinking(baseline, to: report.findings)
    guard grow, let decision else { return shrunk }
    let approval = try approval(decision, repository)
    let chosen = try await chosen(repository, report)
    let named = chosen.filter { approval.names($0.identity) }
    if let other = chosen.first(where: { !approval.names($0.identity) }), named.isEmpty || !findings.isEmpty {
      let example = "`baseline: [\(other.rule)]`, or the finding: `baseline: ['\(escapedForTerminal(other.identity))']`"
      try refuse("\(approval.name) does not let \(other.shortName) in; it has to name the rule: \(example)")
    }
    if named.count < chosen.count {
      let rest = chosen.count - named.count
      Terminal.complain(
        "\(rest) \(rest == 1 ? "finding is" : "findings are") not added: \(approval.name) does not name \(rest == 1 ? "it" : "them")\n"
      )
    }
    return shrunk.growing(by: named, decision: approval.name, on: common.date)
  }

  /// The findings that are named, or all that there are.
  private func chosen(_ repository: LoadedRepository, _ report: CheckReport) async throws -> [Finding] {
    let open = report.findings.filter(BaselineUpdate.takes)
    if findings.isEmpty { return open }
    var result: [Finding] = []
    for name in findings {
      if let finding = open.first(where: { $0.shortName == name }) {
        result.append(finding)
        continue
      }
      let shown = escapedForTerminal(name)
      if let other = report.allFindings.first(where: { $0.shortName == name }) {
        let why =
          other.inView.map { "is \($0.initiative)'s, and a baseline is of the estate" }
          ?? (other.standing == .open ? "cannot be in a baseline" : "does not count already")
        try refuse("\(shown) \(why)")
      }
      try refuse(await common.absence(of: name, repository, report))
    }
    return result
  }

  private func approval(_ decision: String, _ repository: LoadedRepository) throws -> BaselineApproval {
    let approval = BaselineApproval(try repository.row(of: decision, kind: "decision"), repository.estate)
    guard approval.approves else {
      try refuse("\(approval.name) does not approve anything on \(common.date.text)")
    }
    return approval
  }

  private func write(_ update: BaselineUpdate, _ repository: LoadedRepository) throws {
    do {
      try FileReplacement.replace([
        .init(
          path: "\(repository.tree.root)/\(WorkingTree.baselineFile)", before: repository.baselineFile?.bytes,
          after: Array(update.baseline.text.utf8))
      ])
    } catch {
      try refuse(error.description)
    }
  }

  // MARK: Words

  private static func text(_ update: BaselineUpdate) -> String {
    var lines: [String] = []
    for (word, entries) in [
      ("gone", update.removed), ("better", update.lowered), ("renamed", update.renamed), ("added", update.added),
    ] {
      for entry in entries { lines.append("\(word): \(entry.severity.name) \(escapedForTerminal(entry.identity))\n") }
    }
    return lines.joined()
  }

  private func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
