internal import CEL
internal import YAMLTree

/// What initiatives add, asked for by references that lead nowhere.
extension EstateLoader {
  /// What of these kinds open initiatives add: near matches for a relation that may name it.
  func proposedIDs(_ wanted: [Int]) -> [String] {
    initiatives.flatMap(\.added).filter { wanted.contains(entities[Int($0)].kind) }.map { entities[Int($0)].id }
  }

  /// The rejected, live or closed initiative that says it adds one of these kinds under an id, and what it is called
  /// with its kind. Of several the first one by id.
  mutating func closedAddition(_ id: String, _ wanted: [Int]) -> (key: String, initiative: Initiative)? {
    let known = closedAdditions ?? readClosedAdditions()
    closedAdditions = known
    for kind in wanted {
      let key = "\(metamodel.kinds[kind].name):\(id)"
      if let place = known[key] { return (key, initiatives[place]) }
    }
    return nil
  }

  /// By `kind:id`, the place of an initiative. Their entries are compared elsewhere; here only names are read, and
  /// mistakes passed over.
  private func readClosedAdditions() -> [String: Int] {
    var result: [String: Int] = [:]
    var reader = EstateLoader(metamodel, options, broken: [])
    for (place, initiative) in initiatives.enumerated() where !initiative.isOpen {
      guard let node = entities[Int(initiative.row)].node else { continue }
      reader.drafts = []
      for entry in items(node, "adds") { reader.readAdded(entry) }
      for draft in reader.drafts {
        let key = "\(metamodel.kinds[draft.kind].name):\(draft.id)"
        if result[key] == nil { result[key] = place }
      }
    }
    return result
  }
}
