import Foundation
import Subprocess
import Testing

/// What CI runs: the scripts of action.yml, with stand-ins for triglyph and gh that tell how they were called.
@Suite struct IntegrationTests {
  static let folder = ReadmeTests.root.appendingPathComponent("Integrations/github")

  struct Run {
    var status: Int32
    var output: String
    /// `GITHUB_OUTPUT`.
    var outputs: [String]
    /// A line for each call of triglyph and gh, with the run's own folder left out.
    var calls: [String]
  }

  final class Place: Sendable {
    let repository: TemporaryRepository
    var path: String { repository.path }

    init() throws {
      repository = try TemporaryRepository([
        "bin/triglyph": """
        #!/usr/bin/env bash
        echo "triglyph $*" >>"$PLACE/calls"
        [[ -n ${WRITES:-} ]] ||
          for option in "$@"; do case $option in sarif=*|markdown=*) echo "${option%%=*} of $1" >"${option#*=}" ;; esac; done
        [[ $1 != diff || -z ${DIFF_SAYS:-} ]] || echo "$DIFF_SAYS" >&2
        [[ $1 != diff || -z ${DIFF_SIZE:-} ]] ||
          for option in "$@"; do case $option in markdown=*) head -c "$DIFF_SIZE" /dev/zero >"${option#*=}" ;; esac; done
        [[ $1 == check ]] && exit "${CHECK_STATUS:-1}"
        exit 0
        """,
        "bin/gh": """
        #!/usr/bin/env bash
        echo "gh $*" >>"$PLACE/calls"
        [[ "$*" == *--paginate* ]] && echo "${KNOWN:-}"
        exit 0
        """,
        "work/empty": "",
      ])
      for name in ["triglyph", "gh"] {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/bin/\(name)")
      }
    }

    func git(_ arguments: String...) async throws -> String { try await git(in: "work", arguments) }

    /// A program on the path before the system's.
    func program(_ name: String, _ text: String) throws {
      try repository.write("#!/usr/bin/env bash\n\(text)\n", to: "bin/\(name)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/bin/\(name)")
    }

    func git(in folder: String, _ arguments: [String]) async throws -> String {
      let run = try await Subprocess.run(
        .path("/usr/bin/git"),
        arguments: Arguments(
          [
            "-C", "\(path)/\(folder)", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c",
            "commit.gpgsign=false",
          ]
            + arguments),
        output: .string(limit: 1 << 16), error: .discarded)
      return run.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// - Parameter trace: a file to which bash writes the line of each command; nil: nothing is written.
    func run(_ script: String, _ environment: [String: String], trace: String? = nil) async throws -> Run {
      let all = [
        "PATH": "\(path)/bin:/usr/local/bin:/usr/bin:/bin", "PLACE": path, "TRACE": trace ?? "/dev/null",
        "RUNNER_TEMP": path, "GITHUB_OUTPUT": "\(path)/outputs",
        "GITHUB_PATH": "\(path)/path",
        "GITHUB_STEP_SUMMARY": "\(path)/summary", "GITHUB_REPOSITORY": "o/r",
      ].merging(environment) { $1 }
      try? FileManager.default.removeItem(atPath: "\(path)/calls")
      try? FileManager.default.removeItem(atPath: "\(path)/outputs")
      let result = try await Subprocess.run(
        .name("bash"),
        arguments: [
          "-c", "exec 9>>\"$TRACE\"; BASH_XTRACEFD=9; PS4='+:$LINENO: '; set -x; . \"$0\"",
          script.hasPrefix("/") ? script : IntegrationTests.folder.appendingPathComponent(script).path,
        ],
        environment: .custom(
          Dictionary(uniqueKeysWithValues: all.map { (Environment.Key(stringLiteral: $0), $1) })),
        workingDirectory: .init("\(path)/work"), output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
      guard case .exited(let status) = result.terminationStatus else {
        return Run(status: -1, output: "", outputs: [], calls: [])
      }
      func lines(_ name: String) -> [String] {
        (repository.contents(of: name) ?? "").replacing("\(path)/", with: "").split(separator: "\n").map(String.init)
      }
      return Run(
        status: status, output: result.standardOutput + result.standardError, outputs: lines("outputs"),
        calls: lines("calls"))
    }
  }

  static let formats =
    "-f github -f text=triglyph-out/check.txt -f sarif=triglyph-out/triglyph.sarif -f markdown=triglyph-out/check.md"

  @Test func `a pull request is compared with where it left its target`() async throws {
    let place = try Place()
    _ = try await place.git("init", "-q")
    try place.repository.write("format: 1\n", to: "work/triglyph.yaml")
    _ = try await place.git("add", ".")
    _ = try await place.git("commit", "-q", "-m", "one")
    let base = try await place.git("rev-parse", "HEAD")
    _ = try await place.git("commit", "-q", "--allow-empty", "-m", "two")
    let run = try await place.run("check.sh", ["REPOSITORY": ".", "SINCE": "auto", "BASE": base, "FAIL_ON": "minor"])
    #expect(run.status == 0)
    #expect(
      run.calls == [
        "triglyph check --repository . \(Self.formats) --changed-since=\(base) --fail-on minor",
        "triglyph diff --repository . -f markdown=triglyph-out/diff.md \(base)",
      ])
    #expect(
      run.outputs == ["markdown=triglyph-out/comment.md", "sarif=triglyph-out/triglyph.sarif", "status=1"])
    #expect(place.repository.contents(of: "triglyph-out/comment.md") == "markdown of check\n\nmarkdown of diff\n")
  }

