internal import Catalogue

/// The forms of what the metamodel calls a structure: each is read by whoever knows it.
extension SchemaMaker {
  mutating func structure(_ path: String, of kind: Kind) -> SchemaValue {
    switch (kind.name, path) {
    case ("rule", _): ruleStructure(path)
    case ("functions", "functions"): .named(function())
    case ("settings", "values"): settingValues()
    case ("metamodel", _): vocabularyStructure(path)
    case ("initiative", "adds"): additions()
    case ("initiative", "changes"): changes()
    case ("initiative", "retires"): retirements()
    case ("waiver", "conditions"): SchemaValue.oneOrMore(anyText)
    default: .object([:])
    }
  }

  // MARK: Rules

  private var texts: SchemaValue { .oneOrMore(anyText) }

  private mutating func ruleStructure(_ path: String) -> SchemaValue {
    switch path {
    case "for": .oneOrMore(Self.words(metamodel.kindNames + ["view"]), item: Self.words(metamodel.kindNames))
    case "severity": severities()
    case "let": .named(anyText)
    case "each", "key", "related": texts
    case "message": anyText
    case "params":
      .named(
        .mapping(
          [("type", anyText), ("default", anyText), ("title", anyText), ("why", anyText)],
          required: ["type", "default"]))
    case "examples": .list(of: example())
    case "equivalents": .list(of: equivalent())
    default: .object([:])
    }
  }

  private var severityNames: [String] { metamodel.enums.first { $0.name == "severity" }?.values ?? [] }
  private var stageNames: [String] { metamodel.enums.first { $0.name == "stage" }?.values ?? [] }

  private func severities() -> SchemaValue {
    let one = Self.words(severityNames)
    let item = SchemaValue.mapping([("when", anyText), ("is", one)], required: ["is"])
    return .object([
      "description": .text("How much a failure weighs; in a list each but the last has a `when`."),
      "if": .object(["type": .texts(["array", "object"])]),
      "then": .object([
        "if": .object(["type": .text("array")]), "then": .object(["items": item, "minItems": .number(1)]),
        "else": item,
      ]), "else": one,
    ])
  }

  private mutating func example() -> SchemaValue {
    defined("example") { maker in
      let expectations = ["finds", "undecided", "worsens", "inherits", "resolves"]
      let properties: [(String, SchemaValue)] =
        [
          ("title", maker.anyText), ("asOf", maker.dayOnly()),
          (
            "given",
            SchemaValue.oneOrMore(.reference(Self.given))
              .adding(["description": .text("The documents of a small estate; no field of them is asked for.")])
          ),
          ("view", maker.anyText), ("severity", Self.words(maker.severityNames)),
        ] + expectations.map { ($0, maker.texts) }
      return .mapping(
        properties, required: ["title", "given"],
        rest: [
          .init(key: "anyOf", value: .array(expectations.map { .object(["required": .texts([$0])]) }))
        ])
    }
  }

  private mutating func equivalent() -> SchemaValue {
    defined("equivalent") { maker in
      let text = maker.anyText.adding(["minLength": .number(1)])
      return .mapping([("text", text), ("put", maker.anyText), ("why", text)], required: ["text", "why"])
    }
  }

  private mutating func function() -> SchemaValue {
    .mapping(
      [
        ("params", .named(anyText)), ("is", anyText), ("why", anyText), ("role", Self.words(["lane"])),
        ("equivalents", .list(of: equivalent())),
      ], required: ["is"])
  }

  // MARK: Settings

  /// The settings that the metamodel declares.
  mutating func settingValues() -> SchemaValue {
    var properties: [(String, SchemaValue)] = []
    for setting in metamodel.settings.values.sorted(by: { $0.name < $1.name }) {
      let value = scalar(setting.scalar, orUnknown: false)
      let head = SchemaValue.object([
        "description": setting.why.map { .text($0) }, "default": setting.defaultText.map { .text($0) },
      ])
      properties.append((setting.name, head.adding(entries: value.isReference ? .all([value]) : value)))
    }
    return .mapping(properties)
  }

  /// `triglyph.yaml`.
  mutating func settingsFile() -> SchemaValue {
    let rule = anyText
    let exclusion = SchemaValue.mapping([("rule", rule), ("reason", anyText)], required: ["rule", "reason"])
    let set = SchemaValue.mapping(
      [
        ("severity", Self.words(severityNames)), ("stage", Self.words(stageNames)), ("params", .named(anyText)),
      ], rest: [.init(key: "minProperties", value: .number(1))])
    return .mapping(
      [
        ("format", Self.words(["1"]).adding(["description": .text("Of this file: 1.")])),
        (
          "use",
          SchemaValue.list(of: anyText).adding([
            "description": .text(
              "Packs that travel in the executable, each with its number: `triglyph packs` lists them.")
          ])
        ),
        ("settings", settingValues()),
        (
          "failOn",
          Self.words(severityNames).adding(["description": .text("From this severity on a finding counts.")])
        ),
        (
          "rules",
          .mapping(
            [
              ("only", SchemaValue.list(of: rule).adding(["minItems": .number(1)])),
              ("except", .list(of: exclusion)),
            ],
            rest: [
              .init(
                key: "oneOf",
                value: .array(["only", "except"].map { .object(["required": .texts([$0])]) }))
            ])
        ),
        (
          "overrides",
          .list(
            of: .mapping(
              [("rule", rule), ("set", set), ("reason", anyText), ("decision", anyText)],
              required: ["rule", "set", "reason", "decision"]))
        ),
      ], required: ["format"])
  }

  /// `baseline.yaml`.
  mutating func baselineFile() -> SchemaValue {
    let entry = SchemaValue.mapping(
      [
        ("finding", anyText), ("outcome", Self.words(["failed", "undecided"])),
        ("severity", Self.words(severityNames)), ("measure", scalar(.number, orUnknown: false)),
        ("decision", anyText), ("added", dayOnly()),
      ], required: ["finding", "severity"])
    return .mapping(
      [
        ("format", Self.words(["1"])), ("taken", dayOnly()), ("revision", anyText),
        ("findings", .list(of: entry)),
      ], required: ["format", "taken", "findings"])
  }
}
