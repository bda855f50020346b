internal import ArgumentParser
internal import Diagrams

struct DrawLandscape: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landscape",
    abstract: "Draw every system, grouped by its owner, coloured by its phase, with what joins them.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions

  @Option(help: ArgumentHelp("The field or relation that puts systems together.", valueName: "field"))
  var groupBy: String?

  @Option(help: "The first line of the picture.")
  var title = "Landscape"

  @Flag(help: "Draw each system in a box of its own, however many there are.")
  var expand = false

  func run() async throws {
    try await picture.draw(common) { _, estate, sight in
      var options = Landscape.Options(expand: expand, title: title)
      if let groupBy { options.grouping = .field(groupBy) }
      options.sight = sight
      return try Landscape(estate, options).drawing
    }
  }
}
