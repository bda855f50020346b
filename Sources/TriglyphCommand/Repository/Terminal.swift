internal import CEL
internal import Diagnostics
internal import Diagrams
internal import Glibc

/// What the process is connected to, and the day.
enum Terminal {
  /// Colour on a terminal only, and not where NO_COLOR is set.
  static var style: TextStyle { style(of: STDOUT_FILENO) }
  /// The same for standard error.
  static var errorStyle: TextStyle { style(of: STDERR_FILENO) }

  static var isOutput: Bool { isatty(STDOUT_FILENO) != 0 }

  /// Columns of the terminal that standard output is, else what COLUMNS says; nil: nobody says.
  static var width: Int? {
    var size = winsize()
    if isOutput, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    guard let text = getenv("COLUMNS"), let width = Int(String(cString: text)), width > 0 else { return nil }
    return width
  }

  private static func style(of descriptor: Int32) -> TextStyle {
    if isatty(descriptor) == 0 { return .plain }
    if let setting = getenv("NO_COLOR"), setting.pointee != 0 { return .plain }
    return .ansi
  }

  /// The civil date of the machine's clock and zone.
  static var today: CivilDate {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
      ?? CivilDate(days: 0)
  }

  /// Ends the process at once: what a large estate holds need not be given back piece by piece.
  static func end(_ status: Int32) -> Never { exit(status) }

  /// Writes to standard output; where that fails, nobody may take what is there for the whole: the process ends with 2.
  /// Who closes the pipe has read enough: the process ends as it does where the signal for that is not ignored.
  static func write(_ text: String) { write(bytes: Array(text.utf8)) }

  static func write(bytes: [UInt8]) {
    if write(bytes[...], to: STDOUT_FILENO) { return }
    if errno == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    complain("triglyph: cannot write to standard output: \(String(cString: strerror(errno)))\n")
    end(2)
  }

  static func complain(_ text: String) { _ = write(Array(text.utf8)[...], to: STDERR_FILENO) }

  /// Diagnostics with their snippets.
  static func complain(_ diagnostics: [Diagnostic]) {
    let renderer = SnippetRenderer(style: errorStyle)
    for diagnostic in diagnostics { complain(renderer.render(diagnostic)) }
  }

  /// False where not everything could be written.
  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written <= 0 { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  /// Writes a file whole or not at all; what is no regular file is written to and stays what it is.
  static func write(_ text: String, toFile path: String) throws {
    do {
      try PictureFile.write(Array(text.utf8), to: path)
    } catch {
      throw WorkingTree.Failure(description: error.sentence)
    }
  }

  /// Appends to a file that others append to as well; it is made where it is missing.
  static func append(_ text: String, toFile path: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw WorkingTree.Failure(description: "cannot write \(path): \(reason)") }
    defer { close(descriptor) }
    var status = stat()
    let before = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? status.st_size : nil
    if write(Array(text.utf8)[...], to: descriptor) { return }
    let reason = reason
    // Half a table would be read for the whole.
    if let before { ftruncate(descriptor, before) }
    throw WorkingTree.Failure(description: "cannot write \(path): \(reason)")
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
