internal import Diagnostics

/// Literals that are compared with the id or the kind of an entity: one that nothing is called by makes the comparison
/// false for ever, without a word.
extension Checker {
  mutating func checkNames(_ left: ExprID, _ right: ExprID) {
    for (field, other) in [(left, right), (right, left)] {
      guard case .field(_, _, let found) = resolutions[Int(field.index)], let naming = found.first?.declaration.naming,
        found.allSatisfy({ $0.declaration.naming == naming })
      else { continue }
      for literal in stringLiterals(other) {
        switch naming {
        case .entity: checkID(literal.text, at: literal.id, KindSet(found.map(\.kind)))
        case .kind: checkKind(literal.text, at: literal.id, KindSet(found.map(\.kind)))
        }
      }
    }
  }

  /// A literal itself, or those of a list that is written out. An empty one is no slip.
  private func stringLiterals(_ id: ExprID) -> [(text: String, id: ExprID)] {
    switch tree[id] {
    case .literal(.string(let text)): return text.isEmpty ? [] : [(text, id)]
    case .list(let items):
      return items.compactMap { item in
        if case .literal(.string(let text)) = tree[item.value], !text.isEmpty { (text, item.value) } else { nil }
      }
    default: return []
    }
  }

  private mutating func checkID(_ text: String, at id: ExprID, _ kinds: KindSet) {
    guard environment.knowsEveryID, let host = environment.host, !host.hasID(text, ofKinds: kinds) else { return }
    report(
      "unknown-entity", "there is no \(described(.entity(kinds))) `\(text)`", at: id,
      notes: [suggestion(for: text, among: host.ids(ofKinds: kinds))].compactMap { $0 })
  }

  private mutating func checkKind(_ text: String, at id: ExprID, _ kinds: KindSet) {
    guard let host = environment.host else { return }
    let names = kinds.kinds.map(host.name(ofKind:))
    if names.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return }
    report(
      "unknown-kind", "`\(text)` is no kind that this can be", at: id,
      notes: [suggestion(for: text, among: names)].compactMap { $0 })
  }
}
