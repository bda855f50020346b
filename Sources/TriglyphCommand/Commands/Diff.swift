internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import History
internal import Reports

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what differs between two Git revisions, or a revision and the working tree.",
    discussion: """
      What documents say is compared, entity by entity, wherever and however they are written: what came, changed, went \
      and got another id, with old and new values; who directly uses that; what differs in the rules and all else that \
      judges; and which findings are new, worse and fixed. Both sides are judged by the rules of the first (--trust head: \
      by those of the second). Revisions are read from Git's objects; the working tree is not touched, and nothing that \
      the repository's configuration names is run.

        triglyph diff main
        triglyph diff v1.0 v1.1 -f markdown=comment.md -f sarif=diff.sarif

      Exit status: 0 the sides are compared; 2 they cannot be, or not completely. What is found does not matter here: \
      `triglyph check --changed-since` judges.
      """)

  enum Format: String, OutputFormat {
    case text, json, sarif, markdown

    static let list = "text, json, sarif and markdown"
  }

  @OptionGroup var common: CommonOptions

  @Argument(help: "A revision: a branch, a tag, HEAD~2, a commit.")
  var base: String

  @Argument(help: "Another one (default: the working tree).")
  var head: String?

  @Option(help: "Whose rules judge both: base or head.")
  var trust = Since.Trust.base

  @Option(
    name: [.short, .long], help: "\(Format.list); with =FILE to write it to a file; may be repeated.")
  var format: [String] = []

  func validate() throws { _ = try ReportOutput<Format>.read(format) }

  func run() async throws {
    let outputs = try ReportOutput<Format>.read(format)
    let compared = try await compared()
    let isWritten = ReportOutput.write(
      outputs,
      text: { output in
        switch output.format {
        case .json: compared.report.json
        case .markdown: compared.report.markdown
        case .sarif: compared.report.sarif(from: compared.base, to: compared.head, compared.setting)
        case .text:
          compared.report.text(
            style: output.path == nil ? Terminal.style : .plain, isQuiet: common.quiet, isVerbose: common.verbose)
        }
      })
    Terminal.end(isWritten ? compared.report.exitStatus : 2)
  }

  /// What is written: the difference, and the checks of both sides that it rests on.
  private struct Compared {
    var report: DifferenceReport
    var base: CheckReport
    var head: CheckReport
    var setting: CheckFormat.Setting
  }

  private func compared() async throws -> Compared {
    let clock = ContinuousClock()
    let start = clock.now
    let sides = try await common.compare(base, head, trust)
    let count = sides.head.errorCount
    if count > 0 {
      Terminal.complain(sides.head.diagnostics.filter { $0.severity == .error })
      let name = escapedForTerminal(sides.revisions.head?.name ?? "the working tree")
      Terminal.complain(
        "triglyph: \(name) has \(count) input \(count == 1 ? "error" : "errors"): nothing can be compared with it\n")
      throw ExitCode(2)
    }
    let loaded = clock.now
    let before = try await common.check(
      sides.judgedBase, failOn: nil, failsOnUndecided: false, own: sides.ownJudges().base, loadedIn: loaded - start)
    let after = try await common.check(
      sides.judgedHead, failOn: nil, failsOnUndecided: false, own: sides.ownJudges().head, loadedIn: .zero)
    let checked = clock.now
    let estates = (sides.base.estate, sides.head.estate)
    let difference = CatalogueDifference(
      from: estates.0.deriving(toRead: Consumers.reads(estates.0.metamodel)),
      to: estates.1.deriving(toRead: Consumers.reads(estates.1.metamodel)),
      includes: { !Judge.kinds.contains($0) })
    func side(_ revision: GitRevision?) -> DifferenceReport.Side {
      DifferenceReport.Side(revision: revision?.name, commit: revision?.shortCommit)
    }
    let report = DifferenceReport(
      base: side(sides.revisions.base), head: side(sides.revisions.head), asOf: common.date, trust: trust,
      judgesAlike: sides.judgesAlike, difference: difference, governance: sides.governance,
      findings: FindingsDifference(from: before.allFindings, to: after.allFindings, renames: sides.renames))
    if common.verbose { Terminal.complain("compared in \(common.milliseconds(clock.now - checked)) ms\n") }
    return Compared(
      report: report, base: before, head: after,
      setting: CheckFormat.Setting(
        version: Root.configuration.version, wayFromGitRoot: sides.judgedHead.tree.wayFromGitRoot))
  }
}
