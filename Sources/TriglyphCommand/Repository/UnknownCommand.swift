internal import ArgumentParser
internal import Diagnostics

/// What to say where a word stands in the place of a command and is none.
enum UnknownCommand {
  /// - Parameter refusal: why the line could not be read; nil: it asks for help.
  /// - Returns: nil where every word that has to be a command is one.
  static func sentence(_ arguments: [String], refusal: String?) -> String? {
    var command: any ParsableCommand.Type = Root.self
    var path = [command._commandName]
    for word in arguments[...].trimmingPrefix(["help"]) {
      let known = command.configuration.subcommands
      if known.isEmpty || word.hasPrefix("-") { return nil }
      if let next = known.first(where: { $0._commandName == word }) {
        command = next
        path.append(word)
        continue
      }
      // With a command that need not be named, the word may be meant for that one.
      if command.configuration.defaultSubcommand != nil, refusal?.contains("'\(word)'") != true { return nil }
      let name = (path.dropFirst() + [word.count > 80 ? "\(word.prefix(80))…" : word]).joined(separator: " ")
      let near =
        suggestion(for: word, among: known.map { $0._commandName })
        ?? "`\(path.joined(separator: " ")) --help` lists what there is"
      return "there is no command \(escapedForTerminal(name)); \(near)"
    }
    return nil
  }
}
