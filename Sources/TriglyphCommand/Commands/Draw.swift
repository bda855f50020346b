internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Diagrams

struct Draw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw a picture of the estate.",
    subcommands: [
      DrawLandscape.self, DrawContext.self, DrawDependencies.self, DrawIntegration.self, DrawDataflow.self,
      DrawCapabilities.self, DrawInitiative.self, DrawRoadmap.self, DrawFinding.self, DrawSaved.self, DrawAll.self,
    ])
}

/// Where pictures go and what they look at: the same for every view.
struct PictureOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help:
      "The file to write; its ending (svg, png, pdf, dot, mmd, json) says the format. May be repeated. None: standard output."
  )
  var output: [String] = []

  @Option(
    name: [.short, .long],
    help: "The format, where a file's ending does not say it: svg, png, pdf, dot, mermaid or json.")
  var format: PictureFormat?

  @Option(
    name: .customLong("with"), help: ArgumentHelp("Look in the view of an open initiative.", valueName: "initiative"),
    completion: .ids(ofKind: "initiative"))
  var initiative: [String] = []

  @OptionGroup var looks: PictureLook

  private func format(of path: String) throws -> PictureFormat {
    if let format { return format }
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if ending == "mmd" { return .mermaid }
    if let known = PictureFormat(rawValue: ending) { return known }
    let names = PictureFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("the ending of \(path) says no format; formats are \(names) (or give --format)")
  }

  func validate() throws {
    for path in output { _ = try format(of: path) }
    if output.isEmpty, format == .png || format == .pdf {
      throw ValidationError("a \(format?.rawValue ?? "") is written to a file: give --output")
    }
    try looks.validate(output.isEmpty ? [format ?? .svg] : output.map { try format(of: $0) })
    if initiative.count > 1 { throw ValidationError("--with stands once: a view is one initiative's") }
  }

  /// Loads, looks, draws and writes. What `make` throws of the views' own failures is one sentence and status 2.
  func draw(
    _ common: CommonOptions, _ make: (LoadedRepository, Estate, _ sight: String?) throws -> Drawing
  ) async throws {
    // What tells findings is checked for, and comes with its repository.
    let repository = try await common.load(judges: false)
    try await draw(repository, seen(repository), common, make)
  }

  /// The same of what is loaded already, in a view.
  func draw(
    _ repository: LoadedRepository, _ seen: (estate: Estate, sight: String?), _ common: CommonOptions,
    _ make: (LoadedRepository, Estate, _ sight: String?) throws -> Drawing
  ) async throws {
    let (estate, sight) = seen
    do {
      let drawing = try Theme.$current.withValue(looks.theme) { try make(repository, estate, sight) }
      let renderer = PictureRenderer()
      if output.isEmpty {
        let picture = try await renderer.render(
          drawing, as: format ?? .svg, date: estate.graph.date, paper: looks.sheet)
        complain(picture.warnings)
        Terminal.write(String(decoding: picture.bytes, as: UTF8.self))
      }
      for path in output {
        let warnings = try await renderer.render(
          drawing, as: try format(of: path), date: estate.graph.date, paper: looks.sheet, to: path)
        complain(warnings)
        if !common.quiet { Terminal.complain("drew \(path)\n") }
      }
    } catch let mistakes as DrawingMistakes {
      Terminal.complain(mistakes.diagnostics)
      throw ExitCode(2)
    } catch {
      guard let sentence = Self.sentence(error) else { throw error }
      try refuse(sentence)
    }
    if repository.errorCount > 0 {
      Terminal.complain(
        "triglyph: the picture lacks what \(repository.errorCount) input \(repository.errorCount == 1 ? "error hides" : "errors hide"); `triglyph check` shows \(repository.errorCount == 1 ? "it" : "them")\n"
      )
      throw ExitCode(2)
    }
  }

  /// The estate as it stands, or the view of an initiative at its date: the one that `--with` names, else `otherwise`.
  func seen(_ repository: LoadedRepository, otherwise: String? = nil) throws -> (estate: Estate, sight: String?) {
    let estate = repository.estate
    guard let name = initiative.first ?? otherwise else { return (estate, nil) }
    return try repository.seen(with: name)
  }

  /// What the views and the renderer say of what they cannot draw; nil for what is none of theirs.
  static func sentence(_ error: any Error) -> String? {
    switch error {
    case let failure as LandscapeFailure: failure.sentence
    case let failure as DiagramFailure: failure.sentence
    case let failure as PictureFailure: failure.sentence
    default: nil
    }
  }

  private func complain(_ warnings: [String]) {
    for warning in warnings { Terminal.complain("triglyph: \(escapedForTerminal(warning))\n") }
  }

  private func refuse(_ sentence: String) throws {
    Terminal.complain("triglyph: \(escapedForTerminal(sentence))\n")
    throw ExitCode(2)
  }
}
