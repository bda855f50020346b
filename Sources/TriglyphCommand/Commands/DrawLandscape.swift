internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Diagrams
internal import Governance
internal import Reports

struct DrawLandscape: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landscape",
    abstract: "Draw every system, grouped by its owner, coloured by its phase, with what joins them.",
    discussion: """
      Whatever the colour tells stands in the box as a word, too. A condition is one of `triglyph query --where`; a system \
      of which nobody recorded what the condition asks is drawn and says so.

        triglyph draw landscape --group-by hosting --colour-by criticality -o hosting.svg
        triglyph draw landscape --where 'criticality == "tier1"' --colour-by findings -o critical.pdf
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions

  @Option(help: ArgumentHelp("The field or relation that puts systems together.", valueName: "field"))
  var groupBy: String?

  @Option(
    name: [.customLong("colour-by"), .customLong("color-by")],
    help: ArgumentHelp(
      "What fills tell: phase, classification, criticality, owner, findings, or a field or relation.",
      valueName: "field"))
  var colourBy = "phase"

  @Option(
    name: .customLong("where"), help: ArgumentHelp("The systems to draw: a condition on self.", valueName: "condition"))
  var condition: [String] = []

  @Option(help: "The first line of the picture.")
  var title = "Landscape"

  @Flag(help: "Draw each system in a box of its own, however many there are.")
  var expand = false

  @Option(
    help: ArgumentHelp(
      "Where boxes lead: an http, https or relative address with {kind} and {id} in it.", valueName: "address"))
  var link: String?

  func validate() throws {
    if condition.count > 1 { throw ValidationError("--where stands once: join conditions with `&&`") }
    if let link, LinkTemplate(link) == nil {
      throw ValidationError("--link is an http, https or relative address without spaces and quotes")
    }
  }

  func run() async throws {
    let repository: LoadedRepository
    var report: CheckReport?
    if colourBy == "findings" {
      let (checked, found) = try await common.check(failOn: nil, failsOnUndecided: false)
      (repository, report) = (checked, found)
    } else {
      repository = try await common.load()
    }
    let seen = try picture.seen(repository)
    try await picture.draw(repository, seen, common) { repository, estate, sight in
      var options = Landscape.Options(expand: expand, title: title)
      if let groupBy { options.grouping = .field(groupBy) }
      options.colouring = colouring(report)
      options.selection = try condition.first.map { try selection($0, repository, estate) }
      options.links = link.flatMap { LinkTemplate($0) }
      options.sight = sight
      return try Landscape(estate, options).drawing
    }
  }

  /// What the colour is known by in any vocabulary.
  private static let colourByRole: Set = ["classification", "criticality", "owner"]

  private func colouring(_ report: CheckReport?) -> Landscape.Colouring {
    switch colourBy {
    case "phase": return .phase
    case _ where Self.colourByRole.contains(colourBy): return .role(colourBy)
    default:
      guard let report else { return .field(colourBy) }
      guard let name = picture.initiative.first else { return .findings(OpenFindings(estate: report.findings)) }
      let asked = name.contains(":") ? name : "initiative:\(name)"
      return .findings(
        OpenFindings(
          estate: report.findings, view: report.viewFindings.filter { $0.inView?.initiative == asked }))
    }
  }

  /// The rows that meet a condition, as `triglyph query --where` finds them; a mistake is status 2.
  private func selection(
    _ condition: String, _ repository: LoadedRepository, _ estate: Estate
  ) throws -> Landscape.Selection {
    let all = DiagramOptions.joinedKinds(estate).map { "every(\($0))" }.joined(separator: " + ")
    // Without a kind to draw there is nothing to choose among; the view says which role is missing.
    if all.isEmpty { return Landscape.Selection(condition: condition, rows: [], undecided: []) }
    let (prepared, mistakes) = QuestionReader.read(
      Question(.expression(all), condition: condition, columns: ["id"]), estate, repository.book)
    guard let prepared else {
      Terminal.complain(mistakes)
      throw ExitCode(2)
    }
    let answer = prepared.answer(on: estate)
    if answer.content == nil || !answer.errors.isEmpty {
      Terminal.complain(answer.errors)
      throw ExitCode(2)
    }
    if let line = AnswerReport(answer, estate, inputErrorCount: 0).warning(all: common.verbose) {
      Terminal.complain("triglyph: \(line)\n")
    }
    var rows: Set<Int32> = []
    var undecided: Set<Int32> = []
    for row in answer.rows {
      guard case .entity(let element) = row.element else { continue }
      rows.insert(element)
      if row.doubt != nil { undecided.insert(element) }
    }
    return Landscape.Selection(condition: condition, rows: rows, undecided: undecided)
  }
}
