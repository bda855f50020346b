internal import TriglyphCommand

@main
enum Main {
  static func main() async { await Triglyph.runFromCommandLine() }
}
