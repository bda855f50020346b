internal import CEL
internal import Diagnostics

/// What the entries of one initiative say together.
extension EstateLoader {
  private struct Fact: Hashable {
    let row: Int32
    let field: Int32
    let date: CivilDate?
  }

  /// Of one field one initiative says one thing for one day; which of two would count, nobody could see.
  mutating func checkOneAnswer() {
    for initiative in initiatives where initiative.isOpen {
      var settled: [Fact: Change] = [:]
      var linked: [Fact: Change] = [:]
      for change in initiative.changes {
        let fact = Fact(row: change.entity, field: change.field, date: change.date)
        switch change.effect {
        // A member may be given beside its whole record.
        case .value where metamodel.fields[Int(change.field)].path.contains("."): continue
        case .value, .target, .targets, .lifecycle, .day:
          if let other = settled[fact], !other.effect.isSame(as: change.effect) { clash(change, other) }
          settled[fact] = change
        case .link: linked[fact] = change
        case .unlink(let targets):
          if let other = linked[fact], other.effect.targets.contains(where: targets.contains) { clash(change, other) }
        }
      }
    }
  }

  private mutating func clash(_ change: Change, _ other: Change) {
    let path = metamodel.fields[Int(change.field)].path
    diagnostics.append(
      Diagnostic(
        "two-answers", .error,
        "`\(path)` of \(kindAndID(change.entity)) is changed twice for one day, and not to the same",
        at: change.node.range, related: [Diagnostic.Related("the other one", at: other.node.range)],
        fixes: [Diagnostic.Fix("leave one of the two, or give them different days")]))
  }

  /// What an open initiative takes away that everything of its kind has to say.
  mutating func checkRequired() {
    for index in initiatives.indices where initiatives[index].isOpen {
      var last: [Fact: Change] = [:]
      for change in initiatives[index].changes {
        last[Fact(row: change.entity, field: change.field, date: nil)] = change
      }
      let taken = last.values.filter(\.takesAway).sorted { ($0.entity, $0.field) < ($1.entity, $1.field) }
      for change in taken {
        let field = metamodel.fields[Int(change.field)]
        guard field.isRequired, !isAdmittedGap(change.node),
          let written = entities[Int(change.entity)].node?.first(field.path), !isAdmittedGap(written)
        else { continue }
        let name = kindAndID(change.entity)
        integrity.append(
          IntegrityFinding(
            rule: .requiredFieldMissing, entity: name, field: field.path, reference: nil,
            diagnostic: Diagnostic(
              "required-field-missing", .error, "\(name) would no longer say its `\(field.path)`",
              at: change.node.range, label: "taken away here", notes: field.why.map { ["why: \($0)"] } ?? [],
              fixes: [Diagnostic.Fix("set another value, or `\(field.path): unknown` to admit the gap")]),
            initiative: index))
      }
    }
  }
}

extension Change {
  /// Whether nothing is said of the field from then on.
  fileprivate var takesAway: Bool {
    switch effect {
    case .value(nil), .target(nil): true
    default: false
    }
  }
}
