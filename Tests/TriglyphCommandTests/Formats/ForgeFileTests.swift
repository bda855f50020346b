import Foundation
import Testing

/// What forges read, against the schemas that are published for it; and every script, by shellcheck.
@Suite(.readByConsumers) struct ForgeFileTests {
  private static var root: URL { ImportTableTests.root }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
  }

  private func check(_ schema: String, _ files: [String]) async throws -> (isContent: Bool, output: String) {
    try await Consumer.run(
      tool: "check-jsonschema", ["--builtin-schema", "vendor.\(schema)", "--default-filetype", "yaml"] + files)
  }

  @Test func `the action is one, and a broken one is not`() async throws {
    let action = Self.root.appendingPathComponent("action.yml").path
    let whole = try await check("github-actions", [action])
    #expect(whole.isContent, "\(whole.output)")
    let folder = try TemporaryRepository()
    try folder.write(try text("action.yml").replacing("using: composite", with: "using: magic"), to: "action.yml")
    #expect(try await !check("github-actions", ["\(folder.path)/action.yml"]).isContent)
  }

  @Test func `the workflows are some, and a broken one is not`() async throws {
    let folder = Self.root.appendingPathComponent(".github/workflows")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == ["ci.yml", "release.yml"])
    let whole = try await check("github-workflows", files.map { folder.appendingPathComponent($0).path })
    #expect(whole.isContent, "\(whole.output)")
    for file in files {
      // A tag can be moved to other code; a commit cannot.
      for use in try text(".github/workflows/\(file)").matches(of: /uses: (\S+)/) {
        #expect(use.1.wholeMatch(of: /[a-z-]+\/[a-z-]+@[0-9a-f]{40}/) != nil, "\(use.1)")
      }
    }
    let broken = try TemporaryRepository()
    try broken.write(try text(".github/workflows/ci.yml").replacing("runs-on:", with: "runs:"), to: "ci.yml")
    #expect(try await !check("github-workflows", ["\(broken.path)/ci.yml"]).isContent)
  }

  @Test func `the template for GitLab is a pipeline behind its header`() async throws {
    let folder = try TemporaryRepository()
    let parts = try text("Integrations/gitlab-ci.yml").split(separator: "\n---\n")
    try #require(parts.count == 2)
    try folder.write(String(parts[0]), to: "header.yml")
    try folder.write(String(parts[1]), to: "pipeline.yml")
    let whole = try await check("gitlab-ci", ["\(folder.path)/header.yml", "\(folder.path)/pipeline.yml"])
    #expect(whole.isContent, "\(whole.output)")
    try folder.write(String(parts[1]).replacing("when: always", with: "when: sometimes"), to: "pipeline.yml")
    #expect(try await !check("gitlab-ci", ["\(folder.path)/pipeline.yml"]).isContent)
  }

  @Test func `what init writes for a forge is what the forge reads`() async throws {
    let repository = try TemporaryRepository()
    for (ci, file, schema) in [
      ("github", ".github/workflows/architecture.yml", "github-workflows"), ("gitlab", ".gitlab-ci.yml", "gitlab-ci"),
    ] {
      let folder = "\(repository.path)/\(ci)"
      let made = try await BuiltCommand.run("init", folder, "--ci", ci)
      #expect(made.status == 0, "\(made.errors)")
      let read = try await check(schema, ["\(folder)/\(file)"])
      #expect(read.isContent, "\(read.output)")
    }
  }

  /// The scripts of the repository, those in other files among them, written out.
  private func scripts(into folder: TemporaryRepository) throws -> [String] {
    var result: [String] = []
    for place in ["Scripts", "Integrations", "Benchmarks", "Fuzzing"] {
      let root = Self.root.appendingPathComponent(place)
      let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
      result += names.filter { $0.hasSuffix(".sh") && !$0.contains(".build/") }.sorted().map {
        root.appendingPathComponent($0).path
      }
    }
    let template = try text("Integrations/gitlab-ci.yml")
    for key in ["before_script", "script"] {
      try folder.write("#!/bin/bash\n" + IntegrationLineTests.block(key, template), to: "\(key).sh")
      result.append("\(folder.path)/\(key).sh")
    }
    let files = ["action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"]
    let lines = try files.flatMap { try text($0).matches(of: /(?m)^[ -]+run: ([^|\n].*)$/).map { String($0.1) } }
    for (index, line) in lines.enumerated() {
      let text = line.hasPrefix("'") ? String(line.dropFirst().dropLast()) : line
      try folder.write("#!/bin/bash\n\(text)\n", to: "run-\(index).sh")
      result.append("\(folder.path)/run-\(index).sh")
    }
    return result
  }

  @Test func `no script has what shellcheck warns of`() async throws {
    let folder = try TemporaryRepository()
    let scripts = try scripts(into: folder)
    #expect(scripts.count > 20)
    let run = try await Consumer.run(tool: "shellcheck", ["--external-sources", "--severity=info"] + scripts)
    #expect(run.isContent, "\(run.output)")
    try folder.write("#!/bin/bash\nrm -rf $1/x\n", to: "bad.sh")
    #expect(try await !Consumer.run(tool: "shellcheck", ["--severity=info", "\(folder.path)/bad.sh"]).isContent)
  }
}
