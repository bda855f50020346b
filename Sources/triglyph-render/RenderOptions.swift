/// What the command line asks for.
struct RenderOptions: Equatable {
  var format = PictureFormat.svg
  var engine = LayoutEngine.dot
  /// Where the picture goes; nil is standard output.
  var output: String?
  /// The date that a PDF bears.
  var date: CivilDate?
  /// The paper that the picture is scaled onto; nil: the drawing's own size.
  var paper: Sheet.Paper?
  /// The size of the drawing's smallest text in points, for a warning about paper.
  var leastText: Int?
  var limits = ResourceLimits()
  var wantsHelp = false

  var sheet: Sheet? { paper.map { Sheet(paper: $0, leastText: leastText) } }

  static let help = """
    usage: triglyph-render [--format F] [--engine E] [--output PATH] [--date YYYY-MM-DD] < graph.dot

    Draws the DOT on standard input. Warnings go to standard error, one a line.

      --format F           svg (default), png, pdf or dot; or places, where everything stands
      --engine E           dot (default), neato, fdp, sfdp, twopi, circo or osage
      --output PATH        the file to write, as a whole or not at all; default: standard output
      --date YYYY-MM-DD    the date that a PDF bears; a PDF needs one
      --paper P            a3 or a4: scale onto the sheet, upright or across
      --least-text N       the smallest text's size in points; what is too small on the paper is told
      --cpu-seconds N      the most processor time to spend, in whole seconds (default 30)
      --memory-mib N       the most memory to use, in MiB (default 2048, least 256)
      --help               print this

    exit status: 0 drawn; 1 it cannot be drawn; 3 something broke

    """

  init() {}

  /// Reads the arguments, the program's name left out. Each option takes its value as `--name value` or `--name=value`;
  /// the last of two wins.
  init(arguments: some Sequence<String>) throws(RenderFailure) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      if name == "--help" || name == "-h" {
        wantsHelp = true
        continue
      }
      guard Self.names.contains(name) else {
        throw .notDrawn("unknown argument '\(argument)'; `triglyph-render --help` lists the known ones")
      }
      guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
        throw .notDrawn("\(name) needs a value")
      }
      try set(name, to: value)
    }
    if format == .pdf, date == nil, !wantsHelp {
      throw .notDrawn("a PDF needs --date YYYY-MM-DD: without one it would bear the time of drawing")
    }
  }

  private static let names: Set = [
    "--cpu-seconds", "--date", "--engine", "--format", "--least-text", "--memory-mib", "--output", "--paper",
  ]

  private mutating func set(_ name: String, to value: String) throws(RenderFailure) {
    switch name {
    case "--format": format = try Self.choice(value, of: "format")
    case "--engine": engine = try Self.choice(value, of: "engine")
    case "--paper": paper = try Self.choice(value, of: "paper")
    case "--least-text": leastText = try Self.count(value, for: name, in: 1...1_000)
    case "--cpu-seconds": limits.cpuSeconds = try Self.count(value, for: name, in: 1...86_400)
    case "--memory-mib": limits.memoryMiB = try Self.count(value, for: name, in: 256...1_048_576)
    case "--date":
      guard let day = CivilDate(iso: value) else {
        throw .notDrawn("--date '\(value)' is no day from 1970-01-01 on, written YYYY-MM-DD")
      }
      date = day
    default:
      guard !value.isEmpty, !value.utf8.contains(0) else { throw .notDrawn("--output needs a path") }
      output = value
    }
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: String, of what: String
  ) throws(RenderFailure) -> Choice {
    if let choice = Choice(rawValue: value) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw .notDrawn("unknown \(what) '\(value)'; known are \(known)")
  }

  private static func count(
    _ value: String, for name: String, in range: ClosedRange<Int>
  ) throws(RenderFailure) -> Int {
    if let count = Int(value), range.contains(count) { return count }
    throw .notDrawn("\(name) '\(value)' is no whole number from \(range.lowerBound) to \(range.upperBound)")
  }
}
