internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Writes edits into the catalogue's texts, one by one.
struct EditWriter {
  private var catalogue: WorkingCatalogue
  private let estate: Estate
  private let goLive: CivilDate?

  private var metamodel: Metamodel { estate.metamodel }

  init(_ estate: Estate, _ files: [SourceText], goLive: CivilDate?) {
    self.estate = estate
    self.goLive = goLive
    catalogue = WorkingCatalogue(estate, files)
  }

  var changes: [InitiativeMerge.Change] {
    catalogue.files.values.filter(\.isChanged).sorted { $0.name < $1.name }
      .map { InitiativeMerge.Change(name: $0.name, before: $0.original, after: $0.bytes) }
  }

  mutating func write(_ edit: InitiativeEdit) throws(MergeProblem) {
    switch edit.operation {
    case .add: try add(edit)
    case .set: try set(edit)
    case .unset: try unset(edit)
    case .link: try link(edit)
    case .unlink: try unlink(edit)
    case .retire: try retire(edit)
    }
  }

  /// Gives a field of a document another value; nothing, where it has no document.
  mutating func set(_ field: String, to text: String, of entity: Entity) throws(MergeProblem) {
    guard let node = entity.node, let location = catalogue.locate(entity.kind, entity.id) else { return }
    try set(.text(text), field, in: location, kind: entity.kind, at: node.first(field) ?? node)
  }

  /// Adds a part to a document, behind those that it has; nothing, where it has no document or no such parts.
  /// - Parameter text: the part in braces.
  mutating func append(part text: String, of kind: Kind, to entity: Entity) throws(MergeProblem) {
    guard let node = entity.node, let location = catalogue.locate(entity.kind, entity.id),
      let field = catalogue.partsField(of: entity.kind, for: kind.index)
    else { return }
    let part = YAMLFile.parse(SourceText(name: location.file, text: text))
    guard let root = part.documents.first?.root, let tree = PlainTree(root) else { throw .form(at: node) }
    let splices = try insertion(of: try EntryText(root), tree, into: location.node, field.path, entity.kind)
    try catalogue.apply(.append(field.path, tree), to: location, splices, at: location.node.first(field.path) ?? node)
  }

  private mutating func locate(_ edit: InitiativeEdit) throws(MergeProblem) -> WorkingCatalogue.Location {
    guard let location = catalogue.locate(edit.kind, edit.id) else {
      if case .found(let row) = estate.find(edit.entity), let pack = estate.entity(row).node?.source.pack {
        throw MergeProblem("\(edit.entity) is in the pack \(pack), which nobody writes here", at: edit.node)
      }
      throw MergeProblem("no document of \(edit.entity) is found", at: edit.node)
    }
    return location
  }

  // MARK: Values

  private mutating func set(_ edit: InitiativeEdit) throws(MergeProblem) {
    guard let value = PlainTree(edit.node) else { throw .form(at: edit.node) }
    let kind = metamodel.kinds[edit.kind]
    if edit.field == kind.partKey {
      // What stood for the id is written as one, or the part would be called by what it leads to now.
      let location = try locate(edit)
      if location.node.first("id") == nil, let own = EntityID.own(location.node, kind) {
        try set(.text(own), "id", in: location, kind: edit.kind, at: edit.node)
      }
    }
    try set(value, edit.field, in: try locate(edit), kind: edit.kind, at: edit.node)
  }

  private mutating func retire(_ edit: InitiativeEdit) throws(MergeProblem) {
    guard !edit.field.isEmpty, metamodel.field(edit.field, of: edit.kind) != nil else {
      throw MergeProblem("\(edit.entity) has no lifecycle, so no day on which it retires", at: edit.node)
    }
    guard let date = edit.effectiveDate(goLive: goLive) else {
      throw MergeProblem(
        "no day to retire \(edit.entity) is known: neither this entry has a `date` nor the initiative a `goLive`",
        at: edit.node)
    }
    let day = date == .never ? "never" : date.text
    try set(.text(day), edit.field, in: try locate(edit), kind: edit.kind, at: edit.node)
  }

  private mutating func set(
    _ value: PlainTree, _ path: String, in location: WorkingCatalogue.Location, kind: Int, at place: YAMLNode
  ) throws(MergeProblem) {
    var location = location
    var key = path
    var value = value
    var order = metamodel.writingOrder(of: kind)
    if let (record, member) = Self.divided(path) {
      if let inner = try inside(record, of: location) {
        (location, key, order) = (inner, member, metamodel.writingOrder(of: kind, record: record))
      } else {
        (key, value) = (record, .mapping(entries(member, value, of: record, in: location, kind)))
      }
    }
    if let tree = PlainTree(location.node), tree[key] == value { return }
    let splices = try MappingSurgery(location.node).set(key, value, order: order)
    try catalogue.apply(.set(key, value), to: location, splices, at: location.node.first(key) ?? location.node)
  }

