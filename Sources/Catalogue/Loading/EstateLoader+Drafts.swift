internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func readDrafts(_ documents: [YAMLNode]) {
    summary.documents += documents.count { $0.source.pack == nil }
    drafts.reserveCapacity(documents.count * 2)
    readDocuments(documents)
    followRenamedOwners()
    sortDrafts()
    readOverlays()
  }

  mutating func readDocument(_ node: YAMLNode) {
    guard node.isMapping else {
      if !node.isReported {
        diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a mapping", for: "a document"))
      }
      return
    }
    guard let kindNode = node.first("kind") else {
      diagnostics.append(
        LoadingDiagnostic.missingKey("kind", in: "a document", at: node.count > 0 ? node.key(0) : node))
      return
    }
    guard let kind = writtenKind(kindNode) else { return }
    readEntity(node, kindPlans[kind], owner: nil)
  }

  /// The kind that a document or an entry names; nil with a diagnostic.
  mutating func writtenKind(_ node: YAMLNode) -> Int? {
    guard !node.isReported else { return nil }
    guard node.isScalar else {
      diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a single value", for: "`kind`"))
      return nil
    }
    guard let kind = metamodel.kind(named: node.text) else {
      diagnostics.append(
        LoadingDiagnostic.unknownKind(node, known: metamodel.kinds.filter(\.isWritten).map(\.name)))
      return nil
    }
    guard kind.isWritten else {
      diagnostics.append(
        Diagnostic("not-written", .error, "the engine derives every \(kind.name)", at: node.range))
      return nil
    }
    return kind.index
  }

  /// What a mapping's keys stand for, appended to `keyFields`.
  private mutating func readKeys(_ node: YAMLNode, _ plan: KindPlan) -> Range<Int> {
    let start = keyFields.count
    for index in 0..<node.count { keyFields.append(node.key(index).withUTF8 { plan.keys.find($0) } ?? -1) }
    return start..<keyFields.count
  }

  /// The value under the key of a field.
  private func value(_ field: Int32?, _ node: YAMLNode, _ keys: Range<Int>) -> YAMLNode? {
    guard let field, let place = keyFields[keys].firstIndex(of: field) else { return nil }
    return node.value(place - keys.lowerBound)
  }

  /// - Parameter key: for a part inside its owner, the field that may stand for its id.
  mutating func readEntity(_ node: YAMLNode, _ plan: KindPlan, owner: Int?, key: Int32? = nil) {
    let keys = readKeys(node, plan)
    let partKey = owner == nil ? plan.partKeyField : key
    let written = value(plan.idField, node, keys)
    guard let idNode = written ?? value(partKey, node, keys) else {
      diagnostics.append(missingID(node, plan.kind, key: partKey))
      unnamed.append((node, plan.kind.index))
      return
    }
    guard let text = ownID(idNode, isReference: written == nil) else {
      unnamed.append((node, plan.kind.index))
      return
    }
    var draft = EntityDraft(kind: plan.kind.index, id: text, node: node, idNode: idNode, keys: keys, owner: owner)
    if let owner {
      draft.id = drafts[owner].id + "/" + text
    } else if plan.ownerField != nil {
      guard let reference = ownerReference(node, plan, keys, idNode) else { return }
      draft.ownerReference = reference
      draft.id = reference.id + "/" + text
    }
    let index = drafts.count
    drafts.append(draft)
    for part in plan.parts {
      guard let list = value(part.field.id, node, keys), !list.isReported, !isAdmittedGap(list) else { continue }
      readParts(list, part.field, owner: index)
    }
  }

  private mutating func readParts(_ list: YAMLNode, _ field: Field, owner: Int) {
    guard case .parts(let kind, let key) = field.shape else { return }
    guard list.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(list, wanted: "a list", for: "`\(field.path)`"))
      return
    }
    let plan = kindPlans[kind]
    let keyField = key.flatMap { plan.kind.members[$0] }
    for place in 0..<list.count {
      let item = list[item: place]
      if item.isMapping {
        readEntity(item, plan, owner: owner, key: keyField)
      } else if !item.isReported {
        diagnostics.append(
          LoadingDiagnostic.wrongShape(item, wanted: "a mapping", for: "\(plan.kind.oneOfIt)"))
      }
    }
  }

  func isAdmittedGap(_ node: YAMLNode) -> Bool { node.isPlain && node.textEquals("unknown") }

  func missingID(_ node: YAMLNode, _ kind: Kind, key: Int32?) -> Diagnostic {
    let wanted = key.map { "id` or `\(metamodel.fields[Int($0)].path)" } ?? "id"
    return LoadingDiagnostic.missingKey(
      wanted, in: "\(kind.oneOfIt)", at: node.count > 0 ? node.key(0) : node)
  }

  /// The own id that a node gives; nil with a diagnostic.
  /// - Parameter isReference: it stands for the id because the part has none.
  mutating func ownID(_ node: YAMLNode, isReference: Bool) -> String? {
    guard !node.isReported else { return nil }
    guard node.isScalar else {
      diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a single value", for: "what stands for the id"))
      return nil
    }
    let text = node.text
    if Self.isID(text) { return text }
    if isReference, let last = text.split(separator: ":", omittingEmptySubsequences: false).last {
      let id = String(last.map { $0 == "/" ? "-" : $0 })
      if Self.isID(id) { return id }
    }
    diagnostics.append(LoadingDiagnostic.badID(node))
    return nil
  }

  /// The owner that a part's own document names; nil with a diagnostic.
  private mutating func ownerReference(
    _ node: YAMLNode, _ plan: KindPlan, _ keys: Range<Int>, _ idNode: YAMLNode
  ) -> (kinds: KindSet, id: String)? {
    guard let ownerNode = value(plan.ownerField, node, keys), ownerNode.isScalar, !ownerNode.isReported else {
      let isThere = value(plan.ownerField, node, keys)?.isReported == true
      if !isThere {
        diagnostics.append(
          LoadingDiagnostic.missingKey(
            plan.kind.ownerRelation ?? "owner",
            in: "\(plan.kind.oneOfIt) that stands as a document of its own", at: idNode))
      }
      return nil
    }
    var text = ownerNode.text
    var kinds = KindSet(plan.kind.partOf)
    if let colon = text.firstIndex(of: ":") {
      // A kind that cannot own it is reported when the relation is read.
      if let named = metamodel.kind(named: String(text[..<colon])) {
        kinds = kinds.intersection(KindSet([named.index]))
      }
      text = String(text[text.index(after: colon)...])
    }
    guard text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ Self.isID(String($0)) }) else {
      diagnostics.append(LoadingDiagnostic.badID(ownerNode))
      return nil
    }
    return (kinds, text)
  }

  package static func isID(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 80 else { return false }
    var lastWasHyphen = true
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: lastWasHyphen = false
      case 0x2D:
        if lastWasHyphen { return false }
        lastWasHyphen = true
      default: return false
      }
    }
    return !lastWasHyphen
  }

  // MARK: Order

  /// A part that names its owner by an alias belongs to what bears the id now.
  mutating func followRenamedOwners() {
    guard drafts.contains(where: { $0.ownerReference != nil }) else { return }
    var current: [String: String] = [:]
    for draft in drafts {
      for alias in aliases(of: draft) { current["\(draft.kind):\(alias.text)"] = draft.id }
    }
    guard !current.isEmpty else { return }
    let known = Set(drafts.filter { $0.ownerReference == nil }.map { "\($0.kind):\($0.id)" })
    for index in drafts.indices {
      guard let reference = drafts[index].ownerReference else { continue }
      for kind in reference.kinds.kinds where !known.contains("\(kind):\(reference.id)") {
        guard let id = current["\(kind):\(reference.id)"] else { continue }
        drafts[index].id = id + "/" + drafts[index].id.dropFirst(reference.id.count + 1)
        drafts[index].ownerReference?.id = id
        break
      }
    }
  }

  /// Sorts by kind and id. Of two drafts of one id the first by file and place stays, whatever the order of reading.
  ///
  /// - Parameter start: those before this place are sorted already.
  mutating func sortDrafts(from start: Int = 0, without dropped: Set<Int> = []) {
    let order = DraftOrder(drafts, from: start)
    let dropped = dropped.isEmpty ? repetitions(order.places) : dropped
    guard !dropped.isEmpty else { return arrange(order.places, keeping: drafts.count) }
    var kept: [Int] = []
    var left: [Int] = []
    for place in order.places {
      if isDropped(place, drafts, dropped) { left.append(place) } else { kept.append(place) }
    }
    arrange(kept + left, keeping: kept.count)
  }

  /// Puts drafts into an order of their places and keeps the first so many. They are moved, not copied.
  private mutating func arrange(_ places: [Int], keeping count: Int) {
    var now = [Int](repeating: -1, count: places.count)
    for (place, former) in places.enumerated() where place < count { now[former] = place }
    drafts.withUnsafeMutableBufferPointer { drafts in
      var rest = places
      for start in rest.indices {
        var place = start
        while rest[place] != start {
          let former = rest[place]
          drafts.swapAt(place, former)
          rest[place] = place
          place = former
        }
        rest[place] = place
      }
    }
    drafts.removeLast(places.count - count)
    for index in drafts.indices {
      if let owner = drafts[index].owner { drafts[index].owner = now[owner] }
    }
  }

  /// Drafts that repeat another one's id, each reported; a repeated document's parts go with it and are not.
  private mutating func repetitions(_ order: [Int]) -> Set<Int> {
    var groups: [Range<Int>] = []
    var start = 0
    for place in 1..<max(1, order.count + 1) {
      if place < order.count {
        let (a, b) = (order[start], order[place])
        if drafts[a].kind == drafts[b].kind, drafts[a].id == drafts[b].id { continue }
      }
      if place - start > 1 { groups.append(start..<place) }
      start = place
    }
    var dropped: Set<Int> = []
    // Owners before their parts.
    let depths = groups.map { group in group.map { depth(order[$0]) }.max() ?? 0 }
    for index in groups.indices.sorted(by: { (depths[$0], $0) < (depths[$1], $1) }) {
      let all = groups[index].map { order[$0] }
      // Of what goes with an owner that is there already nothing is told; but which of two clauses is meant, somebody has to
      // say of each.
      let isClause = kindPlans[drafts[all[0]].kind].kind.name == "clause"
      let standing = all.filter { isClause || !isDropped($0, drafts, dropped) }
      guard let first = standing.first else { continue }
      for other in standing.dropFirst() {
        let draft = drafts[other]
        let plan = kindPlans[draft.kind]
        var diagnostic = LoadingDiagnostic.duplicate(
          "\(plan.kind.name):\(draft.id)", draft.idNode, first: drafts[first].idNode.range)
        if plan.ownerField != nil, value(plan.idField, draft.node, draft.keys) == nil {
          diagnostic.fixes = [Diagnostic.Fix("name this one: add `id: …` to it")]
        }
        diagnostics.append(diagnostic)
        dropped.insert(other)
      }
    }
    return dropped
  }

  private func depth(_ index: Int) -> Int {
    var result = 0
    var next = drafts[index].owner
    while let owner = next {
      result += 1
      next = drafts[owner].owner
    }
    return result
  }

  private func isDropped(_ index: Int, _ drafts: [EntityDraft], _ dropped: Set<Int>) -> Bool {
    guard !dropped.isEmpty else { return false }
    var next: Int? = index
    while let place = next {
      if dropped.contains(place) { return true }
      next = drafts[place].owner
    }
    return false
  }
}
