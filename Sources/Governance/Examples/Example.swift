internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// One example of a rule: a small estate, and exactly what the rule must say of it.
struct Example: Sendable {
  var title: String
  var asOf: CivilDate
  var given: [YAMLNode]
  var finds: [String]
  var undecided: [String]
  var worsens: [String]
  /// What is not said is not asked.
  var inherits: [String]?
  var resolves: [String]?
  /// Whose view it is; nil: the only open initiative's, and of several or none the estate.
  var view: YAMLNode?
  /// How much its findings weigh, all of them; nil: that is not asked.
  var severity: Severity?
  var node: YAMLNode

  static let keys = [
    "title", "asOf", "given", "view", "finds", "undecided", "worsens", "inherits", "resolves", "severity",
  ]

  /// Whether the rule passes, and whether it fails in it.
  var passes: Bool { finds.isEmpty && undecided.isEmpty && worsens.isEmpty }
  var fails: Bool { !finds.isEmpty || !worsens.isEmpty }

  /// Reads the examples of a rule.
  static func read(_ rule: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Example] {
    guard let list = rule.first("examples"), !list.isReported else { return [] }
    guard list.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(list, wanted: "a list", for: "`examples`"))
      return []
    }
    return (0..<list.count).compactMap { example(list[item: $0], &diagnostics) }
  }

  private static func example(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Example? {
    guard let reader = MappingReader(node, "an example", keys: keys, &diagnostics) else { return nil }
    var asOf = CivilDate(year: 2026, month: 1, day: 1) ?? CivilDate(days: 0)
    if let text = reader.scalar("asOf", &diagnostics) {
      guard let date = CivilDate(text.text) else {
        diagnostics.append(Diagnostic("wrong-value", .error, "`\(text.text)` is not a date", at: text.range))
        return nil
      }
      asOf = date
    }
    let expectations = ["finds", "undecided", "worsens", "inherits", "resolves"]
    if !expectations.contains(where: { reader.has($0) }) {
      diagnostics.append(
        Diagnostic(
          "missing-key", .error, "an example needs `finds`", at: node.range,
          notes: ["`finds: []` says that the rule passes"]))
      return nil
    }
    for key in ["title", "given"] where !reader.has(key) {
      diagnostics.append(LoadingDiagnostic.missingKey(key, in: "an example", at: node))
    }
    var severity: Severity?
    if let text = reader.scalar("severity", &diagnostics) {
      severity = Severity(text.text)
      if severity == nil {
        let names = Severity.allCases.map(\.name)
        diagnostics.append(
          Diagnostic(
            "wrong-value", .error, "`\(text.text)` is no severity", at: text.range,
            notes: [suggestion(for: text.text, among: names) ?? "it is one of \(names.joined(separator: ", "))"]))
      }
    }
    func texts(_ key: String) -> [String] {
      var result: [String] = []
      for item in reader.items(key) {
        if item.isScalar {
          result.append(item.text)
        } else {
          diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "a single value", for: "a key in `\(key)`"))
        }
      }
      return result.sorted()
    }
    return Example(
      title: reader.text("title", &diagnostics) ?? "", asOf: asOf, given: reader.items("given"), finds: texts("finds"),
      undecided: texts("undecided"), worsens: texts("worsens"),
      inherits: reader.has("inherits") ? texts("inherits") : nil,
      resolves: reader.has("resolves") ? texts("resolves") : nil, view: reader.scalar("view", &diagnostics),
      severity: severity, node: node)
  }
}
