internal import CEL
internal import Catalogue

/// The texts by which capabilities are found: their own, and those of what provides them.
///
/// A capability is a document, and so is each of its providers: a capability that many provide is no longer text for it.
struct CapabilityTexts {
  /// What a word counts for in a name, in keywords, in a summary, and in the names of what is near.
  private static let weights = [10.0, 9, 4, 1]

  let index: FullTextIndex
  let capabilities: [Int32]
  /// What provides a capability, by its row.
  private(set) var providers: [Int32: [Int32]] = [:]

  init(_ reader: inout GraphReader, _ roles: ReuseRoles) throws(FullTextFailure) {
    let estate = reader.estate
    index = try FullTextIndex(weights: Self.weights)
    capabilities = roles.capabilities.flatMap { estate.graph.members.rows(ofKind: $0.index) }
    let data = DataFields(estate.metamodel)
    var written: Set<Int32> = []
    for capability in capabilities {
      let near = reader.targets(.partOf, of: capability) + reader.origins(.partOf, of: capability)
      var names = near.map { estate.name($0) }
      names += near.flatMap { reader.texts(.keywords, of: $0) }
      try add(capability, names, &reader)
      let offering = Set(reader.origins(.provides, of: capability) + reader.targets(.designated, of: capability))
      providers[capability] = offering.sorted()
      for row in offering where written.insert(row).inserted {
        let interfaces = reader.origins(.offeredBy, of: row)
        let named = ([row] + interfaces).flatMap { data.targets(of: $0, &reader) }
        try add(row, (interfaces + named).map { estate.name($0) }, &reader)
      }
    }
  }

  private func add(_ row: Int32, _ near: [String], _ reader: inout GraphReader) throws(FullTextFailure) {
    let texts = [
      reader.estate.name(row), reader.texts(.keywords, of: row).joined(separator: ", "),
      reader.text("summary", of: row), near.joined(separator: ", "),
    ]
    try index.add(texts, as: Int64(row))
  }
}

/// The relations that lead to data, by the kinds that have them.
private struct DataFields {
  private let paths: [[String]]

  init(_ metamodel: Metamodel) {
    let datasets = Set(metamodel.kinds(inRole: ReuseRole.dataset.rawValue).map(\.index))
    paths = metamodel.kinds.map { kind in
      kind.order.compactMap { id in
        let field = metamodel.fields[Int(id)]
        guard case .relation(let kinds, _) = field.shape, !datasets.isDisjoint(with: kinds.kinds) else { return nil }
        return field.path
      }
    }
  }

  /// The data that an entity names.
  func targets(of row: Int32, _ reader: inout GraphReader) -> [Int32] {
    var found: Set<Int32> = []
    for path in paths[reader.estate.entity(row).kind] {
      guard let view = reader.value(path, of: row).listView else { continue }
      found.formUnion((0..<view.count).compactMap { view.row(at: $0) })
    }
    return found.sorted()
  }
}
