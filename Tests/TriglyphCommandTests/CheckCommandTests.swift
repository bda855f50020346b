import Foundation
import Glibc
import Subprocess
import Testing

@Suite struct CheckCommandTests {
  @Test func `a clean repository is 0`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", "2026-01-01")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("the estate as of 2026-01-01; fails on major and above\n"))
    #expect(run.output.hasSuffix("0 blocker, 0 major, 0 minor, 0 advisory, 0 undecided\nnothing counts\n"))
    #expect(run.errors == "")
  }

  @Test func `a failure is 1, with its place`() async throws {
    let repository = try TemporaryRepository.failing()
    let run = try await BuiltCommand.run("check", "--repository", repository.path)
    #expect(run.status == 1)
    #expect(run.output.contains("major[sec-mfa] f-"))
    #expect(run.output.contains("--> catalogue/systems.yaml:1:41"))
    #expect(run.output.contains("= clause: security/1 (must) Everybody proves who they are"))
    #expect(run.output.contains("undecided[sec-mfa]"))
  }

  @Test func `a mistake in the input is 2, and so is none at all`() async throws {
    let broken = try TemporaryRepository.clean()
    try broken.write("{kind: system, id: b, name: B, mfaa: true}", to: "catalogue/b.yml")
    let run = try await BuiltCommand.run("check", "--repository", broken.path)
    #expect(run.status == 2)
    #expect(run.output.contains("error[unknown-key]") && run.output.contains("did you mean `mfa`?"))
    let rule = try TemporaryRepository.clean()
    try rule.write(
      try #require(TemporaryRepository.base["rules/mfa.yaml"]).replacing("self.mfa\nat", with: "!self.mfa\nat"),
      to: "rules/mfa.yaml")
    let tag = try await BuiltCommand.run("check", "--repository", rule.path)
    #expect(tag.status == 2)
    #expect(tag.output.contains("rules/mfa.yaml:9:10") && tag.output.contains("quote"))
    let empty = try TemporaryRepository(["catalogue/readme.txt": "nothing"])
    let nothing = try await BuiltCommand.run("check", "--repository", empty.path)
    #expect(nothing.status == 2)
    #expect(nothing.output.contains("there is no document under catalogue, standards or rules"))
    let none = try TemporaryRepository()
    let absent = try await BuiltCommand.run("check", "--repository", none.path)
    #expect(absent.status == 2)
    #expect(absent.output == "")
    #expect(absent.errors.contains("there is no repository here") && absent.errors.split(separator: "\n").count == 1)
    let wrong = try await BuiltCommand.run("check", "--repository", "/nowhere/at/all")
    #expect(wrong.status == 2)
    #expect(wrong.errors.hasPrefix("triglyph: there is no folder /nowhere/at/all; "))
  }

  @Test func `no rules is 2`() async throws {
    let repository = try TemporaryRepository.clean()
    try FileManager.default.removeItem(atPath: "\(repository.path)/rules")
    let run = try await BuiltCommand.run("check", "--repository", repository.path)
    #expect(run.status == 2)
    #expect(run.output.contains("error[no-rules]"))
  }

  @Test func `the repository is found from a folder inside it`() async throws {
    let repository = try TemporaryRepository.clean()
    let run = try await BuiltCommand.run("check", "--repository", "\(repository.path)/catalogue")
    #expect(run.status == 0)
  }

  @Test func `what counts can be chosen`() async throws {
    let repository = try TemporaryRepository.failing()
    #expect(try await BuiltCommand.run("check", "--repository", repository.path, "--fail-on", "blocker").status == 0)
    try repository.write("format: 1\nfailOn: blocker\n", to: "triglyph.yaml")
    #expect(try await BuiltCommand.run("check", "--repository", repository.path).status == 0)
    #expect(try await BuiltCommand.run("check", "--repository", repository.path, "--fail-on", "minor").status == 1)
    try repository.write("{kind: system, id: gap, name: Gap}\n", to: "catalogue/systems.yaml")
    #expect(try await BuiltCommand.run("check", "--repository", repository.path, "--fail-on", "major").status == 0)
    let undecided = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--fail-on", "major", "--fail-on-undecided")
    #expect(undecided.status == 1)
    #expect(undecided.output.contains("undecided counts"))
    let wrong = try await BuiltCommand.run("check", "--repository", repository.path, "--fail-on", "huge")
    #expect(wrong.status == 2, "a slip on the command line evaluates nothing: \(wrong.status)")
    #expect(wrong.errors.contains("blocker"))
  }

  @Test func `several formats, to files and to standard output`() async throws {
    let repository = try TemporaryRepository.failing()
    let file = "\(repository.path)/out.json"
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "-f", "json=\(file)", "-f", "text")
    #expect(run.status == 1)
    #expect(run.output.contains("major[sec-mfa]"))
    let data = Data(try #require(repository.contents(of: "out.json")).utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["exitStatus"] as? Int == 1)
    let both = try await BuiltCommand.run("check", "--repository", repository.path, "-f", "json", "-f", "text")
    #expect(both.status == 2)
    let unknown = try await BuiltCommand.run("check", "--repository", repository.path, "-f", "yaml")
    #expect(unknown.status == 2)
    let nowhere = try await BuiltCommand.run("check", "--repository", repository.path, "-f", "json=/nowhere/x.json")
    #expect(nowhere.status == 2)
    #expect(nowhere.errors.hasPrefix("triglyph: cannot write /nowhere/x.json"))
  }

  @Test func `a file that cannot be written whole is not taken for written`() async throws {
    let repository = try TemporaryRepository.failing()
    let small = "\(repository.path)/small"
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    // A limit on the size of files stands for a disk that is full.
    let path = try #require(BuiltCommand.location())
    let result = try await Subprocess.run(
      .path("/bin/sh"),
      arguments: [
        "-c",
        "trap '' XFSZ; ulimit -f 1; exec '\(path)' check --repository '\(repository.path)' -f json='\(small)/out.json'",
      ],
      environment: .custom(["PATH": "/usr/bin:/bin"]), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus == .exited(2), "\(result.standardError)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: small) == [])
  }

  @Test func `what looks like a document and is not read is an error`() async throws {
    let repository = try TemporaryRepository.clean()
    for (name, target) in [("catalogue/link.yaml", "/dev/null"), ("rules/r.YAML", "")] {
      let path = "\(repository.path)/\(name)"
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
      if target.isEmpty {
        try Data().write(to: URL(fileURLWithPath: path))
      } else {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
      }
      let run = try await BuiltCommand.run("check", "--repository", repository.path)
      #expect(run.status == 2, "\(name)")
      #expect(run.output.contains("\(name) is not read"), "\(run.output)")
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func `an output that is no file stays what it is, and a full one is an error`() async throws {
    let repository = try TemporaryRepository.clean()
    let pipe = "\(repository.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "-f", "json=\(pipe)")
    #expect(run.status == 0)
    var status = stat()
    #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    let path = try #require(BuiltCommand.location())
    let full = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "exec '\(path)' check --repository '\(repository.path)' > /dev/full"],
      environment: .custom(["PATH": "/usr/bin:/bin"]), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(full.terminationStatus == .exited(2), "\(full.standardError)")
  }

  @Test func `quiet prints the summary only`() async throws {
    let repository = try TemporaryRepository.failing()
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "--quiet")
    #expect(run.status == 1)
    #expect(run.output.split(separator: "\n").count == 2)
    #expect(try await BuiltCommand.run("check", "--repository", repository.path, "--quiet", "--verbose").status == 2)
  }

  @Test func `a date that is none is refused`() async throws {
    let repository = try TemporaryRepository.clean()
    for date in ["2026-02-30", "tomorrow", "2026-1-1", ""] {
      let run = try await BuiltCommand.run("check", "--repository", repository.path, "--as-of", date)
      #expect(run.status == 2, "\(date): \(run.status)")
      #expect(run.errors.contains("as-of"), "\(date)")
    }
  }

  @Test func `the same input gives the same bytes, with one task and with many`() async throws {
    let root = ImportTableTests.root.path
    var outputs: Set<String> = []
    for jobs in ["1", "2", "8", "2"] {
      for format in ["text", "json"] {
        let run = try await BuiltCommand.run(
          "check", "--repository", root, "--as-of", "2026-12-01", "--jobs", jobs, "-f", format)
        #expect(run.status == 1, "\(run.errors)")
        outputs.insert(run.output)
      }
    }
    #expect(outputs.count == 2)
    #expect(!outputs.contains { $0.contains(root) }, "no absolute path in an output")
  }

  @Test func `colour is for terminals only`() async throws {
    let repository = try TemporaryRepository.failing()
    let run = try await BuiltCommand.run(
      "check", "--repository", repository.path, environment: ["TERM": "xterm", "CLICOLOR_FORCE": "1"])
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test(.timeLimit(.minutes(1))) func `standard output that is closed early does not hang`() async throws {
    let path = try #require(BuiltCommand.location())
    let root = ImportTableTests.root.path
    let result = try await Subprocess.run(
      .path("/bin/sh"),
      arguments: [
        "-c",
        "'\(path)' check --repository '\(root)' -f json | head -c 10; echo; '\(path)' check --repository '\(root)' >&-; echo $?",
      ],
      environment: .custom(["PATH": "/usr/bin:/bin"]), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.standardOutput.hasPrefix("{\n  \"forma"))
    #expect(result.terminationStatus == .exited(0))
  }

  @Test func `--stats tells each phase's time in the order of the run, and nothing else changes`() async throws {
    let repository = try TemporaryRepository.failing()
    let arguments = ["check", "--repository", repository.path, "--as-of", "2026-01-01"]
    let plain = try await BuiltCommand.run(list: arguments)
    let run = try await BuiltCommand.run(list: arguments + ["--stats"])
    #expect(run.output == plain.output && run.status == plain.status)
    let phases = try run.errors.split(separator: "\n").compactMap {
      try /^ *[0-9]+\.[0-9]  ([a-z ]+)$/.wholeMatch(in: $0)?.1
    }
    #expect(
      phases == [
        "reading files", "parsing", "rows", "reading rules", "derived fields", "running rules", "views", "what stands",
        "writing the report",
      ])
  }

  @Test func `links and names that begin with a dot are not read`() async throws {
    let repository = try TemporaryRepository.clean()
    try repository.write("this: is: broken", to: "catalogue/.hidden.yaml")
    try repository.write("this: is: broken", to: "catalogue/.git/x.yaml")
    try repository.write("this: is: broken", to: "elsewhere/x.yaml")
    try FileManager.default.createSymbolicLink(atPath: "\(repository.path)/catalogue/loop", withDestinationPath: ".")
    let run = try await BuiltCommand.run("check", "--repository", repository.path, "--verbose")
    #expect(run.status == 0)
    #expect(run.errors.contains("1 file"))
  }

  @Test(arguments: [
    ("", "format"), ("format: 2", "format 1"), ("format: 1\nfailon: minor", "failOn"),
    ("format: 1\nfailOn: huge", "huge"),
    ("format: 1\n---\nfailOn: minor", "one document"), ("[1]", "mapping"),
    ("format: 1\nsettings: {horizn: 3m}", "horizn"),
  ])
  func `a mistake in triglyph.yaml is 2`(text: String, says: String) async throws {
    let repository = try TemporaryRepository.clean()
    try repository.write(text, to: "triglyph.yaml")
    let run = try await BuiltCommand.run("check", "--repository", repository.path)
    #expect(run.status == 2)
    #expect(run.output.contains("triglyph.yaml") && run.output.contains(says), "\(run.output)")
  }
}
