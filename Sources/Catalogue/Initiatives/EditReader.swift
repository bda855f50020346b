internal import CEL
public import YAMLTree

extension InitiativeEdit {
  /// The edits of an initiative's document: `adds` with what is inside each, `changes`, `retires`, in the order of the text;
  /// within one entry of `changes` set, unset, link, unlink. What is not understood is left out: the loader reports it.
  ///
  /// Canonical forms do not depend on the estate: a reference is taken as it is written, without its kind where only one
  /// is possible. An entry without a date has no date in its form, so that another go-live changes the go-live only.
  /// Linear in the size of the entries.
  public static func all(of initiative: YAMLNode, _ metamodel: Metamodel) -> [InitiativeEdit] {
    var reader = EditReader(metamodel)
    reader.read(initiative)
    return reader.edits
  }
}

/// Reads an initiative's entries as edits.
struct EditReader {
  private let metamodel: Metamodel
  private(set) var edits: [InitiativeEdit] = []

  init(_ metamodel: Metamodel) { self.metamodel = metamodel }

  mutating func read(_ initiative: YAMLNode) {
    for entry in Self.entries(initiative, "adds") { readAddition(entry) }
    for entry in Self.entries(initiative, "changes") { readChange(entry) }
    for entry in Self.entries(initiative, "retires") { readRetirement(entry) }
  }

  static func entries(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
    guard let list = node.first(key), list.isSequence, !list.isReported else { return [] }
    return (0..<list.count).map { list[item: $0] }.filter { $0.isMapping && !$0.isReported }
  }

  // MARK: Additions

  private mutating func readAddition(_ entry: YAMLNode) {
    guard let name = entry.first("kind"), name.isScalar, let kind = metamodel.kind(named: name.text), kind.isWritten,
      let id = EntityID.whole(entry, kind)
    else { return }
    readEntity(entry, kind, id, owner: nil)
  }

  private mutating func readEntity(_ entry: YAMLNode, _ kind: Kind, _ id: String, owner: Int?) {
    let place = edits.count
    edits.append(
      InitiativeEdit(
        operation: .add, entity: "\(kind.name):\(id)", kind: kind.index, field: "", values: [], isUnknown: false,
        date: nil, isMaterial: true, digest: "", node: entry, owner: owner))
    var contents: [String] = []
    for index in 0..<entry.count {
      let value = entry.value(index)
      guard let number = kind.members[entry.key(index).text], !value.isReported else { continue }
      let field = metamodel.fields[Int(number)]
      if case .parts(let part, _) = field.shape {
        contents += readParts(value, metamodel.kinds[part], id, owner: place)
        continue
      }
      guard field.isWritten, !field.path.contains("."), let canonical = CanonicalValue(value, field, metamodel) else {
        continue
      }
      var isRelation = false
      if case .relation = field.shape { isRelation = true }
      append(isRelation ? .link : .set, entity: place, field, canonical, at: value)
      if field.isMaterial, let last = edits.last { contents.append(last.digest) }
    }
    edits[place].digest = EntryForm.digest(edits[place], contents: contents)
  }

  /// The parts inside an entry; gives the digests of their `add`s.
  private mutating func readParts(_ list: YAMLNode, _ kind: Kind, _ owner: String, owner place: Int) -> [String] {
    guard list.isSequence else { return [] }
    var digests: [String] = []
    for index in 0..<list.count {
      let item = list[item: index]
      guard item.isMapping, !item.isReported, let own = EntityID.own(item, kind) else { continue }
      let start = edits.count
      readEntity(item, kind, "\(owner)/\(own)", owner: place)
      digests.append(edits[start].digest)
    }
    return digests
  }

  private mutating func append(
    _ operation: InitiativeEdit.Operation, entity place: Int, _ field: Field, _ value: CanonicalValue, at node: YAMLNode
  ) {
    var edit = edits[place]
    edit.operation = operation
    edit.owner = place
    append(edit, field, value, at: node)
  }

  private mutating func append(
    _ base: InitiativeEdit, _ field: Field, _ value: CanonicalValue, at node: YAMLNode
  ) {
    var edit = base
    edit.field = field.path
    edit.values = value.texts
    edit.isUnknown = value.isUnknown
    edit.isMaterial = isMaterial(field)
    edit.node = node
    edit.digest = EntryForm.digest(edit)
    edits.append(edit)
  }

  /// A member of a record is as material as the record.
  private func isMaterial(_ field: Field) -> Bool {
    guard field.isMaterial, let dot = field.path.firstIndex(of: ".") else { return field.isMaterial }
    return metamodel.field(String(field.path[..<dot]), of: field.kind)?.isMaterial ?? true
  }

  // MARK: Changes

  /// An edit of what an entry refers to, without its field; nil where that cannot be told.
  private func reference(_ entry: YAMLNode, _ operation: InitiativeEdit.Operation) -> InitiativeEdit? {
    guard let reference = entry.first("ref"), reference.isScalar, !reference.isReported else { return nil }
    let text = reference.text
    guard let colon = text.firstIndex(of: ":"), let kind = metamodel.kind(named: String(text[..<colon])) else {
      return nil
    }
    var date: CivilDate?
    if let written = entry.first("date"), written.isScalar, !written.isReported {
      guard case .date(let read)? = ScalarReader.value(of: written.text, .date) else { return nil }
      date = read
    }
    return InitiativeEdit(
      operation: operation, entity: text, kind: kind.index, field: "", values: [], isUnknown: false, date: date,
      isMaterial: true, digest: "", node: entry, owner: nil)
  }

  private mutating func readChange(_ entry: YAMLNode) {
    guard let base = reference(entry, .set) else { return }
    for operation in [InitiativeEdit.Operation.set, .unset, .link, .unlink] {
      guard let content = entry.first(operation.rawValue), !content.isReported else { continue }
      var edit = base
      edit.operation = operation
      if operation == .unset {
        for item in CanonicalValue.items(content) {
          guard let field = field(item, of: edit.kind) else { continue }
          append(edit, field, CanonicalValue(texts: []), at: item)
        }
      } else if content.isMapping {
        for index in 0..<content.count { readField(content.key(index), content.value(index), edit) }
      }
    }
  }

  private func field(_ key: YAMLNode, of kind: Int) -> Field? {
    guard key.isScalar, !key.isReported, let field = metamodel.field(key.text, of: kind), field.isWritten else {
      return nil
    }
    return field
  }

  private mutating func readField(_ key: YAMLNode, _ value: YAMLNode, _ edit: InitiativeEdit) {
    guard let field = field(key, of: edit.kind), !value.isReported else { return }
    if edit.operation == .set {
      guard let canonical = CanonicalValue(value, field, metamodel) else { return }
      append(edit, field, canonical, at: value)
      return
    }
    guard case .relation(let kinds, true) = field.shape else { return }
    for item in CanonicalValue.items(value) where item.isScalar && !item.isReported {
      let text = CanonicalValue.reference(item.text, kinds, metamodel)
      append(edit, field, CanonicalValue(texts: [text]), at: item)
    }
  }

  private mutating func readRetirement(_ entry: YAMLNode) {
    guard var edit = reference(entry, .retire) else { return }
    if let phase = metamodel.finalPhase { edit.field = "lifecycle.\(metamodel.phases[phase])" }
    edit.digest = EntryForm.digest(edit)
    edits.append(edit)
  }
}
