internal import CEL
internal import Catalogue

/// A rule that holds together as it is, with examples that pass: its author puts a check of their own in its place, line by
/// line. It is a draft, so that nothing is judged by it before.
struct RuleSkeleton {
  private let id: String
  private let given: GivenValues

  init(_ id: String, _ given: GivenValues) {
    self.id = id
    self.given = given
  }

  private static let filled = [
    "title", "for", "severity", "stage", "require", "at", "message", "remedy", "status", "examples", "rationale",
  ]

  /// Whether the skeleton says a field, given or not.
  static func fills(_ path: String) -> Bool { filled.contains(path) }

  /// The kind of which there are most: what the rule looks at until somebody says otherwise.
  private var subject: String {
    if let kinds = given.texts("for") { return kinds[0] }
    let metamodel = given.estate.metamodel
    let kinds = metamodel.kinds.filter { $0.isWritten && !$0.isBuiltIn && $0.ownerRelation == nil }
    let most = kinds.max {
      let counts = (given.estate.rows(ofKind: $0.name).count, given.estate.rows(ofKind: $1.name).count)
      return counts.0 != counts.1 ? counts.0 < counts.1 : $0.name > $1.name
    }
    return most?.name ?? "standard"
  }

  /// A kind of which an example can give one.
  private var exampleKind: String {
    let metamodel = given.estate.metamodel
    guard metamodel.kind(named: subject) == nil, let kinds = metamodel.kinds(named: subject) else { return subject }
    return kinds.kinds.map { metamodel.kinds[$0] }.first { $0.isWritten && $0.ownerRelation == nil }?.name ?? subject
  }

  private func value(_ path: String, _ otherwise: String) -> String {
    guard let texts = given.texts(path) else { return otherwise }
    if texts.count > 1 { return "[\(texts.map { YAMLWriter.scalar($0, isInFlow: true) }.joined(separator: ", "))]" }
    return YAMLWriter.scalar(texts[0], isInFlow: false)
  }

  var lines: [String] {
    var lines = ["name: \(value("name", id))"]
    lines += ["# What holds where the rule passes.", "title: \(value("title", "The name says more than the id"))"]
    if given.texts("clauses") != nil { lines.append("clauses: \(value("clauses", ""))") }
    lines += [
      "# A draft judges nothing; when it is right, take this line away.", "status: \(value("status", "draft"))",
      "# The kinds that it looks at; `triglyph query --kinds` has them.", "for: \(value("for", subject))",
      "# advisory, minor, major or blocker", "severity: \(value("severity", "minor"))",
      "# From which stage on it binds an initiative: idea, proposal, design, build, transition, live, closed",
      "stage: \(value("stage", "design"))",
      "# What must hold of `self`: put your own in its place; `triglyph query --fields \(subject)` has what can be asked.",
      "require: \(value("require", "self.name != self.id"))",
      "# The field or the entity that a finding points at.", "at: \(value("at", "self.name"))",
      "message: \(value("message", "${self} has no name but its id"))",
      "# What whoever reads a finding can do.", "remedy: \(value("remedy", "Give it the name that people call it."))",
    ]
    if given.texts("rationale") != nil { lines.append("rationale: \(value("rationale", ""))") }
    lines.append("# Small estates, and what the rule finds in each; `triglyph test \(id)` runs them.")
    // Of a rule's own requirement nobody else can say what passes it.
    guard given.texts("require") == nil else {
      return lines + [
        "# examples:", "#   - title: what is right", "#     given:", "#       - {kind: \(exampleKind), id: right}",
        "#     finds: []", "#   - title: what is wrong", "#     given:", "#       - {kind: \(exampleKind), id: wrong}",
        "#     finds: [wrong]",
      ]
    }
    return lines + [
      "examples:", "  - title: it has a name", "    given:", "      - {kind: \(exampleKind), id: right, name: Right}",
      "    finds: []", "  - title: it has its id for a name", "    given:",
      "      - {kind: \(exampleKind), id: wrong, name: wrong}", "    finds: [wrong]",
    ]
  }
}
