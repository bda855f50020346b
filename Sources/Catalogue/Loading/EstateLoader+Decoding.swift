internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func decodeAll() {
    decodeDrafts()
    // Nothing can lead to these; what else is wrong in them is told in the same run.
    for item in unnamed { checkWithin(item.node, kindPlans[item.kind]) }
    for index in conditional.indices {
      let gap = Fact(row: conditional[index].source, field: conditional[index].field)
      conditional[index].isOpenAnyway = dangling.contains(gap)
    }
  }

  mutating func decodeDrafts(_ rows: Range<Int>) {
    for row in rows {
      reader = drafts[row].initiative
      decode(drafts[row].node, kindPlans[drafts[row].kind], drafts[row].keys, Int32(row))
    }
    reader = -1
  }

  /// Reads the keys of a document or part.
  private mutating func decode(_ node: YAMLNode, _ plan: KindPlan, _ keys: Range<Int>, _ row: Int32) {
    beginDecoding()
    for place in keys { decodeEntry(node, place - keys.lowerBound, keyFields[place], plan, row) }
    for unset in plan.withUnset where !isWritten(unset.field.id) { leaveUnset(unset, row) }
    guard !options.isLenient else { return }
    for field in plan.required where !isWritten(field.field.id) { reportMissing(field.field, plan.kind, row) }
  }

  /// Checks the keys of an entry that has no row: of what an initiative adds.
  mutating func checkKeys(_ node: YAMLNode, _ plan: KindPlan) {
    for index in 0..<node.count {
      let field = node.key(index).withUTF8 { plan.keys.find($0) } ?? -1
      decodeEntry(node, index, field, plan, nil)
    }
  }

  private mutating func decodeEntry(_ node: YAMLNode, _ index: Int, _ field: Int32, _ plan: KindPlan, _ row: Int32?) {
    guard field >= 0 else {
      diagnostics.append(
        LoadingDiagnostic.unknownKey(
          node.key(index), in: "\(plan.kind.oneOfIt)", known: plan.knownKeys(metamodel)))
      return
    }
    let found = plans[Int(field)]
    if row != nil { markWritten(field) }
    if case .done = found.reading { return }
    if case .refused = found.reading {
      diagnostics.append(
        Diagnostic(
          "not-written", .error,
          "`\(found.field.path)` of \(plan.kind.oneOfIt) is derived; nobody writes it",
          at: node.key(index).range))
      return
    }
    let value = node.value(index)
    if value.isReported || isAdmittedGap(value) {
      if let row {
        leaveOpen(found, row)
        if case .lifecycle = found.field.shape, !value.isReported {
          let plan = metamodel.admittedLifecycle(found.field.kind)
          lifecycles.set(row, plan.record(following: metamodel.beginningWithOthers(found.field.kind)))
        }
      }
      return
    }
    decode(found, value, row)
  }

  // MARK: What is not written

  private mutating func leaveUnset(_ plan: FieldPlan, _ row: Int32) {
    switch plan.unset {
    case .unknown: return
    case .byDefault(let value): set(plan.field, row, value)
    case .emptyList: set(plan.field, row, .list([]))
    case .open: leaveOpen(plan, row)
    }
  }

  /// A relation that may have targets which are not known.
  private mutating func leaveOpen(_ plan: FieldPlan, _ row: Int32) {
    switch plan.field.shape {
    case .relation where plan.isList, .parts:
      open[Int(plan.field.id)][row] = Unknown(Fact(row: row, field: plan.field.id))
    default: return
    }
  }

  private mutating func reportMissing(_ field: Field, _ kind: Kind, _ row: Int32) {
    let draft = drafts[Int(row)]
    var fix = "add `\(field.path): …`"
    if let slip = slip(of: field, in: draft) {
      fix = "`\(escapedForTerminal(slip))` may be meant for it: write `\(field.path)`"
    } else if admitsGap(field, kind) {
      fix += ", or `\(field.path): unknown` to admit the gap"
    }
    integrity.append(
      IntegrityFinding(
        rule: .requiredFieldMissing, entity: "\(kind.name):\(draft.id)", field: field.path, reference: nil,
        diagnostic: Diagnostic(
          "required-field-missing", .error, "\(kind.name):\(draft.id) does not say its `\(field.path)`",
          at: draft.idNode.range, label: "no \(field.path) here", notes: field.why.map { ["why: \($0)"] } ?? [],
          fixes: [Diagnostic.Fix(fix)]),
        initiative: reader))
  }

  /// The key of a document that nobody knows and that comes near to a field's name.
  private func slip(of field: Field, in draft: EntityDraft) -> String? {
    let known = kindPlans[draft.kind].knownKeys(metamodel)
    for place in draft.keys where keyFields[place] < 0 {
      let key = draft.node.key(place - draft.keys.lowerBound).text
      if nearMatches(to: key, among: known).contains(field.path) { return key }
    }
    return nil
  }

  /// Whether `unknown` is an answer: a rule's author knows what it says, and everything is called something.
  private func admitsGap(_ field: Field, _ kind: Kind) -> Bool {
    if case .common = field.shape { return false }
    return kind.name != "rule"
  }

  // MARK: Values

  private mutating func decode(_ plan: FieldPlan, _ value: YAMLNode, _ row: Int32?) {
    if let row, value.isScalar {
      // The common cases, where nothing is wrong, without a string for each scalar.
      switch plan.reading {
      case .text:
        makeColumn(plan.field).set(row, number: symbols.intern(value))
        return
      case .enumeration(let values):
        if let ordinal = value.withUTF8({ values.find($0) }) {
          makeColumn(plan.field).set(row, number: ordinal)
          return
        }
      case .date:
        if let date = ScalarReader.date(value) {
          makeColumn(plan.field).set(row, number: date.days)
          return
        }
      default: break
      }
    }
    decodeSlowly(plan, value, row)
  }

  mutating func decodeSlowly(_ plan: FieldPlan, _ value: YAMLNode, _ row: Int32?) {
    let field = plan.field
    switch field.shape {
    case .common(let common): decodeCommon(common, field, value, row)
    case .scalar(let scalar):
      if let read = self.scalar(value, scalar, field.path) { set(field, row, read) }
    case .scalars(let scalar): set(field, row, list(value, scalar, field, row))
    case .record(let members): decodeRecord(field, members, value, row)
    case .records(let members): decodeRecords(field, members, value, row)
    case .relation: decodeRelation(plan, value, row)
    case .owner(let kinds): decodeOwner(field, kinds, value, row)
    case .lifecycle: decodeLifecycle(value, field.kind, row)
    case .expression:
      if !value.isScalar {
        diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "an expression", for: "`\(field.path)`"))
      }
    case .parts, .structure, .inverse, .derived, .phaseDate, .phase, .live: return
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

  /// A list of scalars; open where an item could not be read.
  private mutating func list(_ value: YAMLNode, _ scalar: Scalar, _ field: Field, _ row: Int32?) -> Value {
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    let values = items.compactMap { self.scalar($0, scalar, field.path) }
    guard values.count < items.count, let row else { return .list(values) }
    return .list(ListBox(values, open: Unknown(Fact(row: row, field: field.id))))
  }

  private mutating func decodeCommon(_ common: Field.Common, _ field: Field, _ value: YAMLNode, _ row: Int32?) {
    switch common {
    case .id, .kind: return
    case .name, .summary, .notes:
      if let read = scalar(value, .text, field.path) { set(field, row, read) }
    case .aliases, .labels: set(field, row, list(value, .string, field, row))
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
      if isAdmittedGap(node) { continue }
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
    let gap = Value.unknown(Fact(row: row ?? -1, field: field.id))
    var records: [Value] = []
    for index in 0..<value.count {
      let item = value[item: index]
      guard let reader = MappingReader(item, "an item of `\(field.path)`", keys: members.map(\.name), &diagnostics)
      else { continue }
      var values: [Value] = []
      for member in members {
        guard let node = reader[member.name], !isAdmittedGap(node) else {
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
}
