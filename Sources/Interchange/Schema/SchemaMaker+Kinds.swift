internal import CEL
internal import Catalogue

extension SchemaMaker {
  static func name(_ kind: Kind) -> String { "kind-\(kind.name)" }
  static func requiredName(_ kind: Kind) -> String { "kind-\(kind.name)-required" }

  /// The fields of a kind that a document writes, as they are best read.
  func written(_ kind: Kind) -> [Field] {
    metamodel.writingOrder(of: kind.index).compactMap { metamodel.field($0, of: kind.index) }.filter(Self.isWritten)
  }

  private static func isWritten(_ field: Field) -> Bool {
    switch field.shape {
    case .inverse, .derived, .phase, .live, .phaseDate: false
    default: field.isWritten
    }
  }

  /// What the loader misses where a document or part does not have it.
  func required(_ kind: Kind) -> [Field] {
    written(kind).filter { field in
      if case .common(.name) = field.shape { return kind.ownerRelation == nil }
      return field.isRequired
    }
  }

  // MARK: Definitions

  mutating func add(_ kind: Kind) {
    let fields = written(kind)
    var properties: [(String, SchemaValue)] = []
    for field in fields { properties.append((field.path, described(field, value(of: field)))) }
    define(
      Self.name(kind),
      .object(["title": .text(kind.title), "description": kind.why.map { .text($0) }])
        .adding(entries: .mapping(properties)))
    var entries = demands(of: kind)
    let names = required(kind).map(\.path)
    if !names.isEmpty { entries.append(.init(key: "required", value: .texts(names))) }
    // What parts inside it have to say.
    var parts = fields.compactMap { field -> SchemaValue.Entry? in
      guard case .parts(let part, _) = field.shape, !required(metamodel.kinds[part]).isEmpty else { return nil }
      let name = Self.requiredName(metamodel.kinds[part])
      return .init(key: field.path, value: .object(["items": .reference(name)]))
    }
    if kind.name == "initiative" {
      // What has gone live is in the catalogue, and says there what is asked for.
      let over = SchemaValue.object(["properties": .object(["stage": Self.words(["live", "closed"])])])
      let whole = SchemaValue.object(["items": .reference("\(Self.addition)-required")])
      entries.append(.init(key: "if", value: over))
      entries.append(.init(key: "else", value: .object(["properties": .object(["adds": whole])])))
      // It is judged by the waivers that there are.
      let waiver = SchemaValue.object(["not": .object(["pattern": .text("^waiver:")])])
      let changes = SchemaValue.object(["items": .object(["properties": .object(["ref": waiver])])])
      parts.append(.init(key: "changes", value: changes))
    }
    if !parts.isEmpty { entries.append(.init(key: "properties", value: .object(parts))) }
    if !entries.isEmpty { define(Self.requiredName(kind), .object(entries)) }
  }

  /// What one of two fields says.
  private func demands(of kind: Kind) -> [SchemaValue.Entry] {
    func either(_ names: [String]) -> SchemaValue { .array(names.map { .object(["required": .texts([$0])]) }) }
    switch kind.name {
    case "rule": return [.init(key: "anyOf", value: either(["require", "measure"]))]
    case "waiver": return [.init(key: "oneOf", value: either(["rule", "builtIn"]))]
    default: return []
    }
  }

  /// What a document of its own says, beside what its kind has.
  func document(_ kind: Kind, isWhole: Bool) -> SchemaValue {
    var required = ["kind"]
    if let owner = kind.ownerRelation { required.append(owner) }
    var result = [SchemaValue.reference(Self.name(kind))]
    if isWhole, definitions[Self.requiredName(kind)] != nil { result.append(.reference(Self.requiredName(kind))) }
    if let key = kind.partKey {
      result.append(Self.identified(by: key))
    } else {
      required.append("id")
    }
    return SchemaValue.object(["required": .texts(required)]).adding(["allOf": .array(result)])
  }

  /// An id of its own, or what stands for it.
  static func identified(by key: String) -> SchemaValue {
    .object(["if": .object(["required": .texts([key])]), "else": .object(["required": .texts(["id"])])])
  }

  // MARK: Fields

  private mutating func described(_ field: Field, _ value: SchemaValue) -> SchemaValue {
    if case .common(let common) = field.shape, let words = Self.words(for: common, of: metamodel.kinds[field.kind]) {
      return SchemaValue.object(["description": .text(words)]).adding(entries: value)
    }
    let text = [field.why, presence(of: field)].compactMap { $0 }.joined(separator: "\n\n")
    let head = SchemaValue.object([
      "title": .text(field.title ?? field.path), "description": text.isEmpty ? nil : .text(text),
      "default": field.defaultText.map { Self.written($0, field) },
    ])
    // Beside `$ref` nothing counts.
    return head.adding(entries: value.isReference ? .all([value]) : value)
  }

  private static func written(_ text: String, _ field: Field) -> SchemaValue {
    switch field.shape {
    case .scalar(.boolean): .boolean(text == "true")
    case .scalar(.integer): Int64(text).map { .number($0) } ?? .text(text)
    default: .text(text)
    }
  }