  /// What is written under a record that was not there, or an admitted gap: a gap in the lifecycle of what follows
  /// others stays one for the other phases, which nothing written would leave to what is followed.
  private func entries(
    _ member: String, _ value: PlainTree, of record: String, in location: WorkingCatalogue.Location, _ kind: Int
  ) -> [PlainTree.Entry] {
    let own = PlainTree.Entry(key: Array(member.utf8), value: value)
    guard let field = metamodel.field(record, of: kind), case .lifecycle = field.shape,
      metamodel.beginningWithOthers(kind) != nil, location.node.first(record).map(CanonicalValue.isGap) == true
    else { return [own] }
    return metamodel.phases.map { phase in
      phase == member ? own : PlainTree.Entry(key: Array(phase.utf8), value: .text("unknown", isGap: true))
    }
  }

  private mutating func unset(_ edit: InitiativeEdit) throws(MergeProblem) {
    var location = try locate(edit)
    var key = edit.field
    if let (record, member) = Self.divided(edit.field) {
      guard location.node.first(record) != nil else { return }
      guard let inner = try inside(record, of: location) else { return }
      if inner.node.count == 1, inner.node.first(member) != nil {
        return try set(.mapping([]), record, in: location, kind: edit.kind, at: edit.node)
      }
      (location, key) = (inner, member)
    }
    guard let value = location.node.first(key) else { return }
    try catalogue.apply(.remove(key), to: location, try MappingSurgery(location.node).remove(key), at: value)
  }

  /// `lifecycle` and `retired`.
  private static func divided(_ path: String) -> (record: String, member: String)? {
    guard let dot = path.firstIndex(of: ".") else { return nil }
    return (String(path[..<dot]), String(path[path.index(after: dot)...]))
  }

  /// The mapping under a key; nil where there is none, or an admitted gap.
  private func inside(
    _ record: String, of location: WorkingCatalogue.Location
  ) throws(MergeProblem) -> WorkingCatalogue.Location? {
    let surgery = MappingSurgery(location.node)
    guard let index = surgery.index(of: record) else { return nil }
    if surgery.isAlias(index) { throw .alias(at: location.node.key(index)) }
    let value = location.node.value(index)
    if value.isMapping {
      var inner = location
      inner.node = value
      inner.steps.append(.key(record))
      return inner
    }
    if CanonicalValue.isGap(value) { return nil }
    throw MergeProblem(
      "`\(record)` is the word `\(value.text)` here, beside which no day can stand; write the first days of its phases, then merge",
      at: value)
  }

  // MARK: Links

  private mutating func link(_ edit: InitiativeEdit) throws(MergeProblem) {
    let location = try locate(edit)
    guard let text = edit.values.first else { return }
    let old = location.node.first(edit.field)
    try checkKnown(edit, old, location)
    if let old, try places(of: text, in: old, edit).first != nil { return }
    let item = PlainTree.text(text)
    let surgery = MappingSurgery(location.node)
    let splices: [TextSplice]
    if let old, old.isSequence {
      if let index = surgery.index(of: edit.field), surgery.isAlias(index) {
        throw .alias(at: location.node.key(index))
      }
      splices = try ListSurgery(old).append(item)
    } else {
      let items = [old.flatMap { PlainTree($0) }, item].compactMap { $0 }
      splices = try surgery.set(edit.field, .sequence(items), order: metamodel.writingOrder(of: edit.kind))
    }
    try catalogue.apply(.append(edit.field, item), to: location, splices, at: old ?? location.node)
  }

  private mutating func unlink(_ edit: InitiativeEdit) throws(MergeProblem) {
    guard let text = edit.values.first else { return }
    // A list may name one thing twice, by its id and by an older one.
    while true {
      let location = try locate(edit)
      try checkKnown(edit, location.node.first(edit.field), location)
      guard let old = location.node.first(edit.field) else { return }
      guard let index = try places(of: text, in: old, edit).first else { return }
      let surgery = MappingSurgery(location.node)
      if let key = surgery.index(of: edit.field), surgery.isAlias(key) { throw .alias(at: location.node.key(key)) }
      let splices =
        old.isSequence && old.count > 1
        ? try ListSurgery(old).remove(at: index) : try surgery.set(edit.field, .sequence([]))
      try catalogue.apply(.removeItem(edit.field, at: index), to: location, splices, at: old)
    }
  }

