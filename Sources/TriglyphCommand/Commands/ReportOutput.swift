internal import ArgumentParser
internal import Glibc
internal import Reports

/// The forms of a command, by the names that `-f` takes.
protocol OutputFormat: RawRepresentable<String>, Equatable {
  /// All names, for people.
  static var list: String { get }
}

extension CheckFormat: OutputFormat {}
extension ReportFormat: OutputFormat {}

/// A format and where it goes.
struct ReportOutput<Format: OutputFormat> {
  var format: Format
  /// Nil: standard output.
  var path: String?

  /// Reads `-f` options: `json`, `sarif=out.sarif`; none is text.
  static func read(_ options: [String]) throws -> [Self] {
    let outputs = try (options.isEmpty ? ["text"] : options).map { option in
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let format = Format(rawValue: parts[0]) else {
        throw ValidationError("there is no format \(parts[0]); formats are \(Format.list)")
      }
      if parts.count == 2, parts[1].isEmpty { throw ValidationError("-f \(option) names no file") }
      return Self(format: format, path: parts.count == 2 ? parts[1] : nil)
    }
    if outputs.count(where: { $0.path == nil }) > 1 {
      throw ValidationError("only one format can go to standard output; write the others to files (-f json=FILE)")
    }
    var taken: Set<String> = []
    for path in outputs.compactMap(\.path) where !taken.insert(path).inserted {
      throw ValidationError("two formats would be written to \(path)")
    }
    return outputs
  }

  /// Writes files first, so that whoever stops reading standard output loses none of them; one that cannot be written is a
  /// sentence, and the others are written all the same.
  ///
  /// - Parameters:
  ///   - text: what a format has to say.
  ///   - summary: what is appended to the summary of a GitHub step that holds so many bytes; nil: nothing.
  /// - Returns: whether everything was written.
  static func write(_ outputs: [Self], text: (Self) -> String, summary: ((_ taken: Int) -> String)? = nil) -> Bool {
    var isWhole = true
    func attempt(_ write: () throws -> Void) {
      do {
        try write()
      } catch {
        Terminal.complain("triglyph: \(error)\n")
        isWhole = false
      }
    }
    for output in outputs {
      guard let path = output.path else { continue }
      attempt { try Terminal.write(text(output), toFile: path) }
    }
    if let summary, let variable = getenv("GITHUB_STEP_SUMMARY") {
      let path = String(cString: variable)
      if !path.isEmpty {
        attempt {
          var status = stat()
          let taken = stat(path, &status) == 0 ? Int(status.st_size) : 0
          try Terminal.append(summary(taken), toFile: path)
        }
      }
    }
    for output in outputs where output.path == nil { Terminal.write(text(output)) }
    return isWhole
  }
}