  static func words(for common: Field.Common, of kind: Kind) -> String? {
    switch common {
    case .id: "Its id: a-z, 0-9 and single hyphens, at most 80 bytes; no other \(kind.name) has it."
    case .kind: "What this document is."
    case .name: "What people call it."
    case .summary: "One or two sentences about it."
    case .aliases: "Ids that it had; references to them keep working."
    case .notes: "Anything else; no rule reads it."
    case .labels: "Words to find it by."
    }
  }

  /// What it means that a document does not say it.
  private func presence(of field: Field) -> String? {
    if field.isRequired { return "Required; `unknown` admits a gap." }
    if let text = field.defaultText { return "Without it: \(text)." }
    switch field.shape {
    case .expression, .structure, .common, .owner: return nil
    case .scalars, .records, .parts:
      return field.absence == .unknown && !field.isParts ? "Without it: not known." : "Without it: none."
    case .relation: return field.absence == .empty ? "Without it: none." : "Without it: not known."
    default: return "Without it: not known."
    }
  }

  private mutating func value(of field: Field) -> SchemaValue {
    let kind = metamodel.kinds[field.kind]
    let isCertain = kind.name == "waiver" && SchemaSet.certainOfWaivers.contains(field.path)
    let value = value(of: field, of: kind, orUnknown: !isCertain)
    guard isCertain, field.path != "conditions" else { return value }
    return .all([value, .object(["not": Self.words(["unknown"])])])
  }

  private mutating func value(of field: Field, of kind: Kind, orUnknown: Bool) -> SchemaValue {
    switch field.shape {
    case .common(.kind): return .object([:])
    case .common(.id): return id()
    case .common(.name), .common(.summary), .common(.notes), .expression: return anyText
    case .common(.aliases), .common(.labels): return .oneOrMore(anyText)
    case .scalar(let scalar): return self.scalar(scalar, orUnknown: orUnknown)
    case .scalars(let scalar):
      let item = self.scalar(scalar, orUnknown: false)
      return .oneOrMore(self.scalar(scalar, orUnknown: orUnknown), item: item)
    case .record(let members): return record(members).orUnknown
    case .records(let members): return SchemaValue.list(of: record(members)).orUnknown
    case .relation(let kinds, let many): return many ? references(to: kinds) : reference(to: kinds)
    case .owner(let kinds): return reference(to: kinds)
    case .parts(let part, let key): return SchemaValue.list(of: self.part(metamodel.kinds[part], key: key)).orUnknown
    case .lifecycle: return lifecycle()
    case .structure: return structure(field.path, of: kind)
    case .inverse, .derived, .phaseDate, .phase, .live: return .boolean(false)
    }
  }

  private mutating func id() -> SchemaValue {
    defined("id") { _ in
      .object([
        "type": .texts(["string", "integer", "boolean"]), "pattern": .text("^[a-z0-9]+(?:-[a-z0-9]+)*$"),
        "maxLength": .number(80),
        "minimum": .number(0),
        "patternErrorMessage": .text("an id is made of a-z, 0-9 and single hyphens, at most 80 bytes"),
      ])
    }
  }

  private mutating func record(_ members: [Field.RecordField]) -> SchemaValue {
    var properties: [(String, SchemaValue)] = []
    for member in members {
      let value = scalar(member.scalar, orUnknown: true)
      let head = SchemaValue.object([
        "title": member.title.map { .text($0) }, "description": member.why.map { .text($0) },
      ])
      let isBare = member.title == nil && member.why == nil
      properties.append((member.name, isBare ? value : head.adding(entries: value.isReference ? .all([value]) : value)))
    }
    return .mapping(properties, required: members.filter(\.isRequired).map(\.name))
  }

  private func part(_ kind: Kind, key: String?) -> SchemaValue {
    let shape = SchemaValue.reference(Self.name(kind))
    guard let key else { return SchemaValue.object(["required": .texts(["id"])]).adding(["allOf": .array([shape])]) }
    return .all([shape, Self.identified(by: key)])
  }

  private mutating func lifecycle() -> SchemaValue {
    defined("lifecycle") { maker in
      let day = maker.scalar(.date, orUnknown: true)
      return .object([
        "title": .text("Lifecycle"),
        "description": .text("The first day of each phase, or the word of the phase alone where no day is known."),
        "if": .object(["type": .text("object")]),
        "then": .mapping(maker.metamodel.phases.map { ($0, day) }),
        "else": Self.words(maker.metamodel.phases + ["unknown"]),
      ])
    }
  }
}

extension SchemaValue {
  var isReference: Bool {
    if case .object(let entries) = self { return entries.first?.key == "$ref" }
    return false
  }

  /// The same, or the word by which a gap is admitted.
  var orUnknown: SchemaValue {
    guard case .object(var entries) = self, let place = entries.firstIndex(where: { $0.key == "type" }),
      case .text(let type) = entries[place].value
    else { return self }
    entries[place].value = .texts([type, "string"])
    entries.append(.init(key: "pattern", value: .text("^unknown$")))
    entries.append(
      .init(key: "patternErrorMessage", value: .text("a \(type == "array" ? "list" : "mapping"), or unknown")))
    return .object(entries)
  }
}

extension Field {
  fileprivate var isParts: Bool { if case .parts = shape { true } else { false } }
}
