internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  /// Checks the entries of initiatives as documents: keys, types and references. They enter no view.
  mutating func checkInitiatives() {
    guard let kind = metamodel.kind(named: "initiative") else { return }
    for row in kindRanges[kind.index] {
      guard let node = entities[Int(row)].node else { continue }
      pending = addedIDs(node)
      checkAdds(node)
      checkChanges(node)
      checkRetirements(node)
      pending = []
    }
  }

  private func items(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
    guard let value = node.first(key), value.isSequence else { return [] }
    return (0..<value.count).map { value[item: $0] }.filter { $0.isMapping }
  }

  private func addedIDs(_ node: YAMLNode) -> [(kind: Int, id: String)] {
    items(node, "adds").flatMap { entry -> [(kind: Int, id: String)] in
      guard let kind = entry.first("kind").flatMap({ metamodel.kind(named: $0.text) }) else { return [] }
      var id = entry.first("id")?.text ?? kind.partKey.flatMap { entry.first($0)?.text } ?? ""
      if let relation = kind.ownerRelation, let owner = entry.first(relation) { id = "\(owner.text)/\(id)" }
      return [(kind.index, id)]
    }
  }

  private mutating func wrongList(_ node: YAMLNode, _ key: String) {
    guard let value = node.first(key), !value.isReported else { return }
    guard value.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a list", for: "`\(key)`"))
      return
    }
    for index in 0..<value.count where !value[item: index].isMapping && !value[item: index].isReported {
      diagnostics.append(LoadingDiagnostic.wrongShape(value[item: index], wanted: "a mapping", for: "an entry of `\(key)`"))
    }
  }

  private mutating func checkAdds(_ node: YAMLNode) {
    wrongList(node, "adds")
    for entry in items(node, "adds") {
      guard let kindNode = entry.first("kind") else {
        diagnostics.append(LoadingDiagnostic.missingKey("kind", in: "an entry of `adds`", at: entry))
        continue
      }
      guard let kind = metamodel.kind(named: kindNode.text), kind.isWritten else {
        let near = suggestion(for: kindNode.text, among: metamodel.kinds.filter(\.isWritten).map(\.name))
        diagnostics.append(
          Diagnostic(
            "unknown-kind", .error, "there is no kind `\(kindNode.text)`", at: kindNode.range,
            notes: [near].compactMap { $0 }))
        continue
      }
      checkEntry(entry, kind)
    }
  }

  /// An entry of `adds`, and the parts inside it.
  private mutating func checkEntry(_ entry: YAMLNode, _ kind: Kind) {
    decode(entry, kind, nil)
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard case .parts(let part, _) = field.shape, let list = entry.first(field.path), list.isSequence else { continue }
      for index in 0..<list.count where list[item: index].isMapping { checkEntry(list[item: index], metamodel.kinds[part]) }
    }
  }

  /// The row or the kind of what an entry of `changes` or `retires` names.
  private mutating func referenced(_ entry: YAMLNode, _ list: String) -> Kind? {
    guard let reference = entry.first("ref") else {
      diagnostics.append(LoadingDiagnostic.missingKey("ref", in: "an entry of `\(list)`", at: entry))
      return nil
    }
    let text = reference.text
    guard reference.isScalar, let colon = text.firstIndex(of: ":"),
      let kind = metamodel.kind(named: String(text[..<colon]))
    else {
      diagnostics.append(
        LoadingDiagnostic.badValue(reference, "a reference", for: "ref", notes: ["it is written kind:id"]))
      return nil
    }
    let id = String(text[text.index(after: colon)...])
    if ids.row(id, kind: kind.index) == nil, ids.row(alias: id, kind: kind.index) == nil,
      !pending.contains(where: { $0.kind == kind.index && $0.id == id }), !broken.contains(text)
    {
      let near = suggestion(for: id, among: ids.ids(ofKind: kind.index))
      diagnostics.append(
        Diagnostic(
          "unknown-entity", .error, "there is no \(kind.name) `\(id)` to change", at: reference.range,
          notes: [near].compactMap { $0 }))
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
    diagnostics.append(LoadingDiagnostic.unknownKey(key, in: "a \(kind.title.lowercased())", known: known))
    return nil
  }

  private mutating func checkChange(_ key: YAMLNode, _ value: YAMLNode, _ kind: Kind, _ verb: String) {
    guard let field = member(key, kind), !value.isReported else { return }
    switch (field.shape, verb) {
    case (.relation(let kinds, true), "link"), (.relation(let kinds, true), "unlink"):
      let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
      for item in items where item.isScalar { _ = resolve(item, kinds, field, nil) }
    case (_, "link"), (_, "unlink"):
      diagnostics.append(
        LoadingDiagnostic.badValue(key, "a to-many relation", for: "`\(verb)` takes lists", notes: ["to replace a value: `set`"]))
    case (.relation(let kinds, let many), _):
      let items = value.isSequence && many ? (0..<value.count).map { value[item: $0] } : [value]
      for item in items where item.isScalar { _ = resolve(item, kinds, field, nil) }
    case (.phaseDate, _): _ = ScalarReader.isValid(value, .date, &diagnostics, what: field.path)
    case (.scalar(let scalar), _) where value.isScalar:
      _ = ScalarReader.isValid(value, scalar, &diagnostics, what: field.path)
    default: return
    }
  }

  private mutating func checkDate(_ reader: MappingReader) {
    if let date = reader.scalar("date", &diagnostics) { _ = ScalarReader.isValid(date, .date, &diagnostics, what: "date") }
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
