internal import ArgumentParser

struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a new document.", subcommands: [NewWaiver.self])
}
