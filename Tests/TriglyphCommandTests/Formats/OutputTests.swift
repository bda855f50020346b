import Foundation
import Glibc
import Subprocess
import Testing

/// Where outputs go, in which order, and what happens where they cannot.
@Suite struct OutputTests {
  private func shell(_ script: String, _ environment: [Environment.Key: String] = [:]) async throws -> (
    status: TerminationStatus, output: String, errors: String
  ) {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", script],
      environment: .custom(["PATH": "/usr/bin:/bin"].merging(environment) { $1 }),
      output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
    return (result.terminationStatus, result.standardOutput, result.standardError)
  }

  @Test(arguments: [
    (["yaml"], "there is no format yaml; formats are text, json, sarif, junit, github, gitlab, markdown, csv and html"),
    (["sarif="], "-f sarif= names no file"), (["=x"], "there is no format "), (["SARIF"], "there is no format SARIF"),
    (["json=a", "csv=a"], "two formats would be written to a"), (["json", "csv"], "only one format"),
    (["sarif", "--roadmap"], "--roadmap is written as text or json, not as sarif"),
  ])
  func `a slip in -f is told and nothing is written`(formats: [String], says: String) async throws {
    let repository = try TemporaryRepository.clean()
    let options = formats.flatMap { $0.hasPrefix("--") ? [$0] : ["-f", $0] }
    let run = try await BuiltCommand.run(list: ["check", "--repository", repository.path] + options)
    #expect(run.status == 2 && run.output == "" && run.errors.contains(says), "\(run.errors)")
  }

  @Test func `a file that cannot be written is a sentence and 2, and the others are written`() async throws {
    let repository = try TemporaryRepository.failing()
    let file = "\(repository.path)/out.csv"
    let run = try await BuiltCommand.run(
      "check", "--repository", repository.path, "-f", "sarif=/dev/full", "-f", "text", "-f", "csv=\(file)")
    #expect(run.status == 2)
    #expect(run.errors == "triglyph: cannot write /dev/full: No space left on device\n")
    #expect(run.output.contains("major[sec-mfa]"))
    #expect(repository.contents(of: "out.csv")?.contains("sec-mfa") == true)
    let folder = try await BuiltCommand.run(
      "check", "--repository", repository.path, "-f", "sarif=\(repository.path)/catalogue")
    #expect(folder.status == 2 && folder.errors.contains("it is a folder"), "\(folder.errors)")
  }

  @Test(arguments: ["sarif", "junit", "gitlab", "markdown", "csv", "json", "html"])
  func `a disk that fills leaves what was there, and no half of a file`(format: String) async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write("before", to: "out/report")
    let path = try #require(BuiltCommand.location())
    // A limit on the size of files stands for a disk that is full; of 512 bytes.
    let result = try await shell(
      "trap '' XFSZ; ulimit -f 1; exec '\(path)' check --repository '\(repository.path)' -f \(format)='\(repository.path)/out/report'"
    )
    #expect(result.status == .exited(2), "\(result.errors)")
    #expect(result.errors.hasPrefix("triglyph: cannot write ") && result.errors.contains("File too large"))
    #expect(repository.contents(of: "out/report") == "before")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(repository.path)/out") == ["report"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["text", "sarif"])
  func `whoever reads one line loses no file and gets no complaint`(format: String) async throws {
    let path = try #require(BuiltCommand.location())
    let root = ImportTableTests.root.path
    let folder = try TemporaryRepository()
    for ignoring in ["", "trap '' PIPE; "] {
      let file = "\(folder.path)/out\(ignoring.count).csv"
      let result = try await shell(
        "\(ignoring)'\(path)' check --repository '\(root)' --as-of 2026-12-01 -f \(format) -f csv='\(file)' | head -n 1"
      )
      #expect(result.status == .exited(0) && result.errors == "", "\(result.errors)")
      #expect(result.output.split(separator: "\n").count == 1)
      #expect(folder.contents(of: "out\(ignoring.count).csv")?.hasSuffix("\r\n") == true)
    }
  }

  @Test func `annotations go with a summary of the step, behind what it holds`() async throws {
    let repository = try TemporaryRepository.failing()
    try repository.write("# Before\n", to: "summary.md")
    let path = "\(repository.path)/summary.md"
    let run = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-01-01", "-f", "github",
      environment: ["GITHUB_STEP_SUMMARY": path])
    #expect(run.status == 1 && run.errors == "")
    #expect(run.output.hasPrefix("::error file=catalogue/systems.yaml,line=1,endLine=1,col=41,"))
    let summary = try #require(repository.contents(of: "summary.md"))
    #expect(summary.hasPrefix("# Before\n## Triglyph: 1 finding counts\n"))
    let text = try await BuiltCommand.run(
      "check", "--repository", repository.path, "-f", "text", environment: ["GITHUB_STEP_SUMMARY": path])
    #expect(text.status == 1 && repository.contents(of: "summary.md") == summary, "text is no format of GitHub's")
    try repository.write(String(repeating: "x", count: 1 << 20), to: "full.md")
    let full = try await BuiltCommand.run(
      "check", "--repository", repository.path, "-f", "github",
      environment: ["GITHUB_STEP_SUMMARY": "\(repository.path)/full.md"])
    #expect(full.status == 1 && repository.contents(of: "full.md")?.utf8.count == 1 << 20)
    let device = try await BuiltCommand.run(
      "check", "--repository", repository.path, "-f", "github", environment: ["GITHUB_STEP_SUMMARY": "/dev/full"])
    #expect(device.status == 2 && device.output.contains("::error "))
    #expect(device.errors == "triglyph: cannot write /dev/full: No space left on device\n")
  }

  @Test(arguments: [true, false])
  func `the way from the Git root is part of a forge's paths`(isWorktree: Bool) async throws {
    let repository = try TemporaryRepository()
    let git = "\(repository.path)/.git"
    if isWorktree {
      try FileManager.default.removeItem(atPath: git)
      try repository.write("gitdir: /elsewhere\n", to: ".git")
    }
    for (name, text) in TemporaryRepository.base { try repository.write(text, to: "the architecture/\(name)") }
    try repository.write("{kind: system, id: hub, name: Hub, mfa: false}", to: "the architecture/catalogue/a b.yaml")
    let run = try await BuiltCommand.run("check", "--repository", "\(repository.path)/the architecture", "-f", "sarif")
    #expect(run.output.contains("\"uri\": \"the%20architecture/catalogue/a%20b.yaml\""))
    let text = try await BuiltCommand.run("check", "--repository", "\(repository.path)/the architecture/catalogue")
    #expect(text.output.contains("--> catalogue/a b.yaml:1"))
  }

  @Test func `the same input gives the same bytes in every format`() async throws {
    let folder = try TemporaryRepository()
    let formats = ["sarif", "junit", "github", "gitlab", "markdown", "csv"]
    for jobs in ["1", "3"] {
      let outputs = formats.flatMap { ["-f", "\($0)=\(folder.path)/\($0)\(jobs)"] }
      let run = try await BuiltCommand.run(
        list: ["check", "--repository", ImportTableTests.root.path, "--as-of", "2026-12-01", "--jobs", jobs] + outputs)
      #expect(run.status == 1 && run.output == "" && run.errors == "")
    }
    for format in formats {
      let text = try #require(folder.contents(of: "\(format)1"))
      #expect(!text.isEmpty && text == folder.contents(of: "\(format)3"), "\(format)")
      #expect(!text.contains(ImportTableTests.root.path), "no absolute path in \(format)")
    }
  }
}
