internal import CEL
internal import Diagnostics
internal import YAMLTree

/// The entries of initiatives, typed and resolved: what the open ones change becomes changes of rows.
extension EstateLoader {
  mutating func readChanges() {
    for index in initiatives.indices {
      let initiative = initiatives[index]
      guard let node = entities[Int(initiative.row)].node else { continue }
      subject = "initiative:\(initiative.id)"
      if initiative.isOpen {
        // What it adds was read like the catalogue's own documents; only what has no row is looked at again.
        reader = index
        checkShapes(of: node)
      } else {
        pending = Set(addedIDs(node))
        checkAdds(node)
      }
      readChanges(node, index)
      readRetirements(node, index)
      reader = -1
      pending = []
    }
    checkRecorded()
    checkOneAnswer()
    checkRequired()
    for item in unlinks { checkLinked(item) }
    unlinks = []
  }

  /// What `readAdded` passed over.
  private mutating func checkShapes(of node: YAMLNode) {
    wrongList(node, "adds")
    for entry in items(node, "adds") {
      if let kind = entry.first("kind") {
        if let found = writtenKind(kind) { refuseOwnJudge(metamodel.kinds[found], at: kind) }
      } else {
        diagnostics.append(LoadingDiagnostic.missingKey("kind", in: "an entry of `adds`", at: entry))
      }
    }
  }

  /// An initiative proposes; what allows it is recorded by others, in documents of their own, and what it is itself, in
  /// its own.
  private mutating func refuseOwnJudge(_ kind: Kind, at node: YAMLNode) {
    guard Kind.judging.contains(kind.name) else { return }
    diagnostics.append(
      Diagnostic(
        "own-judge", .error, "an initiative brings no \(kind.name) of its own", at: node.range,
        fixes: [Diagnostic.Fix("record it as a document of the catalogue")]))
  }

  /// `kind:id` of each entry of `adds` and of the parts inside it.
  private func addedIDs(_ node: YAMLNode) -> [String] {
    items(node, "adds").flatMap { entry -> [String] in
      guard let kind = entry.first("kind").flatMap({ metamodel.kind(named: $0.text) }) else { return [] }
      let owner = kind.ownerRelation.flatMap { entry.first($0)?.text }.map { text in
        text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? text
      }
      return addedIDs(entry, kindPlans[kind.index], owner: owner)
    }
  }

  private func addedIDs(_ entry: YAMLNode, _ plan: KindPlan, owner: String?) -> [String] {
    var id = entry.first("id")?.text ?? plan.kind.partKey.flatMap { entry.first($0)?.text } ?? ""
    if let owner { id = "\(owner)/\(id)" }
    var result = ["\(plan.kind.name):\(id)"]
    for part in plan.parts {
      guard case .parts(let kind, _) = part.field.shape else { continue }
      for item in items(entry, part.field.path) { result += addedIDs(item, kindPlans[kind], owner: id) }
    }
    return result
  }

