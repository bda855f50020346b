internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Finds the scalars of documents that name an entity, or a part of it.
struct ReferenceFinder {
  private let estate: Estate
  private let metamodel: Metamodel
  private let kind: Kind
  let old: String
  private let new: String
  private let approved: Set<String>
  /// Where the entity's own document stands.
  private let place: SourceRange?
  /// The entity's own document, in the reading of its file that is changed.
  private(set) var own: YAMLNode?
  /// What scalars become.
  private(set) var texts: [YAMLNode: String] = [:]
  /// Parts that are known by a reference, with the id that they have by it.
  private(set) var ids: [YAMLNode: String] = [:]
  private(set) var kept: [SourceRange] = []

  init(_ row: Int32, to new: String, _ estate: Estate) {
    self.estate = estate
    metamodel = estate.metamodel
    let entity = estate.entity(row)
    kind = metamodel.kinds[entity.kind]
    old = entity.id
    self.new = new
    place = entity.node?.range
    approved = Self.approvedDigests(estate)
  }

  var hasEdits: Bool { !texts.isEmpty || !ids.isEmpty }
  /// Without the entity's own id and alias.
  var referenceCount: Int { texts.keys.count { !isOwn($0) } }

  private func isOwn(_ node: YAMLNode) -> Bool {
    guard let own else { return false }
    if node == own.first("id") { return true }
    return own.first("aliases").map { CanonicalValue.items($0).contains(node) } == true
  }

  /// What decisions, evidence and whatever else records digests have seen. Words may stand behind a digest.
  private static func approvedDigests(_ estate: Estate) -> Set<String> {
    var result: Set<String> = []
    for kind in estate.metamodel.kinds where kind.isWritten && kind.members["digests"] != nil {
      for row in estate.rows(ofKind: kind.name) {
        guard let list = estate.entity(row).node?.first("digests") else { continue }
        for item in CanonicalValue.items(list) { result.insert(String(item.text.prefix { $0 != " " })) }
      }
    }
    return result
  }

  /// Whether a file can hold anything to do with the entity.
  func isMentioned(in file: SourceText) -> Bool { !Self.places(of: Array(old.utf8), in: file.bytes).isEmpty }

  // MARK: Documents

  mutating func read(_ node: YAMLNode) {
    guard node.isMapping, !node.isReported, let name = node.first("kind"), let kind = metamodel.kind(named: name.text),
      kind.isWritten
    else { return }
    if let place, node.source.name == place.source.name, node.utf8Range == place.utf8Range {
      own = node
      if let id = node.first("id"), !id.isReported { texts[id] = new }
      // Where the new id is an alias already, the two change places.
      for item in node.first("aliases").map(CanonicalValue.items) ?? [] where item.textEquals(new) { texts[item] = old }
    }
    readEntity(node, kind)
    if kind.name == "initiative" { readInitiative(node) }
  }

  private mutating func readEntity(_ node: YAMLNode, _ kind: Kind) {
    for index in 0..<node.count {
      let value = node.value(index)
      guard let number = kind.members[node.key(index).text], !value.isReported else { continue }
      readValue(value, metamodel.fields[Int(number)], kind)
    }
    keepID(of: node, kind)
  }

  private mutating func readValue(_ value: YAMLNode, _ field: Field, _ kind: Kind) {
    switch field.shape {
    case .relation(let kinds, _): for item in CanonicalValue.items(value) { readReference(item, kinds) }
    case .owner(let kinds): if value.isScalar { readReference(value, kinds) }
    case .parts(let part, _):
      guard value.isSequence else { return }
      for index in 0..<value.count where value[item: index].isMapping {
        readEntity(value[item: index], metamodel.kinds[part])
      }
    case .scalar(.string), .scalars(.string), .record, .records:
      readTexts(value, takesBareIDs: kind.name == "initiative" && field.path == "reuseConsidered")
    default: return
    }
  }

  /// Strings that are exactly `kind:id`; of what was considered the bare id too.
  private mutating func readTexts(_ node: YAMLNode, takesBareIDs: Bool, key: String? = nil) {
    switch node.kind {
    case .scalar:
      if node.isReported { return }
      if node.textEquals("\(kind.name):\(old)") {
        texts[node] = "\(kind.name):\(new)"
      } else if takesBareIDs, key == "candidate", node.textEquals(old), isOnly(old) {
        texts[node] = new
      }
    case .sequence:
      for index in 0..<node.count { readTexts(node[item: index], takesBareIDs: takesBareIDs, key: key) }
    case .mapping:
      for index in 0..<node.count {
        readTexts(node.value(index), takesBareIDs: takesBareIDs, key: node.key(index).text)
      }
    }
  }

