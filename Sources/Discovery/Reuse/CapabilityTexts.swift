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
    let datasets = Set(estate.metamodel.kinds(inRole: ReuseRole.dataset.rawValue).map(\.index))
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
        let data = ([row] + interfaces).flatMap { Self.data(of: $0, datasets, &reader) }
        try add(row, (interfaces + data).map { estate.name($0) }, &reader)
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

  /// The data that an entity names.
  private static func data(of row: Int32, _ datasets: Set<Int>, _ reader: inout GraphReader) -> [Int32] {
    let metamodel = reader.estate.metamodel
    var found: Set<Int32> = []
    for id in reader.estate.kind(of: row).order {
      let field = metamodel.fields[Int(id)]
      guard case .relation(let kinds, _) = field.shape, !datasets.isDisjoint(with: kinds.kinds),
        let view = reader.value(field.path, of: row).listView
      else { continue }
      found.formUnion((0..<view.count).compactMap { view.row(at: $0) })
    }
    return found.sorted()
  }
}
