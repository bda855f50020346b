public import CEL
internal import Diagnostics
public import YAMLTree

/// Turns documents into an estate: drafts, rows, cells, relations, flows, the graph. A broken document costs itself;
/// everything else loads.
public struct EstateLoader {
  public struct Options: Sendable {
    public var asOf: CivilDate
    /// For examples in rules: required fields and names are not asked for.
    public var isLenient: Bool
    /// Values given outside the documents: `settings` of the repository's own file.
    public var settings: [(key: YAMLNode, value: YAMLNode)]
    /// For the summary only.
    var fileCount = 0

    public init(asOf: CivilDate, isLenient: Bool = false, settings: [(key: YAMLNode, value: YAMLNode)] = []) {
      self.asOf = asOf
      self.isLenient = isLenient
      self.settings = settings
    }
  }

  let metamodel: Metamodel
  let options: Options
  var diagnostics: [Diagnostic] = []
  var integrity: [IntegrityFinding] = []
  var drafts: [EntityDraft] = []
  var entities: [Entity] = []
  var ids: IDTable
  var kindRanges: [Range<Int32>] = []
  var columns: [ColumnBuilder?]
  /// Relations by field: pairs of rows, and rows whose list may have more.
  var pairs: [Int: [(source: Int32, target: Int32)]] = [:]
  var open: [Int: [Int32: Unknown]] = [:]
  var symbols = SymbolTable()
  var lifecycles: LifecycleTable
  /// Ids of documents that could not be read, by kind name, so that references to them are counted, not reported.
  let broken: Set<String>
  var summary = Estate.Summary()
  /// To-many relations that are written where writing nothing would mean unknown.
  var recorded: Set<RowField> = []
  var defaulted: Set<RowField> = []
  /// What the initiative being checked adds itself.
  var pending: [(kind: Int, id: String)] = []
  /// To-one relations that a lifecycle follows, for the rows that have them.
  var followedTargets: [RowField: Int32] = [:]
  var bySource: [Int: [Int32: [Int32]]] = [:]
  /// Facts that stand for cells which are unknown because another entity's are.
  var gaps: [RowField: Fact] = [:]
  /// Ids that initiatives add, to the initiatives.
  var proposed: [String: [String]] = [:]

  init(_ metamodel: Metamodel, _ options: Options, broken: [BrokenDocument]) {
    self.metamodel = metamodel
    self.options = options
    ids = IDTable(kindCount: metamodel.kinds.count)
    columns = Array(repeating: nil, count: metamodel.fields.count)
    lifecycles = LifecycleTable(kindCount: metamodel.kinds.count, phaseCount: metamodel.phases.count)
    var names: Set<String> = []
    for document in broken {
      for id in [document.id].compactMap({ $0 }) + document.aliases {
        names.insert(document.kind.map { "\($0):\(id)" } ?? id)
      }
    }
    self.broken = names
  }

  /// Loads documents whose order and files do not matter.
  public static func load(
    _ documents: [YAMLNode], _ metamodel: Metamodel, _ options: Options, broken: [BrokenDocument] = []
  ) -> Estate {
    var loader = EstateLoader(metamodel, options, broken: broken)
    loader.summary.files = options.fileCount
    loader.readDrafts(documents)
    loader.assignRows()
    loader.decodeAll()
    loader.addFlows()
    loader.finishLifecycles()
    loader.checkInitiatives()
    return loader.estate()
  }

  // MARK: Drafts

  private mutating func readDrafts(_ documents: [YAMLNode]) {
    for node in documents {
      summary.documents += 1
      readDocument(node)
    }
    // Of two drafts of one id the first by file and place stays, whatever the order of reading.
    drafts = Self.deduplicated(drafts, metamodel, &diagnostics)
  }