  private func isOnly(_ id: String) -> Bool {
    metamodel.kinds.allSatisfy { $0.index == kind.index || estate.ids.row(id, kind: $0.index) == nil }
  }

  /// A part that is known by what it leads to keeps the id that it has by that.
  private mutating func keepID(of node: YAMLNode, _ kind: Kind) {
    guard node.first("id") == nil, let key = kind.partKey, let target = node.first(key), let text = texts[target],
      let own = EntityID.own(node, kind)
    else { return }
    let last = text.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? text
    if String(last.map { $0 == "/" ? "-" : $0 }) != own { ids[node] = own }
  }

  // MARK: References

  private mutating func readReference(_ node: YAMLNode, _ kinds: KindSet) {
    guard node.isScalar, !node.isReported, let text = renamed(node.text, kinds) else { return }
    texts[node] = text
  }

  /// What a reference becomes; nil where it leads elsewhere.
  private func renamed(_ text: String, _ kinds: KindSet) -> String? {
    var wanted = kinds.kinds
    var prefix = ""
    var id = text
    if let colon = text.firstIndex(of: ":") {
      guard let named = metamodel.kind(named: String(text[..<colon])), kinds.contains(named.index) else { return nil }
      wanted = [named.index]
      prefix = String(text[...colon])
      id = String(text[text.index(after: colon)...])
    }
    let slash = id.firstIndex(of: "/") ?? id.endIndex
    guard id[..<slash] == old else { return nil }
    let rest = id[slash...]
    if rest.isEmpty {
      guard wanted.contains(kind.index) else { return nil }
      if wanted.contains(where: { $0 != kind.index && estate.ids.row(old, kind: $0) != nil }) { return nil }
      let isTaken = wanted.contains { other in
        other != kind.index
          && (estate.ids.row(new, kind: other) ?? estate.ids.row(alias: new, kind: other)) != nil
      }
      return (isTaken ? "\(kind.name):" : prefix) + new
    }
    return wanted.contains(where: { belongs($0, depth: rest.count { $0 == "/" }) }) ? prefix + new + rest : nil
  }

  /// Whether parts of a kind, so many steps down, are parts of the entity, and of nothing else that has its id.
  private func belongs(_ part: Int, depth: Int) -> Bool {
    var owners = Set(metamodel.kinds[part].partOf)
    for _ in 1..<max(1, depth) { owners = Set(owners.flatMap { metamodel.kinds[$0].partOf }) }
    return owners.contains(kind.index) && owners.allSatisfy { $0 == kind.index || estate.ids.row(old, kind: $0) == nil }
  }

  // MARK: Initiatives

  private mutating func readInitiative(_ node: YAMLNode) {
    let edits = InitiativeEdit.all(of: node, metamodel)
    for entry in EditReader.entries(node, "adds") {
      keeping(entry, edits) { finder in
        guard let name = entry.first("kind"), let kind = finder.metamodel.kind(named: name.text) else { return }
        finder.readEntity(entry, kind)
      }
    }
    for list in ["changes", "retires"] {
      for entry in EditReader.entries(node, list) { keeping(entry, edits) { $0.readChange(entry) } }
    }
  }

  /// An entry that somebody approved by its digest stays as it is, or it would be another one.
  private mutating func keeping(_ entry: YAMLNode, _ edits: [InitiativeEdit], _ body: (inout ReferenceFinder) -> Void) {
    let range = entry.utf8Range
    let isApproved = edits.contains { edit in
      approved.contains(edit.digest) && range.contains(edit.node.utf8Range.lowerBound)
    }
    guard isApproved else { return body(&self) }
    var trial = self
    body(&trial)
    if trial.texts.count > texts.count { kept.append(entry.range) }
  }

  private mutating func readChange(_ entry: YAMLNode) {
    guard let reference = entry.first("ref"), reference.isScalar, !reference.isReported,
      let colon = reference.text.firstIndex(of: ":"),
      let changed = metamodel.kind(named: String(reference.text[..<colon]))
    else { return }
    readReference(reference, KindSet([changed.index]))
    for verb in ["set", "link", "unlink"] {
      guard let content = entry.first(verb), content.isMapping, !content.isReported else { continue }
      for index in 0..<content.count {
        let value = content.value(index)
        guard !value.isReported, let number = changed.members[content.key(index).text] else { continue }
        readValue(value, metamodel.fields[Int(number)], changed)
      }
    }
  }
}
