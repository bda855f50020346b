import CEL
import Diagnostics
import YAMLTree

@testable import Catalogue

/// The documents of a repository into which entries of initiatives are written, by no code of the engine's: what an
/// estate loaded from them says is what a view has to say.
struct AppliedDocuments {
  /// Why there is no text that says what a view says.
  enum Refusal: Error {
    /// The word alone is recorded of a lifecycle that gets a day.
    case lifecycleIsAWord
    case unknownEntity(String)
  }

  /// Files that no initiative changes: of the vocabulary, of rules.
  private var fixed: [YAMLNode] = []
  private var documents: [DocumentTree] = []
  private let estate: Estate
  private let fields: DocumentFields
  private var metamodel: Metamodel { estate.metamodel }

  init(_ files: [SourceText], _ estate: Estate) {
    self.estate = estate
    fields = DocumentFields(estate: estate)
    for file in files {
      let roots = YAMLFile.parse(file).documents.map(\.root)
      let isFixed = roots.contains { root in
        ["metamodel", "rule", "functions", "standard", "clause"].contains(root.first("kind")?.text)
      }
      if isFixed { fixed += roots } else { documents += roots.map { DocumentTree($0) } }
    }
  }

  /// What they say at a date.
  func estate(at date: CivilDate) -> Estate {
    let text = documents.map(\.yaml).joined(separator: "\n---\n")
    let roots = YAMLFile.parse(SourceText(name: "applied.yaml", text: text)).documents.map(\.root)
    return EstateLoader.load(fixed + roots, metamodel, EstateLoader.Options(asOf: date))
  }

  /// Applies initiatives in order, as far as they are in effect at a date, and takes the entries out of all initiatives.
  mutating func apply(_ ids: [String], at date: CivilDate) throws {
    let fields = fields
    let initiatives = ids.compactMap { id in
      documents.first { $0["kind"]?.text == "initiative" && $0["id"]?.text == id }
    }
    for initiative in initiatives { documents += initiative["adds"]?.items ?? [] }
    for initiative in initiatives {
      let goLive = initiative["goLive"].flatMap(DocumentFields.date)
      let entries = (initiative["changes"]?.items ?? []).map {
        (date: $0["date"].flatMap(DocumentFields.date) ?? goLive, entry: $0)
      }
      let order = entries.indices.sorted {
        (entries[$0].date?.days ?? .min, $0) < (entries[$1].date?.days ?? .min, $1)
      }
      for place in order {
        try change(entries[place].entry, isInEffect: entries[place].date.map { $0 <= date } ?? true)
      }
      for entry in initiative["retires"]?.items ?? [] {
        guard let day = entry["date"] ?? initiative["goLive"] else { continue }
        let phase = metamodel.phases[(metamodel.livePhases.max() ?? 0) + 1]
        try edit(entry) { kind, tree in try fields.set("lifecycle.\(phase)", day, kind, &tree) }
      }
    }
    stopAwaiting(applied: ids)
    for place in documents.indices where documents[place]["kind"]?.text == "initiative" {
      for key in ["adds", "changes", "retires"] { documents[place][key] = nil }
    }
  }

  /// What may be named before it is there is, where it is not, none: a list that awaits it is whole without.
  private mutating func stopAwaiting(applied ids: [String]) {
    let others = estate.initiatives.filter { $0.isOpen && !ids.contains($0.id) }
    let names = Set(others.flatMap(\.added).map(estate.identity))
    for place in documents.indices {
      guard let kind = documents[place]["kind"]?.text.flatMap({ metamodel.kind(named: $0) }) else { continue }
      for id in kind.order where metamodel.fields[Int(id)].awaits {
        let path = metamodel.fields[Int(id)].path
        guard let list = documents[place][path], !list.isGap else { continue }
        documents[place][path] = .list(list.items.filter { !names.contains($0.text ?? "") })
      }
    }
  }

  private mutating func change(_ entry: DocumentTree, isInEffect: Bool) throws {
    let fields = fields
    // A change of plan holds at once.
    func holds(_ path: String) -> Bool { isInEffect || path == "lifecycle" || path.hasPrefix("lifecycle.") }
    for pair in entry["set"]?.pairs ?? [] where holds(pair.key) {
      try edit(entry) { kind, tree in try fields.set(pair.key, pair.value, kind, &tree) }
    }
    for item in entry["unset"]?.items ?? [] {
      guard let path = item.text, holds(path) else { continue }
      try edit(entry) { _, tree in fields.unset(path, &tree) }
    }
    for verb in ["link", "unlink"] {
      for pair in entry[verb]?.pairs ?? [] where holds(pair.key) {
        try edit(entry) { kind, tree in fields.link(pair.key, pair.value, kind, &tree, isRemoval: verb == "unlink") }
      }
    }
  }

  // MARK: Entities

  private mutating func edit(_ entry: DocumentTree, _ body: (Kind, inout DocumentTree) throws -> Void) throws {
    let reference = entry["ref"]?.text ?? ""
    guard let colon = reference.firstIndex(of: ":"), let kind = metamodel.kind(named: String(reference[..<colon]))
    else {
      throw Refusal.unknownEntity(reference)
    }
    var id = String(reference[reference.index(after: colon)...])
    if estate.ids.row(id, kind: kind.index) == nil, let row = estate.ids.row(alias: id, kind: kind.index) {
      id = estate.entity(row).id
    }
    for place in documents.indices {
      guard let name = documents[place]["kind"]?.text, let found = metamodel.kind(named: name),
        let whole = fields.wholeID(documents[place], found)
      else { continue }
      var document = documents[place]
      if try edit(&document, found, whole, kind, id, body) {
        documents[place] = document
        return
      }
    }
    // What an initiative adds that is not applied is not there.
    guard estate.universe.addedRows[reference] != nil else { throw Refusal.unknownEntity(reference) }
  }

  private func edit(
    _ tree: inout DocumentTree, _ kind: Kind, _ whole: String, _ wanted: Kind, _ id: String,
    _ body: (Kind, inout DocumentTree) throws -> Void
  ) throws -> Bool {
    if kind.index == wanted.index, whole == id {
      try body(kind, &tree)
      return true
    }
    guard id.hasPrefix(whole + "/") else { return false }
    for field in kind.order.map({ metamodel.fields[Int($0)] }) {
      guard case .parts(let part, _) = field.shape, case .list(var items)? = tree[field.path] else { continue }
      for place in items.indices {
        guard let own = fields.ownID(items[place], metamodel.kinds[part]),
          try edit(&items[place], metamodel.kinds[part], "\(whole)/\(own)", wanted, id, body)
        else { continue }
        tree[field.path] = .list(items)
        return true
      }
    }
    return false
  }
}
