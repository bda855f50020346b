internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Diagrams
internal import Glibc

struct DrawAll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all",
    abstract: "Draw every diagram that the catalogue describes into a folder.",
    discussion: """
      Each document of `kind: diagram` becomes a file that is called by its id; other files in the folder stay. A \
      diagram that cannot be drawn is told, and the others are drawn all the same.

        triglyph draw all --output pictures -f svg -f pdf --paper a3

      Exit status: 0 all are drawn; 2 one is not, or the input has errors.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var looks: PictureLook

  @Option(name: [.short, .long], help: "The folder to write to; made where it is not there.")
  var output: String

  @Option(
    name: [.short, .long],
    help: "The format: svg, png, pdf, dot, mermaid or json. May be repeated. None: svg.")
  var format: [PictureFormat] = []

  private var formats: [PictureFormat] {
    let chosen = PictureFormat.allCases.filter(format.contains)
    return chosen.isEmpty ? [.svg] : chosen
  }

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output names a folder") }
    try looks.validate(formats)
  }

  func run() async throws {
    let repository = try await common.load(judges: false)
    let estate = repository.estate
    let rows = estate.rows(ofKind: "diagram").sorted {
      estate.entity($0).id.utf8.lexicographicallyPrecedes(estate.entity($1).id.utf8)
    }
    if rows.isEmpty {
      Terminal.complain("triglyph: there is no document of `kind: diagram`, so nothing is drawn\n")
      throw ExitCode(2)
    }
    if mkdir(output, 0o777) != 0, errno != EEXIST {
      Terminal.complain(
        "triglyph: cannot make \(escapedForTerminal(output)): \(String(cString: strerror(errno)))\n")
      throw ExitCode(2)
    }
    let saved = SavedDiagram.all(in: estate)
    let renderer = PictureRenderer()
    var scenes = SavedScenes(common: common, repository: repository)
    var failed = 0
    for row in rows {
      let mistakes = repository.mistakes(in: row)
      if mistakes.isEmpty, let diagram = saved.first(where: { $0.row == row }) {
        if try await !draw(diagram, &scenes, renderer) { failed += 1 }
      } else {
        Terminal.complain(mistakes)
        failed += 1
      }
    }
    let drawn = rows.count - failed
    if !common.quiet {
      Terminal.complain(
        "drew \(drawn) of \(rows.count) diagrams into \(escapedForTerminal(output)): \(formats.map(\.rawValue).joined(separator: ", "))\n"
      )
    }
    let errors = scenes.errorCount
    if errors > 0, failed == 0 {
      Terminal.complain(
        "triglyph: the pictures lack what \(errors) input \(errors == 1 ? "error hides" : "errors hide"); `triglyph check` shows \(errors == 1 ? "it" : "them")\n"
      )
    }
    if failed > 0 || errors > 0 { throw ExitCode(2) }
  }

  /// Whether it was drawn in every format; what was not is told.
  private func draw(
    _ diagram: SavedDiagram, _ scenes: inout SavedScenes, _ renderer: PictureRenderer
  ) async throws -> Bool {
    do {
      let scene = try await scenes.scene(of: diagram)
      let drawing = try Theme.$current.withValue(looks.theme) { try scene.drawing }
      for format in formats {
        let picture = try await renderer.render(
          drawing, as: format, date: scene.estate.graph.date, paper: looks.sheet)
        for warning in picture.warnings {
          Terminal.complain("triglyph: \(escapedForTerminal("\(diagram.id): \(warning)"))\n")
        }
        try PictureFile.write(picture.bytes, named: "\(diagram.id).\(format.ending)", in: output)
      }
      return true
    } catch let mistakes as DrawingMistakes {
      Terminal.complain(mistakes.diagnostics)
      return false
    } catch {
      guard let sentence = PictureOptions.sentence(error) else { throw error }
      Terminal.complain("triglyph: \(escapedForTerminal("\(diagram.id): \(sentence)"))\n")
      return false
    }
  }
}
