import Glibc
import Subprocess
import Testing

/// The `triglyph-render` that the build put beside these tests, run as a child as Diagrams runs it.
enum BuiltRenderer {
  struct Run {
    var status: Int32
    var output: [UInt8]
    var messages: [String]
  }

  /// Runs the renderer on a text. The test fails, with a sentence, when it was not built or does not end by itself.
  static func draw(
    _ dot: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    try await draw(Array(dot.utf8), arguments, sourceLocation: sourceLocation)
  }

  /// An argument that is refused is refused before the input is read: give none then, for swift-subprocess 1.0.2 ends
  /// its program when a child closes the pipe too early.
  static func draw(
    _ dot: [UInt8], _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    let path = try #require(
      location(),
      "triglyph-render is in no folder above the tests' executable; `swift build --build-tests` puts it there",
      sourceLocation: sourceLocation)
    let result = try await run(
      .path(.init(path)), arguments: Arguments(arguments), environment: .custom(["PATH": "/usr/bin:/bin"]),
      input: .array(dot), output: .bytes(limit: 16 << 20), error: .string(limit: 1 << 20))
    guard case .exited(let status) = result.terminationStatus else {
      Issue.record("triglyph-render was ended by a signal: \(result.terminationStatus)", sourceLocation: sourceLocation)
      return Run(status: -1, output: [], messages: [])
    }
    let messages = result.standardError.split(separator: "\n").map(String.init)
    return Run(status: status, output: result.standardOutput, messages: messages)
  }

  private static func location() -> String? {
    guard let executable = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(executable) }
    let starts = [String(cString: executable), CommandLine.arguments.first ?? ""] + CommandLine.arguments.dropFirst()
    for start in starts where start.hasPrefix("/") {
      var folder = start[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let candidate = "\(folder)/triglyph-render"
        if access(candidate, X_OK) == 0, isFile(candidate) { return candidate }
      }
    }
    return nil
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
