internal import ArgumentParser
internal import CEL
internal import Diagrams
internal import Governance

struct DrawRoadmap: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roadmap",
    abstract: "Draw the estate's states by date: what comes, changes and goes when.",
    discussion: """
      One card for each day on which something changes, from the day to look at on: which initiative adds, changes and \
      retires what, how many systems live then, which initiatives collide, and which findings begin and end. Many days \
      are drawn by quarter, very many by year.

        triglyph draw roadmap -o roadmap.pdf
        triglyph draw roadmap --until 2027-12-31 --no-findings -o next-year.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions

  @Option(help: "The first line of the picture (default: the view's own).")
  var title: String?

  @Option(
    help: ArgumentHelp("The last day to draw, YYYY-MM-DD (default: the horizon of the settings).", valueName: "day"))
  var until: CivilDate?

  @Flag(inversion: .prefixedNo, help: "Say which findings begin and end; in a large estate that takes its time.")
  var findings = true

  func validate() throws {
    if !picture.initiative.isEmpty {
      throw ValidationError("draw roadmap takes no --with: it draws all open initiatives")
    }
    if let until, until < common.date { throw ValidationError("--until is before the day to look at") }
  }

  func run() async throws {
    let repository = try await common.load(derives: findings ? .readByRules : .none)
    var roadmap: Roadmap?
    if findings {
      roadmap = await Roadmap.run(repository.book.rules, on: repository.estate, tasks: common.jobs)
        .standing(repository.waivers, repository.baseline)
    }
    try await picture.draw(repository, (repository.estate, nil), common) { _, estate, _ in
      try RoadmapDiagram(of: estate, until: until, findings: roadmap, DiagramOptions(title: title)).drawing
    }
  }
}
