internal import CEL
internal import Catalogue
internal import Diagnostics

extension GovernanceChanges {
  /// - Parameter documents: those of the vocabulary that say something else.
  mutating func compareVocabularies(_ documents: [EntityChange]) {
    let start = found.count
    let (old, new) = (base.estate.metamodel, head.estate.metamodel)
    for kind in old.kinds where kind.isWritten {
      guard let other = new.kind(named: kind.name) else {
        found.append(GovernanceChange(.fieldRelaxed, kind.name, "the kind is declared no more", was: kind.range))
        continue
      }
      for id in kind.order { compare(old.fields[Int(id)], kind, new, other) }
    }
    guard found.count == start, !documents.isEmpty else { return }
    if VocabularyExtension.holds(of: base.estate, in: head.estate) {
      for document in documents { add(.vocabularyExtended, document, "it declares more; what was there is as it was") }
    } else {
      for document in documents {
        let fields = document.fields.map { "`\($0.path)`" }.joined(separator: ", ")
        let what =
          document.kind == .removed ? "it is removed" : fields.isEmpty ? "it is new" : "\(fields) reads otherwise"
        add(.vocabularyChanged, document, what, field: document.fields.first?.path)
      }
    }
  }

  private mutating func compare(_ field: Field, _ kind: Kind, _ new: Metamodel, _ other: Kind) {
    let name = "\(kind.name).\(field.path)"
    guard let now = new.field(field.path, of: other.index) else {
      if field.isWritten { relax(name, "it is declared no more", nil, field) }
      return
    }
    if field.isRequired, !now.isRequired { relax(name, "it is no longer required", now, field) }
    if let text = now.defaultText, field.defaultText != text {
      let before = field.defaultText.map { ", was `\($0)`" } ?? ""
      relax(name, "where nobody wrote it, `\(text)` is read\(before)", now, field)
    }
    if field.absence == .unknown, now.absence == .empty, field.isRelation, now.isRelation {
      relax(name, "where nobody wrote it, it is none and no longer unknown", now, field)
    }
    if !field.awaits, now.awaits { relax(name, "it may name what is only proposed", now, field) }
    if field.isMaterial, !now.isMaterial { relax(name, "it no longer counts as a change of design", now, field) }
    if case .derived(let before) = field.shape, case .derived(let after) = now.shape,
      !before.node.node.utf8.elementsEqual(after.node.node.utf8)
    {
      found.append(
        GovernanceChange(
          .vocabularyChanged, name, "it is worked out otherwise", at: after.node.node.range, was: before.node.node.range
        ))
    }
  }

  private mutating func relax(_ name: String, _ summary: String, _ now: Field?, _ before: Field) {
    found.append(GovernanceChange(.fieldRelaxed, name, summary, at: now?.range, was: before.range))
  }
}
