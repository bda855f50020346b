// The allocator, linked before the C library's.
internal import CMimalloc
internal import TriglyphCommand

@main
enum Main {
  static func main() async { await Triglyph.runFromCommandLine() }
}