  private mutating func readDocument(_ node: YAMLNode) {
    guard node.isMapping else {
      if !node.isReported { diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a mapping", for: "a document")) }
      return
    }
    guard let kindNode = node.first("kind") else {
      diagnostics.append(LoadingDiagnostic.missingKey("kind", in: "a document", at: node.count > 0 ? node.key(0) : node))
      return
    }
    guard !kindNode.isReported else { return }
    guard kindNode.isScalar, let kind = metamodel.kind(named: kindNode.text) else {
      let near = suggestion(for: kindNode.text, among: metamodel.kinds.filter(\.isWritten).map(\.name))
      diagnostics.append(
        Diagnostic(
          "unknown-kind", .error, "there is no kind `\(kindNode.text)`", at: kindNode.range,
          notes: [near].compactMap { $0 }))
      return
    }
    guard kind.isWritten else {
      diagnostics.append(
        Diagnostic("not-written", .error, "the engine derives every \(kind.name)", at: kindNode.range))
      return
    }
    readEntity(node, kind, owner: nil)
  }

  private mutating func readEntity(_ node: YAMLNode, _ kind: Kind, owner: Int?) {
    var ownID = node.first("id")
    if ownID == nil, let key = kind.partKey { ownID = node.first(key) }
    guard let idNode = ownID, idNode.isScalar else {
      if ownID?.isReported != true {
        let key = kind.partKey.map { "id` or `\($0)" } ?? "id"
        diagnostics.append(
          LoadingDiagnostic.missingKey(key, in: "a \(kind.title.lowercased())", at: node.count > 0 ? node.key(0) : node))
      }
      return
    }
    guard !idNode.isReported else { return }
    var text = idNode.text
    if node.first("id") == nil, let colon = text.lastIndex(of: ":") { text = String(text[text.index(after: colon)...]) }
    if node.first("id") == nil { text = text.replacing("/", with: "-") }
    guard Self.isID(text) else {
      diagnostics.append(
        Diagnostic(
          "bad-id", .error, "`\(idNode.text)` cannot be an id", at: idNode.range,
          notes: ["an id is made of a-z, 0-9 and single hyphens, at most 80 bytes"]))
      return
    }
    var draft = EntityDraft(kind: kind.index, id: text, node: node, idNode: idNode, owner: owner)
    if let owner {
      draft.id = "\(drafts[owner].id)/\(text)"
    } else if let relation = kind.ownerRelation {
      guard let ownerNode = node.first(relation), ownerNode.isScalar, !ownerNode.isReported else {
        diagnostics.append(
          LoadingDiagnostic.missingKey(
            relation, in: "a \(kind.title.lowercased()) that stands as a document of its own", at: idNode))
        return
      }
      var ownerText = ownerNode.text
      var ownerKind = kind.partOf.first ?? 0
      if let colon = ownerText.firstIndex(of: ":") {
        if let named = metamodel.kind(named: String(ownerText[..<colon])) { ownerKind = named.index }
        ownerText = String(ownerText[ownerText.index(after: colon)...])
      }
      draft.ownerReference = (ownerKind, ownerText)
      draft.id = "\(ownerText)/\(text)"
    }
    let index = drafts.count
    drafts.append(draft)
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard case .parts(let partKind, _) = field.shape, let value = node.first(field.path), !value.isReported else {
        continue
      }
      guard value.isSequence else {
        diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a list", for: "`\(field.path)`"))
        continue
      }
      for place in 0..<value.count {
        let item = value[item: place]
        if item.isMapping {
          readEntity(item, metamodel.kinds[partKind], owner: index)
        } else if !item.isReported {
          diagnostics.append(
            LoadingDiagnostic.wrongShape(item, wanted: "a mapping", for: "a \(metamodel.kinds[partKind].title.lowercased())"))
        }
      }
    }
  }

  static func isID(_ text: String) -> Bool {
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

  private static func deduplicated(
    _ drafts: [EntityDraft], _ metamodel: Metamodel, _ diagnostics: inout [Diagnostic]
  ) -> [EntityDraft] {
    var order = Array(drafts.indices)
    order.sort {
      let (a, b) = (drafts[$0], drafts[$1])
      if a.kind != b.kind { return a.kind < b.kind }
      if a.id != b.id { return a.id.utf8.lexicographicallyPrecedes(b.id.utf8) }
      return SourceRange.precedes(a.idNode.range, b.idNode.range)
    }
    var result: [EntityDraft] = []
    var newIndex = [Int](repeating: -1, count: drafts.count)
    for index in order {
      let draft = drafts[index]
      if let last = result.last, last.kind == draft.kind, last.id == draft.id {
        let kind = metamodel.kinds[draft.kind]
        var diagnostic = LoadingDiagnostic.duplicate("\(kind.name):\(draft.id)", draft.idNode, first: last.idNode.range)
        if draft.owner != nil, draft.node.first("id") == nil {
          diagnostic.fixes = [Diagnostic.Fix("name this one: add `id: …` to it")]
        }
        diagnostics.append(diagnostic)
        continue
      }
      newIndex[index] = result.count
      result.append(draft)
    }
    // Parts of a document that was left out go with it.
    var kept: [EntityDraft] = []
    var keptIndex = [Int](repeating: -1, count: result.count)
    for (index, var draft) in result.enumerated() {
      if let owner = draft.owner {
        guard newIndex[owner] >= 0 else { continue }
        draft.owner = newIndex[owner]
      }
      keptIndex[index] = kept.count
      kept.append(draft)
    }
    for index in kept.indices { if let owner = kept[index].owner { kept[index].owner = keptIndex[owner] } }
    return kept
  }

  // MARK: Rows

  private mutating func assignRows() {
    // Drafts are sorted by kind and id, so a draft's place is its row.
    var start: Int32 = 0
    var position = 0
    for kind in metamodel.kinds {
      while position < drafts.count, drafts[position].kind == kind.index { position += 1 }
      kindRanges.append(start..<Int32(position))
      start = Int32(position)
    }
    entities.reserveCapacity(drafts.count)
    for (row, draft) in drafts.enumerated() {
      ids.insert(draft.id, draft.kind, Int32(row))
      entities.append(Entity(kind: draft.kind, id: draft.id, node: draft.node, owner: Int32(draft.owner ?? -1)))
    }
    for (row, draft) in drafts.enumerated() {
      if let reference = draft.ownerReference, let owner = ids.row(reference.id, kind: reference.kind) {
        entities[row].owner = owner
      }
      guard let aliases = draft.node.first("aliases") else { continue }
      let items = aliases.isSequence ? (0..<aliases.count).map { aliases[item: $0] } : [aliases]
      for item in items where item.isScalar && !item.isReported {
        entities[row].aliases.append(item.text)
        if !ids.insert(alias: item.text, draft.kind, Int32(row)) {
          diagnostics.append(LoadingDiagnostic.duplicate("the name \(item.text)", item, first: nil))
        }
      }
    }
    for kind in metamodel.kinds where kind.lifecycle != .none {
      lifecycles.prepare(kind.index, rows: kindRanges[kind.index])
    }
  }
}
