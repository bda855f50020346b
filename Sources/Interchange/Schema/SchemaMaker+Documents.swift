internal import Catalogue

/// Any document, told apart by its `kind`.
extension SchemaMaker {
  static let anyDocument = "document"
  /// What an example in a rule gives: no field is asked for.
  static let given = "given"
  /// What an initiative adds.
  static let addition = "addition"

  var writtenKinds: [Kind] { metamodel.kinds.filter(\.isWritten) }

  mutating func addDocuments() {
    define(Self.anyDocument, document(of: writtenKinds, isWhole: true))
    define(Self.given, document(of: writtenKinds, isWhole: false))
    let kinds = changeable
    define(Self.addition, document(of: kinds, isWhole: false))
    define("\(Self.addition)-required", document(of: kinds.filter { $0.name != "waiver" }, isWhole: true))
  }

  private func document(of kinds: [Kind], isWhole: Bool) -> SchemaValue {
    let isTold = kinds.contains { $0.why != nil }
    return .object([
      "type": .text("object"), "required": .texts(["kind"]),
      "properties": .object([
        "kind": .object([
          "description": .text("What this document is."), "enum": .texts(kinds.map(\.name)),
          "enumDescriptions": isTold ? .texts(kinds.map { $0.why ?? $0.title }) : nil,
        ])
      ]),
      "allOf": .array(
        kinds.map { kind in
          .object([
            "if": .object([
              "properties": .object(["kind": .object(["const": .text(kind.name)])]), "required": .texts(["kind"]),
            ]), "then": document(kind, isWhole: isWhole),
          ])
        }),
    ])
  }
}
