import Foundation
import Testing

/// `triglyph schema`: what it writes, and what it refuses.
@Suite struct SchemaCommandTests {
  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `one schema of any document is the same whenever it is written`() async throws {
    let place = try TemporaryRepository.clean()
    let first = try await BuiltCommand.run("schema", "--repository", place.path)
    #expect(first.status == 0)
    #expect(first.errors == "")
    #expect(try await BuiltCommand.run("schema", "--repository", place.path).output == first.output)
    let schema = try Self.object(first.output)
    #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    let document = (schema["definitions"] as? [String: Any])?["document"] as? [String: Any]
    let kind = (document?["properties"] as? [String: Any])?["kind"] as? [String: Any]
    #expect(
      kind?["enum"] as? [String] == [
        "clause", "condition", "dataset", "decision", "diagram", "evidence", "functions", "initiative", "metamodel",
        "rule", "settings", "standard", "system", "waiver",
      ])
  }

  @Test func `a kind's own schema tells the reason, the choices and what holds without a field`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write(
      """
      kind: metamodel
      id: more
      name: More
      enums: {tone: {values: [{id: high, title: Shrill}, low]}}
      kinds:
        bell:
          plural: bells
          title: Bell
          why: Somebody rings it.
          fields:
            tone: {type: tone, required: true, title: How it sounds, why: "Two \\u202E of one tone are one."}
            cracked: {type: boolean, default: false}
      """, to: "catalogue/more.yaml")
    let run = try await BuiltCommand.run("schema", "bell", "--repository", place.path)
    let schema = try Self.object(run.output)
    #expect(schema["title"] as? String == "Bell")
    #expect(schema["description"] as? String == "Somebody rings it.")
    let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
    let fields = try #require(definitions["kind-bell"]?["properties"] as? [String: [String: Any]])
    #expect(definitions["kind-bell"]?["additionalProperties"] as? Bool == false)
    #expect(definitions["kind-bell-required"]?["required"] as? [String] == ["name", "tone"])
    #expect(fields["tone"]?["title"] as? String == "How it sounds")
    #expect(
      fields["tone"]?["description"] as? String
        == "Two \u{202E} of one tone are one.\n\nRequired; `unknown` admits a gap.")
    // What would turn the text around is written as an escape.
    #expect(!run.output.unicodeScalars.contains("\u{202E}"))
    #expect(run.output.contains("\\u202e"))
    #expect(fields["cracked"]?["default"] as? Bool == false)
    #expect(fields["cracked"]?["description"] as? String == "Without it: false.")
    #expect(definitions["enum-tone-or-unknown"]?["enum"] as? [String] == ["high", "low", "unknown"])
    #expect(
      definitions["enum-tone-or-unknown"]?["enumDescriptions"] as? [String] == [
        "Shrill", "low", "nobody knows it yet: a gap that is admitted",
      ])
    // Nothing of another kind goes with it.
    #expect(definitions["kind-system"] == nil)
  }

  @Test func `what is not described is one sentence and status 2`() async throws {
    let place = try TemporaryRepository.clean()
    for (name, sentence) in [
      ("sistem", "there is no kind sistem; did you mean `system`?"),
      ("flow", "nobody writes a flow: the engine derives it"),
    ] {
      let run = try await BuiltCommand.run("schema", name, "--repository", place.path)
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.errors == "triglyph: \(sentence)\n")
    }
    try place.write("kind: metamodel\nid: more\nname: M\nkinds: [a]\n", to: "catalogue/more.yaml")
    let run = try await BuiltCommand.run("schema", "--repository", place.path, "-o", "\(place.path)/s")
    #expect(run.status == 2)
    #expect(run.errors.hasSuffix("triglyph: the metamodel has mistakes: put them right first; nothing is written\n"))
    #expect(!FileManager.default.fileExists(atPath: "\(place.path)/s"))
  }

  @Test func `a folder gets every schema, and what an editor is told is printed`() async throws {
    let place = try TemporaryRepository.clean()
    let folder = "\(place.path)/.triglyph/schema"
    func write() async throws -> BuiltCommand.Run {
      try await BuiltCommand.run("schema", "--repository", place.path, "--output", folder)
    }
    let first = try await write()
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("\(folder): 17 schemas, 17 written\n"))
    #expect(first.output.contains("\"./.triglyph/schema/document.json\": [\"catalogue/**/*.y*ml\""))
    #expect(first.output.contains("# yaml-language-server: $schema=../../.triglyph/schema/document.json\n"))
    #expect(
      place.contents(of: ".triglyph/schema/document.json")
        == (try await BuiltCommand.run("schema", "--repository", place.path).output))
    // Only what differs is written, and what is of no kind any more goes.
    #expect(try await write().output.hasPrefix("\(folder): 17 schemas, 0 written\n"))
    try place.write("kind: metamodel\nid: more\nname: M\nkinds: {bell: {plural: bells}}\n", to: "catalogue/more.yaml")
    #expect(try await write().output.hasPrefix("\(folder): 18 schemas, "))
    #expect(place.contents(of: ".triglyph/schema/kinds/bell.json") != nil)
    try FileManager.default.removeItem(atPath: "\(place.path)/catalogue/more.yaml")
    #expect(try await write().output.contains(", 1 removed\n"))
    #expect(place.contents(of: ".triglyph/schema/kinds/bell.json") == nil)
    // What somebody else wrote stays.
    try place.write("{}", to: ".triglyph/schema/triglyph.json")
    let refused = try await write()
    #expect(refused.status == 2)
    #expect(
      refused.errors == "triglyph: \(folder)/triglyph.json was written by somebody else; nothing is written\n")
    #expect(place.contents(of: ".triglyph/schema/triglyph.json") == "{}")
  }

  @Test func `a folder that cannot be made is one sentence`() async throws {
    let place = try TemporaryRepository.clean()
    try place.write("a file", to: "taken")
    let run = try await BuiltCommand.run("schema", "--repository", place.path, "-o", "\(place.path)/taken/schema")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("triglyph: cannot "))
    #expect(place.contents(of: "taken") == "a file")
    let both = try await BuiltCommand.run("schema", "system", "--repository", place.path, "-o", "x")
    #expect(both.status == 2)
  }

  /// The loader names the keys that it knows; a new one wants a place in the schema.
  @Test func `triglyph.yaml has the keys that the loader names`() async throws {
    let place = try TemporaryRepository.clean()
    let schema = try Self.object(
      try await BuiltCommand.run("schema", "triglyph.yaml", "--repository", place.path).output)
    let keys = try #require(schema["properties"] as? [String: Any]).keys.sorted()
    try place.write("format: 1\nqqqqqqqqqqqq: 1\n", to: "triglyph.yaml")
    let run = try await BuiltCommand.run("check", "--repository", place.path, "--as-of", "2026-12-01")
    let note = try #require(run.output.range(of: "known here: ")).upperBound
    let known = run.output[note...].prefix { $0 != "\n" }.components(separatedBy: ", ").sorted()
    #expect(keys == known)
  }
}
