internal import ArgumentParser
internal import Diagrams

struct DrawInitiative: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "initiative",
    abstract: "Draw what an open initiative makes of the estate, before and after.",
    discussion: """
      What it adds, changes and retires and what that is joined to, each marked with a sign, a word and its day, and the \
      findings that it introduces, worsens or resolves where they are. With --side-by-side in two frames that hold the \
      same boxes in the same order.

        triglyph draw initiative one-log-in -o one-log-in.svg
        triglyph draw initiative one-log-in --side-by-side -o frames.pdf
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "initiative:id, or the id.", completion: .ids(ofKind: "initiative"))
  var initiative: String

  @Flag(help: "Draw two frames, before and after.")
  var sideBySide = false

  @Flag(help: "Draw each neighbour of what it changes in a box of its own, however many there are.")
  var expand = false

  func validate() throws {
    if !picture.initiative.isEmpty {
      throw ValidationError("draw initiative takes no --with: it draws one initiative's view")
    }
  }

  func run() async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false, initiative: initiative)
    let checks = report.portfolio?.checks ?? []
    let seen = try picture.seen(repository, otherwise: initiative)
    try await picture.draw(repository, seen, common) { _, estate, sight in
      try InitiativeDiagram(
        of: estate, findings: checks.flatMap(\.findings), isSideBySide: sideBySide,
        isWithoutGoLive: checks.contains(where: \.view.isWithoutGoLive), look.options(expand: expand, sight)
      ).drawing
    }
  }
}
