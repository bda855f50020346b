internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Links to lists that nobody recorded.
extension EstateLoader {
  /// Reports them. A view holds such a list as it is, with what is linked in it and open; no document can say that, since
  /// what stands in a document's list is all that there is.
  ///
  /// - Parameter changes: of one initiative, in the order in which they come into effect.
  mutating func checkRecorded(_ changes: [Change]) {
    var said: [Fact: Bool] = [:]
    for change in changes {
      let field = metamodel.fields[Int(change.field)]
      let fact = Fact(row: change.entity, field: change.field)
      let verb: String
      switch change.effect {
      case .targets(_, let isOpen):
        said[fact] = !isOpen
        continue
      case .link: verb = "link"
      case .unlink: verb = "unlink"
      case .value, .target, .lifecycle, .day: continue
      }
      let node = entities[Int(change.entity)].node
      let list = node?.first(field.path)
      if said[fact] ?? (list.map { !isAdmittedGap($0) } ?? (field.absence != .unknown)) { continue }
      let name = kindAndID(change.entity)
      let place = list ?? node?.first("id") ?? node
      integrity.append(
        IntegrityFinding(
          rule: .listNotRecorded, entity: subject, field: "\(name).\(field.path)", reference: nil,
          diagnostic: Diagnostic(
            "list-not-recorded", .warning,
            "`\(field.path)` of \(name) is not recorded: what else is in it stays unknown, and this entry cannot be merged",
            at: change.node.range, label: verb,
            related: place.map { [Diagnostic.Related("no `\(field.path)` here", at: $0.range)] } ?? []),
          initiative: reader))
    }
  }
}
