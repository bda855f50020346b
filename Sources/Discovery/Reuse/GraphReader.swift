internal import CEL
internal import Catalogue
internal import Governance

/// Reads relations by their roles, both ways, in one view.
struct GraphReader {
  let estate: Estate
  private var frame: Frame
  /// By role: what leads to a row.
  private var sources: [ReuseRole: [Int32: [Int32]]] = [:]

  init(_ estate: Estate) {
    self.estate = estate
    frame = Frame(graph: estate.graph, slotCount: 1)
  }

  func field(_ role: ReuseRole, of row: Int32) -> Field? {
    estate.metamodel.field(inRole: role.rawValue, of: estate.entity(row).kind)
  }

  mutating func value(_ path: String, of row: Int32) -> Value { estate.value(path, of: row, &frame) }

  /// The value of the field in a role; nil where the kind has none.
  mutating func value(_ role: ReuseRole, of row: Int32) -> Value? {
    field(role, of: row).map { value($0.path, of: row) }
  }

  mutating func text(_ path: String, of row: Int32) -> String {
    if case .string(let text) = value(path, of: row) { text } else { "" }
  }

  mutating func texts(_ role: ReuseRole, of row: Int32) -> [String] {
    guard let view = value(role, of: row)?.listView else { return [] }
    return (0..<view.count).compactMap { if case .string(let text) = view[$0] { text } else { nil } }
  }

  mutating func links(_ role: ReuseRole, of row: Int32) -> Links {
    value(role, of: row).map { Links($0) } ?? Links(.unknown(Fact(row: row, field: -1)))
  }

  /// What a row leads to, perhaps or for certain.
  mutating func targets(_ role: ReuseRole, of row: Int32) -> [Int32] { links(role, of: row).all }

  /// What leads to a row by the relations in a role, ascending. All of them are read at the first question: linear in
  /// the rows of their kinds.
  mutating func origins(_ role: ReuseRole, of row: Int32) -> [Int32] {
    if let known = sources[role] { return known[row] ?? [] }
    var found: [Int32: [Int32]] = [:]
    for field in estate.metamodel.fields(inRole: role.rawValue) where estate.canRead([field.id]) {
      for origin in estate.graph.members.rows(ofKind: field.kind) {
        for target in Links(value(field.path, of: origin)).all { found[target, default: []].append(origin) }
      }
    }
    for key in found.keys { found[key]?.sort() }
    sources[role] = found
    return found[row] ?? []
  }

  /// The rows of the kinds that have a relation or a field in a role, ascending.
  func rows(having role: ReuseRole) -> [Int32] {
    Set(estate.metamodel.fields(inRole: role.rawValue).map(\.kind)).sorted().flatMap {
      estate.graph.members.rows(ofKind: $0)
    }
  }
}
