import Glibc
import Testing

/// The `triglyph-render` that the build put beside these tests.
enum BuiltRenderer {
  /// Fails the test with a sentence when it was not built.
  static func path(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try #require(
      location(),
      "triglyph-render is in no folder above the tests' executable; `swift build --build-tests` puts it there",
      sourceLocation: sourceLocation)
  }

  private static func location() -> String? {
    guard let executable = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(executable) }
    let starts = [String(cString: executable)] + CommandLine.arguments
    for start in starts where start.hasPrefix("/") {
      var folder = start[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let candidate = "\(folder)/triglyph-render"
        var status = stat()
        if stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(candidate, X_OK) == 0 {
          return candidate
        }
      }
    }
    return nil
  }
}
