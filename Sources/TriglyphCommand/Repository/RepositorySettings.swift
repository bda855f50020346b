internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Packs
internal import YAMLTree

/// What `triglyph.yaml` says.
struct RepositorySettings {
  var values: [(key: YAMLNode, value: YAMLNode)] = []
  var failOn: Severity?
  /// Which rules are adopted, and what is set in some of them; read when there is an estate.
  var rules: YAMLNode?
  var overrides: YAMLNode?
  /// The packs that the repository uses, in the order of writing, and where it says so.
  var packs: [Pack] = []
  var use: YAMLNode?
  /// Whether one that it names is not there: what is missing then may be what other mistakes come of.
  var lacksPack = false

  /// - Parameter registry: the packs that there are.
  static func read(
    _ source: SourceText?, _ diagnostics: inout [Diagnostic], packs registry: PackRegistry = .shipped
  ) -> RepositorySettings {
    var result = RepositorySettings()
    guard let source else { return result }
    let file = YAMLFile.parse(source)
    diagnostics += file.diagnostics
    guard let root = file.documents.first?.root else {
      if file.diagnostics.isEmpty {
        diagnostics.append(
          Diagnostic(
            "missing-key", .error, "triglyph.yaml is empty; it needs `format: 1`", at: SourceRange(source, 0..<0)))
      }
      return result
    }
    if file.documents.count > 1 {
      diagnostics.append(
        Diagnostic(
          "wrong-shape", .error, "triglyph.yaml is one document, and this is another", at: file.documents[1].range))
    }
    guard
      let reader = MappingReader(
        root, "triglyph.yaml", keys: ["format", "use", "settings", "failOn", "rules", "overrides"], &diagnostics)
    else { return result }
    if let format = reader.scalar("format", &diagnostics), format.text != "1" {
      diagnostics.append(
        Diagnostic("wrong-value", .error, "this version reads format 1, not \(format.text)", at: format.range))
    } else if !reader.has("format") {
      diagnostics.append(Diagnostic("missing-key", .error, "triglyph.yaml needs `format: 1`", at: root.range))
    }
    result.use = reader["use"]
    let before = diagnostics.count
    result.packs = registry.used(by: result.use, &diagnostics)
    result.lacksPack = diagnostics.count > before
    result.values = reader.pairs("settings", &diagnostics)
    // Of a text that is broken nobody knows what it was to leave out: every rule judges.
    if !file.diagnostics.contains(where: { $0.severity == .error }) {
      result.rules = reader["rules"]
      result.overrides = reader["overrides"]
    }
    if let node = reader.scalar("failOn", &diagnostics) {
      result.failOn = Severity(node.text)
      if result.failOn == nil {
        diagnostics.append(Diagnostic("wrong-value", .error, "`\(node.text)` is no severity", at: node.range))
      }
    }
    return result
  }
}
