internal import ArgumentParser

struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a new document.", subcommands: [NewDecision.self, NewWaiver.self])
}
