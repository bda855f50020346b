import Foundation
import Subprocess
import Testing

/// Every line of shell that CI runs is played here, with stand-ins for the programs that reach the world.
@Suite struct IntegrationLineTests {
  private typealias Place = IntegrationTests.Place

  /// The numbers of the lines that hold a command, each with those that it goes on in.
  static func commands(_ script: String) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    var start: Int?
    for (index, line) in script.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      let goesOn = text.hasSuffix("\\") || text.hasSuffix("|") || text.hasSuffix("&&") || text.hasSuffix("||")
      let isForm =
        text.isEmpty || text.hasPrefix("#") || ["fi", "else", "then", "done", "esac", "{", "}", ";;"].contains(text)
        || text.hasPrefix("} ") || text.hasSuffix(") ;;") || text.hasSuffix("() {")
        || text.wholeMatch(of: /[a-z'| ]+\)/) != nil || text.hasPrefix("*)") && text.hasSuffix(")")
      if start == nil, isForm { continue }
      let first = start ?? index + 1
      if goesOn {
        start = first
      } else {
        result.append(first...(index + 1))
        start = nil
      }
    }
    return result
  }

  /// The lines of a script that no run of it reached, as text.
  private func unplayed(_ script: String, _ trace: String?) -> [String] {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let reached = Set((trace ?? "").matches(of: /(?m)^\++:(\d+):/).compactMap { Int($0.1) })
    return Self.commands(script).filter { !$0.contains(where: reached.contains) }.map {
      String(lines[$0.lowerBound - 1])
    }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: ReadmeTests.root.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func `what is a command is known`() {
    let script =
      "# no\nset -e\n\nif a \\\n  && b; then\n  c\nfi\ncase x in\n  y | '') ;;\n  auto)\n    d ||\n      e\n    ;;\n  *) f ;;\nesac\n"
    #expect(Self.commands(script) == [2...2, 4...5, 6...6, 8...8, 11...12, 14...14])
    #expect(unplayed(script, "+:2: set -e\n++:4: a\n+:8: case x in\n+:11: d\n") == ["  c", "  *) f ;;"])
  }

  @Test func `every line of the scripts of the action`() async throws {
    let place = try Place()
    try place.program(
      "swift",
      """
      echo "swift $*" >>"$PLACE/calls"
      [[ $1 == build ]] || { echo 'Swift version 6.2'; exit; }
      while [[ $# -gt 0 ]]; do [[ $1 != --scratch-path ]] || scratch=$2; shift; done
      mkdir -p "$scratch/release" && cp "$PLACE/bin/triglyph" "$scratch/release/triglyph"
      """)
    _ = try await place.git("init", "-q")
    try place.repository.write("format: 1\n", to: "work/triglyph.yaml")
    _ = try await place.git("add", ".")
    _ = try await place.git("commit", "-q", "-m", "one")
    let base = try await place.git("rev-parse", "HEAD")
    let check = ["REPOSITORY": ".", "SINCE": "none", "BASE": "", "FAIL_ON": ""]
    try place.repository.write("All well\n", to: "c.md")
    let comment = ["MARKDOWN": "\(place.path)/c.md", "PULL_REQUEST": "7", "REPOSITORY": "."]
    let plays: [(script: String, runs: [[String: String]])] = [
      ("source.sh", [[:]]), ("build.sh", [[:], ["CACHED": "true"]]),
      ("comment.sh", [comment, comment.merging(["KNOWN": "99", "MARKDOWN": ""]) { $1 }]),
      (
        "check.sh",
        [
          check.merging(["FAIL_ON": "minor"]) { $1 }, check.merging(["REPOSITORY": "nowhere"]) { $1 },
          check.merging(["SINCE": "HEAD", "DIFF_SAYS": "a note"]) { $1 },
          check.merging(["SINCE": "auto", "BASE": base, "DIFF_SIZE": "65000"]) { $1 },
          check.merging(["SINCE": "auto", "BASE": "\(base)~9"]) { $1 },
          check.merging(["WRITES": "no", "CHECK_STATUS": "3"]) { $1 },
        ]
      ),
    ]
    for (script, runs) in plays {
      for environment in runs {
        let run = try await place.run(script, environment, trace: "\(place.path)/trace-\(script)")
        #expect(run.status == 0, "\(script) \(environment): \(run.output)")
        if environment["WRITES"] != nil { #expect(run.outputs.last == "status=3") }
        if script == "build.sh" {
          #expect(run.calls.contains { $0.hasPrefix("swift build ") } == (environment["CACHED"] == nil))
          #expect(run.calls.last == "triglyph --version")
        }
        if environment["DIFF_SIZE"] != nil {
          // Both do not fit: the comment has the check, the summary the difference.
          #expect(place.repository.contents(of: "triglyph-out/comment.md") == "markdown of check\n")
          #expect(place.repository.contents(of: "summary")?.utf8.count ?? 0 > 65_000)
        }
      }
    }
    #expect(
      place.repository.contents(of: "path") == Array(repeating: "\(place.path)/triglyph-bin\n", count: 2).joined())
    // The branch that a catalogue takes which is new.
    let empty = try Place()
    _ = try await empty.git("init", "-q")
    _ = try await empty.git("commit", "-q", "--allow-empty", "-m", "one")
    let first = try await empty.git("rev-parse", "HEAD")
    let new = try await empty.run(
      "check.sh", check.merging(["SINCE": "auto", "BASE": first]) { $1 }, trace: "\(place.path)/trace-check.sh")
    #expect(new.output.hasPrefix("::notice title=Triglyph::the target branch has no architecture repository there yet"))
    for (script, _) in plays {
      let missing = unplayed(
        try text("Integrations/github/\(script)"), place.repository.contents(of: "trace-\(script)"))
      #expect(missing == [], "\(script)")
    }
  }

  @Test func `what the action runs itself ends with the status`() async throws {
    let place = try Place()
    let lines = try text("action.yml").matches(of: /(?m)^ +run: (.+)$/).map { String($0.1) }
    #expect(lines.last == "exit \"$STATUS\"")
    #expect(lines.count == 5)
    for (index, line) in lines.enumerated() {
      // What is quoted for YAML is the shell's text.
      let text = line.hasPrefix("'") ? String(line.dropFirst().dropLast()) : line
      if index < lines.count - 1 {
        #expect(text.wholeMatch(of: /"\$GITHUB_ACTION_PATH\/Integrations\/github\/[a-z]+\.sh"/) != nil)
        continue
      }
      try place.repository.write(text + "\n", to: "last.sh")
      for status in [1, 2, 3] {
        #expect(try await place.run("\(place.path)/last.sh", ["STATUS": "\(status)"]).status == Int32(status))
      }
    }
    // One that is called there is found by its path, whatever that is.
    let folder = "\(place.path)/an action"
    try FileManager.default.createSymbolicLink(
      atPath: folder, withDestinationPath: ReadmeTests.root.resolvingSymlinksInPath().path)
    try place.repository.write(String(lines[0].dropFirst().dropLast()) + "\n", to: "first.sh")
    let run = try await place.run("\(place.path)/first.sh", ["GITHUB_ACTION_PATH": folder])
    #expect(run.status == 0 && run.outputs.first?.hasPrefix("digest=") == true, "\(run.output)")
  }

  /// The text of a block of the template, without its indentation.
  static func block(_ key: String, _ template: String) -> String {
    var lines: [Substring] = []
    var isInside = false
    for line in template.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "  \(key):" {
        isInside = true
      } else if isInside, line.hasPrefix("      ") || line.isEmpty {
        lines.append(line.dropFirst(6))
      } else if isInside, line != "    - |" {
        break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func `every line of the template for GitLab`() async throws {
    let template = try text("Integrations/gitlab-ci.yml")
    let (before, script) = (Self.block("before_script", template), Self.block("script", template))
    #expect(before.hasPrefix("work=$(mktemp -d)\n") && script.hasPrefix("since=\n"))
    let place = try Place()
    // The clone comes from a folder; nothing else of git's is replaced.
    try place.program(
      "git",
      """
      [[ $1 != clone ]] || { echo "git $*" >>"$PLACE/calls"; exec /usr/bin/git clone -q "$PLACE/source" "${!#}"; }
      exec /usr/bin/git "$@"
      """)
    try place.program(
      "swift",
      """
      echo "swift $*" >>"$PLACE/calls"
      mkdir -p .build/release && cp "$PLACE/bin/triglyph" .build/release/triglyph
      """)
    try place.repository.write("#!/bin/sh\necho setup >>\"$PLACE/calls\"\n", to: "source/Scripts/setup.sh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(place.path)/source/Scripts/setup.sh")
    for arguments in [["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"], ["tag", "v1"]] {
      _ = try await place.git(in: "source", arguments)
    }
    let built = try await place.git(in: "source", ["rev-parse", "HEAD"])
    try place.repository.write("set -eo pipefail\n" + before, to: "before.sh")
    try place.repository.write("set -eo pipefail\n" + script, to: "script.sh")
    let environment = [
      "CI_SERVER_PROTOCOL": "https", "CI_SERVER_HOST": "gitlab.example.org", "CI_SERVER_PORT": "443",
      "CI_JOB_TOKEN": "token", "TRIGLYPH_SOURCE": "o/triglyph", "TRIGLYPH_REVISION": "v1", "TRIGLYPH_REPOSITORY": ".",
      "CHECK_STATUS": "0",
    ]
    for isCached in [false, true] {
      let run = try await place.run("\(place.path)/before.sh", environment, trace: "\(place.path)/trace-before")
      #expect(run.status == 0, "\(run.output)")
      let clone = try #require(run.calls.first)
      #expect(clone.hasPrefix("git clone --quiet https://gitlab-ci-token:token@gitlab.example.org:443/o/triglyph.git "))
      let build = "swift build --configuration release --static-swift-stdlib --product triglyph"
      #expect(Array(run.calls.dropFirst()) == (isCached ? ["setup"] : ["setup", build]))
      #expect(place.repository.contents(of: "work/.triglyph-bin/revision") == "\(built)\n")
      #expect(!run.output.contains("token"))
    }
    _ = try await place.git("init", "-q")
    _ = try await place.git("commit", "-q", "--allow-empty", "-m", "one")
    let without = try await place.git("rev-parse", "HEAD")
    try place.repository.write("format: 1\n", to: "work/triglyph.yaml")
    _ = try await place.git("add", "triglyph.yaml")
    _ = try await place.git("commit", "-q", "-m", "two")
    let with = try await place.git("rev-parse", "HEAD")
    let check = "triglyph check --repository . -f text -f gitlab=codequality.json -f junit=report.xml"
    for (base, more) in [("", ""), (without, ""), (with, " --changed-since=\(with)")] {
      let run = try await place.run(
        "\(place.path)/script.sh", environment.merging(["CI_MERGE_REQUEST_DIFF_BASE_SHA": base]) { $1 },
        trace: "\(place.path)/trace-script")
      #expect(run.status == 0 && run.calls == [check + more], "\(run.output)")
    }
    let failing = try await place.run("\(place.path)/script.sh", environment.merging(["CHECK_STATUS": "1"]) { $1 })
    #expect(failing.status == 1)
    for (name, text) in [("before", before), ("script", script)] {
      let trace = place.repository.contents(of: "trace-\(name)")
      #expect(unplayed("set -eo pipefail\n" + text, trace) == [])
    }
  }

  @Test func `what pre-commit runs is a command of triglyph, for the files that it reads`() async throws {
    let hooks = try text(".pre-commit-hooks.yaml")
    let entries = hooks.matches(of: /(?m)^  entry: triglyph (.+)$/).map { String($0.1) }
    #expect(entries == ["check", "check", "test", "fmt --check"])
    let repository = try TemporaryRepository.clean()
    for entry in Set(entries) {
      let run = try await BuiltCommand.run(
        list: entry.split(separator: " ").map(String.init) + ["--repository", repository.path])
      #expect(run.status == 0, "\(entry): \(run.output)\(run.errors)")
    }
    let patterns = hooks.matches(of: /(?m)^  files: (.+)$/).map { String($0.1) }
    #expect(patterns.count == entries.count)
    for (pattern, entry) in zip(patterns, entries) {
      let files = try Regex(pattern)
      for path in ["catalogue/systems/a.yaml", "rules/a.yml", "our architecture/catalogue/b.yaml"] {
        #expect(path.contains(files), "\(path)")
      }
      for path in ["docs/a.yaml", "catalogue/readme.md", "mycatalogue/a.yaml"] { #expect(!path.contains(files)) }
      for path in ["triglyph.yaml", "x/baseline.yaml", "standards/a.yaml"] where entry == "check" {
        #expect(path.contains(files), "\(path)")
      }
    }
  }
}
