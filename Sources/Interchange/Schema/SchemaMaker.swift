internal import CEL
internal import Catalogue

/// Writes down as JSON Schema what the loader accepts of a document: draft 7, the newest that every editor's YAML support
/// reads whole.
///
/// For each kind there is a definition of its shape, which says what may be written, and where anything is demanded one more,
/// `<kind>-required`: what an example in a rule gives has the shape and need not be whole. No definition asks for one of
/// several forms where the value itself tells which is meant: a message then speaks of the mistake.
struct SchemaMaker {
  let metamodel: Metamodel
  /// Every definition by its name; written in the order of names.
  private(set) var definitions: [String: SchemaValue] = [:]

  /// The draft, by its own address.
  static let draft = "http://json-schema.org/draft-07/schema#"

  init(_ metamodel: Metamodel) {
    self.metamodel = metamodel
    for kind in metamodel.kinds where kind.isWritten { add(kind) }
    addDocuments()
  }

  mutating func define(_ name: String, _ value: SchemaValue) { definitions[name] = value }

  /// Makes a definition where there is none of that name, and refers to it.
  mutating func defined(_ name: String, _ make: (inout SchemaMaker) -> SchemaValue) -> SchemaValue {
    if definitions[name] == nil {
      // The name stands before the body, which may lead back to it.
      definitions[name] = .boolean(true)
      definitions[name] = make(&self)
    }
    return .reference(name)
  }

  /// A schema that stands alone: what it leads to goes with it.
  func whole(_ title: String, _ description: String, _ root: SchemaValue) -> SchemaValue {
    var wanted = Set(root.references)
    var next = root.references
    while let name = next.popLast() {
      for other in definitions[name]?.references ?? [] where wanted.insert(other).inserted { next.append(other) }
    }
    let names = definitions.keys.filter(wanted.contains).sorted()
    return SchemaValue.object([
      "$schema": .text(Self.draft), "$comment": .text(SchemaSet.mark), "title": .text(title),
      "description": .text(description),
    ]).adding(entries: root).adding([
      "definitions": .object(names.compactMap { name in definitions[name].map { .init(key: name, value: $0) } })
    ])
  }
}

extension SchemaValue {
  func adding(entries other: SchemaValue) -> SchemaValue {
    guard case .object(let own) = self, case .object(let more) = other else { return self }
    return .object(own + more)
  }
}