  /// A list that nobody knows cannot be added to or taken from: what is written would say that there is nothing else.
  private func checkKnown(
    _ edit: InitiativeEdit, _ list: YAMLNode?, _ location: WorkingCatalogue.Location
  ) throws(MergeProblem) {
    let words =
      "so nothing can be \(edit.operation.rawValue)ed there; record it there first, or write all of it under `set`"
    if let list {
      guard CanonicalValue.isGap(list) else { return }
      throw MergeProblem("`\(edit.field)` of \(edit.entity) is recorded as unknown, \(words)", at: list)
    }
    guard let field = metamodel.field(edit.field, of: edit.kind), field.absence == .unknown else { return }
    throw MergeProblem(
      "`\(edit.field)` of \(edit.entity) is not recorded, which means unknown, \(words)",
      at: location.node.first("id") ?? location.node)
  }

  /// Where in a list something stands, by whichever of its names.
  private func places(of text: String, in list: YAMLNode, _ edit: InitiativeEdit) throws(MergeProblem) -> [Int] {
    guard case .relation(let kinds, _)? = metamodel.field(edit.field, of: edit.kind)?.shape else { return [] }
    let wanted = estate.canonicalTarget(text, kinds)
    let items = CanonicalValue.items(list)
    return items.indices.filter { estate.canonicalTarget(items[$0].text, kinds) == wanted }
  }

  // MARK: Additions

  private mutating func add(_ edit: InitiativeEdit) throws(MergeProblem) {
    let kind = metamodel.kinds[edit.kind]
    let text = try EntryText(edit.node)
    if let known = estate.currentRow(edit.id, kind: edit.kind) {
      throw MergeProblem(
        "\(edit.entity) is there already", at: edit.node.first("id")?.range ?? edit.node.range,
        related: estate.place(of: known).map { [Diagnostic.Related("here", at: $0.range)] } ?? [])
    }
    guard kind.ownerRelation != nil else {
      var owner: String?
      if let field = metamodel.field(inRole: "owner", of: edit.kind), let value = edit.node.first(field.path) {
        owner = CanonicalValue(value, field, metamodel)?.texts.first
      }
      let file = catalogue.file(for: kind, owner: owner)
      return try catalogue.insert(text, into: file, behind: nil, as: edit)
    }
    try addPart(edit, kind, text)
  }

  private mutating func addPart(_ edit: InitiativeEdit, _ kind: Kind, _ text: EntryText) throws(MergeProblem) {
    let id = edit.id.lastIndex(of: "/").map { String(edit.id[..<$0]) } ?? ""
    for owner in kind.partOf {
      guard let location = catalogue.locate(owner, id) else { continue }
      do {
        try addInside(location, owner, edit, kind, text)
      } catch {
        // The owner's list cannot be written to: the part stands alone, and names its owner.
        try catalogue.insert(text, into: location.file, behind: location.document, as: edit)
      }
      return
    }
    throw MergeProblem("no document of what owns \(edit.entity) is found", at: edit.node)
  }

  private mutating func addInside(
    _ location: WorkingCatalogue.Location, _ owner: Int, _ edit: InitiativeEdit, _ kind: Kind, _ whole: EntryText
  ) throws(MergeProblem) {
    guard let field = catalogue.partsField(of: owner, for: kind.index) else { throw .form(at: edit.node) }
    var text = whole
    try text.remove("kind", at: edit.node)
    if let relation = kind.ownerRelation { try text.remove(relation, at: edit.node) }
    guard let tree = PlainTree(text.root) else { throw .form(at: edit.node) }
    let splices = try insertion(of: text, tree, into: location.node, field.path, owner)
    try catalogue.apply(.append(field.path, tree), to: location, splices, at: location.node)
    catalogue.note(edit, in: location.file)
  }

  private func insertion(
    of text: EntryText, _ tree: PlainTree, into owner: YAMLNode, _ key: String, _ kind: Int
  ) throws(MergeProblem) -> [TextSplice] {
    let surgery = MappingSurgery(owner)
    let lineBreak = owner.source.lineBreak
    let index = surgery.index(of: key)
    if let index, surgery.isAlias(index) { throw .alias(at: owner.key(index)) }
    guard let index else {
      if owner.isFlow {
        if text.hasComments { throw .form(at: owner) }
        return try surgery.set(key, .sequence([tree]))
      }
      return try surgery.insertBlock(key, order: metamodel.writingOrder(of: kind)) { indentation in
        "\(key):\(lineBreak)" + ListSurgery.item(text.lines, indentation: indentation + 2, lineBreak)
      }
    }
    let list = owner.value(index)
    guard list.isSequence else { throw .form(at: list) }
    if !list.isFlow { return try ListSurgery(list).append(lines: text.lines) }
    if list.count == 0, !owner.isFlow,
      let indentation = owner.source.indentation(at: owner.key(index).utf8Range.lowerBound)
    {
      return try surgery.replace(
        index, behindColon: lineBreak + ListSurgery.item(text.lines, indentation: indentation + 2, lineBreak))
    }
    if text.hasComments { throw .form(at: list) }
    return try ListSurgery(list).append(inBrackets: YAMLWriter(lineBreak: lineBreak).flow(tree))
  }
}