  @Test func `with the real triglyph there are annotations, files, a comment, and a log that commands nothing`()
    async throws
  {
    let place = try Place()
    let bin = "\(place.path)/bin/triglyph"
    try FileManager.default.removeItem(atPath: bin)
    try FileManager.default.createSymbolicLink(atPath: bin, withDestinationPath: #require(BuiltCommand.location()))
    let folder = "our architecture"
    #expect(try await BuiltCommand.run("init", "\(place.path)/work/\(folder)").status == 0)
    _ = try await place.git("init", "-q")
    _ = try await place.git("add", ".")
    _ = try await place.git("commit", "-q", "-m", "one")
    let base = try await place.git("rev-parse", "HEAD")
    let systems = "work/\(folder)/catalogue/systems/systems.yaml"
    try place.repository.replace("name: Payment page", with: "name: '##[error]no'", in: systems)
    try place.repository.replace("mfa: true", with: "mfa: false", in: systems)
    let run = try await place.run("check.sh", ["REPOSITORY": folder, "SINCE": "auto", "BASE": base, "FAIL_ON": ""])
    #expect(
      run.outputs == ["markdown=triglyph-out/comment.md", "sarif=triglyph-out/triglyph.sarif", "status=1"])
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("::error file=\(folder)/catalogue/systems/systems.yaml,line=11,") == true)
    let stop = try #require(lines.firstIndex { $0.hasPrefix("::stop-commands::") })
    let token = try #require(lines[stop].split(separator: "::").last)
    #expect(lines.last == "::\(token)::")
    #expect(lines[..<stop].allSatisfy { $0.hasPrefix("::") })
    #expect(
      lines[stop...].contains { $0.hasPrefix("major[our-two-factors-for-cards] f-") && $0.contains("##[error]no") })
    let comment = try #require(place.repository.contents(of: "triglyph-out/comment.md"))
    #expect(comment.hasPrefix("## Triglyph: 1 finding counts\n"))
    #expect(comment.contains("\n\n<!-- triglyph diff -->\n## What this changes in the architecture\n"))
    #expect(place.repository.contents(of: "summary")?.contains("\n\n<!-- triglyph diff -->\n") == true)
  }

  @Test func `without a base, or with a catalogue that is new, everything is checked`() async throws {
    let place = try Place()
    _ = try await place.git("init", "-q")
    _ = try await place.git("commit", "-q", "--allow-empty", "-m", "one")
    let base = try await place.git("rev-parse", "HEAD")
    for environment in [
      ["SINCE": "auto", "BASE": ""], ["SINCE": "none", "BASE": base], ["SINCE": "auto", "BASE": base],
    ] {
      let run = try await place.run(
        "check.sh", environment.merging(["REPOSITORY": ".", "FAIL_ON": "", "CHECK_STATUS": "0"]) { $1 })
      #expect(run.calls == ["triglyph check --repository . \(Self.formats)"])
      #expect(run.outputs.last == "status=0")
    }
  }

  @Test func `a clone without the base is told, and fails at the end`() async throws {
    let place = try Place()
    _ = try await place.git("init", "-q")
    let run = try await place.run(
      "check.sh", ["REPOSITORY": ".", "SINCE": "auto", "BASE": String(repeating: "0", count: 40), "FAIL_ON": ""])
    #expect(run.status == 0)
    #expect(run.calls == [])
    #expect(run.outputs.count == 2 && run.outputs.last == "status=2")
    #expect(run.outputs.first?.hasPrefix("reason=there is nothing to compare with: let actions/checkout") == true)
    #expect(run.output.hasPrefix("::error title=Triglyph::there is nothing to compare with"))
  }

  @Test func `one comment is written, and replaced`() async throws {
    let place = try Place()
    try place.repository.write("# All well\n", to: "c.md")
    let environment = ["MARKDOWN": "\(place.path)/c.md", "PULL_REQUEST": "7", "REPOSITORY": "a --> b"]
    let first = try await place.run("comment.sh", environment)
    #expect(first.status == 0)
    #expect(
      first.calls.last == "gh api --silent --method POST repos/o/r/issues/7/comments --field body=@triglyph-comment.md")
    let again = try await place.run("comment.sh", environment.merging(["KNOWN": "99"]) { $1 })
    #expect(
      again.calls.last
        == "gh api --silent --method PATCH repos/o/r/issues/comments/99 --field body=@triglyph-comment.md")
    let body = try #require(place.repository.contents(of: "triglyph-comment.md"))
    #expect(body.wholeMatch(of: /<!-- triglyph [0-9a-f]{16} -->\n# All well\n/) != nil)
  }

  @Test func `where nothing is checked the comment of an earlier run is replaced by one that says so`() async throws {
    let place = try Place()
    _ = try await place.git("init", "-q")
    // Nothing to look at; and a triglyph that cannot begin.
    for environment in [
      ["REPOSITORY": "nowhere", "CHECK_STATUS": "0"], ["REPOSITORY": ".", "CHECK_STATUS": "2", "WRITES": "no"],
    ] {
      let check = try await place.run("check.sh", ["SINCE": "none", "FAIL_ON": ""].merging(environment) { $1 })
      #expect(check.status == 0)
      #expect(check.outputs.count == 2 && check.outputs.last == "status=2")
      let reason = try #require(check.outputs.first?.split(separator: "=", maxSplits: 1).last)
      #expect(check.output.contains("::error title=Triglyph::\(reason)\n"))
      let comment = try await place.run(
        "comment.sh",
        ["MARKDOWN": "", "REASON": String(reason), "PULL_REQUEST": "7", "REPOSITORY": "a", "KNOWN": "99"])
      #expect(comment.status == 0, "\(comment.output)")
      #expect(comment.calls.last?.hasPrefix("gh api --silent --method PATCH repos/o/r/issues/comments/99 ") == true)
      #expect(
        place.repository.contents(of: "triglyph-comment.md")?.hasSuffix(
          " -->\n## Triglyph: nothing is checked\n\nThe last run said nothing about this pull request: \(reason).\n")
          == true)
    }
    // Nor does the one of a run that was green stay when the next one cannot be built.
    let unbuilt = try await place.run("comment.sh", ["MARKDOWN": "", "PULL_REQUEST": "7", "REPOSITORY": "a"])
    #expect(unbuilt.calls.last?.contains("--method POST") == true)
    #expect(
      place.repository.contents(of: "triglyph-comment.md")?.hasSuffix(
        "this pull request: it ended before the check; its log says why.\n") == true)
    let action = try String(contentsOf: ReadmeTests.root.appendingPathComponent("action.yml"), encoding: .utf8)
    #expect(action.contains("        !cancelled() && inputs.comment == 'true'\n        && github.event_name"))
  }

  @Test func `the cache's key is of what is built`() async throws {
    let place = try Place()
    let first = try await place.run("source.sh", [:])
    let again = try await place.run("source.sh", [:])
    #expect(first.status == 0)
    #expect(first.outputs.count == 1)
    #expect(first.outputs[0].wholeMatch(of: /digest=[0-9a-f]{32}/) != nil)
    #expect(first.outputs == again.outputs)
  }

  @Test func `every script that the action names is there, and nothing of a pull request is put into one`() throws {
    let action = try String(contentsOf: ReadmeTests.root.appendingPathComponent("action.yml"), encoding: .utf8)
    let named = action.matches(of: /Integrations\/github\/([a-z]+\.sh)/).map { String($0.1) }
    let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(named) == Set(scripts))
    for script in scripts {
      #expect(FileManager.default.isExecutableFile(atPath: Self.folder.appendingPathComponent(script).path))
    }
    for line in action.split(separator: "\n") where line.contains(" run:") { #expect(!line.contains("${{")) }
  }
}
