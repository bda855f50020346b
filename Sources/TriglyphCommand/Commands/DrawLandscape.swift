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
      repository = try await common.load(judges: false)
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

  private func colouring(_ report: CheckReport?) -> Landscape.Colouring {
    guard let report else { return .named(colourBy) }
    var view: [Finding] = []
    if let name = picture.initiative.first {
      let asked = name.contains(":") ? name : "initiative:\(name)"
      view = report.viewFindings.filter { $0.inView?.initiative == asked }
    }
    return .named(colourBy, findings: OpenFindings(estate: report.findings, view: view))
  }

  /// The rows that meet a condition; what leaves some undecided is told.
  private func selection(
    _ condition: String, _ repository: LoadedRepository, _ estate: Estate
  ) throws -> Landscape.Selection {
    let (selection, answer) = try Landscape.selection(condition, in: estate, repository.book)
    if let answer, let line = AnswerReport(answer, estate, inputErrorCount: 0).warning(all: common.verbose) {
      Terminal.complain("triglyph: \(line)\n")
    }
    return selection
  }
}
