package import Diagnostics
package import YAMLTree

/// The wording of what loading reports.
package enum LoadingDiagnostic {
  package static func unknownKey(_ key: YAMLNode, in what: String, known: some Sequence<String>) -> Diagnostic {
    let names = Array(known)
    var notes = [suggestion(for: key.text, among: names)].compactMap { $0 }
    if notes.isEmpty, names.count <= 12 { notes = ["known here: " + names.joined(separator: ", ")] }
    return Diagnostic("unknown-key", .error, "\(what) has no `\(shown(key))`", at: key.range, notes: notes)
  }

  package static func wrongShape(_ node: YAMLNode, wanted: String, for what: String) -> Diagnostic {
    let found = node.isScalar ? "a single value" : node.isSequence ? "a list" : "a mapping"
    return Diagnostic("wrong-shape", .error, "\(what) is \(wanted), and this is \(found)", at: node.range)
  }

  package static func missingKey(_ key: String, in what: String, at node: YAMLNode) -> Diagnostic {
    Diagnostic("missing-key", .error, "\(what) needs `\(key)`", at: node.range)
  }

  static func badValue(_ node: YAMLNode, _ wanted: String, for what: String, notes: [String] = []) -> Diagnostic {
    Diagnostic("wrong-value", .error, "`\(shown(node))` is not \(wanted)", at: node.range, label: what, notes: notes)
  }

  /// An entry of `changes` without a verb.
  static func changesNothing(_ entry: YAMLNode) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "this entry of `changes` changes nothing", at: (entry.first("ref") ?? entry).range,
      fixes: [Diagnostic.Fix("say what it does, with `set`, `unset`, `link` or `unlink`, or take it out")])
  }

  static func badID(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      "bad-id", .error, "`\(shown(node))` cannot be an id", at: node.range,
      notes: ["an id is made of a-z, 0-9 and single hyphens, at most 80 bytes"])
  }

  static func unknownKind(_ node: YAMLNode, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-kind", .error, "there is no kind `\(shown(node))`", at: node.range,
      notes: [suggestion(for: node.text, among: known)].compactMap { $0 })
  }

  static func unknownEntity(_ node: YAMLNode, _ kind: String, _ id: String, among known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-entity", .error, "there is no \(kind) `\(id)` to change", at: node.range,
      notes: [suggestion(for: id, among: known)].compactMap { $0 })
  }

  static func duplicate(_ what: String, _ node: YAMLNode, first: SourceRange?) -> Diagnostic {
    Diagnostic(
      "duplicate", .error, "\(what) is there already", at: node.range,
      related: first.map { [Diagnostic.Related("first here", at: $0)] } ?? [])
  }

  static func emptyFile(_ file: YAMLFile) -> Diagnostic {
    Diagnostic(
      "empty-file", .warning, "\(file.source.name) holds no document", at: nil,
      notes: ["what stood in it, if anything did, is not checked; remove the file, or write a document into it"])
  }

  /// A scalar's text, cut where it is long: a document's whole text may stand in a wrong place.
  private static func shown(_ node: YAMLNode) -> String {
    let text = node.text
    return text.unicodeScalars.count <= 80 ? text : String(text.unicodeScalars.prefix(79)) + "…"
  }

  /// Every id that loading can report, with a sentence for `explain`.
  package static let registry: [(id: String, explanation: String)] = [
    ("bad-id", "An id is made of lower-case letters, digits and single hyphens, at most 80 bytes."),
    ("cyclic-derivation", "Derived fields may use one another, but not in a circle unless they say `recursive: true`."),
    ("cyclic-lifecycle", "A lifecycle that follows others may not follow itself on a way round."),
    ("derivation-error", "A derived field's expression fails for an entity; rules that read it cannot be trusted."),
    ("duplicate", "A name, an id or a part is declared twice."),
    ("empty-file", "A file among the documents holds none, so nothing of it is checked; the rest is."),
    ("id-taken", "An initiative adds something under an id that is taken: by the catalogue, or by another initiative."),
    ("incomplete-vocabulary", "The metamodel has mistakes, so what documents say cannot be judged yet."),
    ("missing-key", "A document or a part of it lacks a key without which it means nothing."),
    ("not-linked", "An initiative unlinks what a relation does not lead to."),
    (
      "not-merged", "An entry of an initiative that `merge` cannot write into the catalogue safely; nothing is written."
    ),
    ("not-monotone", "A recursive relation may use itself only where more of it never means less of the result."),
    ("not-written", "The engine derives this; no document may write it."),
    (
      "own-judge",
      """
      An initiative would add, change or end a decision, a condition, a rule, the vocabulary or an initiative, itself \
      included: it would allow itself what others decide.
      """
    ),
    (
      "pack-mistake",
      """
      What a pack has, and what the repository has of its own, do not fit together: one id twice, an `overrides` that \
      overrides nothing, an addition to a kind that says more than an addition may.
      """
    ),
    ("retires-before-start", "An initiative retires something on a day before it begins to live."),
    ("two-answers", "An initiative says two things of one field for one day: one of them would be lost."),
    ("unknown-entity", "An expression, or an entry of an initiative, names something that is not there."),
    ("unknown-key", "A key that the metamodel does not declare; a slip of the pen would otherwise pass silently."),
    ("unknown-kind", "A kind that no metamodel declares, or that an expression compares with what can never be of it."),
    ("unknown-type", "A type, an enumeration or a kind that is not declared."),
    ("wrong-shape", "A list where a single value belongs, or the other way round."),
    ("wrong-value", "A value that its declared type does not allow."),
  ]
}
