import Foundation
import Testing

/// The schema and the loader judge the same documents: on kinds, keys, nesting, choices, what is required and the form of
/// values they agree, and what is beyond a schema has a name.
@Suite(.readByConsumers, .serialized) struct SchemaAgreementTests {
  /// The shipped repository without what is judged anew.
  private static func shippedFiles() throws -> [String: String] {
    var files: [String: String] = [:]
    for folder in ["catalogue", "standards", "rules"] {
      let start = ReadmeTests.root.appendingPathComponent(folder)
      for case let path as String in FileManager.default.enumerator(atPath: start.path) ?? .init()
      where path.hasSuffix(".yaml") {
        files["\(folder)/\(path)"] = try String(contentsOf: start.appendingPathComponent(path), encoding: .utf8)
      }
    }
    return files
  }

  private static func documents(_ trials: [SchemaTrial]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: trials.enumerated().map { index, trial in
        (name(index), trial.text.replacingOccurrences(of: "@", with: "trial-\(index)"))
      })
  }

  private static func name(_ index: Int) -> String { "trial-\(index)" }

  @Test func `document by document the loader and the schema say the same`() async throws {
    let trials = SchemaTrial.agreed + SchemaTrial.outOfReach.map(\.trial) + SchemaTrial.inExamples
    #expect(trials.count { $0.refusedBy == .both } >= 60)
    let judges = try SchemaJudges(Self.shippedFiles())
    let verdict = try await judges.judge(Self.documents(trials))
    let rules = trials.indices.filter { trials[$0].isInExample }.map(Self.name)
    let examples = try await judges.exampleErrors(rules)
    for (index, trial) in trials.enumerated() {
      let schema = verdict.schema[Self.name(index)] ?? []
      let loader = (trial.isInExample ? examples : verdict.loader)[Self.name(index)] ?? []
      #expect(schema.isEmpty == (trial.refusedBy != .both), "the schema of \(trial.name): \(schema)")
      #expect(loader.isEmpty == (trial.refusedBy == .nobody), "the loader of \(trial.name): \(loader)")
    }
  }

  @Test func `what is beyond a schema stands in its page by name`() throws {
    let page = try String(contentsOf: ReadmeTests.root.appendingPathComponent("docs/schema.md"), encoding: .utf8)
    let names = SchemaTrial.vocabulariesOutOfReach.map { ("what names in a metamodel lead to", $0) }
    for (reason, trial) in SchemaTrial.outOfReach.map({ ($0.reason, $0.trial) }) + names {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| \(reason) |") }
      #expect(row?.contains(trial.name) == true, "\(reason): \(trial.name)")
    }
  }

  @Test func `in a vocabulary they say the same`() async throws {
    let trials = SchemaTrial.vocabularies + SchemaTrial.vocabulariesOutOfReach
    let judges = try SchemaJudges(TemporaryRepository.base)
    let schema = try await judges.judge(Self.documents(trials)).schema
    for (index, trial) in trials.enumerated() {
      let isRefused = schema[Self.name(index)] != nil
      #expect(isRefused == (trial.refusedBy == .both), "the schema of \(trial.name)")
      let alone = try TemporaryRepository(TemporaryRepository.base)
      try alone.write(trial.text, to: "catalogue/more.yaml")
      let run = try await BuiltCommand.run("check", "--repository", alone.path, "--as-of", "2026-12-01")
      #expect(run.status == 2 && run.output.contains("catalogue/more.yaml"), "the loader accepts \(trial.name)")
    }
  }

  @Test func `in triglyph.yaml they say the same`() async throws {
    for trial in SchemaTrial.settings {
      var files = TemporaryRepository.base
      files["triglyph.yaml"] = "format: 1\n"
      let judges = try SchemaJudges(files)
      let verdict = try await judges.judge([trial.name: trial.text], by: "triglyph.yaml")
      let schema = verdict.schema["triglyph"] ?? []
      let loader = verdict.loader["triglyph"] ?? []
      #expect(schema.isEmpty == (trial.refusedBy != .both), "the schema of \(trial.name): \(schema)")
      #expect(loader.isEmpty == (trial.refusedBy == .nobody), "the loader of \(trial.name): \(loader)")
    }
  }

  @Test func `every document that is shipped is valid, and so is what init writes`() async throws {
    let shipped = try SchemaJudges(Self.shippedFiles())
    let documents = try ShippedDocuments.all()
    #expect(documents.count > 600)
    #expect(try await shipped.schemaOnly(documents) == [:])
    let place = try TemporaryRepository()
    #expect(try await BuiltCommand.run("init", "\(place.path)/new", "--as-of", "2026-12-01").status == 0)
    let begun = URL(fileURLWithPath: "\(place.path)/new")
    let starter = try ShippedDocuments.all(begun)
    #expect(!starter.isEmpty)
    #expect(try await SchemaJudges.schemaOnly(starter, in: begun.path) == [:])
  }

  @Test(arguments: [UInt64(20_261_122)])
  func `what a slip makes of shipped documents they judge alike`(seed: UInt64) async throws {
    var slips = DocumentSlips(seed: seed)
    var kept: [String: String] = [:]
    var broken: [String: (text: String, slip: String)] = [:]
    for (index, document) in try ShippedDocuments.all().enumerated() {
      let isVocabulary = document.text.contains("\nkind: metamodel") || document.text.hasPrefix("kind: metamodel")
      if index % 3 == 0, !isVocabulary, !document.text.contains("kind: functions"),
        let (text, slip) = slips.make(in: document.text)
      {
        broken[document.name] = (text, slip)
      } else {
        kept["catalogue/\(document.name).yaml"] = document.text
      }
    }
    #expect(broken.count > 150)
    let judges = try SchemaJudges(kept)
    let verdict = try await judges.judge(broken.mapValues(\.text))
    // What the schema alone refuses may stand in an example.
    let alone = broken.keys.sorted().filter { verdict.schema[$0] != nil && verdict.loader[$0] == nil }
    let rules = alone.compactMap { name in
      broken[name]?.text.split(separator: "\n").first { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }
    let examples = try await judges.exampleErrors(rules)
    for name in alone where examples[name] == nil {
      Issue.record("only the schema refuses \(broken[name]?.slip ?? ""): \(verdict.schema[name] ?? [])")
    }
    #expect(verdict.schema.count > 80)
    for name in broken.keys.sorted() where verdict.schema[name] == nil {
      for error in verdict.loader[name] ?? [] where Self.isInReach(error) {
        Issue.record("only the loader refuses \(broken[name]?.slip ?? ""): \(error)")
      }
    }
  }

  /// Whether a schema can tell it.
  private static func isInReach(_ error: (id: String, text: String)) -> Bool {
    let known = [
      "bad-id", "missing-key", "not-written", "own-judge", "required-field-missing", "unknown-key", "unknown-kind",
      "wrong-shape", "wrong-value",
    ]
    // Of two kinds that may be meant, and of days in a wrong order.
    let isOfMeaning = error.text.contains("write the kind before it") || error.text.contains("on or after")
    return known.contains(error.id) && !isOfMeaning
  }
}
