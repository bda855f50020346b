internal import CEL
internal import Catalogue

/// What a field says of a row, in words, with what it is sorted and known by.
struct FieldWords: Hashable, Sendable {
  enum State: Int, Hashable, Sendable { case known, none, unknown }

  var state: State
  /// `kind:id` of an entity, the value of an enumeration, or the text; of several values all of them.
  var key = ""
  /// Sorts like the values.
  var order = ""
  /// What a heading or a box says.
  var text: String
  /// How many values there are.
  var count = 0
  /// The position in an enumeration, of a single value.
  var ordinal: Int?

  /// Known values first, then none, then what nobody recorded.
  static func precedes(_ a: FieldWords, _ b: FieldWords) -> Bool {
    if a.state != b.state { return a.state.rawValue < b.state.rawValue }
    if a.order != b.order { return a.order.utf8.lexicographicallyPrecedes(b.order.utf8) }
    return a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
  }

  /// Whether values of a type can be told apart and named: a field that cannot would put everything in one group.
  static func canTell(_ type: ValueType) -> Bool {
    switch type {
    case .string, .bool, .int, .double, .date, .duration, .enumeration, .entity: true
    case .optional(let inner), .list(let inner): if case .list = inner { false } else { canTell(inner) }
    default: false
    }
  }
}

/// Reads one field of one kind.
struct FieldWordsReader {
  let estate: Estate
  let declaration: FieldDeclaration
  /// What people call the field.
  let title: String
  private let isRelation: Bool

  /// Nil where the kind has no such field, or its values cannot be told apart.
  init?(_ path: String, of kind: Int, _ estate: Estate) {
    guard let declaration = estate.metamodel.field(path, ofKind: kind), FieldWords.canTell(declaration.type) else {
      return nil
    }
    self.estate = estate
    self.declaration = declaration
    let field = estate.metamodel.field(path, of: kind)
    title = field?.title?.lowercased() ?? PhaseStyle.readable(path)
    switch declaration.type {
    case .entity, .list(.entity), .optional(.entity): isRelation = true
    default: isRelation = false
    }
  }

  func words(of row: Int32, _ frame: inout Frame) -> FieldWords {
    let value = frame.read(declaration, of: row)
    let parts = describe(value)
    let isOpen = EstateSight.isOpen(value)
    if parts.isEmpty { return isOpen || isUnknown(value) ? unknown : none }
    var result = FieldWords(
      state: .known, key: parts.map(\.key).joined(separator: " "), order: parts.map(\.order).joined(separator: " "),
      text: parts.map(\.name).joined(separator: ", "), count: parts.count)
    if parts.count == 1, !isOpen { result.ordinal = parts[0].ordinal }
    if isOpen {
      result.key += " ?"
      result.order += " ?"
      result.text += ", perhaps more"
    }
    return result
  }

  var unknown: FieldWords {
    FieldWords(state: .unknown, text: isRelation ? "No \(title) recorded" : "\(Self.capitalised(title)): not recorded")
  }

  var none: FieldWords {
    FieldWords(state: .none, key: "none", text: "\(Self.capitalised(title)): none")
  }

  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private func isUnknown(_ value: Value) -> Bool {
    switch value {
    case .unknown, .error: true
    default: false
    }
  }

  private struct Part {
    var key: String
    var order: String
    var name: String
    var ordinal: Int?
  }

  private func describe(_ value: Value) -> [Part] {
    switch value {
    case .optional(let box): return box.value.map { describe($0) } ?? []
    case .entity(let row): return [Part(key: estate.identity(row), order: estate.identity(row), name: estate.name(row))]
    case .string(let text): return text.isEmpty ? [] : [Part(key: text, order: text, name: text)]
    case .bool(let flag): return [named(flag ? "yes" : "no", order: flag ? "0" : "1")]
    case .int(let number): return [named("\(number)", order: Self.sortable(number))]
    case .double(let number): return [named("\(number)", order: Self.sortable(number))]
    case .duration(let time): return [named(EstateSight.words(time), order: Self.sortable(time))]
    case .date(let date): return [named(date.text, order: date.text)]
    case .enumeration(let type, let ordinal):
      guard estate.metamodel.enums.indices.contains(Int(type)) else { return [] }
      let enumeration = estate.metamodel.enums[Int(type)]
      guard enumeration.values.indices.contains(Int(ordinal)) else { return [] }
      return [
        Part(
          key: enumeration.values[Int(ordinal)], order: Self.sortable(Int64(ordinal)),
          name: enumeration.titles[Int(ordinal)], ordinal: Int(ordinal))
      ]
    default:
      guard let view = value.listView else { return [] }
      let parts = (0..<view.count).filter { view.reason(at: $0) == nil }.flatMap { describe(view[$0]) }
      return parts.sorted { $0.order.utf8.lexicographicallyPrecedes($1.order.utf8) }
    }
  }

  /// What says nothing without the field's name.
  private func named(_ text: String, order: String) -> Part {
    Part(key: text, order: order, name: "\(Self.capitalised(title)): \(text)")
  }

  /// Digits that sort like the number.
  private static func sortable(_ number: Int64) -> String {
    let digits = String(UInt64(bitPattern: number) ^ (1 << 63))
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits
  }

  private static func sortable(_ number: Double) -> String {
    let bits = number.bitPattern
    return sortable(Int64(bitPattern: (number.sign == .minus ? ~bits : bits | 1 << 63) ^ (1 << 63)))
  }
}
