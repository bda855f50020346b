internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func decodeAll() {
    for row in drafts.indices { decode(drafts[row].node, metamodel.kinds[drafts[row].kind], Int32(row)) }
    addDefaults()
  }

  /// Reads the keys of a document or part. Without a row it only checks them.
  mutating func decode(_ node: YAMLNode, _ kind: Kind, _ row: Int32?) {
    var written: Set<String> = []
    for index in 0..<node.count {
      let key = node.key(index)
      let value = node.value(index)
      let name = key.text
      if name == "kind" || name == "id" { continue }
      guard let id = kind.members[name] else {
        let known = kind.order.map { metamodel.fields[Int($0)] }.filter { $0.isWritten && !$0.path.contains(".") }
        diagnostics.append(
          LoadingDiagnostic.unknownKey(key, in: "a \(kind.title.lowercased())", known: known.map(\.path)))
        continue
      }
      let field = metamodel.fields[Int(id)]
      written.insert(name)
      if !field.isWritten || isInverse(field) {
        diagnostics.append(
          Diagnostic(
            "not-written", .error, "`\(name)` of a \(kind.title.lowercased()) is derived; nobody writes it", at: key.range))
        continue
      }
      if value.isReported || (value.isPlain && value.textEquals("unknown")) { continue }
      decode(field, value, row)
    }
    guard let row, !options.isLenient else { return }
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      if field.isRequired, !written.contains(field.path), !field.path.contains(".") { reportMissing(field, kind, row) }
      if case .common(.name) = field.shape, kind.ownerRelation == nil, !written.contains("name") {
        reportMissing(field, kind, row)
      }
    }
  }

  private func isInverse(_ field: Field) -> Bool {
    if case .inverse = field.shape { true } else { false }
  }

  private mutating func reportMissing(_ field: Field, _ kind: Kind, _ row: Int32) {
    let draft = drafts[Int(row)]
    var notes: [String] = []
    if let why = field.why { notes.append("why: \(why)") }
    integrity.append(
      IntegrityFinding(
        rule: .requiredFieldMissing, entity: "\(kind.name):\(draft.id)", field: field.path, reference: nil,
        diagnostic: Diagnostic(
          "required-field-missing", .error, "\(kind.name):\(draft.id) does not say its `\(field.path)`",
          at: draft.idNode.range, label: "no \(field.path) here", notes: notes,
          fixes: [Diagnostic.Fix("add `\(field.path): …`, or `\(field.path): unknown` to admit the gap")])))
  }

  private mutating func decode(_ field: Field, _ value: YAMLNode, _ row: Int32?) {
    switch field.shape {
    case .common(let common): decodeCommon(common, field, value, row)
    case .scalar(let scalar):
      guard let read = self.scalar(value, scalar, field.path) else { return }
      set(field, row, read)
    case .scalars(let scalar):
      let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
      var values: [Value] = []
      for item in items { if let read = self.scalar(item, scalar, field.path) { values.append(read) } }
      set(field, row, .list(values))
    case .record(let members): decodeRecord(field, members, value, row)
    case .records(let members): decodeRecords(field, members, value, row)
    case .relation(let kinds, let many): decodeRelation(field, kinds, many: many, value, row)
    case .owner(let kinds):
      guard let row else { return }
      if entities[Int(row)].owner < 0, value.isScalar {
        _ = resolve(value, kinds, field, row)
      }
    case .parts: return
    case .lifecycle: decodeLifecycle(value, row)
    case .structure: return
    case .expression:
      if !value.isScalar {
        diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "an expression", for: "`\(field.path)`"))
      }
    case .inverse, .derived, .phaseDate, .phase, .live: return
    }
  }

  private mutating func scalar(_ node: YAMLNode, _ scalar: Scalar, _ path: String) -> Value? {
    if node.isReported { return nil }
    guard node.isScalar else {
      diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a single value", for: "`\(path)`"))
      return nil
    }
    return ScalarReader.value(node, scalar, &diagnostics, what: path)
  }

  mutating func set(_ field: Field, _ row: Int32?, _ value: Value) {
    guard let row else { return }
    let slot = Int(field.id)
    if columns[slot] == nil { columns[slot] = ColumnBuilder(field.type, rows: kindRanges[field.kind]) }
    columns[slot]?.set(row, value, &symbols)
  }

  private mutating func decodeCommon(_ common: Field.Common, _ field: Field, _ value: YAMLNode, _ row: Int32?) {
    switch common {
    case .id, .kind: return
    case .name, .summary, .notes:
      guard let read = scalar(value, .text, field.path) else { return }
      set(field, row, read)
    case .aliases, .labels:
      let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
      set(field, row, .list(items.compactMap { scalar($0, .string, field.path) }))
    }
  }

  // MARK: Records

  private mutating func decodeRecord(
    _ field: Field, _ members: [Field.RecordField], _ value: YAMLNode, _ row: Int32?
  ) {
    guard let reader = MappingReader(value, "`\(field.path)`", keys: members.map(\.name), &diagnostics) else { return }
    for member in members {
      guard let node = reader[member.name] else {
        if member.isRequired, !reader.has(member.name) {
          diagnostics.append(LoadingDiagnostic.missingKey(member.name, in: "`\(field.path)`", at: value))
        }
        continue
      }
      if node.isPlain, node.textEquals("unknown") { continue }
      guard let read = scalar(node, member.scalar, member.name),
        let id = metamodel.kinds[field.kind].members["\(field.path).\(member.name)"]
      else { continue }
      set(metamodel.fields[Int(id)], row, read)
    }
  }

  private mutating func decodeRecords(
    _ field: Field, _ members: [Field.RecordField], _ value: YAMLNode, _ row: Int32?
  ) {
    guard value.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a list", for: "`\(field.path)`"))
      return
    }
    guard case .list(let type) = field.type else { return }
    var records: [Value] = []
    for index in 0..<value.count {
      let item = value[item: index]
      guard let reader = MappingReader(item, "an item of `\(field.path)`", keys: members.map(\.name), &diagnostics)
      else { continue }
      var values: [Value] = []
      for member in members {
        let gap = Value.unknown(Fact(row: row ?? -1, field: field.id))
        guard let node = reader[member.name], !(node.isPlain && node.textEquals("unknown")) else {
          if member.isRequired, !reader.has(member.name) {
            diagnostics.append(LoadingDiagnostic.missingKey(member.name, in: "an item of `\(field.path)`", at: item))
          }
          values.append(gap)
          continue
        }
        values.append(scalar(node, member.scalar, member.name) ?? gap)
      }
      records.append(.record(RecordBox(type: type, fields: values)))
    }
    set(field, row, .list(records))
  }

  // MARK: Relations

  private mutating func decodeRelation(
    _ field: Field, _ kinds: KindSet, many: Bool, _ value: YAMLNode, _ row: Int32?
  ) {
    if !many, !value.isScalar {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "one reference", for: "`\(field.path)`"))
      return
    }
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    let slot = Int(field.id)
    for item in items where !item.isReported {
      guard item.isScalar else {
        diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "a reference", for: "`\(field.path)`"))
        continue
      }
      let target = resolve(item, kinds, field, row)
      guard let row else { continue }
      if many || field.absence == .empty {
        if let target {
          pairs[slot, default: []].append((row, target))
        } else {
          open[slot, default: [:]][row] = Unknown(Fact(row: row, field: field.id))
        }
      } else if let target {
        set(field, row, .entity(target))
      }
    }
    // A list that is written is known, an empty one too.
    if let row, field.absence == .unknown, many { recorded.insert(RowField(row: row, field: field.id)) }
  }

  /// The row that a reference names; nil with an integrity finding.
  mutating func resolve(_ node: YAMLNode, _ kinds: KindSet, _ field: Field, _ row: Int32?) -> Int32? {
    let text = node.text
    var wanted = kinds.kinds
    var id = text
    if let colon = text.firstIndex(of: ":") {
      let name = String(text[..<colon])
      guard let kind = metamodel.kind(named: name), kinds.contains(kind.index) else {
        let allowed = kinds.count > 6 ? [] : ["it leads to: " + wanted.map { metamodel.kinds[$0].name }.joined(separator: ", ")]
        diagnostics.append(
          Diagnostic(
            "wrong-value", .error, "`\(field.path)` does not lead to a \(name)", at: node.range, notes: allowed))
        return nil
      }
      wanted = [kind.index]
      id = String(text[text.index(after: colon)...])
    }
    var found: [Int32] = []
    for kind in wanted { if let target = ids.row(id, kind: kind) { found.append(target) } }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      let names = found.map { "\(metamodel.kinds[entities[Int($0)].kind].name):\(id)" }
      diagnostics.append(
        Diagnostic(
          "wrong-value", .error, "`\(id)` is \(names.joined(separator: " and ")); write the kind before it", at: node.range))
      return nil
    }
    let from = row.map { entities[Int($0)] }
    let name = from.map { "\(metamodel.kinds[$0.kind].name):\($0.id)" } ?? "an initiative"
    for kind in wanted {
      guard let target = ids.row(alias: id, kind: kind) else { continue }
      let current = entities[Int(target)].id
      integrity.append(
        IntegrityFinding(
          rule: .aliasUsed, entity: name, field: field.path, reference: id,
          diagnostic: Diagnostic(
            "alias-used", .warning, "`\(id)` is called `\(current)` now", at: node.range,
            fixes: [
              Diagnostic.Fix(
                "write `\(current)`", replacement: Diagnostic.Fix.Replacement(range: node.range, text: current))
            ])))
      return target
    }
    if wanted.contains(where: { broken.contains("\(metamodel.kinds[$0].name):\(id)") }) || broken.contains(id) {
      summary.referencesToBroken += 1
      return nil
    }
    if pending.contains(where: { wanted.contains($0.kind) && $0.id == id }) { return nil }
    let kindNames = wanted.count > 4 ? "entity" : wanted.map { metamodel.kinds[$0].name }.joined(separator: " or ")
    var notes = [suggestion(for: id, among: wanted.prefix(8).flatMap { ids.ids(ofKind: $0) })].compactMap { $0 }
    for initiative in proposed[id, default: []].prefix(2) {
      notes.append("initiative:\(initiative) adds one of that id; nothing outside it can rely on that yet")
    }
    integrity.append(
      IntegrityFinding(
        rule: .danglingReference, entity: name, field: field.path, reference: text,
        diagnostic: Diagnostic(
          "dangling-reference", .error, "there is no \(kindNames) `\(id)`", at: node.range,
          label: "\(field.path) of \(name)", notes: notes)))
    return nil
  }

  // MARK: Defaults

  private mutating func addDefaults() {
    for field in metamodel.fields {
      let rows = kindRanges[field.kind]
      if let text = field.defaultText, case .scalar(let scalar) = field.shape, !rows.isEmpty {
        let file = YAMLFile.parse(SourceText(name: "<default>", text: "- \(text)"))
        guard let node = file.documents.first?.root, node.isSequence,
          let value = ScalarReader.value(node[item: 0], scalar, &diagnostics, what: field.path)
        else { continue }
        for row in rows where columns[Int(field.id)]?.has(row) != true && !isWritten(field.path, row) {
          set(field, row, value)
          defaulted.insert(RowField(row: row, field: field.id))
        }
      }
      if case .scalars = field.shape, field.absence == .empty {
        for row in rows where columns[Int(field.id)]?.has(row) != true && !isWritten(field.path, row) {
          set(field, row, .list([]))
        }
      }
      if case .records = field.shape {
        for row in rows where columns[Int(field.id)]?.has(row) != true && !isWritten(field.path, row) {
          set(field, row, .list([]))
        }
      }
      if case .common(.aliases) = field.shape {
        for row in rows where columns[Int(field.id)]?.has(row) != true { set(field, row, .list([])) }
      }
      if case .common(.labels) = field.shape {
        for row in rows where columns[Int(field.id)]?.has(row) != true { set(field, row, .list([])) }
      }
      if case .relation(_, true) = field.shape, field.absence == .unknown {
        for row in rows where !recorded.contains(RowField(row: row, field: field.id)) {
          open[Int(field.id), default: [:]][row] = Unknown(Fact(row: row, field: field.id))
        }
      }
      if case .relation(_, true) = field.shape, field.absence == .empty {
        for row in rows where drafts[Int(row)].node.first(field.path).map({ $0.isPlain && $0.textEquals("unknown") }) == true {
          open[Int(field.id), default: [:]][row] = Unknown(Fact(row: row, field: field.id))
        }
      }
    }
  }

  /// Whether the document has the key at all: an admitted gap beats a default.
  private func isWritten(_ path: String, _ row: Int32) -> Bool { drafts[Int(row)].node.first(path) != nil }
}

/// A field of an entity.
struct RowField: Hashable {
  var row: Int32
  var field: Int32
}
