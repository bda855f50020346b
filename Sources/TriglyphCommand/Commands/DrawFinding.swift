internal import ArgumentParser
internal import Diagnostics
internal import Diagrams

struct DrawFinding: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finding",
    abstract: "Draw the way by which a rule found something.",
    discussion: """
      The boxes on the way and the relations between them, as `triglyph check` prints them behind `path`. A finding that \
      is there in the estate is drawn there, and with --with in the view of that initiative; one that an initiative \
      brings is drawn in its view.

        triglyph draw finding f-fd1f29e815 -o slow.svg
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var picture: PictureOptions
  @OptionGroup var look: SystemPictureOptions

  @Argument(help: "f- and ten hexadecimal digits, as `triglyph check` prints it.")
  var finding: String

  func run() async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false)
    let found = report.allFindings.filter { $0.shortName == finding && $0.isPresent }
    let asked = picture.initiative.first.map { $0.contains(":") ? $0 : "initiative:\($0)" }
    guard let finding = found.first(where: { $0.inView?.initiative == asked }) ?? (asked == nil ? found.first : nil)
    else {
      if let asked, !found.isEmpty {
        Terminal.complain(
          "triglyph: \(escapedForTerminal(self.finding)) is nothing that \(escapedForTerminal(asked)) brings or changes\n"
        )
      } else {
        Terminal.complain("triglyph: \(await common.absence(of: self.finding, repository, report))\n")
      }
      throw ExitCode(2)
    }
    let seen = try picture.seen(repository, otherwise: finding.inView?.initiative)
    try await picture.draw(repository, seen, common) { _, estate, sight in
      try FindingDiagram(finding, in: estate, look.options(sight)).drawing
    }
  }
}
