internal import CEL
internal import Catalogue
internal import Governance

/// Values as cells: what is not known is marked with `?`.
struct CellText {
  let estate: Estate
  let environment: Environment
  /// Whether an entity is told by its id alone, because its column holds entities of one kind only.
  let isKindKnown: Bool

  init(_ estate: Estate, isKindKnown: Bool = false) {
    self.estate = estate
    self.isKindKnown = isKindKnown
    environment = ExpressionEnvironment.of(estate)
  }

  func cell(_ value: Value) -> Sheet.Cell {
    switch value {
    case .int, .uint, .double: Sheet.Cell(text: ValueText.exact(value, estate), isNumber: true)
    default: Sheet.Cell(text: text(value))
    }
  }

  /// Whether all entities in values of a type are of one kind.
  static func isOneKind(_ type: ValueType) -> Bool {
    switch type {
    case .entity(let kinds), .reach(let kinds): kinds.count == 1
    case .list(let element): isOneKind(element)
    case .optional(let inner): isOneKind(inner)
    default: false
    }
  }

  /// A list's elements without brackets; `a?` is possibly there, `…?` stands for more that nobody recorded.
  func text(_ value: Value, isNested: Bool = false) -> String {
    switch value {
    case .entity(let row) where isKindKnown: return estate.entity(row).id
    case .unknown: return "?"
    case .error: return "!"
    case .optional(let box): return box.value.map { text($0, isNested: isNested) } ?? "none"
    case .record(let box):
      return "{"
        + zip(names(box), box.fields).map { "\($0): \(text($1, isNested: true))" }
        .joined(separator: ", ") + "}"
    case .map(let map):
      let entries = map.entries.map {
        "\(text($0.key, isNested: true)): \(text($0.value, isNested: true))"
      }
      return "{" + entries.joined(separator: ", ") + "}"
    case .list, .related:
      guard let view = value.listView else { return "?" }
      var items = (0..<view.count).map { index in
        text(view[index], isNested: true) + (view.reason(at: index) == nil ? "" : "?")
      }
      if view.open != nil { items.append("…?") }
      let list = items.joined(separator: ", ") + (view.order == nil ? "" : " (in which order?)")
      return isNested ? "[\(list)]" : list
    default: return ValueText.exact(value, estate)
    }
  }

  /// The names of a record's fields.
  func names(_ box: RecordBox) -> [String] {
    let known: [String]? =
      switch box.type {
      case .record(let type): type.fields.map(\.name)
      case .abstract(let name, _): environment.fieldNames(ofRecord: name)
      default: nil
      }
    if let known, known.count == box.fields.count { return known }
    return box.fields.indices.map { "\($0)" }
  }
}
