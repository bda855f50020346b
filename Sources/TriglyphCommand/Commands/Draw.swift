internal import ArgumentParser
internal import Diagnostics
internal import Diagrams

struct Draw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a picture of the estate.", subcommands: [DrawLandscape.self])
}

struct DrawLandscape: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landscape",
    abstract: "Draw every system, grouped by its owner, coloured by its phase, with what joins them.")

  @OptionGroup var common: CommonOptions

  @Option(
    name: [.short, .long],
    help: "The file to write; its ending (svg, png, pdf, dot) says the format. May be repeated. None: standard output.")
  var output: [String] = []

  @Option(name: [.short, .long], help: "The format, where a file's ending does not say it: svg, png, pdf or dot.")
  var format: PictureFormat?

  @Option(help: ArgumentHelp("The field or relation that puts systems together.", valueName: "field"))
  var groupBy: String?

  @Option(help: "The first line of the picture.")
  var title = "Landscape"

  @Flag(help: "Draw each system in a box of its own, however many there are.")
  var expand = false

  private func format(of path: String) throws -> PictureFormat {
    if let format { return format }
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    if let known = PictureFormat(rawValue: ending.lowercased()) { return known }
    let names = PictureFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("the ending of \(path) says no format; formats are \(names) (or give --format)")
  }

  func validate() throws {
    for path in output { _ = try format(of: path) }
    if output.isEmpty, format == .png || format == .pdf {
      throw ValidationError("a \(format?.rawValue ?? "") is written to a file: give --output")
    }
  }

  func run() async throws {
    let repository = try await common.load()
    do {
      var options = Landscape.Options(expand: expand, title: title)
      if let groupBy { options.grouping = .field(groupBy) }
      let landscape = try Landscape(repository.estate, options)
      let renderer = PictureRenderer()
      if output.isEmpty {
        let picture = try await renderer.render(landscape.drawing, as: format ?? .svg, date: common.date)
        complain(picture.warnings)
        Terminal.write(String(decoding: picture.bytes, as: UTF8.self))
      }
      for path in output {
        let warnings = try await renderer.render(
          landscape.drawing, as: try format(of: path), date: common.date, to: path)
        complain(warnings)
        if !common.quiet { Terminal.complain("drew \(path)\n") }
      }
    } catch let failure as LandscapeFailure {
      try refuse(failure.sentence)
    } catch let failure as PictureFailure {
      try refuse(failure.sentence)
    }
    if repository.diagnostics.contains(where: { $0.severity == .error }) {
      let count = repository.diagnostics.count { $0.severity == .error }
      Terminal.complain("triglyph: the picture lacks what \(count) input errors hide; `triglyph check` shows them\n")
      throw ExitCode(2)
    }
  }

  private func complain(_ warnings: [String]) {
    for warning in warnings { Terminal.complain("triglyph: \(escapedForTerminal(warning))\n") }
  }

  private func refuse(_ sentence: String) throws {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
