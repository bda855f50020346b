internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  /// Checks the entries of initiatives as documents: keys, types and references. They enter no view.
  mutating func checkInitiatives() {
    forEachInitiative { loader, id, node in
      loader.subject = "initiative:\(id)"
      loader.pending = Set(loader.addedIDs(node))
      loader.checkAdds(node)
      loader.checkChanges(node)
      loader.checkRetirements(node)
    }
    pending = []
  }

  /// Notes who adds what, so that a reference to it can say so.
  mutating func collectProposals() {
    forEachInitiative { loader, id, node in
      for added in loader.addedIDs(node) { loader.proposed[added, default: []].append(id) }
    }
  }

  private mutating func forEachInitiative(_ body: (inout EstateLoader, String, YAMLNode) -> Void) {
    guard let kind = metamodel.kind(named: "initiative") else { return }
    for row in kindRanges[kind.index] {
      if let node = entities[Int(row)].node { body(&self, entities[Int(row)].id, node) }
    }
  }

  private func items(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
    guard let value = node.first(key), value.isSequence else { return [] }
    return (0..<value.count).map { value[item: $0] }.filter { $0.isMapping }
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

  /// The row or the kind of what an entry of `changes` or `retires` names.
  private mutating func referenced(_ entry: YAMLNode, _ list: String) -> Kind? {
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
    let id = String(text[text.index(after: colon)...])
    if ids.row(id, kind: kind.index) != nil || pending.contains("\(kind.name):\(id)") { return kind }
    if let renamed = ids.row(alias: id, kind: kind.index) {
      _ = reportAlias(reference, id, renamed, "\(list).ref", nil, isQualified: true)
    } else if broken.contains("\(kind.name):\(id)") || broken.contains(id) {
      summary.referencesToBroken += 1
    } else {
      diagnostics.append(
        LoadingDiagnostic.unknownEntity(reference, kind.name, id, among: ids.candidates(for: id, kinds: [kind.index])))
    }
    return kind
  }

  private mutating func checkChanges(_ node: YAMLNode) {
    wrongList(node, "changes")
    for entry in items(node, "changes") {
      guard let kind = referenced(entry, "changes") else { continue }
      let keys = ["ref", "date", "set", "unset", "link", "unlink", "why"]
      guard let reader = MappingReader(entry, "an entry of `changes`", keys: keys, &diagnostics) else { continue }
      checkDate(reader)
      for verb in ["set", "link", "unlink"] {
        for (key, value) in reader.pairs(verb, &diagnostics) { checkChange(key, value, kind, verb) }
      }
      for item in reader.items("unset") where item.isScalar { _ = member(item, kind) }
    }
  }

  private mutating func member(_ key: YAMLNode, _ kind: Kind) -> Field? {
    let path = key.text
    if let id = kind.members[path], metamodel.fields[Int(id)].isWritten { return metamodel.fields[Int(id)] }
    let known = kind.order.map { metamodel.fields[Int($0)] }.filter(\.isWritten).map(\.path)
    diagnostics.append(LoadingDiagnostic.unknownKey(key, in: "\(kind.oneOfIt)", known: known))
    return nil
  }

  private mutating func checkChange(_ key: YAMLNode, _ value: YAMLNode, _ kind: Kind, _ verb: String) {
    guard let field = member(key, kind), !value.isReported else { return }
    if case .relation(_, true) = field.shape {
      if !isAdmittedGap(value) || verb != "set" { decodeRelation(plans[Int(field.id)], value, nil) }
      return
    }
    guard verb == "set" else {
      diagnostics.append(
        LoadingDiagnostic.badValue(
          key, "a to-many relation", for: "`\(verb)` takes lists", notes: ["to replace a value: `set`"]))
      return
    }
    switch field.shape {
    case .common(.id), .common(.kind), .parts, .owner, .structure:
      diagnostics.append(LoadingDiagnostic.badValue(key, "something that a change can set", for: "`set`"))
    case .phaseDate:
      if !isAdmittedGap(value) { _ = ScalarReader.value(value, .date, &diagnostics, what: field.path) }
    default:
      if !isAdmittedGap(value) { decodeSlowly(plans[Int(field.id)], value, nil) }
    }
  }

  private mutating func checkDate(_ reader: MappingReader) {
    if let date = reader.scalar("date", &diagnostics) {
      _ = ScalarReader.value(date, .date, &diagnostics, what: "date")
    }
  }

  private mutating func checkRetirements(_ node: YAMLNode) {
    wrongList(node, "retires")
    for entry in items(node, "retires") {
      guard referenced(entry, "retires") != nil,
        let reader = MappingReader(entry, "an entry of `retires`", keys: ["ref", "date", "why"], &diagnostics)
      else { continue }
      checkDate(reader)
    }
  }
}
