internal import CEL
internal import Catalogue

/// What initiatives add, change and retire.
extension SchemaMaker {
  func additions() -> SchemaValue {
    SchemaValue.list(of: .reference(Self.addition)).orUnknown
  }

  /// Kinds that an initiative may add and change: what decides about it is none of them.
  var changeable: [Kind] { writtenKinds.filter { !Kind.judging.contains($0.name) } }

  private static func reference(to kinds: [Kind]) -> SchemaValue {
    .object([
      "type": .text("string"), "pattern": .text("^(?:\(kinds.map(\.name).joined(separator: "|"))):"),
      "patternErrorMessage": .text("what is changed or retired is named kind:id"),
    ])
  }

  mutating func changes() -> SchemaValue {
    let kinds = changeable
    var branches: [SchemaValue] = []
    for kind in kinds {
      addChange(of: kind)
      branches.append(
        .object([
          "if": .object([
            "properties": .object(["ref": .object(["pattern": .text("^\(kind.name):")])]),
            "required": .texts(["ref"]),
          ]), "then": .reference("change-\(kind.name)"),
        ]))
    }
    let object = SchemaValue.object(["type": .text("object")])
    let change = SchemaValue.mapping(
      [
        ("ref", Self.reference(to: kinds)),
        ("date", scalar(.date, orUnknown: false)), ("set", object), ("unset", .object([:])), ("link", object),
        ("unlink", object), ("why", .object([:])),
      ], required: ["ref"],
      rest: [
        .init(
          key: "anyOf",
          value: .array(["set", "unset", "link", "unlink"].map { .object(["required": .texts([$0])]) })),
        .init(key: "allOf", value: .array(branches)),
      ])
    define("change", change)
    return SchemaValue.list(of: .reference("change")).orUnknown
  }

  /// What may be set, taken away, linked and unlinked of a kind.
  private mutating func addChange(of kind: Kind) {
    var set: [(String, SchemaValue)] = []
    var links: [(String, SchemaValue)] = []
    var members: [String] = []
    let day = scalar(.date, orUnknown: true)
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard field.isWritten else { continue }
      members.append(field.path)
      let own = SchemaValue.reference("\(Self.name(kind))/properties/\(field.path)")
      switch field.shape {
      case .common(.id), .common(.kind), .parts, .owner, .structure, .expression, .inverse, .derived, .phase, .live:
        continue
      case .phaseDate: set.append((field.path, day))
      case .scalar(let scalar) where field.path.contains("."):
        set.append((field.path, self.scalar(scalar, orUnknown: true)))
      case .relation(let kinds, true):
        set.append((field.path, own))
        links.append((field.path, references(to: kinds)))
      default: set.append((field.path, own))
      }
    }
    let linking = SchemaValue.mapping(links)
    define(
      "change-\(kind.name)",
      .object([
        "properties": .object([
          "set": .mapping(set), "unset": .oneOrMore(Self.words(members)), "link": linking, "unlink": linking,
        ])
      ]))
  }

  mutating func retirements() -> SchemaValue {
    let kinds = changeable.filter { $0.lifecycle != .none }
    let entry = SchemaValue.mapping(
      [
        ("ref", Self.reference(to: kinds)), ("date", scalar(.date, orUnknown: false)), ("why", .object([:])),
      ], required: ["ref"])
    return SchemaValue.list(of: entry).orUnknown
  }
}