  private mutating func wrongList(_ node: YAMLNode, _ key: String) {
    guard let value = node.first(key), !value.isReported, !isAdmittedGap(value) else { return }
    guard value.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a list", for: "`\(key)`"))
      return
    }
    for index in 0..<value.count where !value[item: index].isMapping && !value[item: index].isReported {
      diagnostics.append(
        LoadingDiagnostic.wrongShape(value[item: index], wanted: "a mapping", for: "an entry of `\(key)`"))
    }
  }

  private mutating func checkAdds(_ node: YAMLNode) {
    wrongList(node, "adds")
    for entry in items(node, "adds") {
      guard let kindNode = entry.first("kind") else {
        diagnostics.append(LoadingDiagnostic.missingKey("kind", in: "an entry of `adds`", at: entry))
        continue
      }
      guard let kind = writtenKind(kindNode) else { continue }
      refuseOwnJudge(metamodel.kinds[kind], at: kindNode)
      let plan = kindPlans[kind]
      if let owner = plan.kind.ownerRelation, entry.first(owner) == nil {
        diagnostics.append(
          LoadingDiagnostic.missingKey(
            owner, in: "\(plan.kind.oneOfIt) that an initiative adds", at: entry.key(0)))
      }
      checkEntry(entry, plan, key: plan.partKeyField)
    }
  }

  /// An entry of `adds`, and the parts inside it.
  private mutating func checkEntry(_ entry: YAMLNode, _ plan: KindPlan, key: Int32?) {
    let written = entry.first("id")
    if let id = written ?? key.flatMap({ entry.first(metamodel.fields[Int($0)].path) }) {
      _ = ownID(id, isReference: written == nil)
    } else {
      diagnostics.append(missingID(entry, plan.kind, key: key))
    }
    checkWithin(entry, plan)
  }

  /// What stands in an entry, or in a document without an id that can be used.
  mutating func checkWithin(_ entry: YAMLNode, _ plan: KindPlan) {
    checkKeys(entry, plan)
    for field in plan.parts.map(\.field) {
      guard case .parts(let kind, let key) = field.shape, let list = entry.first(field.path) else { continue }
      wrongList(entry, field.path)
      guard list.isSequence else { continue }
      let part = kindPlans[kind]
      for index in 0..<list.count where list[item: index].isMapping {
        checkEntry(list[item: index], part, key: key.flatMap { part.kind.members[$0] })
      }
    }
  }

  /// The kind of what an entry of `changes` or `retires` names, and its row where there is one.
  private mutating func referenced(_ entry: YAMLNode, _ list: String) -> (kind: Kind, row: Int32?)? {
    guard let reference = entry.first("ref") else {
      diagnostics.append(LoadingDiagnostic.missingKey("ref", in: "an entry of `\(list)`", at: entry))
      return nil
    }
    guard !reference.isReported else { return nil }
    let text = reference.text
    guard reference.isScalar, let colon = text.firstIndex(of: ":"),
      let kind = metamodel.kind(named: String(text[..<colon]))
    else {
      diagnostics.append(
        LoadingDiagnostic.badValue(reference, "a reference", for: "ref", notes: ["it is written kind:id"]))
      return nil
    }
    refuseOwnJudge(kind, at: reference)
    let id = String(text[text.index(after: colon)...])
    if let row = ids.row(id, kind: kind.index) { return (kind, row) }
    let key = "\(kind.name):\(id)"
    if pending.contains(key) { return (kind, nil) }
    if let row = addedRows[key] {
      if drafts[Int(row)].initiative != reader { reportProposed(reference, key, "\(list).ref", nil, row) }
      return (kind, row)
    }
    if let renamed = ids.row(alias: id, kind: kind.index) {
      return (kind, reportAlias(reference, id, renamed, "\(list).ref", nil, isQualified: true))
    }
    if broken.contains(key) || broken.contains(id) {
      summary.referencesToBroken += 1
    } else {
      diagnostics.append(
        LoadingDiagnostic.unknownEntity(reference, kind.name, id, among: ids.candidates(for: id, kinds: [kind.index])))
    }
    return (kind, nil)
  }

  /// What an entry of `changes` does.
  private static let verbs = ["set", "unset", "link", "unlink"]

  private mutating func readChanges(_ node: YAMLNode, _ initiative: Int) {
    wrongList(node, "changes")
    var groups: [(date: CivilDate?, changes: [Change])] = []
    for entry in items(node, "changes") {
      guard let (kind, row) = referenced(entry, "changes") else { continue }
      let keys = ["ref", "date"] + Self.verbs + ["why"]
      guard let reader = MappingReader(entry, "an entry of `changes`", keys: keys, &diagnostics) else { continue }
      if !Self.verbs.contains(where: { entry.first($0) != nil }) {
        diagnostics.append(LoadingDiagnostic.changesNothing(entry))
      }
      let date = date(reader) ?? initiatives[initiative].goLive
      for (key, value) in reader.pairs("set", &diagnostics) {
        add(change(key, value, kind, row, "set"), date, value, to: initiative, row)
      }
      for item in reader.items("unset") where item.isScalar {
        if let field = member(item, kind) { add(unset(field, kind), date, item, to: initiative, row) }
      }
      for verb in ["link", "unlink"] {
        for (key, value) in reader.pairs(verb, &diagnostics) {
          add(change(key, value, kind, row, verb), date, value, to: initiative, row)
        }
      }
      groups.append((date, initiatives[initiative].changes))
      initiatives[initiative].changes = []
    }
    // What comes into effect later counts, wherever it is written; what has no date holds from the beginning.
    let order = groups.indices.sorted {
      (groups[$0].date?.days ?? .min, $0) < (groups[$1].date?.days ?? .min, $1)
    }
    initiatives[initiative].changes = order.flatMap { groups[$0].changes }
  }

  private mutating func add(
    _ effects: [(field: Field, effect: Change.Effect)], _ date: CivilDate?, _ node: YAMLNode, to initiative: Int,
    _ row: Int32?
  ) {
    guard let row, initiatives[initiative].isOpen else { return }
    for (field, effect) in effects {
      var start = date
      switch effect {
      // A change of plan holds at once.
      case .lifecycle, .day:
        start = nil
        if lifecyclePlans[row] == nil { lifecyclePlans[row] = lifecyclePlan(of: row) }
      default: break
      }
      initiatives[initiative].changes.append(
        Change(entity: row, field: field.id, effect: effect, date: start, node: node))
    }
  }

  private mutating func member(_ key: YAMLNode, _ kind: Kind) -> Field? {
    let path = key.text
    if let id = kind.members[path], metamodel.fields[Int(id)].isWritten { return metamodel.fields[Int(id)] }
    let known = kind.order.map { metamodel.fields[Int($0)] }.filter(\.isWritten).map(\.path)
    diagnostics.append(LoadingDiagnostic.unknownKey(key, in: "\(kind.oneOfIt)", known: known))
    return nil
  }

  /// What an entry under `set`, `link` or `unlink` does; nothing, with a diagnostic, where it cannot be done.
  private mutating func change(
    _ key: YAMLNode, _ value: YAMLNode, _ kind: Kind, _ row: Int32?, _ verb: String
  ) -> [(field: Field, effect: Change.Effect)] {
    guard let field = member(key, kind), !value.isReported else { return [] }
    let plan = plans[Int(field.id)]
    let isGap = isAdmittedGap(value)
    guard verb == "set" else {
      guard case .relation(_, true) = field.shape else {
        diagnostics.append(
          LoadingDiagnostic.badValue(
            key, "a to-many relation", for: "`\(verb)` takes lists", notes: ["to replace a value: `set`"]))
        return []
      }
      let read = captured { $0.decodeRelation(plan, value, nil) }
      if verb == "link" { return [(field, .link(read.targets, isOpen: read.isOpen))] }
      if let row, reader >= 0 {
        unlinks.append(Unlink(targets: read.targets, field: field, row: row, node: value))
      }
      return [(field, .unlink(read.targets))]
    }
    switch field.shape {
    case .common(.id), .common(.kind), .parts, .owner, .structure, .expression, .inverse, .derived, .phase, .live:
      diagnostics.append(LoadingDiagnostic.badValue(key, "something that a change can set", for: "`set`"))
      return []
    case .relation:
      if isGap { return [(field, plan.isList ? .targets([], isOpen: true) : .target(nil))] }
      let read = captured { $0.decodeRelation(plan, value, nil) }
      return [
        (field, plan.isList ? .targets(read.targets, isOpen: read.isOpen) : .target(read.targets.first))
      ]
    case .phaseDate(let phase):
      if isGap { return [(field, .day(phase: phase, .unknown))] }
      guard case .date(let date)? = ScalarReader.value(value, .date, &diagnostics, what: field.path) else { return [] }
      return [(field, .day(phase: phase, .day(date.days)))]
    case .lifecycle:
      if isGap { return [(field, .lifecycle(metamodel.admittedLifecycle(kind.index)))] }
      let read = captured { $0.decodeSlowly(plan, value, row) }
      return read.lifecycle.map { [(field, .lifecycle($0))] } ?? []
    case .record(let members):
      let read = isGap ? CapturedValue() : captured { $0.decodeSlowly(plan, value, row) }
      return members.compactMap { kind.members["\(field.path).\($0.name)"] }.map { id in
        (metamodel.fields[Int(id)], .value(read.values.first { $0.field.id == id }?.value))
      }
    case .scalar, .scalars, .records, .common:
      if isGap { return [(field, .value(nil))] }
      let read = captured { $0.decodeSlowly(plan, value, row) }
      return read.values.first.map { [(field, .value($0.value))] } ?? []
    }
  }

  /// What decoding gives, instead of what it would put into a row.
  mutating func captured(_ body: (inout EstateLoader) -> Void) -> CapturedValue {
    captured = CapturedValue()
    body(&self)
    defer { captured = nil }
    return captured ?? CapturedValue()
  }

  /// What holds of a field that nobody writes; of a record, of each of its members.
  private func unset(_ field: Field, _ kind: Kind) -> [(field: Field, effect: Change.Effect)] {
    if case .record(let members) = field.shape {
      return members.compactMap { kind.members["\(field.path).\($0.name)"] }.map {
        (metamodel.fields[Int($0)], .value(nil))
      }
    }
    return [(field, unset(field))]
  }

  private func unset(_ field: Field) -> Change.Effect {
    let plan = plans[Int(field.id)]
    switch field.shape {
    case .relation where plan.isList:
      if case .open = plan.unset { return .targets([], isOpen: true) }
      return .targets([], isOpen: false)
    case .relation: return .target(nil)
    case .lifecycle:
      return .lifecycle(LifecyclePlan(unwritten: metamodel.phases.count))
    case .phaseDate(let phase): return .day(phase: phase, .unwritten)
    default:
      switch plan.unset {
      case .byDefault(let value): return .value(value)
      case .emptyList: return .value(.list([]))
      case .unknown, .open: return .value(nil)
      }
    }
  }

  /// Reports targets that a relation does not lead to, neither in the catalogue nor by a change of an open initiative.
  private mutating func checkLinked(_ unlink: Unlink) {
    let (field, row, value) = (unlink.field, unlink.row, unlink.node)
    guard open[Int(field.id)][row] == nil else { return }
    var known = Set(self.targets(of: field, row).map(\.target))
    for change in initiatives.lazy.flatMap(\.changes) where change.entity == row && change.field == field.id {
      switch change.effect {
      case .link(let more, _), .targets(let more, _): known.formUnion(more)
      default: continue
      }
    }
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    for target in unlink.targets where !known.contains(target) {
      let entity = entities[Int(target)]
      let names = [entity.id, "\(metamodel.kinds[entity.kind].name):\(entity.id)"] + entity.aliases
      diagnostics.append(
        Diagnostic(
          "not-linked", .error,
          "`\(field.path)` of \(kindAndID(row)) does not lead to `\(entity.id)`, so that it cannot be unlinked",
          at: (items.first { names.contains($0.text) } ?? value).range))
    }
  }

  private mutating func date(_ reader: MappingReader) -> CivilDate? {
    guard let node = reader.scalar("date", &diagnostics),
      case .date(let date)? = ScalarReader.value(node, .date, &diagnostics, what: "date")
    else { return nil }
    return date
  }

  // MARK: Retirement

  private mutating func readRetirements(_ node: YAMLNode, _ initiative: Int) {
    wrongList(node, "retires")
    // The first phase in which a thing lives no more.
    let phase = (metamodel.livePhases.max() ?? -1) + 1
    for entry in items(node, "retires") {
      guard let (kind, row) = referenced(entry, "retires"),
        let reader = MappingReader(entry, "an entry of `retires`", keys: ["ref", "date", "why"], &diagnostics)
      else { continue }
      let dateNode = reader["date"]
      let known = diagnostics.count
      let date = date(reader) ?? initiatives[initiative].goLive
      guard phase < metamodel.phases.count, kind.lifecycle != .none,
        let field = metamodel.field("lifecycle.\(metamodel.phases[phase])", of: kind.index)
      else {
        diagnostics.append(
          LoadingDiagnostic.badValue(
            reader["ref"] ?? entry, "something with a lifecycle", for: "`retires`",
            notes: ["\(kind.oneOfIt) has none"]))
        continue
      }
      guard let date else {
        if diagnostics.count == known {
          diagnostics.append(LoadingDiagnostic.missingKey("date", in: "an entry of `retires`", at: entry))
        }
        continue
      }
      if let row, let start = begins(row), start > date.days {
        diagnostics.append(
          Diagnostic(
            "retires-before-start", .error,
            "\(kindAndID(row)) would retire on \(date.text), before it starts on \(CivilDate(days: start).text)",
            at: (dateNode ?? reader["ref"] ?? entry).range))
        continue
      }
      add([(field, .day(phase: phase, .day(date.days)))], nil, dateNode ?? reader["ref"] ?? entry, to: initiative, row)
    }
  }

  /// The first day on which a row lives, as its own document says.
  private func begins(_ row: Int32) -> Int32? {
    guard lifecycles.isRecorded(row), let phase = metamodel.livePhases.min() else { return nil }
    let day = lifecycles.day(phase, row)
    return [LifecycleTable.unknownDay, LifecycleTable.longAgo, CivilDate.never.days].contains(day) ? nil : day
  }
}
