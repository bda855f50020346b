internal import CEL
internal import Dispatch
internal import Glibc
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
    var words: String
    /// What is set, linked or unlinked, on one line.
    var value: String?
    /// The row of what it is about.
    var entity: Int32?
    /// The rows that its values name, where they are references.
    var targets: [Int32]
  }

  mutating func addEdits() {
    guard let kind = metamodel.kind(named: "edit") else { return }
    let found = readEdits()
    let first = Int32(entities.count)
    kindRanges[kind.index] = first..<first + Int32(found.count)
    lifecycles.extend(to: entities.count + found.count)
    entities.reserveCapacity(entities.count + found.count)
    // By the places of the initiative and of the edit among that one's.
    var rows: [[Int32]] = initiatives.map { _ in [] }
    for item in found { rows[item.initiative].append(-1) }
    for (index, item) in found.enumerated() { rows[item.initiative][item.place] = first + Int32(index) }
    var touched: [Int: Set<Int32>] = [:]
    let cells = EditCells(kind.index, &self)
    for item in found {
      let row = Int32(entities.count)
      let initiative = initiatives[item.initiative]
      entities.append(Entity(kind: kind.index, id: item.id, node: item.edit.node, owner: initiative.row))
      ids.insert(item.id, kind.index, row)
      editRows.append((row, item.initiative, item.edit))
      if let within = cells.within, let owner = item.edit.owner {
        pairs[within].append((row, rows[item.initiative][owner]))
      }
      if let to = cells.to { for target in item.targets { pairs[to].append((row, target)) } }
      cells.fill(row, item, initiative, &symbols)
      if let entity = item.entity, item.edit.isMaterial || item.edit.operation == .add {
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

  /// The edits of all initiatives by their ids, as bytes; read by several tasks.
  private func readEdits() -> [EditRow] {
    // Ids begin with the initiative's and a slash, so the order of those decides between initiatives.
    let prefixes = initiatives.map { $0.id + "/" }
    let order = prefixes.indices.sorted { Self.bytesPrecede(prefixes[$0], prefixes[$1]) }
    let results = Mutex<[[EditRow]]>(order.map { _ in [] })
    // Nothing is written but the results.
    nonisolated(unsafe) let loader = self
    DispatchQueue.concurrentPerform(iterations: order.count) { place in
      let edits = loader.edits(of: order[place])
      results.withLock { $0[place] = edits }
    }
    return results.withLock { $0.flatMap { $0 } }
  }

  /// The edits of one initiative by their ids.
  private func edits(of initiative: Int) -> [EditRow] {
    guard let node = entities[Int(initiatives[initiative].row)].node else { return [] }
    let prefix = initiatives[initiative].id
    var seen: [String: Int] = [:]
    var result: [EditRow] = []
    let referring = metamodel.kind(named: "edit").flatMap { metamodel.field("to", of: $0.index) } != nil
    for (place, edit) in InitiativeEdit.all(of: node, metamodel).enumerated() {
      var id = "\(prefix)/\(edit.operation.rawValue)/\(Self.withSlashes(edit.entity))"
      if !edit.field.isEmpty, edit.operation != .retire { id += "/\(edit.field)" }
      // Of what is linked each item is an edit of its own.
      if edit.owner == nil, edit.operation == .link || edit.operation == .unlink, let item = edit.values.first {
        id += "/\(Self.withSlashes(item))"
      }
      seen[id, default: 0] += 1
      if let count = seen[id], count > 1 { id += "/\(count)" }
      let hasValue = edit.operation == .set || edit.operation == .link || edit.operation == .unlink
      result.append(
        EditRow(
          id: id, initiative: initiative, place: place, edit: edit, words: edit.words,
          value: hasValue && !edit.isUnknown ? edit.values.joined(separator: ", ") : nil,
          entity: rowNamed(edit.id, [edit.kind]), targets: referring ? targets(of: edit) : []))
    }
    // They are large: their places are sorted.
    let ids = result.map(\.id)
    return ids.indices.sorted { Self.bytesPrecede(ids[$0], ids[$1]) }.map { result[$0] }
  }

  private static func bytesPrecede(_ a: String, _ b: String) -> Bool {
    var (a, b) = (a, b)
    return a.withUTF8 { x in
      b.withUTF8 { y in
        guard let first = x.baseAddress, let second = y.baseAddress else { return x.count < y.count }
        let difference = memcmp(first, second, min(x.count, y.count))
        return difference != 0 ? difference < 0 : x.count < y.count
      }
    }
  }

  /// What the values of an edit name, where they are references.
  private func targets(of edit: InitiativeEdit) -> [Int32] {
    guard !edit.values.isEmpty, let changed = metamodel.field(edit.field, of: edit.kind),
      case .relation(let kinds, _) = changed.shape
    else { return [] }
    return edit.values.compactMap { text in
      if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
        let named = metamodel.kind(named: String(text[..<colon]))
      {
        return rowNamed(String(text[text.utf8.index(after: colon)...]), [named.index])
      }
      return rowNamed(text, kinds.kinds)
    }
  }

  private static func withSlashes(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 == 0x3A ? 0x2F : $0 }, as: UTF8.self)
  }

  /// The row of what an edit names: the catalogue's, else what an open initiative adds.
  private func rowNamed(_ id: String, _ kinds: [Int]) -> Int32? {
    for kind in kinds {
      if let row = ids.row(id, kind: kind) ?? ids.row(alias: id, kind: kind) { return row }
    }
    for kind in kinds {
      if let row = addedRows["\(metamodel.kinds[kind].name):\(id)"] { return row }
    }
    return nil
  }

  /// The columns of the kind, and the numbers of its relations.
  private struct EditCells {
    let op, name, field, value, date, material, digest, initiative, entity: ColumnBuilder?
    let operations: EnumType?
    let within, to: Int?

    init(_ kind: Int, _ loader: inout EstateLoader) {
      let metamodel = loader.metamodel
      func column(_ path: String) -> ColumnBuilder? {
        metamodel.field(path, of: kind).map { loader.makeColumn($0) }
      }
      func relation(_ path: String) -> Int? { metamodel.field(path, of: kind).map { Int($0.id) } }
      op = column("op")
      name = column("name")
      field = column("field")
      value = column("value")
      date = column("date")
      material = column("material")
      digest = column("digest")
      initiative = column("initiative")
      entity = column("entity")
      within = relation("within")
      to = relation("to")
      operations = if case .enumeration(let type)? = metamodel.field("op", of: kind)?.type { type } else { nil }
    }

    func fill(_ row: Int32, _ item: EditRow, _ initiative: Initiative, _ symbols: inout SymbolTable) {
      let edit = item.edit
      if let ordinal = operations?.ordinal(of: edit.operation.rawValue) { op?.set(row, number: ordinal) }
      name?.set(row, number: symbols.intern(item.words))
      field?.set(row, number: symbols.intern(edit.field))
      if let text = item.value { value?.set(row, number: symbols.intern(text)) }
      if let day = edit.effectiveDate(goLive: initiative.goLive) { date?.set(row, number: day.days) }
      material?.set(row, .bool(edit.isMaterial), &symbols)
      digest?.set(row, number: symbols.intern(edit.digest))
      self.initiative?.set(row, number: initiative.row)
      if let entity = item.entity { self.entity?.set(row, number: entity) }
    }
  }
}
