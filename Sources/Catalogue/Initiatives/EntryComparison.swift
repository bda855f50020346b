public import CEL
public import Diagnostics
internal import YAMLTree

/// An entry of an initiative beside what the catalogue says.
public struct EntryComparison: Sendable {
  public var edit: InitiativeEdit
  /// What the catalogue says instead, in words; nil where it says what the entry says.
  public var difference: String?
  /// Where the catalogue says it, or would.
  public var place: SourceRange?

  /// Whether the catalogue says what the entry says.
  public var isMerged: Bool { difference == nil }
}

extension Estate {
  /// What the catalogue says about each entry of an initiative, in the order in which entries come into effect; for
  /// `adds` about the keys inside too. Left out is what later entries of the initiative itself undo or replace, and what is
  /// inside something that is not there.
  ///
  /// Documents are compared, not views: nothing is applied. Linear in the number of edits.
  public func comparisons(ofInitiative row: Int32) -> [EntryComparison] {
    let goLive = goLive(ofInitiative: row)
    let edits = edits(ofInitiative: row)
    var missing: Set<Int> = []
    var result: [EntryComparison] = []
    for place in Self.lasting(edits, edits.mergeOrder(metamodel, goLive: goLive)) {
      if let owner = edits[place].owner, missing.contains(owner) {
        missing.insert(place)
        continue
      }
      let comparison = comparison(of: edits[place], goLive: goLive)
      if edits[place].operation == .add, !comparison.isMerged { missing.insert(place) }
      result.append(comparison)
    }
    return result
  }

  /// Whether the catalogue's documents say what an edit says.
  public func isMerged(_ edit: InitiativeEdit, goLive: CivilDate?) -> Bool {
    comparison(of: edit, goLive: goLive).isMerged
  }

  /// Places of the edits that no later one of the same field undoes; two links, or a link and its opposite, are of one thing where
  /// their targets are. A record and its members count as one field.
  private static func lasting(_ edits: [InitiativeEdit], _ order: [Int]) -> [Int] {
    var whole: Set<String> = []
    var items: [String: Set<String>] = [:]
    var members: Set<String> = []
    var result: [Int] = []
    for place in order.reversed() {
      let edit = edits[place]
      guard edit.operation != .add else {
        result.append(place)
        continue
      }
      let field = "\(edit.entity) \(edit.field)"
      let record = edit.field.firstIndex(of: ".").map { "\(edit.entity) \(edit.field[..<$0])" }
      let isItem = edit.owner == nil && (edit.operation == .link || edit.operation == .unlink)
      let later = items[field, default: []]
      let isUndone =
        whole.contains(field) || record.map(whole.contains) == true || members.contains(field)
        || (isItem ? !later.isDisjoint(with: edit.values) : !later.isEmpty)
      if !isUndone { result.append(place) }
      if isItem { items[field, default: []].formUnion(edit.values) } else { whole.insert(field) }
      if let record { members.insert(record) }
    }
    return result.reversed()
  }

  /// What the catalogue says about one edit.
  /// - Parameter goLive: of the initiative, for an entry without a date.
  public func comparison(of edit: InitiativeEdit, goLive: CivilDate?) -> EntryComparison {
    guard let row = currentRow(edit.id, kind: edit.kind) else {
      return EntryComparison(edit: edit, difference: "\(edit.entity) is not there", place: nil)
    }
    if edit.operation == .add { return EntryComparison(edit: edit, difference: nil, place: place(of: row)?.range) }
    let difference = metamodel.field(edit.field, of: edit.kind).flatMap { self.difference(edit, $0, row, goLive) }
    return EntryComparison(edit: edit, difference: difference, place: place(of: edit.field, in: row)?.range)
  }

  /// What bears an id or bore it once; for a part also where its owner did.
  package func currentRow(_ id: String, kind: Int) -> Int32? {
    if let row = ids.row(id, kind: kind) ?? ids.row(alias: id, kind: kind) { return row }
    guard let slash = id.lastIndex(of: "/") else { return nil }
    for owner in metamodel.kinds[kind].partOf {
      guard let row = currentRow(String(id[..<slash]), kind: owner) else { continue }
      if let part = ids.row(entity(row).id + id[slash...], kind: kind) { return part }
    }
    return nil
  }

  /// What a document says in a field; nil where it says nothing.
  private func written(_ path: String, _ row: Int32) -> YAMLNode? {
    var node = entity(row).node
    for part in path.split(separator: ".") {
      guard let mapping = node, mapping.isMapping else { return nil }
      node = mapping.first(String(part))
    }
    return node
  }

