public import CEL
internal import Diagnostics
internal import Glibc
internal import Subprocess

/// Turns drawings into pictures by running `triglyph-render` as a child: Graphviz can hang, crash or eat memory, so it
/// gets limits, an empty environment but for the search path and fonts, and a clock of its own.
public struct PictureRenderer: Sendable {
  /// What one layout may use.
  public struct Limits: Equatable, Sendable {
    /// Of the wall clock; the child is killed then.
    public var wallClock: Duration
    /// Of processor time; the child ends itself then.
    public var cpuSeconds: Int
    public var memoryMiB: Int
    /// The largest picture.
    public var outputMiB: Int

    public init(
      wallClock: Duration = .seconds(30), cpuSeconds: Int = 20, memoryMiB: Int = 2_048, outputMiB: Int = 256
    ) {
      self.wallClock = wallClock
      self.cpuSeconds = max(1, cpuSeconds)
      self.memoryMiB = max(256, memoryMiB)
      self.outputMiB = max(1, outputMiB)
    }
  }

  /// Where the renderer is.
  public let path: String
  public let limits: Limits

  /// Uses the renderer at a path, or else the one that lies beside the running executable.
  public init(path: String? = nil, limits: Limits = Limits()) {
    self.path = path ?? Self.besideExecutable
    self.limits = limits
  }

