internal import ArgumentParser

struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a new document.",
    usage: """
      triglyph new <kind> <id> [--set <field=value> ...] [--output <file>] [--dry-run]
      triglyph new decision --for <waiver:id> --outcome <outcome>
      triglyph new waiver --for <finding> --reason <reason>
      """,
    discussion: """
      Decisions on waivers and waivers of findings have ways of their own; any other one of these kinds is written by \
      `triglyph new document decision ID` and `triglyph new document waiver ID`.
      """,
    subcommands: [NewDecision.self, NewDocumentCommand.self, NewWaiver.self],
    defaultSubcommand: NewDocumentCommand.self)
}
