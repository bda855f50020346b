internal import ArgumentParser
internal import Diagnostics
internal import Diagrams

struct DrawSaved: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved",
    abstract: "Draw a diagram that the catalogue describes.",
    discussion: """
      What it shows is said in a document of `kind: diagram`. --as-of and --with look on another day and in the view of \
      another initiative than it says.

        triglyph draw saved payments-and-its-neighbours -o payments.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions

  @Argument(help: "The id of the diagram.", completion: .ids(ofKind: "diagram"))
  var diagram: String

  func run() async throws {
    let repository = try await common.load(judges: false)
    let row = try repository.row(of: diagram, kind: "diagram")
    let mistakes = repository.mistakes(in: row)
    guard mistakes.isEmpty, let saved = SavedDiagram.all(in: repository.estate).first(where: { $0.row == row }) else {
      Terminal.complain(mistakes)
      Terminal.complain("triglyph: \(repository.estate.identity(row)) is not drawn: its document has mistakes\n")
      throw ExitCode(2)
    }
    if !picture.initiative.isEmpty, !saved.takesInitiative {
      Terminal.complain("triglyph: the view `\(saved.view)` takes no --with: it is of all open initiatives\n")
      throw ExitCode(2)
    }
    var scenes = SavedScenes(common: common, repository: repository)
    let scene = try await scenes.scene(of: saved, with: picture.initiative.first)
    try await picture.draw(scene.repository, (scene.estate, scene.sight), common) { _, _, _ in try scene.drawing }
  }
}
