import Foundation
import Testing

/// Asks both judges of documents: the schema, through check-jsonschema, and the loader, through `triglyph check`.
struct SchemaJudges {
  let repository: TemporaryRepository
  private let schemaFolder: TemporaryRepository

  /// - Parameter files: what the repository holds beside the documents that are judged.
  init(_ files: [String: String]) throws {
    repository = try TemporaryRepository(files)
    schemaFolder = try TemporaryRepository()
  }

  /// What is wrong with each document, by the name of its file.
  struct Verdict {
    var schema: [String: [String]] = [:]
    /// Identifiers and sentences.
    var loader: [String: [(id: String, text: String)]] = [:]
  }

  /// - Parameter documents: one in each file, by a name without folder or ending.
  func judge(_ documents: [String: String], by schema: String? = nil) async throws -> Verdict {
    // The vocabulary that is described is the repository's before anything broken is in it.
    let described = try await BuiltCommand.run(
      list: ["schema", "--repository", repository.path] + (schema.map { [$0] } ?? []))
    #expect(described.status == 0, "\(described.errors)")
    try schemaFolder.write(described.output, to: "schema.json")
    for (name, text) in documents { try repository.write(text, to: place(name, schema)) }
    var verdict = Verdict()
    verdict.schema = try await Self.schemaErrors(
      documents.keys.sorted().map { "\(repository.path)/\(place($0, schema))" }, "\(schemaFolder.path)/schema.json")
    let run = try await BuiltCommand.run(
      "check", "--repository", repository.path, "--as-of", "2026-12-01", "-f", "json", "--verbose")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    for error in report["inputErrors"] as? [[String: Any]] ?? [] where error["severity"] as? String == "error" {
      note(error, error["id"] as? String ?? "", &verdict)
    }
    for finding in report["findings"] as? [[String: Any]] ?? [] {
      let rule = finding["rule"] as? String ?? ""
      if ["dangling-reference", "required-field-missing"].contains(rule) { note(finding, rule, &verdict) }
    }
    return verdict
  }

  /// What the schema of the repository says of its own documents.
  func schemaOnly(_ documents: [(name: String, text: String)]) async throws -> [String: [String]] {
    try await Self.schemaOnly(documents, in: repository.path)
  }

  static func schemaOnly(
    _ documents: [(name: String, text: String)], in repository: String
  ) async throws -> [String: [String]] {
    let place = try TemporaryRepository()
    let described = try await BuiltCommand.run("schema", "--repository", repository)
    try place.write(described.output, to: "schema.json")
    for document in documents { try place.write(document.text, to: "\(document.name).yaml") }
    let files = documents.map { "\(place.path)/\($0.name).yaml" }
    let schema = "\(place.path)/schema.json"
    async let first = schemaErrors(Array(files[..<(files.count / 2)]), schema)
    async let second = schemaErrors(Array(files[(files.count / 2)...]), schema)
    return try await first.merging(second) { $0 + $1 }
  }

  private func place(_ name: String, _ schema: String?) -> String {
    schema.map { $0.hasSuffix(".yaml") ? $0 : "catalogue/judged/\(name).yaml" } ?? "catalogue/judged/\(name).yaml"
  }

  private func note(_ entry: [String: Any], _ id: String, _ verdict: inout Verdict) {
    let file = (entry["place"] as? [String: Any])?["file"] as? String ?? ""
    verdict.loader[Self.name(file), default: []].append((id, entry["message"] as? String ?? ""))
  }

  static func name(_ file: String) -> String {
    URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }

  /// What check-jsonschema says of files, all in one run.
  private static func schemaErrors(_ files: [String], _ schema: String) async throws -> [String: [String]] {
    let (_, output) = try await Consumer.run(
      tool: "check-jsonschema", ["--schemafile", schema, "-o", "json"] + files)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output.prefix(500))")
    var result: [String: [String]] = [:]
    for key in ["errors", "parse_errors"] {
      for error in report[key] as? [[String: Any]] ?? [] {
        let text = "\(error["path"] as? String ?? ""): \((error["message"] as? String ?? "").prefix(200))"
        result[name(error["filename"] as? String ?? ""), default: []].append(text)
      }
    }
    return result
  }

  /// What the examples of rules hold that cannot be read, by the name of the rule's file.
  func exampleErrors(_ rules: [String]) async throws -> [String: [(id: String, text: String)]] {
    if rules.isEmpty { return [:] }
    let run = try await BuiltCommand.run(list: ["test", "--repository", repository.path] + rules)
    var result: [String: [(id: String, text: String)]] = [:]
    var last: (id: String, text: String)?
    for line in (run.output + run.errors).split(separator: "\n") {
      if line.hasPrefix("error["), let end = line.firstIndex(of: "]") {
        last = (String(line[line.index(line.startIndex, offsetBy: 6)..<end]), String(line[end...].dropFirst(3)))
      } else if let place = line.range(of: "--> "), let error = last {
        let file = line[place.upperBound...].prefix { $0 != ":" }
        result[Self.name(String(file)), default: []].append(error)
        last = nil
      }
    }
    return result
  }
}

/// The shipped repository's documents, each by itself.
enum ShippedDocuments {
  /// By a name that tells the file and the place in it.
  static func all(_ root: URL = ReadmeTests.root, folders: [String] = ["catalogue", "standards", "rules"]) throws -> [(
    name: String, text: String
  )] {
    var result: [(String, String)] = []
    for folder in folders {
      let start = root.appendingPathComponent(folder)
      let paths = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
      for path in paths.sorted() where path.hasSuffix(".yaml") {
        let text = try String(contentsOf: start.appendingPathComponent(path), encoding: .utf8)
        let name = "\(folder)-\(path.dropLast(5).replacingOccurrences(of: "/", with: "-"))"
        for (index, document) in divided(text).enumerated() { result.append(("\(name)-\(index)", document)) }
      }
    }
    return result
  }

  /// The documents of a file; a line that begins with three hyphens divides them, wherever it stands.
  static func divided(_ text: String) -> [String] {
    var documents = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("---") { documents.append("") } else { documents[documents.count - 1] += line + "\n" }
    }
    return documents.filter { document in
      document.split(separator: "\n").contains { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
    }
  }
}
