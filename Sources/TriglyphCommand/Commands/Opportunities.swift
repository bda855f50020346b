internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct Opportunities: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opportunities",
    abstract:
      "Show what there could be less of: capabilities provided twice, questions asked twice, lines of one's own.",
    discussion: """
      The authority writes down what it looks for, as documents of the kind in role `opportunity`: a list in the rules' \
      language, what is told of each element, and how many things it would save. What saves most comes first; nothing is \
      turned into money.

      Exit status: 0 the answer is complete; 2 there is no such opportunity, an expression has a mistake, or the catalogue \
      has mistakes; 3 a bug of triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(
    help: "Only these, by their ids.", completion: .ids(inRole: Opportunity.Role.opportunity.rawValue))
  var ids: [String] = []

  @Option(name: [.short, .long], help: "The form of the answer (default: table on a terminal, else tsv).")
  var format: SheetFormat?

  @Flag(help: "Leave out the line of headings.")
  var noHeadings = false

  func run() async throws {
    var repository = try await common.load(derives: .none, judges: false)
    let kinds = repository.estate.metamodel.kinds(inRole: Opportunity.Role.opportunity.rawValue)
    guard let kind = kinds.first else {
      repository.complainOfInput()
      let role = Opportunity.Role.opportunity.rawValue
      Terminal.complain("triglyph: no kind of the metamodel has the role `\(role)`\(PackedRole.note(role))\n")
      throw ExitCode(2)
    }
    let wanted = try Set(ids.map { try repository.row(of: $0, kind: kind.name) })
    var (found, mistakes) = Opportunity.all(repository.estate, repository.book)
    if !wanted.isEmpty { found.removeAll { !wanted.contains($0.row) } }
    repository = repository.deriving(toRead: found.reduce(into: []) { $0.formUnion($1.reads) })
    let report = OpportunityReport(found, repository.estate, inputErrorCount: repository.errorCount + mistakes.count)
    Terminal.write(
      report.text(
        format ?? (Terminal.isOutput ? .table : .tsv),
        AnswerReport.Options(
          style: Terminal.style, width: Terminal.width, hasHeadings: !noHeadings, isQuiet: common.quiet,
          isVerbose: common.verbose)))
    if found.isEmpty, mistakes.isEmpty, !common.quiet {
      // Without a question there is no answer, which is not to be taken for "nothing could be saved".
      Terminal.complain(
        "no \(kind.name) is written down here, so that nothing is asked: `triglyph new \(kind.name) ID` begins one\n")
    }
    mistakes += report.errors
    Terminal.complain(mistakes)
    repository.complainOfInput()
    Terminal.end(report.exitStatus)
  }
}
