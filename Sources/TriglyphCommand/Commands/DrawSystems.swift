internal import ArgumentParser
internal import Catalogue
internal import Diagrams

/// What views of some systems share.
struct SystemPictureOptions: ParsableArguments {
  @Option(help: "The first line of the picture (default: the view's own).")
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Where boxes lead: an http, https or relative address with {kind} and {id} in it.", valueName: "address"))
  var link: String?

  func validate() throws {
    if let link, LinkTemplate(link) == nil {
      throw ValidationError("--link is an http, https or relative address without spaces and quotes")
    }
  }

  func options(expand: Bool = false, _ sight: String?) -> DiagramOptions {
    DiagramOptions(title: title, links: link.flatMap { LinkTemplate($0) }, expand: expand, sight: sight)
  }
}

struct DrawContext: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "context",
    abstract: "Draw a system among its neighbours: who sends what, through which platform.",
    discussion: """
      The system in the middle shows its owner, the capabilities that it provides and its interfaces. Each line says how \
      it goes, what it sends and fetches, and which platform it passes. Many neighbours on one side are drawn by owner.

        triglyph draw context system:payments-gateway -o payments.svg
        triglyph draw context payments-gateway --hops 2 -f mermaid
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids())
  var system: String

  @Option(help: "How many integrations away a neighbour may be, 1 to 4.")
  var hops = 1

  @Flag(help: "Draw each neighbour in a box of its own, however many there are.")
  var expand = false

  func validate() throws {
    if !(1...ContextDiagram.hopLimit).contains(hops) {
      throw ValidationError("--hops is between 1 and \(ContextDiagram.hopLimit)")
    }
  }

  func run() async throws {
    try await picture.draw(common) { repository, estate, sight in
      let row = try repository.row(of: system, in: estate, kinds: DiagramOptions.joinedKinds(estate))
      return try ContextDiagram(of: row, in: estate, hops: hops, look.options(expand: expand, sight)).drawing
    }
  }
}

struct DrawDependencies: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dependencies",
    abstract: "Draw what a system or service needs to be up, and what stops it by failing alone.",
    discussion: """
      What it cannot do without, itself or through others, with the time in which each is to be back; what comes back \
      later than something above it has to is marked, and so is each single point of failure.

        triglyph draw dependencies system:revenue-online -o needs.pdf
        triglyph draw dependencies service:benefits --with initiative:one-log-in -o needs.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids())
  var system: String

  func run() async throws {
    try await picture.draw(common) { repository, estate, sight in
      let row = try repository.row(of: system, in: estate, kinds: DiagramOptions.needingKinds(estate))
      return try DependenciesDiagram(of: row, in: estate, look.options(sight)).drawing
    }
  }
}

struct DrawIntegration: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "integration",
    abstract: "Draw what joins some systems to one another.",
    discussion: """
      Each line says how it goes, what it sends and fetches, which platform it passes and which interface it calls.

        triglyph draw integration revenue-online payments-gateway tax-assessment -o tax.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "Two or more of kind:id, or the id where it is unambiguous.", completion: .ids())
  var systems: [String]

  func run() async throws {
    try await picture.draw(common) { repository, estate, sight in
      let kinds = DiagramOptions.joinedKinds(estate)
      let rows = try systems.map { try repository.row(of: $0, in: estate, kinds: kinds) }
      return try IntegrationDiagram(of: rows, in: estate, look.options(sight)).drawing
    }
  }
}

struct DrawDataflow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataflow",
    abstract: "Draw where a dataset travels and rests, by trust zone.",
    discussion: """
      Every hop of every integration that carries or fetches it, and what holds it. What is rated lower than the data is \
      marked, and so is each way from one zone to another.

        triglyph draw dataflow dataset:tax-return -o returns.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids(ofKind: "dataset"))
  var dataset: String

  @Flag(help: "Draw each system in a box of its own, however many there are.")
  var expand = false

  func run() async throws {
    try await picture.draw(common) { repository, estate, sight in
      let row = try repository.row(of: dataset, in: estate, kinds: DiagramOptions.dataKinds(estate))
      return try DataflowDiagram(of: row, in: estate, look.options(expand: expand, sight)).drawing
    }
  }
}

extension LoadedRepository {
  /// The row of a name: of the kinds that a view is about, where the id alone could be of others too.
  fileprivate func row(of name: String, in estate: Estate, kinds: [String]) throws -> Int32 {
    if !name.contains(":") {
      let rows = kinds.compactMap { kind -> Int32? in
        if case .found(let row) = estate.find("\(kind):\(name)") { row } else { nil }
      }
      if rows.count == 1 { return rows[0] }
    }
    return try row(of: name, in: estate)
  }
}
