import Foundation
import Subprocess
import Testing

/// The environment that Scripts/consumers.sh makes, and what it says of an output.
enum Consumer {
  static var python: String { ImportTableTests.root.appendingPathComponent(".build/consumers/bin/python").path }

  static var isThere: Bool {
    FileManager.default.isExecutableFile(atPath: python)
      && FileManager.default.fileExists(atPath: ImportTableTests.root.path + "/.build/consumers/stamp")
  }

  /// In CI what cannot be read is a failure, not a gap.
  static var isExpected: Bool {
    isThere || !["", "0", "false"].contains(ProcessInfo.processInfo.environment["CI"] ?? "")
  }

  /// Reads a file in a form; what the consumer refuses is an issue. The result is what it printed.
  @discardableResult
  static func read(
    _ form: String, _ file: String, _ more: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let (isAccepted, output, errors) = try await run(form, file, more)
    #expect(isAccepted, "\(form) \(file): \(errors)", sourceLocation: sourceLocation)
    return output
  }

  /// Runs one of the environment's other programs; what it complains of is its output.
  static func run(tool: String, _ arguments: [String]) async throws -> (isContent: Bool, output: String) {
    let folder = URL(fileURLWithPath: python).deletingLastPathComponent().path
    let result = try await Subprocess.run(
      .path(.init("\(folder)/\(tool)")), arguments: Arguments(arguments),
      environment: .custom(["PATH": .init("\(folder):/usr/bin:/bin"), "HOME": "/nonexistent"]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    return (result.terminationStatus == .exited(0), result.standardOutput + result.standardError)
  }

  static func accepts(_ form: String, _ file: String, _ more: [String]) async throws -> Bool {
    try await run(form, file, more).isAccepted
  }

  private static func run(
    _ form: String, _ file: String, _ more: [String]
  ) async throws -> (isAccepted: Bool, output: String, errors: String) {
    let script = ImportTableTests.root.appendingPathComponent("Tests/Consumers/read.py").path
    let result = try await Subprocess.run(
      .path(.init(python)), arguments: Arguments([script, form, file] + more),
      environment: .custom(["PATH": "/usr/bin:/bin", "MPLCONFIGDIR": "/tmp", "PYTHONDONTWRITEBYTECODE": "1"]),
      output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
    return (result.terminationStatus == .exited(0), result.standardOutput, result.standardError)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skipped, loudly, where the consumers could not be installed; in CI they have to be there.
  static var readByConsumers: ConditionTrait {
    .enabled(
      if: Consumer.isExpected,
      "SKIPPED: the tools that read our outputs are not installed; run Scripts/consumers.sh where PyPI can be reached")
  }
}
