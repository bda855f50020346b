internal import ArgumentParser

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn what another tool has into documents.", subcommands: [ImportCSV.self])
}
