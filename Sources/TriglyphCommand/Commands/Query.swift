internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct Query: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the estate anything: an expression, or a table of a kind.",
    discussion: """
      The expressions are those of rules (CEL), checked before they run. In --where, --columns and --sort, `self` is \
      the element that a row is about, and a bare name that is one of its fields means that field: `owner.name` is \
      `self.owner.name`; any other name keeps its meaning.

        triglyph query 'every(rule).size()'
        triglyph query --kind rule --where 'stage == "design"' --columns 'id, title'
        triglyph query --fields rule
        triglyph query --kind rule --group-by stage

      What depends on facts that nobody recorded is marked with `?`, and the facts are named.

      Exit status: 0 the answer is complete, with rows or without; 2 a mistake in an expression, an error while it \
      ran, or mistakes in the catalogue; 3 a bug of triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "An expression about the estate.")
  var expression: String?

  @Option(help: "Every entity of a kind or a union, instead of an expression.", completion: .kinds(written: false))
  var kind: [String] = []

  @Option(name: .customLong("where"), help: "The rows to keep: a condition on self.")
  var condition: [String] = []

  @Option(
    help: """
      What to show of each row: expressions on self, separated by commas, each with a heading where one is wanted \
      ('id, Owner: owner.name'); may be repeated.
      """)
  var columns: [String] = []

  @Option(help: "What to sort the rows by: expressions on self, separated by commas; may be repeated.")
  var sort: [String] = []

  @Flag(help: "Sort from the greatest to the least.")
  var descending = false

  @Option(
    help: """
      Count the rows by expressions on self, separated by commas, instead of showing them; of a list each element counts \
      ('owner', 'phase, provides').
      """)
  var groupBy: [String] = []

  @Option(
    name: .customLong("with"), help: ArgumentHelp("Ask the view of an open initiative.", valueName: "initiative"),
    completion: .ids(ofKind: "initiative"))
  var initiative: [String] = []

  @Option(help: "A later day to look at, YYYY-MM-DD (default: the day of the run; with an initiative its go-live).")
  var at: CivilDate?

  @Flag(help: "List the kinds.")
  var kinds = false

  @Option(
    help: ArgumentHelp("List what can be asked of a kind or a union.", valueName: "kind"),
    completion: .kinds(written: false))
  var fields: String?

  @Option(name: [.short, .long], help: "The form of the answer (default: table on a terminal, else tsv).")
  var format: SheetFormat?

  @Flag(help: "Leave out the line of headings.")
  var noHeadings = false

  func validate() throws {
    if kind.count > 1 {
      throw ValidationError("--kind stands once: of several kinds ask `every(a) + every(b)`, or a union")
    }
    if condition.count > 1 { throw ValidationError("--where stands once: join conditions with `&&`") }
    let subjects = [expression != nil, !kind.isEmpty, kinds, fields != nil].count { $0 }
    if subjects == 0 { throw ValidationError("give an expression, --kind, --kinds or --fields") }
    if subjects > 1 { throw ValidationError("an expression, --kind, --kinds and --fields exclude one another") }
    if kinds || fields != nil, !condition.isEmpty || !columns.isEmpty || !sort.isEmpty || !groupBy.isEmpty {
      throw ValidationError("--where, --columns, --sort and --group-by go with an expression or --kind")
    }
    if kinds || fields != nil, !initiative.isEmpty || at != nil {
      throw ValidationError("--with and --at go with an expression or --kind")
    }
    if !groupBy.isEmpty, !columns.isEmpty || !sort.isEmpty {
      throw ValidationError(
        "--columns and --sort do not go with --group-by: a group shows its keys and how many it has")
    }
    if initiative.count > 1 { throw ValidationError("--with stands once: a view is one initiative's") }
    if let at, at < common.date {
      throw ValidationError("--at is no day before \(common.date.text), the day of the run")
    }
    if descending, sort.isEmpty { throw ValidationError("--descending goes with --sort") }
  }

  private var sheetFormat: SheetFormat { format ?? (Terminal.isOutput ? .table : .tsv) }

  private var options: AnswerReport.Options {
    AnswerReport.Options(
      style: Terminal.style, width: Terminal.width, hasHeadings: !noHeadings, isQuiet: common.quiet,
      isVerbose: common.verbose)
  }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var repository = try await common.load(derives: .none)
    let loaded = clock.now
    if kinds || fields != nil { return try list(repository) }
    let subject = expression.map { Question.Subject.expression($0) } ?? .kind(kind.first ?? "")
    let view = try initiative.first.map { try repository.openView($0) }
    let question = Question(
      subject, condition: condition.first, columns: columns, sort: sort, isDescending: descending, groups: groupBy)
    // What the initiative adds can be named in the question.
    let named = view.map { repository.estate.seen(in: $0.view, at: at ?? $0.date) } ?? repository.estate
    let (prepared, mistakes) = QuestionReader.read(question, named, repository.book)
    guard let prepared else {
      Terminal.complain(mistakes)
      repository.complainOfInput()
      Terminal.end(2)
    }
    repository = repository.deriving(toRead: prepared.reads)
    let estate = try repository.seen(with: initiative.first, at: at)
    let answer = prepared.answer(on: estate)
    let report = AnswerReport(answer, estate, inputErrorCount: repository.errorCount)
    Terminal.write(report.text(sheetFormat, options))
    if sheetFormat != .table, let line = report.warning(all: common.verbose) ?? report.emptiness {
      Terminal.complain("triglyph: \(line)\n")
    }
    Terminal.complain(answer.errors)
    repository.complainOfInput()
    if common.verbose {
      let (loading, answering) = (common.milliseconds(loaded - start), common.milliseconds(clock.now - loaded))
      Terminal.complain("loaded in \(loading) ms, answered in \(answering) ms\n")
    }
    Terminal.end(report.exitStatus)
  }

  private func list(_ repository: LoadedRepository) throws {
    let report = KindReport(repository.estate)
    if let fields {
      guard let text = report.fields(of: fields, sheetFormat, options) else {
        let near = suggestion(for: fields, among: repository.estate.metamodel.kindNames).map { "; \($0)" } ?? ""
        Terminal.complain("triglyph: there is no kind \(escapedForTerminal(fields))\(near)\n")
        throw ExitCode(2)
      }
      Terminal.write(text)
    } else {
      Terminal.write(report.kinds(sheetFormat, options))
    }
    repository.complainOfInput()
    if repository.errorCount > 0 { throw ExitCode(2) }
  }
}