  private static var besideExecutable: String {
    guard let executable = realpath("/proc/self/exe", nil) else { return "triglyph-render" }
    defer { free(executable) }
    let own = String(cString: executable)
    return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)]) + "/triglyph-render"
  }

  // MARK: Pictures

  /// Draws: the layout that is meant, or, when that takes too long, the next simpler one, with a warning. A PDF bears
  /// `date`; DOT and Mermaid are written without a child, and so is JSON, without places, where there is none. `paper` is for
  /// SVG and PDF; text that becomes too small on it is told.
  public func render(
    _ drawing: Drawing, as format: PictureFormat, date: CivilDate, paper: Paper? = nil
  ) async throws(PictureFailure) -> Picture {
    switch format {
    case .dot: return Picture(format: format, bytes: Array(drawing.dot.utf8), warnings: [])
    case .mermaid:
      let text = DiagramMermaid(try Self.diagram(of: drawing, for: format)).text
      return Picture(format: format, bytes: Array(text.utf8), warnings: [])
    case .json: return try await data(of: drawing, date: date)
    case .svg, .png, .pdf: return try await picture(of: drawing, as: format, date: date, paper: paper)
    }
  }

  private static func diagram(
    of drawing: Drawing, for format: PictureFormat
  ) throws(PictureFailure) -> Diagram {
    guard let diagram = drawing.diagram else {
      throw .notDrawn("this drawing is DOT alone: there is no \(format.rawValue) of it")
    }
    return diagram
  }

  /// JSON, with the places where it can be laid out.
  private func data(of drawing: Drawing, date: CivilDate) async throws(PictureFailure) -> Picture {
    let diagram = try Self.diagram(of: drawing, for: .json)
    guard let names = drawing.names else {
      return Picture(format: .json, bytes: Array(DiagramJSON(diagram).text.utf8), warnings: [])
    }
    do throws(PictureFailure) {
      let laidOut = try await picture(of: drawing, as: .json, date: date, paper: nil)
      guard let places = PicturePlaces(laidOut.bytes) else {
        throw .rendererBroken("its places cannot be read")
      }
      let text = DiagramJSON(diagram, places.found(diagram, names)).text
      return Picture(format: .json, bytes: Array(text.utf8), warnings: laidOut.warnings)
    } catch {
      return Picture(
        format: .json, bytes: Array(DiagramJSON(diagram).text.utf8),
        warnings: ["the JSON has no places: \(error.sentence)"])
    }
  }

  private func picture(
    of drawing: Drawing, as format: PictureFormat, date: CivilDate, paper: Paper?
  ) async throws(PictureFailure) -> Picture {
    guard access(path, X_OK) == 0 else { throw .rendererMissing(path: path) }
    var warnings: [String] = []
    var failure = PictureFailure.tooSlow(seconds: 0)
    for (position, layout) in drawing.layouts.enumerated() {
      switch try await lay(out: layout, as: format, date: date, paper: format.takesPaper ? paper : nil) {
      case .drawn(var bytes, let said):
        if format == .svg {
          bytes = SVGDescription.adding(
            title: drawing.title, drawing.description, to: SVGDescription.addingFonts(to: bytes))
        }
        return Picture(format: format, bytes: bytes, warnings: warnings + said)
      case .failed(let reason, let why, let said):
        failure = reason
        warnings += said
        guard position + 1 < drawing.layouts.count else { break }
        let next = drawing.layouts[position + 1]
        warnings.append(
          "the layout with \(layout.name) (\(layout.engine.rawValue)) \(why); it is drawn with \(next.name) "
            + "(\(next.engine.rawValue)) instead")
      }
    }
    throw failure
  }

  /// Draws into a file, which a reader finds as it was or as a whole. Returns the warnings.
  public func render(
    _ drawing: Drawing, as format: PictureFormat, date: CivilDate, paper: Paper? = nil, to file: String
  ) async throws(PictureFailure) -> [String] {
    let picture = try await render(drawing, as: format, date: date, paper: paper)
    try PictureFile.write(picture.bytes, to: file)
    return picture.warnings
  }

  // MARK: The child

  private enum Outcome: Sendable {
    case drawn([UInt8], warnings: [String])
    /// A simpler layout may do better.
    case failed(PictureFailure, why: String, warnings: [String])
  }

  private enum Ending: Sendable {
    case ended(TerminationStatus, output: [UInt8], error: String)
    case failed(String)
    case outOfTime
  }

  private func arguments(
    _ layout: Drawing.Layout, _ format: PictureFormat, _ date: CivilDate, _ paper: Paper?
  ) -> [String] {
    var arguments = [
      "--format", format.laidOut ?? format.rawValue, "--engine", layout.engine.rawValue, "--date", Self.printable(date),
      "--cpu-seconds", String(limits.cpuSeconds), "--memory-mib", String(limits.memoryMiB),
    ]
    if let paper {
      arguments += ["--paper", paper.rawValue]
      if let points = DOTText.leastPoints(in: layout.dot) { arguments += ["--least-text", String(points)] }
    }
    return arguments
  }

  private func lay(
    out layout: Drawing.Layout, as format: PictureFormat, date: CivilDate, paper: Paper?
  ) async throws(PictureFailure) -> Outcome {
    let arguments = arguments(layout, format, date, paper)
    // From a file: swift-subprocess 1.0.2 ends its own program when a child closes a pipe too early.
    let input: Int32
    do {
      input = try UnnamedFile.descriptor(holding: Array(layout.dot.utf8))
    } catch {
      throw PictureFailure.rendererBroken(error.reason)
    }
    let ending = await withTaskGroup(of: Ending.self) { group in
      group.addTask { await run(arguments, input: input) }
      group.addTask {
        try? await Task.sleep(for: limits.wallClock)
        return .outOfTime
      }
      let first = await group.next() ?? .outOfTime
      // Kills the child, where it was the clock that ended first.
      group.cancelAll()
      return first
    }
    let slow = PictureFailure.tooSlow(seconds: Int(limits.wallClock.components.seconds))
    switch ending {
    case .outOfTime: return .failed(slow, why: "takes too long", warnings: [])
    case .failed(let reason): throw .rendererBroken(reason)
    case .ended(let status, let output, let error):
      let said = Self.messages(error)
      let warnings = said.filter { !$0.isError }.map(\.text)
      let reason = said.last { $0.isError }?.text
      switch status {
      case .exited(0) where output.isEmpty: throw .rendererBroken("it gave no picture")
      case .exited(0): return .drawn(output, warnings: said.map(\.text))
      // The renderer's own words for its limit of processor time.
      case .exited(1) where reason?.contains("--cpu-seconds") == true:
        return .failed(slow, why: "takes too long", warnings: warnings)
      case .exited(1): throw .notDrawn(reason ?? "the renderer gave no reason")
      case .exited(let code):
        return .failed(.rendererBroken(reason ?? "it ended with status \(code)"), why: "fails", warnings: warnings)
      default: return .failed(.rendererBroken("a signal ended it"), why: "fails", warnings: warnings)
      }
    }
  }

  private func run(_ arguments: [String], input: Int32) async -> Ending {
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .kill, allowedDurationToNextStep: .zero)]
    do {
      let result = try await Subprocess.run(
        .path(.init(path)), arguments: Arguments(arguments), environment: .custom(Self.environment),
        platformOptions: options,
        input: .fileDescriptor(.init(rawValue: input), closeAfterSpawningProcess: true),
        output: .bytes(limit: limits.outputMiB * 1_048_576), error: .string(limit: 1_048_576))
      return .ended(result.terminationStatus, output: result.standardOutput, error: result.standardError)
    } catch let error as SubprocessError {
      return .failed(error.description)
    } catch {
      return .failed("it could not be run")
    }
  }

  /// The search path, and where fonts and their configuration are.
  private static var environment: [Subprocess.Environment.Key: String] {
    var result: [Subprocess.Environment.Key: String] = ["PATH": "/usr/bin:/bin"]
    let kept: [(Subprocess.Environment.Key, String)] = [
      ("FONTCONFIG_FILE", "FONTCONFIG_FILE"), ("FONTCONFIG_PATH", "FONTCONFIG_PATH"), ("HOME", "HOME"),
      ("XDG_CACHE_HOME", "XDG_CACHE_HOME"), ("XDG_DATA_HOME", "XDG_DATA_HOME"),
    ]
    for (key, name) in kept { if let value = getenv(name) { result[key] = String(cString: value) } }
    return result
  }

  /// A date that the renderer takes: no day before 1970, no end of time.
  private static func printable(_ date: CivilDate) -> String {
    let last = CivilDate(year: 9_999, month: 12, day: 31) ?? date
    return min(max(date, CivilDate(days: 0)), last).text
  }

  /// The lines of the renderer, `render: warning: …`, without what all begin with.
  private static func messages(_ text: String) -> [(isError: Bool, text: String)] {
    text.split(separator: "\n").map { line in
      for (start, isError) in [("render: error: ", true), ("render: warning: ", false)] where line.hasPrefix(start) {
        return (isError, DOTText.cleaned(String(line.dropFirst(start.count)), limit: 500))
      }
      return (false, DOTText.cleaned(String(line), limit: 500))
    }
  }
}
