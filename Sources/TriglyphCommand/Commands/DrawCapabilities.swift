internal import ArgumentParser
internal import Diagrams

struct DrawCapabilities: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capabilities",
    abstract: "Draw what the authority must be able to do, as boxes in boxes, with who provides each.",
    discussion: """
      --heat says what the fills tell: the number of live systems that provide each, what is common, what nobody provides \
      (gaps), what is provided more than once (duplicates), or the maturity that is recorded. Each is a word in the box, \
      too.

        triglyph draw capabilities -o map.pdf
        triglyph draw capabilities --heat gaps -o gaps.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Option(help: "What fills tell: systems, common, gaps, duplicates or maturity.")
  var heat = CapabilityHeat.systems

  @Flag(help: "Draw every level and name every provider, however many there are.")
  var expand = false

  func run() async throws {
    try await picture.draw(common) { _, estate, sight in
      try CapabilityMap(estate, heat: heat, look.options(expand: expand, sight)).drawing
    }
  }
}
