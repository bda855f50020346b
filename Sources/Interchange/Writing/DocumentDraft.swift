internal import CEL
package import Catalogue

/// The text of a new document: what is required with its reasons, then what else may be said, as comments, in the order of the
/// metamodel.
package struct DocumentDraft {
  private let id: String
  private let given: GivenValues
  private let metamodel: Metamodel

  package init(_ id: String, _ given: GivenValues) {
    self.id = id
    self.given = given
    metamodel = given.estate.metamodel
  }

  private var kind: Kind { given.kind }

  private var fields: [Field] {
    metamodel.writingOrder(of: kind.index).compactMap { metamodel.field($0, of: kind.index) }.filter { field in
      switch field.shape {
      case .common(.kind), .common(.id), .inverse, .derived, .phase, .live, .phaseDate: false
      default: field.isWritten
      }
    }
  }

  private func isRequired(_ field: Field) -> Bool {
    switch field.shape {
    case .common(.name): kind.ownerRelation == nil
    case .owner: field.path == kind.ownerRelation
    default: field.isRequired
    }
  }

  private func isGiven(_ field: Field) -> Bool {
    given.values.contains { $0.field.path == field.path || $0.field.path.hasPrefix("\(field.path).") }
  }

  /// Fields that have to be given, and are not.
  package var missing: [Field] {
    let needed = fields.filter { isRequired($0) && !isGiven($0) }
    if kind.name == "rule" { return needed.filter { !RuleSkeleton.fills($0.path) } }
    return needed.filter { Self.forms["\(kind.name).\($0.path)"] == nil }
  }

  /// How many fields stand there as comments.
  package var optionalCount: Int { fields.count { !isRequired($0) && !isGiven($0) } }

  // MARK: Text

  private static let width = 118

  /// - Parameter line: what tells an editor of the schema; nil: nothing does.
  package func text(line: String?) -> String {
    var lines = [line].compactMap { $0 } + ["kind: \(kind.name)", "id: \(YAMLWriter.scalar(id, isInFlow: false))"]
    if kind.name == "rule" {
      lines += RuleSkeleton(id, given).lines
    } else {
      for field in fields where isRequired(field) { lines += required(field) }
      for field in fields where !isRequired(field) && isGiven(field) { lines += written(field) }
    }
    let rest = fields.filter { field in
      !isRequired(field) && !isGiven(field) && !(kind.name == "rule" && RuleSkeleton.fills(field.path))
    }
    if !rest.isEmpty {
      lines += ["", "# What else it may say: take the mark away from what you use."]
      for field in rest { lines += optional(field) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func required(_ field: Field) -> [String] {
    let hint = FieldHint(field, metamodel)
    let isName = if case .common = field.shape { true } else { false }
    let choices = hint.choices.isEmpty ? nil : hint.line
    let words = isName ? [] : [hint.why, choices].compactMap { $0 }
    let form = Self.forms["\(kind.name).\(field.path)"] ?? []
    return words.flatMap { Self.comment($0) } + (isGiven(field) ? written(field) : form)
  }

  /// The keys and values that are given.
  private func written(_ field: Field) -> [String] {
    let inside = given.values.filter { $0.field.path.hasPrefix("\(field.path).") }
    if !inside.isEmpty {
      let order = metamodel.writingOrder(of: kind.index, record: field.path)
      let members = inside.map { item in
        (name: String(item.field.path.dropFirst(field.path.utf8.count + 1)), text: item.texts[0])
      }.sorted { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
      let inner = members.map { "\($0.name): \(value($0.text, field, isInFlow: true))" }
      return ["\(field.path): {\(inner.joined(separator: ", "))}"]
    }
    guard let texts = given.texts(field.path) else { return [] }
    let isList: Bool
    switch field.shape {
    case .scalars, .relation(_, true), .common(.aliases), .common(.labels): isList = texts != ["unknown"]
    default: isList = texts.count > 1
    }
    guard isList else { return ["\(field.path): \(value(texts[0], field, isInFlow: false))"] }
    return ["\(field.path): [\(texts.map { value($0, field, isInFlow: true) }.joined(separator: ", "))]"]
  }

  private func value(_ text: String, _ field: Field, isInFlow: Bool) -> String {
    if text == "unknown" {
      switch field.shape {
      case .common: break
      default: return text
      }
    }
    return YAMLWriter.scalar(text, isInFlow: isInFlow)
  }

  private func optional(_ field: Field) -> [String] {
    if let lines = Self.templates["\(kind.name).\(field.path)"] { return lines.map { "# \($0)" } }
    if case .parts(let part, let key) = field.shape { return parts(field, metamodel.kinds[part], key: key) }
    let words = FieldHint(field, metamodel).words
    let one = "# \(field.path):  # \(words)"
    if one.unicodeScalars.count <= Self.width { return [one] }
    return ["# \(field.path):"] + Self.comment(words, margin: "#     # ")
  }

  /// A list with one part that has what a part needs.
  private func parts(_ field: Field, _ part: Kind, key: String?) -> [String] {
    var members: [(String, String)] = key == nil ? [("id", "")] : []
    for path in metamodel.writingOrder(of: part.index) {
      guard let member = metamodel.field(path, of: part.index), member.isWritten else { continue }
      let isName = if case .common(.name) = member.shape { part.partKey == nil } else { false }
      guard isName || member.isRequired || path == key else { continue }
      members.append((path, isName ? "" : FieldHint(member, metamodel).form))
    }
    return ["# \(field.path):"]
      + members.enumerated().map { index, member in
        let words = member.1.isEmpty ? "" : "  # \(member.1)"
        return "#   \(index == 0 ? "-" : " ") \(member.0):\(words)"
      }
  }

  /// What a person begins with who writes one of the forms that are the engine's own.
  private static let templates: [String: [String]] = [
    "initiative.adds": ["adds:", "  - {kind: …, id: …, name: …}"],
    "initiative.changes": ["changes:", "  - {ref: \"kind:id\", set: {field: value}, why: …}"],
    "initiative.retires": ["retires:", "  - {ref: \"kind:id\", date: 2027-01-31, why: …}"],
    "rule.let": ["let: {}  # names for expressions: {below: \"self.closure(x, x.platforms)\"}"],
    "rule.each": ["each: x in []  # for each element of a list; `require`, `at` and `message` can then say x"],
    "rule.key": ["key: []  # expressions that tell its findings apart"],
    "rule.related": ["related: []  # entities that a finding shows, too"],
    "rule.params": ["params:", "  limit: {type: integer, default: 1, why: …}"],
    "rule.equivalents": [
      "equivalents:  # of `triglyph test --mutate`", "  - {text: …, put: …, why: …}",
    ],
    "metamodel.kinds": ["kinds:", "  newKind: {plural: …, why: …, fields: {}, relations: {}}"],
    "metamodel.enums": ["enums:", "  newEnum: {ordered: false, values: [one, two]}"],
    "metamodel.entity": ["entity: {fields: {}, relations: {}}  # of every kind"],
    "metamodel.unions": ["unions:", "  newUnion: {of: [one, two]}"],
    "metamodel.settings": ["settings:", "  newSetting: {type: integer, default: 1, why: …}"],
    "metamodel.lifecycle": ["lifecycle: {phases: [planned, active, retired], live: [active]}"],
    "settings.values": ["values: {}  # the settings that the metamodel declares"],
    "waiver.conditions": ["conditions: []  # expressions on `self` that must hold"],
  ]

  /// What stands in the place of a required form that no single value is, until its author puts another there.
  private static let forms: [String: [String]] = [
    "functions.functions": [
      "functions:", "  hasName:", "    params: {x: entity}", "    is: x.name != x.id",
      "    why: Whether its name says more than its id.",
    ]
  ]

  /// Words as comment lines that fit.
  static func comment(_ words: String, margin: String = "# ") -> [String] {
    var lines: [String] = []
    var current = ""
    for word in words.split(whereSeparator: \.isWhitespace) {
      if !current.isEmpty, margin.count + current.unicodeScalars.count + 1 + word.unicodeScalars.count > width {
        lines.append(margin + current)
        current = ""
      }
      current += (current.isEmpty ? "" : " ") + word
    }
    return current.isEmpty ? lines : lines + [margin + current]
  }
}
