internal import CEL
internal import Diagnostics
internal import YAMLTree

/// The files that a merge works on, and where in them each entity stands now.
struct WorkingCatalogue {
  /// Where a mapping stands.
  struct Location {
    var file: String
    var document: Int
    var steps: [PlainTree.Step]
    var node: YAMLNode
  }

  let estate: Estate
  private var sources: [String: SourceText] = [:]
  private(set) var files: [String: WorkingFile] = [:]
  /// Files of entities that the merge adds, by `kind:id`.
  private var added: [String: String] = [:]

  private var metamodel: Metamodel { estate.metamodel }

  init(_ estate: Estate, _ files: [SourceText]) {
    self.estate = estate
    // What a pack holds is not the repository's to write.
    for file in files where file.pack == nil { sources[file.name] = file }
  }

  private mutating func open(_ name: String) -> WorkingFile {
    if let file = files[name] { return file }
    let file = sources[name].map { WorkingFile($0) } ?? WorkingFile(SourceText(name: name, bytes: []), isNew: true)
    files[name] = file
    return file
  }

  /// The current id of what an id or an alias names; of a part that is new, with its owner's current id.
  func currentID(_ id: String, kind: Int) -> String {
    if let row = estate.currentRow(id, kind: kind) { return estate.entity(row).id }
    guard let slash = id.lastIndex(of: "/") else { return id }
    for owner in metamodel.kinds[kind].partOf {
      if let row = estate.currentRow(String(id[..<slash]), kind: owner) { return estate.entity(row).id + id[slash...] }
    }
    return id
  }

  // MARK: Finding

  /// Where an entity stands; nil where it is nowhere.
  mutating func locate(_ kind: Int, _ id: String) -> Location? {
    let id = currentID(id, kind: kind)
    let row = estate.ids.row(id, kind: kind)
    let name = "\(metamodel.kinds[kind].name):\(id)"
    guard let file = added[name] ?? row.flatMap({ estate.entity($0).node?.source.name }) ?? fileOfOwner(id, kind) else {
      return nil
    }
    return locate(kind, id, in: file)
  }

  /// A part inside something that the merge adds is in that one's file.
  private func fileOfOwner(_ id: String, _ kind: Int) -> String? {
    guard let slash = id.lastIndex(of: "/") else { return nil }
    let owner = String(id[..<slash])
    for kind in metamodel.kinds[kind].partOf {
      if let file = added["\(metamodel.kinds[kind].name):\(owner)"] ?? fileOfOwner(owner, kind) { return file }
    }
    return nil
  }

  private mutating func locate(_ kind: Int, _ id: String, in file: String) -> Location? {
    let documents = open(file).documents
    for (index, document) in documents.enumerated() {
      guard let name = document.root.first("kind"), let found = metamodel.kind(named: name.text),
        let whole = currentWholeID(document.root, found)
      else { continue }
      guard let (steps, node) = search(document.root, found.index, whole, for: kind, id) else { continue }
      return Location(file: file, document: index, steps: steps, node: node)
    }
    return nil
  }

  /// A part that stands alone and names its owner by an alias belongs to what bears the id now.
  private func currentWholeID(_ node: YAMLNode, _ kind: Kind) -> String? {
    guard let own = EntityID.own(node, kind) else { return nil }
    guard kind.ownerRelation != nil else { return own }
    guard let owner = EntityID.owner(node, kind) else { return nil }
    for owners in kind.partOf where estate.ids.row(owner, kind: owners) != nil { return "\(owner)/\(own)" }
    for owners in kind.partOf {
      if let row = estate.ids.row(alias: owner, kind: owners) { return "\(estate.entity(row).id)/\(own)" }
    }
    return "\(owner)/\(own)"
  }

  private func search(
    _ node: YAMLNode, _ kind: Int, _ id: String, for wanted: Int, _ wantedID: String
  ) -> ([PlainTree.Step], YAMLNode)? {
    if kind == wanted, id == wantedID { return ([], node) }
    guard wantedID.hasPrefix(id + "/") else { return nil }
    for field in partFields(kind) {
      guard case .parts(let part, _) = field.shape, let list = node.first(field.path), list.isSequence else { continue }
      for index in 0..<list.count {
        let item = list[item: index]
        guard item.isMapping, let own = EntityID.own(item, metamodel.kinds[part]),
          let (steps, found) = search(item, part, "\(id)/\(own)", for: wanted, wantedID)
        else { continue }
        return ([.key(field.path), .item(index)] + steps, found)
      }
    }
    return nil
  }

  private func partFields(_ kind: Int) -> [Field] {
    metamodel.kinds[kind].order.map { metamodel.fields[Int($0)] }.filter {
      if case .parts = $0.shape { true } else { false }
    }
  }

  /// The list of an owner in which parts of a kind stand.
  func partsField(of owner: Int, for part: Int) -> Field? {
    partFields(owner).first { if case .parts(part, _) = $0.shape { true } else { false } }
  }

  // MARK: Changing

  mutating func apply(
    _ change: TreeChange, to location: Location, _ splices: [TextSplice], at place: YAMLNode
  ) throws(MergeProblem) {
    var file = open(location.file)
    try file.apply(change, document: location.document, steps: location.steps, splices, at: place)
    files[location.file] = file
  }

  /// Puts a new document behind another of the same file, or at the file's end.
  mutating func insert(
    _ text: EntryText, into name: String, behind document: Int?, as edit: InitiativeEdit
  ) throws(MergeProblem) {
    guard let tree = PlainTree(text.root) else { throw .form(at: edit.node) }
    var file = open(name)
    try file.insert(text.lines, behind: document, tree, at: edit.node)
    files[name] = file
    note(edit, in: name)
  }

  /// Notes where what an edit adds has come to stand.
  mutating func note(_ edit: InitiativeEdit, in file: String) {
    added["\(metamodel.kinds[edit.kind].name):\(currentID(edit.id, kind: edit.kind))"] = file
  }

  // MARK: Where new documents go

  /// The file that holds most documents of a kind with an owner, else most of the kind, else one named after the kind.
  /// Of two the first by name.
  func file(for kind: Kind, owner: String?) -> String {
    var counts: [String: (owned: Int, all: Int)] = [:]
    let ownerField = metamodel.field(inRole: "owner", of: kind.index)
    for row in estate.rows(ofKind: kind.name) {
      guard estate.entity(row).owner < 0, let node = estate.entity(row).node, sources[node.source.name] != nil else {
        continue
      }
      counts[node.source.name, default: (0, 0)].all += 1
      guard let owner, let ownerField, let value = node.first(ownerField.path) else { continue }
      if CanonicalValue(value, ownerField, metamodel)?.texts == [owner] {
        counts[node.source.name, default: (0, 0)].owned += 1
      }
    }
    let best = counts.min { a, b in
      (-a.value.owned, -a.value.all, a.key) < (-b.value.owned, -b.value.all, b.key)
    }
    return best?.key ?? "catalogue/\(Self.isFileName(kind.plural) ? kind.plural : kind.name).yaml"
  }

  /// Whether a word can be a file's name without a thought: it leads nowhere else.
  private static func isFileName(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.count <= 80
      && word.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }
}
