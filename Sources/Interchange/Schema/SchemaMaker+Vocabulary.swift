internal import Catalogue

/// The forms of a metamodel's own documents.
extension SchemaMaker {
  mutating func vocabularyStructure(_ path: String) -> SchemaValue {
    switch path {
    case "settings":
      .namedByVocabulary(
        .mapping(
          [("type", typeName()), ("default", anyText), ("why", anyText), ("title", anyText)], required: ["type"]))
    case "lifecycle":
      .mapping(
        [("phases", SchemaValue.list(of: anyText).adding(["minItems": .number(2)])), ("live", .oneOrMore(anyText))],
        required: ["phases"])
    case "enums": .namedByVocabulary(enumeration())
    case "entity":
      .mapping([("fields", .namedByVocabulary(fieldForm())), ("relations", .namedByVocabulary(relationForm()))])
    case "unions":
      .namedByVocabulary(
        .mapping(
          [("of", .oneOrMore(kindName())), ("derived", .namedByVocabulary(derivedForm())), ("why", anyText)],
          required: ["of"]))
    case "kinds": .namedByVocabulary(kindForm())
    default: .object([:])
    }
  }

  private mutating func flag() -> SchemaValue { scalar(.boolean, orUnknown: false) }

  /// A type of a field. An enumeration may be declared beside it, so that any name is one.
  private func typeName() -> SchemaValue {
    anyText.adding([
      "description": .text(
        "One of \(VocabularyWords.scalarTypes.joined(separator: ", ")), or the name of an enumeration.")
    ])
  }

  private func kindName() -> SchemaValue {
    anyText.adding(["description": .text("The name of a kind or of a union.")])
  }

  private func enumeration() -> SchemaValue {
    let value = SchemaValue.mapping([("id", anyText), ("title", anyText), ("why", anyText)], required: ["id"])
    let item = SchemaValue.object(["if": .object(["type": .text("object")]), "then": value, "else": anyText])
    return .mapping(
      [
        ("ordered", .reference("boolean")), ("values", .oneOrMore(item)), ("title", anyText), ("why", anyText),
      ], required: ["values"])
  }

  private mutating func fieldForm() -> SchemaValue {
    defined("vocabulary-field") { maker in
      let flag = maker.flag()
      let member = SchemaValue.mapping(
        [("type", maker.typeName()), ("required", flag), ("why", maker.anyText), ("title", maker.anyText)],
        required: ["type"])
      return .mapping(
        [
          ("type", maker.typeName()), ("record", .namedByVocabulary(member)), ("many", flag), ("required", flag),
          ("default", maker.anyText), ("absent", Self.words(["unknown"])),
          ("role", Self.words(VocabularyWords.fieldRoles)), ("why", maker.anyText), ("title", maker.anyText),
          ("material", flag),
        ],
        rest: [
          .init(key: "if", value: .object(["required": .texts(["record"])])),
          .init(
            key: "then",
            value: .object([
              "properties": .object(["type": .boolean(false), "default": .boolean(false), "role": .boolean(false)])
            ])),
          .init(key: "else", value: .object(["required": .texts(["type"])])),
        ])
    }
  }

  private mutating func relationForm() -> SchemaValue {
    defined("vocabulary-relation") { maker in
      let flag = maker.flag()
      return .mapping(
        [
          ("to", .oneOrMore(maker.kindName())), ("many", flag), ("required", flag),
          ("absent", Self.words(["none", "unknown"])), ("awaits", flag), ("inverse", Self.givenName),
          ("role", Self.words(VocabularyWords.relationRoles)), ("why", maker.anyText), ("title", maker.anyText),
          ("material", flag),
        ], required: ["to"])
    }
  }

  private mutating func derivedForm() -> SchemaValue {
    defined("vocabulary-derived") { maker in
      let flag = maker.flag()
      return .mapping(
        [
          ("to", .oneOrMore(maker.kindName())), ("type", maker.anyText), ("is", maker.anyText),
          ("inverse", Self.givenName), ("recursive", flag), ("role", Self.words(VocabularyWords.derivedRoles)),
          ("why", maker.anyText), ("title", maker.anyText), ("one", flag),
        ], required: ["is"],
        rest: [
          .init(key: "anyOf", value: .array(["to", "type"].map { .object(["required": .texts([$0])]) }))
        ])
    }
  }

  private mutating func kindForm() -> SchemaValue {
    let flag = flag()
    let follows = SchemaValue.mapping([("follows", .oneOrMore(anyText))])
    let part = SchemaValue.mapping(
      [("kind", anyText), ("key", anyText), ("inverse", Self.givenName), ("why", anyText), ("title", anyText)],
      required: ["kind", "inverse"])
    return .mapping([
      ("title", anyText), ("plural", anyText), ("role", Self.words(VocabularyWords.kindRoles)), ("why", anyText),
      (
        "lifecycle",
        .object(["if": .object(["type": .text("object")]), "then": follows, "else": flag])
      ),
      ("fields", .namedByVocabulary(fieldForm())), ("relations", .namedByVocabulary(relationForm())),
      ("parts", .namedByVocabulary(part)), ("derived", .namedByVocabulary(derivedForm())),
    ])
  }

  /// A name that a vocabulary gives.
  private static let givenName = SchemaValue.object(["type": .text("string"), "pattern": .text(namePattern)])
  fileprivate static let namePattern =
    "^(?!(?:on|off|yes|no|y|n|true|false|null|in)$)[a-z][a-zA-Z0-9-]{0,79}$"
}

extension SchemaValue {
  /// A mapping from names that a vocabulary gives.
  fileprivate static func namedByVocabulary(_ value: SchemaValue) -> SchemaValue {
    .object([
      "type": .text("object"), "propertyNames": .object(["pattern": .text(SchemaMaker.namePattern)]),
      "additionalProperties": value,
    ])
  }
}
