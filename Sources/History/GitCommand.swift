internal import Diagnostics
internal import Glibc
internal import Subprocess

/// Runs git as a child that reads objects and does nothing else.
///
/// Whatever the repository's own configuration names is not run: no hook, monitor, pager, filter, helper or transport. The
/// environment is emptied, so that neither the user's configuration nor variables of git's decide what is read.
struct GitCommand: Sendable {
  struct Output: Sendable {
    var status: Int32
    var bytes: [UInt8]
    var error: String

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What git says it ends for, on one line, or the first thing that it says.
    var reason: String {
      let lines = error.split(whereSeparator: \.isNewline).map { line in String(line.drop { $0 == " " || $0 == "\t" }) }
      guard let start = lines.firstIndex(where: { $0.hasPrefix("fatal: ") }) else {
        return lines.first ?? "it ended with status \(status)"
      }
      return String(lines[start...].prefix(3).joined(separator: " ").dropFirst("fatal: ".count))
    }

    /// Whether an object is on another machine only.
    var lacksObjects: Bool { error.contains("promisor remote") }
  }

  private let executable: String
  private let path: String
  /// Where it runs.
  let folder: String

  init(in folder: String) throws(GitFailure) {
    // A relative entry would let a repository bring a program of its own.
    let entries = (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin").split(separator: ":")
      .filter { $0.hasPrefix("/") }
    guard let found = entries.first(where: { Self.isProgram("\($0)/git") }) else { throw .notInstalled }
    executable = "\(found)/git"
    path = entries.joined(separator: ":")
    self.folder = folder
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// What stands before every subcommand: settings that outrank the repository's own.
  private var settings: [String] {
    let values = [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.sshCommand=false",
      "credential.helper=",
      "core.askPass=false", "protocol.allow=never",
      // Nothing of the repository's is run, so it does not matter whose it is; a bare one inside a tree is none.
      "safe.directory=*", "safe.bareRepository=explicit",
    ]
    return ["--no-pager", "--no-optional-locks", "--no-replace-objects", "-C", folder] + values.flatMap { ["-c", $0] }
  }

  private var environment: [Environment.Key: String] {
    [
      "PATH": path, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ATTR_NOSYSTEM": "1", "GIT_NO_LAZY_FETCH": "1",
      "GIT_NO_REPLACE_OBJECTS": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0",
    ]
  }

  /// - Parameters:
  ///   - input: what the child reads; nothing where it is nil.
  ///   - limit: of the output, in bytes.
  func run(_ arguments: [String], input: [UInt8]? = nil, limit: Int = 1 << 20) async throws(GitFailure) -> Output {
    // From a file: swift-subprocess 1.0.2 ends its own program when a child closes a pipe too early.
    let descriptor: Int32
    do {
      descriptor = try UnnamedFile.descriptor(holding: input ?? [])
    } catch {
      throw .failed(error.reason)
    }
    do {
      let result = try await Subprocess.run(
        .path(.init(executable)), arguments: Arguments(settings + arguments), environment: .custom(environment),
        input: .fileDescriptor(.init(rawValue: descriptor), closeAfterSpawningProcess: true),
        output: .bytes(limit: limit), error: .string(limit: 1 << 20))
      guard case .exited(let status) = result.terminationStatus else { throw GitFailure.failed("a signal ended it") }
      return Output(status: status, bytes: result.standardOutput, error: result.standardError)
    } catch let failure as GitFailure {
      throw failure
    } catch let error as SubprocessError {
      throw .failed(error.description)
    } catch {
      throw .failed("it could not be run")
    }
  }
}
