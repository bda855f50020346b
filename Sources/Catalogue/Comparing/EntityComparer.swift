internal import CEL
internal import YAMLTree

/// Compares what two catalogues say about one entity.
struct EntityComparer {
  private let base: Estate
  private let head: Estate
  private let edits: EditComparer
  private let renames: FollowedNames

  /// - Parameter renames: what has another id now, `kind:id` by `kind:id`.
  init(_ base: Estate, _ head: Estate, renames: [String: String]) {
    self.base = base
    self.head = head
    self.renames = FollowedNames(renames)
    edits = EditComparer(base, head, self.renames)
  }

  func addition(_ identity: String, _ row: Int32) -> EntityChange {
    var change = EntityChange(kind: .added, before: nil, after: (identity, row))
    if head.kind(of: row).name == "initiative" { change.edits = edits.changes(nil, row) }
    return change
  }

  /// Nil where both sides say the same.
  func change(_ old: String, _ oldRow: Int32, _ new: String, _ newRow: Int32) -> EntityChange? {
    var change = EntityChange(kind: old == new ? .changed : .renamed, before: (old, oldRow), after: (new, newRow))
    guard let before = base.entity(oldRow).node, let after = head.entity(newRow).node else { return nil }
    if old == new, Self.areAlike(before, after) { return nil }
    let (kinds, isInitiative) = (
      (base.entity(oldRow).kind, head.entity(newRow).kind), head.kind(of: newRow).name == "initiative"
    )
    for path in paths(before, after) {
      let (a, b) = (value(path, before), value(path, after))
      let (x, y) = (base.metamodel.field(path, of: kinds.0), head.metamodel.field(path, of: kinds.1))
      if isInitiative, ["adds", "changes", "retires"].contains(path) { continue }
      guard (y ?? x).map(isCompared) ?? true else { continue }
      let written = (
        a.map { WrittenValue($0, x, base.metamodel) }, b.map { WrittenValue($0, y, head.metamodel) }
      )
      if let a, let b, let field = y ?? x, follows(a, b, path, field, isInitiative: isInitiative) {
        if let old = written.0, let new = written.1, !old.says(new) { change.followedCount += 1 }
        continue
      }
      compare(path, written.0, written.1, y ?? x, &change)
    }
    if isInitiative { change.edits = edits.changes(oldRow, newRow) }
    // That the old id became an alias is the rename itself.
    if change.kind == .renamed { dropAlias(base.entity(oldRow).id, &change) }
    guard change.kind == .renamed || !change.fields.isEmpty || !change.edits.isEmpty || change.followedCount > 0 else {
      return nil
    }
    // References that only follow a rename change nothing that is said.
    if change.kind == .changed, change.fields.isEmpty, change.edits.isEmpty { return nil }
    return change
  }

  /// Whether both are written with the same bytes. An alias of YAML's may stand for what is written elsewhere.
  private static func areAlike(_ before: YAMLNode, _ after: YAMLNode) -> Bool {
    let bytes = before.source.bytes[before.utf8Range]
    return bytes == after.source.bytes[after.utf8Range] && !bytes.contains(UInt8(ascii: "*"))
  }

  private func dropAlias(_ old: String, _ change: inout EntityChange) {
    guard let place = change.fields.firstIndex(where: { $0.path == "aliases" }) else { return }
    change.fields[place].gained.removeAll { old.hasSuffix($0) }
    if change.fields[place].gained.isEmpty, change.fields[place].lost.isEmpty { change.fields.remove(at: place) }
  }

  // MARK: Fields

  /// The fields that either side writes, in the order of the second, then of the first; a record's and a lifecycle's one by
  /// one where both sides write them so.
  private func paths(_ before: YAMLNode, _ after: YAMLNode) -> [String] {
    var result: [String] = []
    var known: Set<String> = []
    func add(_ path: String) { if known.insert(path).inserted { result.append(path) } }
    for (node, other) in [(after, before), (before, after)] {
      for index in 0..<node.count {
        let key = node.key(index).text
        if key == "kind" || key == "id" { continue }
        let value = node.value(index)
        guard value.isMapping, let beside = other.first(key), beside.isMapping else {
          add(key)
          continue
        }
        for member in 0..<value.count { add("\(key).\(value.key(member).text)") }
      }
    }
    return result
  }

  private func value(_ path: String, _ node: YAMLNode) -> YAMLNode? {
    if let whole = node.first(path) { return whole }
    var found: YAMLNode? = node
    for part in path.split(separator: ".", maxSplits: 1) {
      guard let mapping = found, mapping.isMapping else { return nil }
      found = mapping.first(String(part))
    }
    return found
  }

  /// Parts are entities of their own, and who owns one is in its id.
  private func isCompared(_ field: Field) -> Bool {
    switch field.shape {
    case .parts, .owner: false
    default: true
    }
  }

  /// Whether texts that name entities differ in nothing but the names that these have now.
  private func follows(
    _ before: YAMLNode, _ after: YAMLNode, _ path: String, _ field: Field, isInitiative: Bool
  ) -> Bool {
    switch field.shape {
    case .scalar(.string), .scalars(.string), .record, .records: break
    default: return false
    }
    let parts = path.split(separator: ".").map(String.init)
    return renames.explain(
      before, after, key: parts.last, takesBareIDs: isInitiative && parts.first == "reuseConsidered")
  }

  private func compare(
    _ path: String, _ before: WrittenValue?, _ after: WrittenValue?, _ field: Field?, _ change: inout EntityChange
  ) {
    if before == nil, after == nil { return }
    if let before, let after, before.says(after) { return }
    var result = EntityChange.Field(path: path, before: before, after: after)
    if let field, isSet(field), !(before?.isUnknown ?? false), !(after?.isUnknown ?? false) {
      let (old, new) = (targets(before, field), targets(after, field))
      result.gained = new.filter { !old.contains($0) }
      result.lost = old.filter { !new.contains($0) }
      if before != nil, after != nil, result.gained.isEmpty, result.lost.isEmpty {
        change.followedCount += 1
        return
      }
    } else if let field, case .relation = field.shape, let before, let after, !before.isUnknown, !after.isUnknown,
      targets(before, field) == targets(after, field)
    {
      change.followedCount += 1
      return
    }
    change.fields.append(result)
  }

  /// Whether a field is a list whose order means nothing.
  private func isSet(_ field: Field) -> Bool {
    switch field.shape {
    case .relation(_, true), .common(.aliases), .common(.labels): !CanonicalValue.isOrdered(field)
    default: false
    }
  }

  private func targets(_ value: WrittenValue?, _ field: Field) -> [String] {
    guard let value else { return [] }
    guard case .relation(let kinds, _) = field.shape else { return value.texts }
    return value.texts.map { head.canonicalTarget($0, kinds) }
  }
}
