internal import CEL
internal import Diagnostics

/// Compares the entries of an initiative in two catalogues.
struct EditComparer {
  private let base: Estate
  private let head: Estate
  private let renames: FollowedNames

  init(_ base: Estate, _ head: Estate, _ renames: FollowedNames) {
    self.base = base
    self.head = head
    self.renames = renames
  }

  /// In the order in which the entries stand: those that say something else or came, then those that went.
  func changes(_ oldRow: Int32?, _ newRow: Int32) -> [EntityChange.Edit] {
    let before = oldRow.map { forms($0, base) } ?? []
    let after = forms(newRow, head)
    var gone: [Form?] = before.map { $0 }
    var come: [Form] = []
    for form in after {
      if let same = gone.firstIndex(where: { $0?.text == form.text }) { gone[same] = nil } else { come.append(form) }
    }
    let newOwners = Set(come.filter { $0.edit.operation == .add }.map(\.place))
    let oldOwners = Set(gone.compactMap { $0 }.filter { $0.edit.operation == .add }.map(\.place))
    var result: [EntityChange.Edit] = []
    for form in come {
      // What is inside a new entry comes with it.
      if let owner = form.edit.owner, newOwners.contains(owner) { continue }
      var edit = EntityChange.Edit(after: form.words, afterPlace: form.edit.node.range)
      if form.edit.operation == .set || form.edit.operation == .retire || form.edit.owner != nil,
        let place = gone.firstIndex(where: { $0?.subject == form.subject }), let old = gone[place]
      {
        edit.before = old.words
        edit.beforePlace = old.edit.node.range
        gone[place] = nil
      }
      result.append(edit)
    }
    for form in gone.compactMap({ $0 }) {
      if let owner = form.edit.owner, oldOwners.contains(owner) { continue }
      result.append(EntityChange.Edit(before: form.words, beforePlace: form.edit.node.range))
    }
    return result
  }

  /// An edit with what it is about, by current ids, and all that it says.
  private struct Form {
    var edit: InitiativeEdit
    var place: Int
    var subject: String
    var text: String

    /// In words, with its date.
    var words: String { edit.words + (edit.date.map { " from \($0.text)" } ?? "") }
  }

  private func forms(_ row: Int32, _ estate: Estate) -> [Form] {
    estate.edits(ofInitiative: row).enumerated().map { place, edit in
      let kind = estate.metamodel.kinds[edit.kind].name
      let index = head.metamodel.kind(named: kind)?.index
      let current = index.flatMap { head.currentRow(edit.id, kind: $0) }.map(head.identity) ?? edit.entity
      let subject = "\(edit.operation.rawValue)\n\(current)\n\(edit.field)"
      var values = edit.values
      switch index.flatMap({ head.metamodel.field(edit.field, of: $0)?.shape }) {
      case .relation(let kinds, _): values = values.map { head.canonicalTarget($0, kinds) }
      case .scalar(.string), .scalars(.string): values = values.map(renames.followed)
      default: break
      }
      let date = edit.date?.text ?? ""
      let text = ([subject, date, edit.isUnknown ? "unknown" : "value"] + values).joined(separator: "\n")
      return Form(edit: edit, place: place, subject: subject, text: text)
    }
  }
}
