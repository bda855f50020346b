internal import Diagnostics
internal import Glibc
internal import Interchange

/// A folder that schemas are written into: each takes the place of its former self, and those of kinds that are no more go.
/// What somebody else wrote is left alone.
struct SchemaFolder {
  /// Where a repository keeps them, from its root: beside nothing that a person edits.
  static let usual = ".triglyph/schema"
  static let anyDocument = "document.json"

  let path: String

  struct Outcome {
    var written = 0
    var removed = 0
  }

  func write(_ schemas: [SchemaSet.File]) throws(WorkingTree.Failure) -> Outcome {
    var new: [(path: String, bytes: [UInt8])] = []
    var changed: [FileReplacement.File] = []
    for schema in schemas {
      let after = Array(schema.text.utf8)
      guard let before = try former(schema.path) else {
        new.append((schema.path, after))
        continue
      }
      if before != after { changed.append(.init(path: "\(path)/\(schema.path)", before: before, after: after)) }
    }
    let stale = try stale(Set(schemas.map(\.path)))
    // What is there first: whether the folder can be written into, the new ones show, and they are taken back.
    if !new.isEmpty { try NewFiles.write(new, under: path) }
    do {
      try FileReplacement.replace(changed)
    } catch {
      for file in new { unlink("\(path)/\(file.path)") }
      throw error
    }
    for name in stale { unlink("\(path)/\(name)") }
    return Outcome(written: new.count + changed.count, removed: stale.count)
  }

  /// Those that are not there, say something else, or are there without being wanted: paths from the folder, sorted.
  func differing(_ schemas: [SchemaSet.File]) throws(WorkingTree.Failure) -> [String] {
    var result: [String] = []
    for schema in schemas where try former(schema.path) != Array(schema.text.utf8) { result.append(schema.path) }
    result += try stale(Set(schemas.map(\.path)))
    return result.sorted()
  }

  /// The schema that stands at a place; nil: nothing does.
  private func former(_ name: String) throws(WorkingTree.Failure) -> [UInt8]? {
    let place = "\(path)/\(name)"
    var status = stat()
    guard lstat(place, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WorkingTree.Failure(description: "\(escapedForTerminal(place)) is no file; nothing is written")
    }
    let bytes = try FileBytes.read(place)
    guard Self.isOurs(bytes) else {
      throw WorkingTree.Failure(
        description: "\(escapedForTerminal(place)) was written by somebody else; nothing is written")
    }
    return bytes
  }

  private static func isOurs(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(400), as: UTF8.self).contains(SchemaSet.mark)
  }

  /// Schemas of kinds that are there no more: paths from the folder, sorted.
  private func stale(_ names: Set<String>) throws(WorkingTree.Failure) -> [String] {
    guard let handle = opendir("\(path)/kinds") else { return [] }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let place = "\(path)/kinds/\(name)"
      var status = stat()
      guard name.hasSuffix(".json"), !names.contains("kinds/\(name)"), lstat(place, &status) == 0,
        status.st_mode & S_IFMT == S_IFREG, Self.isOurs(try FileBytes.read(place))
      else { continue }
      found.append("kinds/\(name)")
    }
    return found.sorted()
  }

  // MARK: Editors

  /// What stands in a document's first line, so that an editor finds the schema.
  ///
  /// - Parameters:
  ///   - schema: from the repository's root.
  ///   - file: the document's, from there too.
  static func line(_ schema: String, for file: String) -> String {
    if schema.hasPrefix("/") { return "# yaml-language-server: $schema=\(schema)" }
    let up = String(repeating: "../", count: file.utf8.count { $0 == UInt8(ascii: "/") })
    return "# yaml-language-server: $schema=\(up)\(schema)"
  }

  /// How an editor is told of the schemas.
  func advice(_ root: String) -> String {
    let folder = fromRoot(root)
    let shown = escapedForTerminal(folder)
    let schema = "\(shown.hasPrefix("./") ? String(shown.dropFirst(2)) : shown)/\(Self.anyDocument)"
    return """
      VS Code with the YAML extension of Red Hat, in .vscode/settings.json:

      "yaml.schemas": {
        "\(shown)/document.json": ["catalogue/**/*.y*ml", "standards/**/*.y*ml", "rules/**/*.y*ml"],
        "\(shown)/triglyph.json": "triglyph.yaml",
        "\(shown)/baseline.json": "baseline.yaml"
      }

      Any editor with yaml-language-server, above the first key of each document in catalogue/systems/:

      \(Self.line(schema, for: "catalogue/systems/x.yaml"))

      """
  }

  /// The folder from the repository's root, where it is inside; as it is given otherwise.
  private func fromRoot(_ root: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    let whole = String(cString: real)
    return whole.hasPrefix(root + "/") ? "." + whole.dropFirst(root.count) : whole
  }
}
