internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Links to lists that nobody recorded.
extension EstateLoader {
  /// Reports them. A view holds such a list as it is, with what is linked in it and open; no document can say that, since
  /// what stands in a document's list is all that there is.
  ///
  /// What an approved initiative says before the one that links is there when that one goes live, like a document.
  ///
  /// - Precondition: all entries are read.
  mutating func checkRecorded() {
    let order = initiatives.indices.sorted { Initiative.precedes(initiatives[$0], initiatives[$1]) }
    var committed: [(date: CivilDate?, fact: Fact, isWhole: Bool)] = []
    for index in order where initiatives[index].isOpen {
      let initiative = initiatives[index]
      reader = index
      subject = "initiative:\(initiative.id)"
      var said: [Fact: Bool] = [:]
      for item in committed where (item.date ?? initiative.goLive ?? .never) <= initiative.goLive ?? .never {
        said[item.fact] = item.isWhole
      }
      checkRecorded(initiative.changes, said)
      guard initiative.isCommitted else { continue }
      for change in initiative.changes {
        guard case .targets(_, let isOpen) = change.effect else { continue }
        committed.append((change.date, Fact(row: change.entity, field: change.field), !isOpen))
      }
    }
    reader = -1
  }

  /// - Parameters:
  ///   - changes: of one initiative, in the order in which they come into effect.
  ///   - said: what others have said before.
  private mutating func checkRecorded(_ changes: [Change], _ said: [Fact: Bool]) {
    var said = said
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
