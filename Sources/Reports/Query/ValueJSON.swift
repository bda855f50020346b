internal import CEL
internal import Catalogue
internal import Governance

/// A value as JSON, with what is not known about it.
struct ValueJSON {
  private let estate: Estate
  private let texts: CellText

  init(_ estate: Estate) {
    self.estate = estate
    texts = CellText(estate)
  }

  /// The facts, under the key `undecided` of the object that is being written.
  func undecided(_ facts: some Sequence<Fact>, _ writer: inout JSONWriter) {
    writer.field("undecided", estate.missingFacts(facts).map(\.name))
  }

  func write(_ value: Value, _ writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let flag): writer.value(flag)
    case .int(let number): writer.value(number)
    case .uint(let number): writer.value(number)
    case .double(let number) where number.isFinite: writer.value(number)
    case .optional(let box):
      if let inner = box.value { write(inner, &writer) } else { writer.null() }
    case .unknown(let unknown): writer.object { undecided(unknown.facts, &$0) }
    case .error(let error): writer.object { $0.field("error", error.message) }
    case .record(let box):
      writer.object { writer in
        for (name, field) in zip(texts.names(box), box.fields) {
          writer.key(name)
          write(field, &writer)
        }
      }
    case .map(let map):
      writer.object { writer in
        for entry in map.entries {
          writer.key(ValueText.exact(entry.key, estate))
          write(entry.value, &writer)
        }
      }
    case .path(let path):
      writer.array(of: path.nodes) { node, writer in writer.quoted(estate.identity(node)) }
    case .list, .related: list(value, &writer)
    default: writer.quoted(ValueText.exact(value, estate))
    }
  }

  /// An array; of a list that is not wholly known an object that keeps apart what is certain and what is possible.
  private func list(_ value: Value, _ writer: inout JSONWriter) {
    guard let view = value.listView else { return writer.null() }
    func array(_ indices: some Sequence<Int>, _ writer: inout JSONWriter) {
      writer.array(of: indices) { index, writer in write(view[index], &writer) }
    }
    if view.isDefinite, view.order == nil { return array(0..<view.count, &writer) }
    var facts = Set(view.reasons?.facts ?? [])
    facts.formUnion(view.order?.facts ?? [])
    writer.object { writer in
      writer.key("certain")
      array((0..<view.count).filter { view.reason(at: $0) == nil }, &writer)
      writer.key("possible")
      array((0..<view.count).filter { view.reason(at: $0) != nil }, &writer)
      writer.field("open", view.open != nil)
      writer.field("isOrderCertain", view.order == nil)
      undecided(facts, &writer)
    }
  }
}
