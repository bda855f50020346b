import Glibc

/// One run: DOT in, picture out, messages as they arise.
struct Renderer {
  /// The most DOT that is read, in bytes; about 100,000 systems with their labels.
  static let inputLimit = 64 * 1_048_576

  var options: RenderOptions

  /// Draws what standard input holds and writes it where the options say. `report` is given each message.
  func run(report: (DrawingMessage) -> Void) throws(RenderFailure) {
    let dot = try input()
    let outcome = try Graphviz.draw(
      dot, as: options.format, by: options.engine, within: options.limits, on: options.date, sheet: options.sheet)
    let messages = DrawingMessage.messages(inLog: outcome.log)
    guard outcome.ending == .drawn else {
      messages.forEach(report)
      throw failure(outcome)
    }
    messages.forEach { report($0.withPictureDrawn) }
    let picture = ReproduciblePicture.bytes(of: outcome.picture, format: options.format, date: options.date)
    if let output = options.output {
      try OutputFile.write(picture, to: output)
    } else {
      try FileBytes.write(picture, to: STDOUT_FILENO)
    }
  }

  private func input() throws(RenderFailure) -> [UInt8] {
    guard let dot = try FileBytes.readAll(from: STDIN_FILENO, limit: Self.inputLimit) else {
      throw .notDrawn("the input is larger than \(Self.inputLimit / 1_048_576) MiB")
    }
    guard !dot.isEmpty else { throw .notDrawn("the input is empty; DOT is expected on standard input") }
    guard !dot.contains(0), String(validating: dot, as: UTF8.self) != nil else {
      throw .notDrawn("the input is not text in UTF-8; DOT is expected on standard input")
    }
    return dot
  }

  private func failure(_ outcome: Graphviz.Outcome) -> RenderFailure {
    switch outcome.ending {
    case .drawn, .unreadable: .notDrawn("the input is not valid DOT")
    case .noGraph: .notDrawn("the input holds no graph")
    case .severalGraphs: .notDrawn("the input holds more than one graph; one is drawn at a time")
    case .notDrawable:
      .notDrawn("Graphviz cannot draw this graph as \(options.format.rawValue) by \(options.engine.rawValue)")
    case .killed(SIGXCPU):
      .notDrawn("the drawing takes more than \(options.limits.cpuSeconds) s of processor time (--cpu-seconds)")
    case .killed(SIGXFSZ): .notDrawn("the picture is larger than \(options.limits.memoryMiB) MiB (--memory-mib)")
    case .exited(let status): outOfMemory(outcome) ?? .broken("the drawing process ended with status \(status)")
    case .killed(let signal): outOfMemory(outcome) ?? .broken("the drawing process was ended by signal \(signal)")
    }
  }

  /// The failure when the last words were those of glibc, GLib or Graphviz about an allocation; what follows them may
  /// be any signal or exit.
  private func outOfMemory(_ outcome: Graphviz.Outcome) -> RenderFailure? {
    let words = String(decoding: outcome.log.suffix(2_000), as: UTF8.self).lowercased()
    let known = [
      "out of memory", "failed to allocate", "cannot allocate memory", "memory allocation failure",
      "error creating thread",
    ]
    guard known.contains(where: { words.contains($0) }) else { return nil }
    return .notDrawn("the drawing needs more than \(options.limits.memoryMiB) MiB of memory (--memory-mib)")
  }
}
