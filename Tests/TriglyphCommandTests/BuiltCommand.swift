import Foundation
import Glibc
import Subprocess
import Testing

/// The `triglyph` that the build put beside these tests, run as a child.
enum BuiltCommand {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  static func run(
    _ arguments: String..., environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    try await run(list: arguments, environment: environment, sourceLocation: sourceLocation)
  }

  static func run(
    list arguments: [String], environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    let path = try #require(
      location(), "triglyph is in no folder above the tests' executable", sourceLocation: sourceLocation)
    let result = try await Subprocess.run(
      .path(.init(path)), arguments: Arguments(arguments),
      environment: .custom(
        Dictionary(
          uniqueKeysWithValues: (["PATH": "/usr/bin:/bin"].merging(environment) { $1 }).map {
            (Environment.Key(stringLiteral: $0), $1)
          })),
      output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
    guard case .exited(let status) = result.terminationStatus else {
      Issue.record("triglyph was ended by a signal: \(result.terminationStatus)", sourceLocation: sourceLocation)
      return Run(status: -1, output: "", errors: "")
    }
    return Run(status: status, output: result.standardOutput, errors: result.standardError)
  }

  static func location() -> String? {
    guard let executable = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(executable) }
    let starts = [String(cString: executable), CommandLine.arguments.first ?? ""] + CommandLine.arguments.dropFirst()
    for start in starts where start.hasPrefix("/") {
      var folder = start[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let candidate = "\(folder)/triglyph"
        var status = stat()
        if access(candidate, X_OK) == 0, stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
          return candidate
        }
      }
    }
    return nil
  }
}

/// A repository of a test's own, removed with the test.
final class TemporaryRepository: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("triglyph-\(UUID().uuidString)").path
    // A Git root, so that nothing above the folder is taken for the repository.
    try FileManager.default.createDirectory(atPath: "\(path)/.git", withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func contents(of name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
}

extension TemporaryRepository {
  static let base = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    kinds:
      dataset: {plural: datasets}
      system:
        plural: systems
        fields: {mfa: {type: boolean}, cost: {type: integer}}
        relations: {feeds: {to: system, many: true, inverse: fedBy}}
    """,
    "standards/security.yaml": """
    kind: standard
    id: security
    name: Security
    clauses:
      - {id: "1", name: Everybody proves who they are, level: must, requirement: Ask twice.}
    """,
    "rules/mfa.yaml": """
    kind: rule
    id: sec-mfa
    name: More than one factor
    title: Sign-in asks for more than one factor
    clauses: [security/1]
    for: system
    severity: major
    stage: design
    require: self.mfa
    at: self.mfa
    message: ${self} asks for one factor only
    remedy: Ask for a second one.
    examples:
      - title: asks twice
        given: [{kind: system, id: a, mfa: true}]
        finds: []
      - title: asks once
        given: [{kind: system, id: a, mfa: false}]
        finds: [a]
    """,
  ]

  static func clean() throws -> TemporaryRepository {
    try TemporaryRepository(
      base.merging(["catalogue/systems.yaml": "{kind: system, id: hub, name: Hub, mfa: true}\n"]) { $1 })
  }

  static func failing() throws -> TemporaryRepository {
    try TemporaryRepository(
      base.merging([
        "catalogue/systems.yaml":
          "{kind: system, id: hub, name: Hub, mfa: false, feeds: [gap]}\n---\n{kind: system, id: gap, name: Gap}\n---\n{kind: dataset, id: hub, name: Hub data}\n"
      ]) { $1 })
  }
}
