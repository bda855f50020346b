import Glibc

/// Draws DOT with Graphviz, in a process that may fail without taking anything with it.
@main
enum TriglyphRender {
  static func main() {
    // A reader who has gone away is a failed write, not a silent end.
    signal(SIGPIPE, SIG_IGN)
    do throws(RenderFailure) {
      let options = try RenderOptions(arguments: CommandLine.arguments.dropFirst())
      if options.wantsHelp {
        try FileBytes.write(Array(RenderOptions.help.utf8), to: STDOUT_FILENO)
      } else {
        try Renderer(options: options).run(report: report)
      }
    } catch {
      report(DrawingMessage(severity: .error, text: error.sentence))
      exit(error.exitStatus)
    }
  }

  private static func report(_ message: DrawingMessage) {
    // Nobody is left to tell when standard error fails.
    try? FileBytes.write(Array("\(message.line)\n".utf8), to: STDERR_FILENO)
  }
}