  private func difference(_ edit: InitiativeEdit, _ field: Field, _ row: Int32, _ goLive: CivilDate?) -> String? {
    let node = written(field.path, row)
    let found = node.flatMap { CanonicalValue($0, field, metamodel) }
    switch edit.operation {
    case .add: return nil
    case .set: return setDifference(edit, field, row, found)
    case .unset: return node == nil ? nil : "`\(field.path)` of \(identity(row)) is \(Self.words(found))"
    case .link where edit.owner != nil: return setDifference(edit, field, row, found)
    case .link, .unlink:
      let isUnknown = found.map(\.isUnknown) ?? (edit.operation == .unlink && field.absence == .unknown)
      if isUnknown { return "`\(field.path)` of \(identity(row)) is unknown" }
      let isThere = edit.values.allSatisfy { targets(found, field).contains(target($0, field)) }
      if isThere == (edit.operation == .link) { return nil }
      return "`\(field.path)` of \(identity(row)) \(isThere ? "has" : "lacks") \(edit.values.joined(separator: ", "))"
    case .retire:
      if let lifecycle = written("lifecycle", row), lifecycle.isScalar, lifecycle.textEquals(phaseName(field)) {
        return nil
      }
      let day = edit.effectiveDate(goLive: goLive).map { CanonicalValue(texts: [$0 == .never ? "never" : $0.text]) }
      if let found, day == nil || found == day { return nil }
      let wanted = day.map { " from \(Self.words($0)) on" } ?? ""
      return "\(identity(row)) does not retire\(wanted)" + (found.map { " but from \(Self.words($0)) on" } ?? "")
    }
  }

  private func setDifference(
    _ edit: InitiativeEdit, _ field: Field, _ row: Int32, _ found: CanonicalValue?
  ) -> String? {
    let wanted = CanonicalValue(texts: edit.values, isUnknown: edit.isUnknown)
    if found == wanted { return nil }
    if case .relation = field.shape, let found, !found.isUnknown, !wanted.isUnknown {
      let (a, b) = (found.texts.map { target($0, field) }, wanted.texts.map { target($0, field) })
      if CanonicalValue.isOrdered(field) ? a == b : Set(a) == Set(b) { return nil }
    }
    if found == nil, isWhatAbsenceMeans(wanted, field) { return nil }
    return
      "`\(field.path)` of \(identity(row)) is \(found.map { Self.words($0) } ?? "not written"), not \(Self.words(wanted))"
  }

  /// Whether a document without the key says the same.
  private func isWhatAbsenceMeans(_ value: CanonicalValue, _ field: Field) -> Bool {
    if let text = field.defaultText, case .scalar(let scalar) = field.shape {
      return !value.isUnknown
        && CanonicalValue.scalar(text, scalar).map { value == CanonicalValue(texts: [$0]) } == true
    }
    return field.absence == .empty ? !value.isUnknown && value.texts.isEmpty : value.isUnknown
  }

  private static func words(_ value: CanonicalValue?) -> String {
    guard let value else { return "something else" }
    if value.isUnknown { return "unknown" }
    return value.texts.isEmpty ? "[]" : value.texts.joined(separator: ", ")
  }

  private func phaseName(_ field: Field) -> String { field.path.split(separator: ".").last.map(String.init) ?? "" }

  private func targets(_ value: CanonicalValue?, _ field: Field) -> Set<String> {
    Set((value?.texts ?? []).map { target($0, field) })
  }

  private func target(_ text: String, _ field: Field) -> String {
    guard case .relation(let kinds, _) = field.shape else { return text }
    return canonicalTarget(text, kinds)
  }

  /// `kind:id` of what a reference names, by its current id; the text itself where it names nothing or several.
  func canonicalTarget(_ text: String, _ kinds: KindSet) -> String {
    var wanted = kinds.kinds
    var id = text
    if let colon = text.firstIndex(of: ":") {
      guard let kind = metamodel.kind(named: String(text[..<colon])), kinds.contains(kind.index) else { return text }
      wanted = [kind.index]
      id = String(text[text.index(after: colon)...])
    }
    var found = wanted.compactMap { ids.row(id, kind: $0) }
    if found.isEmpty { found = wanted.compactMap { ids.row(alias: id, kind: $0) } }
    if found.count == 1 { return identity(found[0]) }
    // What the initiative adds itself is in no table yet.
    return wanted.count == 1 ? "\(metamodel.kinds[wanted[0]].name):\(id)" : text
  }
}
