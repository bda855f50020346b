internal import CEL
internal import Catalogue
internal import Diagnostics

/// What the cells of a table can refer to: the repository's entities, and those that the table itself brings.
struct ReferenceIndex {
  enum Answer: Equatable {
    /// As a document writes it.
    case found(String)
    case none(near: String?)
    case ambiguous([String])
  }

  private let estate: Estate
  private let kind: Kind
  /// Ids of the table's own rows.
  private let ownIDs: Set<String>
  private let ownNames: [[UInt8]: [String]]
  /// By kind: ids by the bytes of names.
  private var names: [Int: [[UInt8]: [String]]] = [:]

  init(_ estate: Estate, _ kind: Kind, own: [(id: String, name: String?)]) {
    self.estate = estate
    self.kind = kind
    ownIDs = Set(own.map(\.id))
    ownNames = Dictionary(
      own.compactMap { item in item.name.map { (Array($0.utf8), [item.id]) } }, uniquingKeysWith: +)
  }

  /// An entity by an id or `kind:id`; aliases count.
  mutating func find(id text: String, _ kinds: KindSet) -> Answer {
    var wanted = kinds.kinds
    var id = text
    if let colon = text.firstIndex(of: ":") {
      guard let named = estate.metamodel.kind(named: String(text[..<colon])), kinds.contains(named.index) else {
        return .none(
          near: "it leads to: " + kinds.kinds.map { estate.metamodel.kinds[$0].name }.joined(separator: ", "))
      }
      wanted = [named.index]
      id = String(text[text.index(after: colon)...])
    }
    var found: [String] = []
    for kind in wanted {
      if let row = estate.currentRow(id, kind: kind), estate.graph.members.contains(row) {
        found.append(written(estate.entity(row).id, kind, kinds))
      } else if kind == self.kind.index, ownIDs.contains(id) {
        found.append(written(id, kind, kinds))
      }
    }
    if let answer = answer(found) { return answer }
    if !mayStillSuggest() { return .none(near: nil) }
    return .none(near: suggestion(for: id, among: wanted.prefix(8).flatMap { estate.ids.ids(ofKind: $0) }))
  }

  /// An entity by its name, letter by letter.
  mutating func find(name: String, _ kinds: KindSet) -> Answer {
    let key = Array(name.utf8)
    var found: [String] = []
    for kind in kinds.kinds {
      if names[kind] == nil { names[kind] = index(kind) }
      found += (names[kind]?[key] ?? []).map { written($0, kind, kinds) }
      if kind == self.kind.index { found += (ownNames[key] ?? []).map { written($0, kind, kinds) } }
    }
    if let answer = answer(found) { return answer }
    if !mayStillSuggest() { return .none(near: nil) }
    let known = kinds.kinds.flatMap { (names[$0] ?? [:]).keys.map { String(decoding: $0, as: UTF8.self) } }
    return .none(near: suggestion(for: name, among: known.sorted()))
  }

  private func index(_ kind: Int) -> [[UInt8]: [String]] {
    var result: [[UInt8]: [String]] = [:]
    for row in estate.rows(ofKind: estate.metamodel.kinds[kind].name) {
      guard case .string(let name) = estate.value("name", of: row) else { continue }
      result[Array(CSVTable.trimmed(name).utf8), default: []].append(estate.entity(row).id)
    }
    return result
  }

  /// So many times names that are near are looked for, each time among all.
  private static let suggestionLimit = 100
  private var suggestionCount = 0

  private mutating func mayStillSuggest() -> Bool {
    suggestionCount += 1
    return suggestionCount <= Self.suggestionLimit
  }

  private func answer(_ found: [String]) -> Answer? {
    switch found.count {
    case 0: nil
    case 1: .found(found[0])
    default: .ambiguous(found.sorted())
    }
  }

  private func written(_ id: String, _ kind: Int, _ kinds: KindSet) -> String {
    kinds.count == 1 ? id : "\(estate.metamodel.kinds[kind].name):\(id)"
  }
}
