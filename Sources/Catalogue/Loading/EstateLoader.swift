public import CEL
internal import Diagnostics
public import YAMLTree

/// Turns documents into an estate: drafts, rows, cells, relations, flows, the graph. A broken document costs itself;
/// everything else loads.
public struct EstateLoader {
  public struct Options: Sendable {
    public var asOf: CivilDate
    /// What the repository's own file sets in rules: `overrides`. Whether a decision allows it is not asked here.
    var overrides: YAMLNode?
    /// For examples in rules: required fields and names are not asked for.
    public var isLenient: Bool
    /// Values given outside the documents: `settings` of the repository's own file.
    public var settings: [(key: YAMLNode, value: YAMLNode)]
    /// Whether derived fields are worked out; without, `Estate.deriving` does it when it is known which are read.
    var derives = true
    /// From so many documents or rows on two tasks read them.
    var fewestForTwo = 8_192
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
  /// By the metamodel's numbers of fields and kinds.
  let plans: [FieldPlan]
  let kindPlans: [KindPlan]
  let phaseNames: NameTable
  var diagnostics: [Diagnostic] = []
  var integrity: [IntegrityFinding] = []
  var drafts: [EntityDraft] = []
  /// What each key of each draft stands for: a field's number, or -1 where the kind has no such key.
  var keyFields: [Int32] = []
  var entities: [Entity] = []
  var ids: IDTable
  var kindRanges: [Range<Int32>] = []
  /// By field.
  var columns: [ColumnBuilder?]
  /// Relations that are lists, by field: pairs of rows, sources ascending, targets as they are written.
  var pairs: [[(source: Int32, target: Int32)]]
  /// Rows whose list may have more, by field.
  var open: [[Int32: Unknown]]
  var symbols = SymbolTable()
  var lifecycles: LifecycleTable
  /// Before what follows others took their days.
  var written: LifecycleTable
  /// Ids of documents that could not be read, with their kinds where these could, so that references to them are
  /// counted, not reported.
  let broken: Set<String>
  /// Whether one of them is an initiative: what it adds is not known.
  let hasBrokenInitiative: Bool
  /// What initiatives that are not open say they add, by `kind:id`; nil until somebody asks.
  var closedAdditions: [String: Int]?
  var summary = Estate.Summary()
  /// In the order of their rows.
  var initiatives: [Initiative] = []
  /// Rows that are not the catalogue's: what open initiatives add, and flows that only some views have.
  var absent: Set<Int32> = []
  /// What open initiatives add, by `kind:id`.
  var addedRows: [String: Int32] = [:]
  /// Whose entries are being read: a place among the initiatives, or -1.
  var reader = -1
  /// Documents and parts that have no id, or one that cannot be one, with their kinds: they have no row.
  var unnamed: [(node: YAMLNode, kind: Int)] = []
  /// References to what an initiative adds, from outside it: they lead somewhere only where that is there.
  var conditional: [ConditionalReference] = []
  /// Lists some reference of which leads nowhere in any view.
  var dangling: Set<Fact> = []
  /// Lifecycles as their documents write them, of what some initiative gives another.
  var lifecyclePlans: [Int32: LifecyclePlan] = [:]
  /// The platforms that an integration passes, in order, where some initiative changes what it carries or where.
  var passed: [Int32: [Int32]] = [:]
  /// What a change's value is, while one is being read instead of a document.
  var captured: CapturedValue?
  /// Edits with their rows and the places of their initiatives.
  var editRows: [(row: Int32, initiative: Int, edit: InitiativeEdit)] = []
  /// What open initiatives unlink, to be checked when all links are known.
  var unlinks: [Unlink] = []
  /// What the initiative being checked adds itself: `kind:id`.
  var pending: Set<String> = []
  /// Who refers, where that is no row.
  var subject = "an initiative"
  /// Facts that stand for cells which are unknown because another entity's are.
  var gaps: [Fact: Fact] = [:]
  var danglingCount = 0
  /// Near matches are looked for so many dangling references, in the order of rows: each costs a pass over the ids.
  static let suggestionLimit = 1000
  /// Fields that the document being decoded has, by the number of the decoding.
  private(set) var lastWritten: [Int32]
  private var decoding: Int32 = 0

