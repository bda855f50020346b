internal import CEL
internal import Dispatch
internal import Synchronization
internal import YAMLTree

/// The edits of all initiatives as rows, so that rules can read what each of them does.
extension EstateLoader {
  private struct EditRow {
    var id: String
    /// A place among the initiatives.
    var initiative: Int
    /// A place among the initiative's edits.
    var place: Int
    var edit: InitiativeEdit
  }

  mutating func addEdits() {
    guard let kind = metamodel.kind(named: "edit") else { return }
    var found: [EditRow] = []
    let edits = readEdits()
    for (place, initiative) in initiatives.enumerated() {
      var seen: [String: Int] = [:]
      for (position, edit) in edits[place].enumerated() {
        var id = "\(initiative.id)/\(edit.operation.rawValue)/\(Self.withSlashes(edit.entity))"
        if !edit.field.isEmpty, edit.operation != .retire { id += "/\(edit.field)" }
        // Of what is linked each item is an edit of its own.
        if edit.owner == nil, edit.operation == .link || edit.operation == .unlink, let item = edit.values.first {
          id += "/\(Self.withSlashes(item))"
        }
        seen[id, default: 0] += 1
        if let count = seen[id], count > 1 { id += "/\(count)" }
        found.append(EditRow(id: id, initiative: place, place: position, edit: edit))
      }
    }
    found.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    let first = Int32(entities.count)
    kindRanges[kind.index] = first..<first + Int32(found.count)
    lifecycles.extend(to: entities.count + found.count)
    var touched: [Int: Set<Int32>] = [:]
    // By the places of the initiative and of the edit among that one's.
    var rows: [[Int32]] = edits.map { Array(repeating: -1, count: $0.count) }
    for (index, item) in found.enumerated() { rows[item.initiative][item.place] = first + Int32(index) }
    let fields = EditFields(kind.index, metamodel)
    for item in found {
      let row = Int32(entities.count)
      let initiative = initiatives[item.initiative]
      entities.append(Entity(kind: kind.index, id: item.id, node: item.edit.node, owner: initiative.row))
      ids.insert(item.id, kind.index, row)
      editRows.append((row, item.initiative, item.edit))
      if let within = fields.within, let owner = item.edit.owner {
        pairs[Int(within.id)].append((row, rows[item.initiative][owner]))
      }
      if let entity = fill(row, item, fields), item.edit.isMaterial || item.edit.operation == .add {
        touched[item.initiative, default: []].insert(entity)
      }
    }
    guard let touches = metamodel.kind(named: "initiative").flatMap({ metamodel.field("touches", of: $0.index) }) else {
      return
    }
    for (place, rows) in touched.sorted(by: { initiatives[$0.key].row < initiatives[$1.key].row }) {
      for row in rows.sorted() { pairs[Int(touches.id)].append((initiatives[place].row, row)) }
    }
  }

  /// By the place of the initiative; by several tasks, as most of it is working out digests.
  private func readEdits() -> [[InitiativeEdit]] {
    let nodes = initiatives.map { entities[Int($0.row)].node }
    let metamodel = metamodel
    let results = Mutex<[[InitiativeEdit]]>(nodes.map { _ in [] })
    DispatchQueue.concurrentPerform(iterations: nodes.count) { place in
      guard let node = nodes[place] else { return }
      let edits = InitiativeEdit.all(of: node, metamodel)
      results.withLock { $0[place] = edits }
    }
    return results.withLock { $0 }
  }

  private static func withSlashes(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 == 0x3A ? 0x2F : $0 }, as: UTF8.self)
  }

  /// The fields of the kind.
  private struct EditFields {
    let within, op, name, field, value, date, material, digest, initiative, entity, to: Field?

    init(_ kind: Int, _ metamodel: Metamodel) {
      func find(_ path: String) -> Field? { metamodel.field(path, of: kind) }
      within = find("within")
      op = find("op")
      name = find("name")
      field = find("field")
      value = find("value")
      date = find("date")
      material = find("material")
      digest = find("digest")
      initiative = find("initiative")
      entity = find("entity")
      to = find("to")
    }
  }

  /// Fills the cells of an edit; the row of what it is about.
  private mutating func fill(_ row: Int32, _ item: EditRow, _ fields: EditFields) -> Int32? {
    let edit = item.edit
    let initiative = initiatives[item.initiative]
    if let op = fields.op, case .enumeration(let type) = op.type,
      let ordinal = type.ordinal(of: edit.operation.rawValue)
    {
      set(op, row, .enumeration(type: type.index, ordinal: ordinal))
    }
    if let name = fields.name { set(name, row, .string(edit.words)) }
    if let path = fields.field { set(path, row, .string(edit.field)) }
    if edit.operation == .set || edit.operation == .link || edit.operation == .unlink, !edit.isUnknown,
      let value = fields.value
    {
      set(value, row, .string(edit.values.joined(separator: ", ")))
    }
    if let date = edit.effectiveDate(goLive: initiative.goLive), let path = fields.date {
      set(path, row, .date(date))
    }
    if let material = fields.material { set(material, row, .bool(edit.isMaterial)) }
    if let digest = fields.digest { set(digest, row, .string(edit.digest)) }
    if let owner = fields.initiative { set(owner, row, .entity(initiative.row)) }
    let entity = rowNamed(edit.id, [edit.kind], item.initiative)
    if let entity, let path = fields.entity { set(path, row, .entity(entity)) }
    if let to = fields.to, let changed = metamodel.field(edit.field, of: edit.kind),
      case .relation(let kinds, _) = changed.shape
    {
      for text in edit.values {
        var (wanted, id) = (kinds.kinds, text)
        if let colon = text.firstIndex(of: ":"), let named = metamodel.kind(named: String(text[..<colon])) {
          (wanted, id) = ([named.index], String(text[text.index(after: colon)...]))
        }
        if let target = rowNamed(id, wanted, item.initiative) { pairs[Int(to.id)].append((row, target)) }
      }
    }
    return entity
  }

  /// The row of what an edit names: the catalogue's, else what an open initiative adds.
  private func rowNamed(_ id: String, _ kinds: [Int], _ initiative: Int) -> Int32? {
    for kind in kinds {
      if let row = ids.row(id, kind: kind) ?? ids.row(alias: id, kind: kind) { return row }
    }
    return kinds.lazy.compactMap { addedRows["\(metamodel.kinds[$0].name):\(id)"] }.first
  }
}
