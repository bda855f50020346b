import CGraphviz
import Glibc

/// Graphviz, kept in a process of its own: it can exit, crash, hang and eat memory on odd input, and what it prints to
/// standard error is the only word of some of its faults.
enum Graphviz {
  /// What a drawing process left behind.
  struct Outcome {
    var ending: Ending
    /// Empty unless the ending is `drawn`.
    var picture: [UInt8] = []
    /// What was said meanwhile; `DrawingMessage` reads it.
    var log: [UInt8] = []
  }

  /// How a drawing process ended: the first five by its own account.
  enum Ending: Equatable {
    case drawn
    case unreadable
    case noGraph
    case severalGraphs
    case notDrawable
    /// The child gave up, or Graphviz or a library under it called `exit`.
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Draws the first and only graph of a DOT text in a child process, which lives no longer than the caller.
  ///
  /// Not thread-safe: the caller must have one thread. `date` is what libraries take for today.
  static func draw(
    _ dot: [UInt8], as format: PictureFormat, by engine: LayoutEngine, within limits: ResourceLimits,
    on date: CivilDate?, sheet: Sheet? = nil
  ) throws(RenderFailure) -> Outcome {
    let picture = triglyph_memory_file("picture")
    let log = triglyph_memory_file("log")
    guard picture >= 0, log >= 0 else { throw .broken("cannot make a file in memory: \(FileBytes.reason(errno))") }
    defer {
      close(picture)
      close(log)
    }
    let child = triglyph_fork_tied()
    guard child >= 0 else { throw .broken("cannot start a process: \(FileBytes.reason(errno))") }
    if child == 0 {
      let ending = drawInChild(
        dot, as: format, by: engine, within: limits, on: date, sheet: sheet, to: picture, log: log)
      fflush(nil)
      // Nothing is freed: the process ends here, and cleaning up only gives Graphviz another chance to crash.
      _exit(status(of: ending))
    }
    var outcome = Outcome(ending: try ending(of: child))
    if outcome.ending == .drawn { outcome.picture = try contents(of: picture) }
    outcome.log = try contents(of: log)
    return outcome
  }

  // MARK: The child

  private static func drawInChild(
    _ dot: [UInt8], as format: PictureFormat, by engine: LayoutEngine, within limits: ResourceLimits,
    on date: CivilDate?, sheet: Sheet?, to picture: Int32, log: Int32
  ) -> Ending {
    guard dup2(log, STDOUT_FILENO) >= 0, dup2(log, STDERR_FILENO) >= 0, limits.apply() else {
      return broken("the limits cannot be set: \(FileBytes.reason(errno))")
    }
    // Neither a limit's signal that the caller ignored nor Swift's crash reporter, which would fill the log.
    for number in [SIGXCPU, SIGXFSZ, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTRAP, SIGQUIT] {
      signal(number, SIG_DFL)
    }
    guard triglyph_open_no_files() != 0 else { return broken("this Graphviz cannot be kept from opening files") }
    setenv("TZ", "UTC0", 1)
    if let date { setenv("SOURCE_DATE_EPOCH", String(date.unixSeconds), 1) }
    triglyph_log_messages()

    let context = gvContext()
    var graph: UnsafeMutablePointer<Agraph_t>?
    let reading = read(dot, into: &graph)
    guard reading == .drawn else { return reading }
    guard gvLayout(context, graph, engine.rawValue) == 0 else { return .notDrawable }
    guard let name = format.graphvizName else { return writePlaces(of: graph, to: picture) }
    if let sheet, let graph { place(graph, on: sheet) }
    var bytes: UnsafeMutablePointer<CChar>?
    var count: UInt32 = 0
    guard gvRenderData(context, graph, name, &bytes, &count) == 0, let bytes, count > 0 else {
      return .notDrawable
    }
    let rendered = UnsafeRawBufferPointer(start: bytes, count: Int(count))
    do throws(RenderFailure) {
      try FileBytes.write(Array(rendered), to: picture)
      return .drawn
    } catch {
      return broken(error.sentence)
    }
  }

  /// Scales a laid out drawing onto a sheet, and says so where its text becomes too small.
  private static func place(_ graph: UnsafeMutablePointer<Agraph_t>, on sheet: Sheet) {
    var (width, height, pad) = (0.0, 0.0, 0.0)
    triglyph_drawing_size(graph, &width, &height, &pad)
    let fit = sheet.fit(width: width, height: height)
    var viewport = Array(fit.viewport.utf8CString)
    triglyph_set_sheet(graph, &viewport)
    if let warning = sheet.warning(fit) { try? FileBytes.write(Array("\(warning)\n".utf8), to: STDERR_FILENO) }
  }

  private static func writePlaces(of graph: UnsafeMutablePointer<Agraph_t>?, to picture: Int32) -> Ending {
    guard let graph, let stream = fdopen(dup(picture), "w") else {
      return broken("the places cannot be written: \(FileBytes.reason(errno))")
    }
    triglyph_write_places(graph, stream)
    return fclose(stream) == 0 ? .drawn : broken("the places cannot be written: \(FileBytes.reason(errno))")
  }

  /// Reads one graph and sees that nothing follows it; `drawn` when there is nothing against drawing it.
  private static func read(_ dot: [UInt8], into graph: inout UnsafeMutablePointer<Agraph_t>?) -> Ending {
    var dot = dot
    return dot.withUnsafeMutableBytes { bytes in
      guard let stream = fmemopen(bytes.baseAddress, bytes.count, "r") else {
        return broken("the input cannot be read: \(FileBytes.reason(errno))")
      }
      graph = triglyph_read_graph(stream)
      // After some errors the parser hands out what it had read until then.
      guard agerrors() == 0 else { return .unreadable }
      guard graph != nil else { return .noGraph }
      guard triglyph_read_graph(stream) == nil else { return .severalGraphs }
      return agerrors() == 0 ? .drawn : .unreadable
    }
  }

  /// Leaves a sentence in the log.
  private static func broken(_ sentence: String) -> Ending {
    try? FileBytes.write(Array("\(sentence)\n".utf8), to: STDERR_FILENO)
    return .exited(3)
  }

  // MARK: The parent

  private static let statuses: [(Ending, Int32)] = [
    (.drawn, 0), (.unreadable, 40), (.noGraph, 41), (.severalGraphs, 42), (.notDrawable, 43),
  ]

  private static func status(of ending: Ending) -> Int32 {
    statuses.first { $0.0 == ending }?.1 ?? 3
  }

  private static func ending(of child: Int32) throws(RenderFailure) -> Ending {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .broken("lost the drawing process: \(FileBytes.reason(errno))") }
    }
    // The macros WIFSIGNALED and WEXITSTATUS, which Swift does not import.
    let signal = status & 0x7F
    if signal != 0 { return .killed(signal: signal) }
    let code = (status >> 8) & 0xFF
    return statuses.first { $0.1 == code }?.0 ?? .exited(code)
  }

  private static func contents(of file: Int32) throws(RenderFailure) -> [UInt8] {
    guard lseek(file, 0, SEEK_SET) == 0 else { throw .broken("cannot read: \(FileBytes.reason(errno))") }
    return try FileBytes.readAll(from: file, limit: .max) ?? []
  }
}