  init(_ metamodel: Metamodel, _ options: Options, broken: [BrokenDocument]) {
    self.metamodel = metamodel
    self.options = options
    let plans = metamodel.fields.map { FieldPlan($0) }
    self.plans = plans
    kindPlans = metamodel.kinds.map { KindPlan($0, metamodel, plans) }
    phaseNames = NameTable(metamodel.phases.enumerated().map { ($1, Int32($0)) })
    ids = IDTable(kindCount: metamodel.kinds.count)
    columns = Array(repeating: nil, count: metamodel.fields.count)
    pairs = Array(repeating: [], count: metamodel.fields.count)
    open = Array(repeating: [:], count: metamodel.fields.count)
    lastWritten = Array(repeating: 0, count: metamodel.fields.count)
    lifecycles = LifecycleTable(phaseCount: metamodel.phases.count)
    written = lifecycles
    var names: Set<String> = []
    for document in broken {
      for id in [document.id].compactMap({ $0 }) + document.aliases {
        names.insert(document.kind.map { "\($0):\(id)" } ?? id)
      }
    }
    self.broken = names
    hasBrokenInitiative = broken.contains { $0.kind == "initiative" }
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
    loader.readChanges()
    loader.addEdits()
    loader.addSeverities()
    loader.addFlows()
    loader.finishLifecycles()
    return loader.estate()
  }

  // MARK: Rows

  private mutating func assignRows() {
    // Drafts are sorted by kind and id, so a draft's place is its row.
    var position = 0
    for kind in metamodel.kinds {
      let start = position
      while position < drafts.count, drafts[position].kind == kind.index { position += 1 }
      kindRanges.append(Int32(start)..<Int32(position))
    }
    entities.reserveCapacity(drafts.count)
    for row in drafts.indices {
      let (kind, id) = (drafts[row].kind, drafts[row].id)
      if drafts[row].initiative < 0 {
        ids.insert(id, kind, Int32(row))
      } else {
        addedRows["\(metamodel.kinds[kind].name):\(id)"] = Int32(row)
      }
      entities.append(Entity(kind: kind, id: id, node: drafts[row].node, owner: Int32(drafts[row].owner ?? -1)))
    }
    for row in drafts.indices where drafts[row].ownerReference != nil || hasAliases(drafts[row]) {
      let draft = drafts[row]
      if let reference = draft.ownerReference {
        let owners = reference.kinds.kinds.compactMap {
          ids.row(reference.id, kind: $0) ?? addedRows["\(metamodel.kinds[$0].name):\(reference.id)"]
        }
        if owners.count == 1 { entities[row].owner = owners[0] }
      }
      for item in aliases(of: draft) where draft.initiative < 0 {
        entities[row].aliases.append(item.text)
        if !ids.insert(alias: item.text, draft.kind, Int32(row)) {
          let kind = metamodel.kinds[draft.kind].name
          let known = ids.row(item.text, kind: draft.kind) ?? ids.row(alias: item.text, kind: draft.kind)
          let first = known.map { drafts[Int($0)].idNode.range }
          diagnostics.append(LoadingDiagnostic.duplicate("\(kind):\(item.text)", item, first: first))
        }
      }
    }
    lifecycles.extend(to: drafts.count)
  }

  private func hasAliases(_ draft: EntityDraft) -> Bool {
    let field = kindPlans[draft.kind].aliasesField
    return field >= 0 && keyFields[draft.keys].contains(field)
  }

  /// The usable items of a draft's `aliases`.
  func aliases(of draft: EntityDraft) -> [YAMLNode] {
    let field = kindPlans[draft.kind].aliasesField
    guard field >= 0, let place = keyFields[draft.keys].firstIndex(of: field) else { return [] }
    let value = draft.node.value(place - draft.keys.lowerBound)
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    return items.filter { $0.isScalar && !$0.isReported }
  }

  // MARK: Cells

  func column(_ field: Field) -> ColumnBuilder? { columns[Int(field.id)] }

  mutating func makeColumn(_ field: Field) -> ColumnBuilder {
    if let known = columns[Int(field.id)] { return known }
    let column = ColumnBuilder(field.type, rows: kindRanges[field.kind])
    columns[Int(field.id)] = column
    return column
  }

  mutating func set(_ field: Field, _ row: Int32?, _ value: Value) {
    if captured != nil {
      captured?.values.append((field, value))
    } else if let row {
      makeColumn(field).set(row, value, &symbols)
    }
  }

  // MARK: Which fields are written

  mutating func beginDecoding() { decoding += 1 }
  mutating func markWritten(_ field: Int32) { lastWritten[Int(field)] = decoding }
  func isWritten(_ field: Int32) -> Bool { lastWritten[Int(field)] == decoding }
}
