internal import ArgumentParser

/// The command line. A command parses, calls the work, and prints its result.
public struct Triglyph {
  /// Parses the process's arguments, runs the command that they name, and ends the process.
  ///
  /// Exit status: 0 and 1 as the command says, 2 for a command line or an input that cannot be evaluated, 3 for an
  /// error that nobody foresaw.
  public static func runFromCommandLine() async -> Never {
    do {
      var command = try await Root.asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      Root.exit()
    } catch {
      let code = Root.exitCode(for: error)
      let arguments = Array(CommandLine.arguments.dropFirst())
      switch code {
      case .success:
        if arguments.first == "help", let sentence = UnknownCommand.sentence(arguments, refusal: nil) {
          refuse(sentence)
        }
        if arguments == ["--generate-completion-script", "bash"] {
          Terminal.write(BashCompletion.joiningKinds(Root.fullMessage(for: error)) + "\n")
          Root.exit()
        }
        Root.exit(withError: error)
      case .validationFailure:
        let message = Root.fullMessage(for: error)
        if let sentence = UnknownCommand.sentence(arguments, refusal: message) { refuse(sentence) }
        Terminal.complain(WrappedUsage.text(message) + "\n")
        Root.exit(withError: ExitCode(2))
      default:
        if let status = error as? ExitCode { Root.exit(withError: status) }
        Terminal.complain("triglyph: \(error)\n")
        Root.exit(withError: ExitCode(3))
      }
    }
  }

  private static func refuse(_ sentence: String) -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    Root.exit(withError: ExitCode(2))
  }
}

struct Root: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triglyph",
    abstract: "Checks an architecture catalogue against common standards, and draws it.",
    discussion: "Every command works on the repository of the folder that it is run in; see `triglyph check --help`.",
    version: "0.1.0",
    subcommands: [
      BaselineCommand.self, Check.self, Diff.self, Digest.self, Draw.self, Explain.self, Format.self, Impact.self,
      Import.self, Init.self, Merge.self, New.self, Opportunities.self, PacksCommand.self, Query.self, Rename.self,
      Report.self, Reuse.self, Schema.self, Show.self, Test.self,
    ]
  )
}
